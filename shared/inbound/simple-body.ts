/**
 * The short way into the mails that people and machines write: text, HTML, attachments and reports, nested as their
 * programs nest them. Odd charsets and whatever is written unusually are left to the library, whose result for every
 * mail read here is the same; only quotations in flowed text are told from their answers more strictly (RFC 3676 §4.5).
 */
import { bufferOf } from './mail-headers.ts';
import type { Header } from './parsed-mail.ts';
import {
  decodeContent,
  decodeStated,
  decodeText,
  isKnownCharset,
  isPlainBase64,
  type Writing,
} from './part-content.ts';
import { type HeadValue, headValueOf, type PartHead, partHeadOf } from './part-head.ts';

/** A letter with some photographs; the library counts those that have more. */
const PARTS_MAX = 40;
const DEPTH_MAX = 6;
const LF = 0x0a;
const CR = 0x0d;

export type SimpleAttachment = {
  readonly contentType: string;
  readonly filename?: string;
  readonly size: number;
  readonly content: Uint8Array;
};
export type SimpleBody = {
  readonly text?: string;
  readonly html?: string;
  readonly attachments: readonly SimpleAttachment[];
};
type Words = { readonly isHtml: boolean; readonly words: string; readonly isAlternative: boolean };
type Found = { readonly words: Words[]; readonly attachments: SimpleAttachment[]; parts: number };

const headerIn = (headers: readonly Header[], name: string): string =>
  headers.find((header) => header.name === name)?.value ?? '';

const CHARSET = /;\s{0,20}charset\s{0,5}=\s{0,5}(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i;

/** RFC 3676 §4: `format=flowed; delsp=yes`. */
const FLOWED = /;\s{0,20}format\s{0,5}=\s{0,5}"?flowed"?\s{0,5}(?:;|$)/i;
const DELSP = /;\s{0,20}delsp\s{0,5}=\s{0,5}"?yes"?\s{0,5}(?:;|$)/i;
const flowOf = (isBlankless: boolean): Writing['flow'] => (isBlankless ? 'blankless' : 'flowed');

const AS_IS = new Set(['7bit', '8bit', 'binary']);

/** A mail of one part. `undefined` where only the library knows what to do. */
const readOnePart = (
  content: string,
  headers: readonly Header[],
  body: Uint8Array,
): SimpleBody | undefined => {
  const type = content === '' ? 'text/plain' : (content.split(';')[0] ?? '').trim().toLowerCase();
  const encoding = (headerIn(headers, 'content-transfer-encoding') || '7bit').trim().toLowerCase();
  // A mail that only wraps another: its bytes as they are.
  if (type === 'message/rfc822' && AS_IS.has(encoding) && !/name|\*/i.test(content)) {
    const isBare = headerIn(headers, 'content-disposition') === '';
    const wrapped = { contentType: type, size: body.length, content: body };
    return isBare ? { attachments: [wrapped] } : undefined;
  }
  const match = CHARSET.exec(content);
  const charset = (match?.[1] ?? match?.[2])?.toLowerCase();
  const flow = type === 'text/plain' && FLOWED.test(content) ? flowOf(DELSP.test(content)) : undefined;
  const isKnown =
    (type === 'text/plain' || type === 'text/html') &&
    ['7bit', '8bit', 'binary', 'quoted-printable', 'base64'].includes(encoding) &&
    !/name\s{0,5}=|\*\d{0,3}\*?=/i.test(content) &&
    (flow !== undefined || !/format\s{0,5}=/i.test(content)) &&
    headerIn(headers, 'content-disposition').toLowerCase().split(';')[0] !== 'attachment' &&
    isKnownCharset(charset) &&
    (encoding !== 'base64' || isPlainBase64(body));
  if (!isKnown) return undefined;
  const words = decodeText(body, { encoding, charset, flow });
  return type === 'text/html' ? { html: words, attachments: [] } : { text: words, attachments: [] };
};

/**
 * The stretches between `--boundary` lines, with the line end in front of each. `undefined` where they do not close.
 */
const partsOf = (bytes: Uint8Array, boundary: string): readonly Uint8Array[] | undefined => {
  const buffer = bufferOf(bytes);
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const parts: Uint8Array[] = [];
  let start = -1;
  for (let at = buffer.indexOf(delimiter); at >= 0; at = buffer.indexOf(delimiter, at + 1)) {
    // Delimiters inside a long line must not cost the length of the line each.
    if (at > 0 && buffer[at - 1] !== LF) continue;
    const end = buffer.indexOf(LF, at);
    const rest = buffer.toString('latin1', at + delimiter.length, end < 0 ? buffer.length : end).trimEnd();
    if (rest !== '' && rest !== '--') continue;
    if (start >= 0) parts.push(bytes.subarray(start, at));
    if (parts.length > PARTS_MAX) return undefined;
    if (rest === '--') return parts;
    start = end < 0 ? buffer.length : end + 1;
  }
  return undefined;
};

/** The line end in front of a delimiter belongs to the delimiter (RFC 2046 §5.1.1), unless it is all there is. */
const contentOf = (part: Uint8Array, { bodyStart }: PartHead): Uint8Array => {
  const end = part.length - (part.at(-2) === CR ? 2 : 1);
  return part.subarray(bodyStart, end > bodyStart ? end : part.length);
};

const TEXTS = new Set(['text/plain', 'text/html']);

/** False where only the library knows what to do. */
const readLeaf = (part: Uint8Array, head: PartHead, isAlternative: boolean, found: Found): boolean => {
  const { type, disposition, encoding } = head;
  const content = contentOf(part, head);
  if (encoding === 'base64' && !isPlainBase64(content)) return false;
  if (TEXTS.has(type.value) && (!disposition || disposition.value === 'inline')) {
    const charset = type.parameters.get('charset')?.toLowerCase();
    const format = type.parameters.get('format')?.toLowerCase();
    const isFlowed = format === 'flowed' && type.value === 'text/plain';
    if ((format !== undefined && !isFlowed) || !isKnownCharset(charset)) return false;
    const flow = isFlowed ? flowOf(type.parameters.get('delsp')?.toLowerCase() === 'yes') : undefined;
    // The alternatives of a letter come from people's programs: a wrong label is worth a guess.
    const words = (isAlternative ? decodeText : decodeStated)(content, { encoding, charset, flow });
    found.words.push({ isHtml: type.value === 'text/html', words, isAlternative });
    return true;
  }
  const filename = disposition?.parameters.get('filename') || type.parameters.get('name');
  // The library guesses a nameless type by the file's name, and sizes count carriage returns.
  if (filename && type.value === 'application/octet-stream') return false;
  if (encoding === 'quoted-printable' || !type.value.includes('/')) return false;
  const bytes = decodeContent(content, encoding);
  found.attachments.push({
    contentType: type.value,
    ...(filename ? { filename } : {}),
    size: bytes.length,
    content: bytes,
  });
  return true;
};

type Multipart = {
  readonly boundary: string | undefined;
  readonly isAlternative: boolean;
  readonly depth: number;
};

/** False where only the library knows what to do. */
const walk = (body: Uint8Array, { boundary, isAlternative, depth }: Multipart, found: Found): boolean => {
  const parts = boundary && depth <= DEPTH_MAX ? partsOf(body, boundary) : undefined;
  if (!parts || parts.length === 0) return false;
  found.parts += parts.length;
  if (found.parts > PARTS_MAX) return false;
  for (const part of parts) {
    const head = partHeadOf(part);
    if (!head) return false;
    const isRead = head.type.value.startsWith('multipart/')
      ? walk(part.subarray(head.bodyStart), multipartOf(head.type, isAlternative, depth + 1), found)
      : readLeaf(part, head, isAlternative, found);
    if (!isRead) return false;
  }
  return true;
};

const multipartOf = ({ value, parameters }: HeadValue, isInside: boolean, depth: number): Multipart => ({
  boundary: parameters.get('boundary'),
  isAlternative: isInside || value === 'multipart/alternative',
  depth,
});

/** Texts below each other; beside a text of the other kind, a part that is no alternative leaves an empty line in it. */
const joinWords = (all: readonly Words[]): { text: string; html: string } => {
  const hasText = all.some(({ isHtml }) => !isHtml);
  const hasHtml = all.some(({ isHtml }) => isHtml);
  const texts: string[] = [];
  const htmls: string[] = [];
  for (const { isHtml, words, isAlternative } of all) {
    if (words === '') continue;
    if (isHtml ? !isAlternative && hasText : true) texts.push(isHtml ? '' : words);
    if (isHtml ? true : !isAlternative && hasHtml) htmls.push(isHtml ? words : '');
  }
  return { text: texts.join('\n'), html: htmls.join('<br/>\n') };
};

/** `body` is what follows the header section. `undefined` where the library has to read the mail. */
export const readSimpleBody = (headers: readonly Header[], body: Uint8Array): SimpleBody | undefined => {
  const content = headerIn(headers, 'content-type').slice(0, 1_000);
  if (!content.toLowerCase().startsWith('multipart/')) return readOnePart(content, headers, body);
  const type = headValueOf(content);
  const found: Found = { words: [], attachments: [], parts: 0 };
  if (!type || !walk(body, multipartOf(type, false, 1), found)) return undefined;
  return { ...joinWords(found.words), attachments: found.attachments };
};
