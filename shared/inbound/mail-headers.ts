/** The header section of a mail, split by our own hand: in order, with duplicates, and never more than the limits. */
import { decodeBytes, decodeWords } from './encoded-words.ts';
import { HEADER_BYTES_MAX, HEADER_LINES_MAX, HEADER_SECTION_BYTES_MAX, IDS_MAX } from './mail-limits.ts';
import type { Header } from './parsed-mail.ts';

export type HeaderSection = {
  readonly headers: readonly Header[];
  /** Offset of the first body byte; the length of the bytes where no blank line ends the headers. */
  readonly bodyStart: number;
  /** The section's bytes as Latin-1, as far as it was read. */
  readonly raw: string;
  readonly isAscii: boolean;
  /** Unfolded but not decoded: addresses are split before their names are decoded. */
  readonly rawAddresses: Readonly<Record<string, string>>;
  /** A limit was reached: `headers` holds what stood before it. */
  readonly tooLarge: boolean;
};

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;
/** The same memory as a Buffer, whose `latin1` slices cost a fraction of a decoder's call. */
export const bufferOf = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
  bufferOf(bytes).toString('latin1', start, end);
const BEYOND_ASCII = /[^\0-\x7f]/;

/** One string for the whole section: each call into a Buffer costs more than the few letters it brings. */
type Section = { readonly bytes: Uint8Array; readonly raw: string; readonly isAscii: boolean };

/** ASCII is the same in every charset that a header may be in. */
const decodeRaw = (section: Section, start: number, end: number, charset: string | undefined): string => {
  const plain = section.raw.slice(start, end);
  if (section.isAscii || !BEYOND_ASCII.test(plain)) return plain;
  return decodeBytes(section.bytes.subarray(start, end), charset);
};

const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09;

/** `Name:` of printable ASCII without spaces (RFC 5322 §2.2); some old software puts blanks before the colon. */
const nameLength = (bytes: Uint8Array, start: number, end: number): number => {
  let at = start;
  while (at < end && at - start < 100) {
    const byte = bytes[at] as number;
    if (byte === COLON) return at - start;
    if (isBlank(byte)) {
      while (at < end && isBlank(bytes[at])) at++;
      return bytes[at] === COLON && at > start ? at - start : 0;
    }
    if (byte < 33 || byte > 126) return 0;
    at++;
  }
  return 0;
};

const lineEnd = (bytes: Uint8Array, start: number): number => {
  const at = bytes.indexOf(LF, start);
  return at < 0 ? bytes.length : at;
};

/** Blank lines that some export or relay put in front of real headers. */
const BLANK_LINES_MAX = 5;

const afterBlankLines = (bytes: Uint8Array): number => {
  let at = 0;
  for (let lines = 0; lines < BLANK_LINES_MAX; lines++) {
    const end = lineEnd(bytes, at);
    if (latin1(bytes, at, Math.min(end, at + 1_000)).trim() !== '') break;
    at = end + 1;
  }
  const end = lineEnd(bytes, at);
  const second = end + 1;
  // One line with a colon may be a body that begins "Note: …"; two headers in a row are headers.
  const isHeaders =
    nameLength(bytes, at, end) > 0 &&
    (isBlank(bytes[second]) || nameLength(bytes, second, lineEnd(bytes, second)) > 0);
  return isHeaders ? at : 0;
};

/** Where the headers start: after an mbox `From ` line, if there is one. */
export const headersStart = (bytes: Uint8Array): number => {
  const first = latin1(bytes, 0, 6);
  return first.startsWith('From ') || first.startsWith('>From ')
    ? lineEnd(bytes, 0) + 1
    : afterBlankLines(bytes);
};

/** True where the bytes begin with a header or the blank line that ends an empty header section. */
export const hasHeaders = (bytes: Uint8Array): boolean => {
  const start = headersStart(bytes);
  const end = lineEnd(bytes, start);
  return nameLength(bytes, start, end) > 0;
};

/** `length` is that of the name in front of the colon. */
type Line = { readonly start: number; readonly length: number; end: number };

const ADDRESS_HEADERS = new Set(['from', 'to', 'cc', 'reply-to']);
/** Of a header that stands there twice, which is flagged, the library joins these and takes the last of the others. */
const LISTS = new Set(['to', 'cc']);

const rawAddressesIn = (section: Section, lines: readonly Line[]): Readonly<Record<string, string>> => {
  const found: Record<string, string> = {};
  for (const { start, end, length } of lines) {
    const name =
      length <= 9
        ? section.raw
            .slice(start, start + length)
            .trim()
            .toLowerCase()
        : '';
    if (!ADDRESS_HEADERS.has(name)) continue;
    const value = decodeRaw(section, start + length + 1, end, undefined)
      .replace(/\r?\n[ \t]/g, ' ')
      .trim();
    const before = LISTS.has(name) && value !== '' ? found[name] : undefined;
    found[name] = before ? `${before}, ${value}` : value || (found[name] ?? '');
  }
  return found;
};

const toHeader = (section: Section, line: Line, charset: string | undefined): Header => {
  const { start, length } = line;
  const name = section.raw.slice(start, start + length);
  const raw = decodeRaw(section, start + length + 1, line.end, charset);
  const unfolded = /[\r\n\t\0]/.test(raw)
    ? raw.replaceAll('\r', '').replaceAll('\n', ' ').replaceAll('\t', ' ').replaceAll('\0', '')
    : raw;
  return { name: name.trim().toLowerCase(), value: decodeWords(unfolded).trim() };
};

/** Splits, unfolds and decodes. A line that is neither header, continuation nor blank is left out. */
export const splitHeaders = (bytes: Uint8Array, charset?: string): HeaderSection => {
  const lines: Line[] = [];
  let at = headersStart(bytes);
  let tooLarge = false;
  let count = 0;
  let bodyStart = bytes.length;
  while (at < bytes.length) {
    const end = lineEnd(bytes, at);
    if (end === at || (bytes[at] === CR && end === at + 1)) {
      bodyStart = end + 1;
      break;
    }
    if (++count > HEADER_LINES_MAX || end > HEADER_SECTION_BYTES_MAX) {
      tooLarge = true;
      break;
    }
    const last = lines.at(-1);
    if (isBlank(bytes[at]) && last) last.end = end;
    else {
      const length = nameLength(bytes, at, end);
      if (length > 0) lines.push({ start: at, length, end });
    }
    at = end + 1;
  }
  const kept = lines.filter((line) => line.end - line.start <= HEADER_BYTES_MAX);
  const raw = latin1(bytes, 0, Math.min(at, bytes.length));
  const section = { bytes, raw, isAscii: !BEYOND_ASCII.test(raw) };
  return {
    headers: kept.map((line) => toHeader(section, line, charset)),
    bodyStart: Math.min(bodyStart, bytes.length),
    raw,
    isAscii: section.isAscii,
    rawAddresses: rawAddressesIn(section, kept),
    tooLarge: tooLarge || kept.length < lines.length,
  };
};

/** The ids of an In-Reply-To or References header, without brackets, at most `IDS_MAX`: first and last ones. */
export const idsIn = (value: string | undefined): readonly string[] => {
  const ids: string[] = [];
  let at = 0;
  const text = value ?? '';
  while (at < text.length) {
    const open = text.indexOf('<', at);
    const close = open < 0 ? -1 : text.indexOf('>', open);
    if (close < 0) break;
    const id = text.slice(open + 1, close).trim();
    if (id !== '' && id.length <= 998) ids.push(id);
    at = close + 1;
  }
  // Some clients leave the brackets out.
  if (ids.length === 0)
    ids.push(...text.split(' ').filter((word) => word.includes('@') && word.length <= 998));
  return ids.length <= IDS_MAX ? ids : [...ids.slice(0, IDS_MAX / 2), ...ids.slice(-IDS_MAX / 2)];
};
