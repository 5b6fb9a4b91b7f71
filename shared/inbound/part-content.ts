/** A MIME part's content: transfer encodings to bytes (RFC 2045 §6), bytes to text by the charset's label. */
import { decodeBytes, decoderFor } from './encoded-words.ts';
import { unflow } from './flowed-text.ts';
import { bufferOf } from './mail-headers.ts';
import { decodeUtf7 } from './utf7.ts';

const LF = 0x0a;
const CR = 0x0d;
const EQUALS = 0x3d;

const hexOf = (byte: number | undefined): number => {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
};

const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09;

/** RFC 2045 §6.7: soft line breaks vanish, blanks before a line end too; a broken `=` stays as it is. */
const decodeQuoted = (bytes: Uint8Array): Uint8Array => {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  // Blanks in front of this were encoded, or stand before a soft break: they are meant.
  let kept = 0;
  const dropBlanks = (): void => {
    while (length > kept && isBlank(out[length - 1])) length--;
  };
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte !== EQUALS) {
      if (byte === LF || byte === CR) dropBlanks();
      out[length++] = byte;
      continue;
    }
    const high = hexOf(bytes[at + 1]);
    const low = hexOf(bytes[at + 2]);
    if (high >= 0 && low >= 0) {
      out[length++] = high * 16 + low;
      kept = length;
      at += 2;
      continue;
    }
    let end = at + 1;
    while (isBlank(bytes[end])) end++;
    if (end >= bytes.length || bytes[end] === LF) {
      at = end;
      kept = length;
    } else out[length++] = byte;
  }
  dropBlanks();
  return out.subarray(0, length);
};

const withoutReturns = (bytes: Uint8Array): Uint8Array => {
  if (!bytes.includes(CR)) return bytes;
  const out = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte !== CR || bytes[at + 1] !== LF) out[length++] = byte;
  }
  return out.subarray(0, length);
};

/** For text: quoted-printable loses the carriage returns of its line ends. */
export const decodeContent = (bytes: Uint8Array, encoding: string): Uint8Array => {
  if (encoding === 'quoted-printable') return decodeQuoted(withoutReturns(bytes));
  return encoding === 'base64' ? Buffer.from(bufferOf(bytes).toString('latin1'), 'base64') : bytes;
};

/** True for base64 as programs write it: one run of its letters, padding at the end only. */
export const isPlainBase64 = (bytes: Uint8Array): boolean => {
  const text = bufferOf(bytes).toString('latin1');
  const padding = text.indexOf('=');
  const letters = padding < 0 ? text : text.slice(0, padding);
  return !/[^A-Za-z0-9+/\r\n\t ]/.test(letters) && (padding < 0 || !/[^=\r\n\t ]/.test(text.slice(padding)));
};

const ASCII_LABELS = new Set(['us-ascii', 'ascii']);

/** Whether `decodeText` knows the label; a missing one is guessed. */
export const isKnownCharset = (charset: string | undefined): boolean =>
  charset === undefined || charset === 'utf-7' || decoderFor(charset) !== undefined;

/** What stands around a text's words: how its bytes are written, in which charset, and whether its lines flow. */
export type Writing = {
  readonly encoding: string;
  /** Lower case. */
  readonly charset: string | undefined;
  readonly flow?: 'flowed' | 'blankless' | undefined;
};

const contentAs = (bytes: Uint8Array, { encoding, flow }: Writing): Uint8Array => {
  const content = decodeContent(bytes, encoding);
  return flow ? unflow(content, flow === 'blankless') : content;
};

/** Line ends come out as `\n`. */
export const decodeText = (bytes: Uint8Array, writing: Writing): string => {
  const { charset } = writing;
  const content = contentAs(bytes, writing);
  if (charset === 'utf-7') return decodeUtf7(content).replaceAll('\r\n', '\n');
  // "ASCII" is what programs write that never asked; what is not ASCII then is UTF-8 first of all.
  const decoder = charset && !ASCII_LABELS.has(charset) ? decoderFor(charset) : undefined;
  return (decoder ? decoder.decode(content) : decodeBytes(content, undefined)).replaceAll('\r\n', '\n');
};

const UTF8_LABELS = new Set(['utf-8', 'utf8', ...ASCII_LABELS]);

/** As `decodeText`, without a guess: what names no charset, or ASCII, is UTF-8, and what is neither shows as U+FFFD. */
export const decodeStated = (bytes: Uint8Array, writing: Writing): string =>
  writing.charset === undefined || UTF8_LABELS.has(writing.charset)
    ? bufferOf(contentAs(bytes, writing)).toString('utf8').replaceAll('\r\n', '\n')
    : decodeText(bytes, writing);
