/**
 * The headers that say what a MIME part is, read strictly: whatever a mail program would not write by itself makes it
 * `undefined`, and is left to the library.
 */
import { bufferOf } from './mail-headers.ts';

const LF = 0x0a;
const CR = 0x0d;
/** Parts of real mails have some five headers. */
const LINES_MAX = 100;
const LINE_CHARS_MAX = 4_000;
const PARAMETERS_MAX = 20;

export type HeadValue = {
  /** Lower case: `text/plain`, `attachment`. */
  readonly value: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
};

export type PartHead = {
  readonly type: HeadValue;
  readonly disposition: HeadValue | undefined;
  /** `7bit`, `8bit`, `binary`, `quoted-printable` or `base64`. */
  readonly encoding: string;
  /** Offset of the first byte of the content. */
  readonly bodyStart: number;
};

const VALUE = /\s{0,20}([\w.+-]{1,80}(?:\/[\w.+-]{1,80})?)/y;
const PARAMETER =
  /\s{0,20};\s{0,20}([\w-]{1,40})\s{0,5}=\s{0,5}(?:"([^"\\]{0,300})"|([^\s;"\\()=?]{1,300}))/y;
const REST = /\s{0,20};?\s{0,20}$/y;
/** Encoded words and other charsets' names are the library's to read. */
const UNUSUAL = /=\?|[^\t\x20-\x7e]/;

/** `text/plain; charset="utf-8"`. No continuations (RFC 2231), comments, escapes or repeated names. */
export const headValueOf = (field: string): HeadValue | undefined => {
  if (field.length > LINE_CHARS_MAX || UNUSUAL.test(field)) return undefined;
  VALUE.lastIndex = 0;
  const value = VALUE.exec(field)?.[1];
  if (!value) return undefined;
  const parameters = new Map<string, string>();
  let at = VALUE.lastIndex;
  for (let count = 0; count < PARAMETERS_MAX; count++) {
    PARAMETER.lastIndex = at;
    const match = PARAMETER.exec(field);
    if (!match) break;
    const name = (match[1] as string).toLowerCase();
    if (parameters.has(name)) return undefined;
    parameters.set(name, (match[2] ?? match[3]) as string);
    at = PARAMETER.lastIndex;
  }
  REST.lastIndex = at;
  return REST.test(field) ? { value: value.toLowerCase(), parameters } : undefined;
};

type Fields = { readonly fields: ReadonlyMap<string, string>; readonly bodyStart: number };

const NAME = /^([!-9;-~]{1,80}):/;

/** `undefined` where a line is no header, a name of ours comes twice, or no blank line ends the section. */
const fieldsOf = (part: Uint8Array): Fields | undefined => {
  const buffer = bufferOf(part);
  const fields = new Map<string, string>();
  let last: string | undefined;
  let at = 0;
  for (let count = 0; count < LINES_MAX; count++) {
    const end = buffer.indexOf(LF, at);
    if (end < 0 || end - at > LINE_CHARS_MAX) return undefined;
    if (end === at || (end === at + 1 && buffer[at] === CR)) return { fields, bodyStart: end + 1 };
    const line = buffer.toString('latin1', at, end);
    at = end + 1;
    if (line.startsWith(' ') || line.startsWith('\t')) {
      if (last === undefined) return undefined;
      const before = fields.get(last);
      if (before !== undefined) fields.set(last, `${before} ${line.trim()}`);
      continue;
    }
    last = NAME.exec(line)?.[1]?.toLowerCase();
    if (last === undefined) return undefined;
    if (!last.startsWith('content-')) continue;
    if (fields.has(last)) return undefined;
    fields.set(last, line.slice(last.length + 1).trim());
  }
  return undefined;
};

const ENCODINGS = new Set(['7bit', '8bit', 'binary', 'quoted-printable', 'base64']);
const PLAIN: HeadValue = { value: 'text/plain', parameters: new Map() };

/** `part` runs from behind its delimiter line to the next delimiter. */
export const partHeadOf = (part: Uint8Array): PartHead | undefined => {
  const found = fieldsOf(part);
  if (!found) return undefined;
  const { fields, bodyStart } = found;
  const written = fields.get('content-disposition');
  const disposition = written ? headValueOf(written) : undefined;
  const stated = fields.get('content-type');
  const encoding = (fields.get('content-transfer-encoding') || '7bit').toLowerCase();
  // Without a type, a file's name may tell it.
  const type = stated ? headValueOf(stated) : written ? undefined : PLAIN;
  const isKnown = type && (!written || disposition) && ENCODINGS.has(encoding);
  return isKnown ? { type, disposition, encoding, bodyStart } : undefined;
};
