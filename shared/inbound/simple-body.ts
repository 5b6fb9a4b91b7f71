/**
 * The short way into the mails that most people and machines write: one text part, or text and HTML side by side.
 * Everything else (attachments, nesting, flowed text, odd charsets) is left to the library.
 */
import { decodeBytes, decoderFor } from './encoded-words.ts';
import { splitHeaders } from './mail-headers.ts';
import type { Header } from './parsed-mail.ts';
import { decodeUtf7 } from './utf7.ts';

/** More alternatives than text, HTML, AMP and a calendar are no letter. */
const PARTS_MAX = 4;
const LF = 0x0a;

export type SimpleBody = { readonly text?: string; readonly html?: string };
type Leaf = {
  readonly type: 'text/plain' | 'text/html';
  readonly charset?: string;
  readonly encoding: string;
};

const headerIn = (headers: readonly Header[], name: string): string =>
  headers.find((header) => header.name === name)?.value ?? '';

const PARAMETERS = {
  charset: /;\s{0,20}charset\s{0,5}=\s{0,5}(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i,
  boundary: /;\s{0,20}boundary\s{0,5}=\s{0,5}(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i,
};

const parameter = (value: string, name: keyof typeof PARAMETERS): string | undefined => {
  const match = PARAMETERS[name].exec(value);
  return match?.[1] ?? match?.[2];
};

/** `undefined` where only the library knows what to do. */
const leafOf = (headers: readonly Header[]): Leaf | undefined => {
  const content = headerIn(headers, 'content-type').slice(0, 1_000);
  const type = content === '' ? 'text/plain' : (content.split(';')[0] ?? '').trim().toLowerCase();
  const encoding = (headerIn(headers, 'content-transfer-encoding') || '7bit').trim().toLowerCase();
  const charset = parameter(content, 'charset')?.toLowerCase();
  const isKnown =
    (type === 'text/plain' || type === 'text/html') &&
    ['7bit', '8bit', 'binary', 'quoted-printable', 'base64'].includes(encoding) &&
    !/format\s{0,5}=|name\s{0,5}=|\*\d{0,3}\*?=/i.test(content) &&
    headerIn(headers, 'content-disposition').toLowerCase().split(';')[0] !== 'attachment' &&
    (charset === undefined || charset === 'utf-7' || decoderFor(charset) !== undefined);
  return isKnown ? { type, encoding, ...(charset ? { charset } : {}) } : undefined;
};

const hexOf = (byte: number | undefined): number => {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
};

/** RFC 2045 §6.7: soft line breaks vanish, blanks before a line end too; a broken `=` stays as it is. */
const decodeQuoted = (bytes: Uint8Array): Uint8Array => {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte !== 0x3d) {
      if (byte === LF) while (length > 0 && (out[length - 1] === 0x20 || out[length - 1] === 0x09)) length--;
      out[length++] = byte;
      continue;
    }
    const high = hexOf(bytes[at + 1]);
    const low = hexOf(bytes[at + 2]);
    const lineEnd = bytes[at + 1] === 0x0d ? at + 2 : at + 1;
    if (high >= 0 && low >= 0) {
      out[length++] = high * 16 + low;
      at += 2;
    } else if (bytes[lineEnd] === LF) at = lineEnd;
    else out[length++] = byte;
  }
  return out.subarray(0, length);
};

const withoutReturns = (bytes: Uint8Array): Uint8Array => {
  if (!bytes.includes(0x0d)) return bytes;
  const out = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte !== 0x0d || bytes[at + 1] !== LF) out[length++] = byte;
  }
  return out.subarray(0, length);
};

const decodeLeaf = (bytes: Uint8Array, { encoding, charset }: Leaf): string => {
  let content = bytes;
  if (encoding === 'quoted-printable') content = decodeQuoted(withoutReturns(bytes));
  else if (encoding === 'base64')
    content = Buffer.from(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'),
      'base64',
    );
  if (charset === 'utf-7') return decodeUtf7(content).replaceAll('\r\n', '\n');
  const decoder = charset ? decoderFor(charset) : undefined;
  return (decoder ? decoder.decode(content) : decodeBytes(content, undefined)).replaceAll('\r\n', '\n');
};

/** The stretches between `--boundary` lines, without the line end in front of each. `undefined` where they do not close. */
const partsOf = (bytes: Uint8Array, boundary: string): readonly Uint8Array[] | undefined => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const parts: Uint8Array[] = [];
  let start = -1;
  for (let at = buffer.indexOf(delimiter); at >= 0; at = buffer.indexOf(delimiter, at + 1)) {
    // Delimiters inside a long line must not cost the length of the line each.
    if (at > 0 && buffer[at - 1] !== LF) continue;
    const end = buffer.indexOf(LF, at);
    const rest = buffer.toString('latin1', at + delimiter.length, end < 0 ? buffer.length : end).trimEnd();
    if (rest !== '' && rest !== '--') continue;
    if (start >= 0)
      parts.push(bytes.subarray(start, Math.max(start, at - (buffer[at - 2] === 0x0d ? 2 : 1))));
    if (parts.length > PARTS_MAX) return undefined;
    if (rest === '--') return parts;
    start = end < 0 ? buffer.length : end + 1;
  }
  return undefined;
};

/** `body` is what follows the header section. `undefined` where the library has to read the mail. */
export const readSimpleBody = (headers: readonly Header[], body: Uint8Array): SimpleBody | undefined => {
  const content = headerIn(headers, 'content-type');
  if (!content.toLowerCase().startsWith('multipart/')) {
    const leaf = leafOf(headers);
    if (!leaf) return undefined;
    const words = decodeLeaf(body, leaf);
    return leaf.type === 'text/html' ? { html: words } : { text: words };
  }
  const boundary = parameter(content.slice(0, 1_000), 'boundary');
  if (!content.toLowerCase().startsWith('multipart/alternative') || !boundary) return undefined;
  const parts = partsOf(body, boundary);
  if (!parts || parts.length === 0) return undefined;
  const found: { text?: string; html?: string } = {};
  for (const part of parts) {
    const isBare = part[0] === LF || part[0] === 0x0d;
    const section = isBare ? { headers: [], bodyStart: part[0] === LF ? 1 : 2 } : splitHeaders(part);
    const leaf = leafOf(section.headers);
    const name = leaf?.type === 'text/html' ? 'html' : 'text';
    // Two plain parts are something else than alternatives.
    if (!leaf || found[name] !== undefined) return undefined;
    found[name] = decodeLeaf(part.subarray(section.bodyStart), leaf);
  }
  return found;
};
