/**
 * The auditor's own small reader of mails: headers, encoded words, the first plain text. It shares no line with the
 * product, so that a fault in the product's reader or composer cannot hide itself here.
 */

export type Mail = {
  /** Lower-case name → the unfolded, still encoded values in order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** The first text/plain part, decoded; empty where there is none. */
  readonly text: string;
  /** Every text part and the headers of attached mails, decoded: for finding who an alert is about. */
  readonly everything: string;
};

const MAX_DEPTH = 10;
const MAX_PARTS = 100;
const MAX_BYTES = 4_000_000;

type Part = { headers: Map<string, string[]>; body: string };

const splitHeader = (raw: string): Part => {
  const blank = raw.search(/\r?\n\r?\n/);
  const head = blank < 0 ? raw : raw.slice(0, blank);
  const body = blank < 0 ? '' : raw.slice(blank).replace(/^\r?\n\r?\n/, '');
  const headers = new Map<string, string[]>();
  for (const line of head.replace(/\r?\n[ \t]/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  return { headers, body };
};

const decodeBytes = (bytes: Buffer, charset: string): string => {
  try {
    return new TextDecoder(charset || 'utf-8').decode(bytes);
  } catch {
    // A charset that the runtime does not know: Latin-1 loses nothing of the ASCII that the checks look for.
    return bytes.toString('latin1');
  }
};

const quotedPrintable = (body: string): Buffer =>
  Buffer.from(
    body
      .replace(/=[ \t]{0,80}\r?\n/g, '')
      .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

const bodyBytes = (part: Part): Buffer => {
  const encoding = (part.headers.get('content-transfer-encoding')?.[0] ?? '').toLowerCase();
  if (encoding === 'base64') return Buffer.from(part.body.replace(/\s+/g, ''), 'base64');
  if (encoding === 'quoted-printable') return quotedPrintable(part.body);
  return Buffer.from(part.body, 'latin1');
};

const parameter = (value: string, name: string): string => {
  const found = new RegExp(`${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(value);
  return found?.[1] ?? found?.[2] ?? '';
};

const partsOf = (body: string, boundary: string): string[] =>
  `\n${body}`
    .split(new RegExp(`\\r?\\n--${boundary.replace(/[^A-Za-z0-9]/g, '\\$&')}(?:--)?[ \\t]*(?=\\r?\\n|$)`))
    .slice(1, MAX_PARTS)
    .map((part) => part.replace(/^\r?\n/, ''));

type Texts = { plain?: string; all: string[]; parts: number };

const collect = (part: Part, texts: Texts, depth: number): void => {
  texts.parts += 1;
  if (depth > MAX_DEPTH || texts.parts > MAX_PARTS) return;
  const type = part.headers.get('content-type')?.[0] ?? 'text/plain';
  const boundary = parameter(type, 'boundary');
  if (/^multipart\//i.test(type) && boundary !== '') {
    for (const raw of partsOf(part.body, boundary)) collect(splitHeader(raw), texts, depth + 1);
  } else if (/^message\/rfc822/i.test(type)) {
    const inner = splitHeader(bodyBytes(part).toString('latin1'));
    for (const [name, values] of inner.headers)
      texts.all.push(`${name}: ${values.map(decodeWords).join(', ')}`);
    collect(inner, texts, depth + 1);
  } else if (/^text\//i.test(type)) {
    const text = decodeBytes(bodyBytes(part), parameter(type, 'charset')).replace(/\r\n/g, '\n');
    texts.all.push(text);
    if (/^text\/plain/i.test(type)) texts.plain ??= text;
  }
};

/** RFC 2047 words of one header value; white space between two of them is dropped (§6.2). */
export const decodeWords = (value: string): string =>
  value
    .replace(/(\?=)\s+(?==\?)/g, '$1')
    .replace(
      /=\?([\w-]+)(?:\*[\w-]+)?\?([BbQq])\?([^?\s]*)\?=/g,
      (_, charset: string, kind: string, word: string) =>
        decodeBytes(
          kind.toUpperCase() === 'B'
            ? Buffer.from(word, 'base64')
            : quotedPrintable(word.replaceAll('_', ' ')),
          charset,
        ),
    );

/** Never throws: what cannot be read stays empty, and the checks then report it as missing. */
export const readMail = (raw: Buffer): Mail => {
  const part = splitHeader(raw.subarray(0, MAX_BYTES).toString('latin1'));
  const texts: Texts = { all: [], parts: 0 };
  collect(part, texts, 0);
  return { headers: part.headers, text: texts.plain ?? '', everything: texts.all.join('\n') };
};

/** The first value of a header, decoded; empty where there is none. Raw 8-bit headers (RFC 6532) are read as UTF-8. */
export const header = (mail: Mail, name: string): string => {
  const value = mail.headers.get(name)?.[0] ?? '';
  return decodeWords(Buffer.from(value, 'latin1').toString('utf8'));
};

/** Mail addresses of an address header, lower case. */
export const addresses = (value: string): string[] =>
  (value.match(/[^\s<>",;:()]{1,128}@[^\s<>",;:()]{1,255}/g) ?? []).map((address) => address.toLowerCase());

/** The `<ids>` of In-Reply-To or References, with their brackets. */
export const messageIds = (value: string): string[] => value.match(/<[^<>\s]{1,500}>/g) ?? [];
