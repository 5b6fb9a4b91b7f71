/**
 * The header section of a raw mail, byte for byte and as SES copies it into its notifications. Both mail services
 * stand on it: what goes out must be rewritten without touching anything else, and what comes in may be malformed.
 */
import addressparser from 'nodemailer/lib/addressparser';

export type HeaderField = {
  readonly name: string;
  /** Unfolded and trimmed; bytes above 127 read as UTF-8. */
  readonly value: string;
  /** The field as it stands, folds and line ends included, one character per byte. */
  readonly raw: string;
};

export type HeaderSection = {
  readonly fields: readonly HeaderField[];
  /** Lines that are no field at all. */
  readonly malformed: number;
  /** Offset of the first byte after the empty line. */
  readonly bodyStart: number;
};

/** SES cuts the header copy of an SNS notification here, and says so in `headersTruncated`. */
const HEADER_COPY_BYTES_MAX = 10_240;
/** What stands beyond counts as body; Postfix takes 100 KB of headers. */
const SECTION_BYTES_MAX = 262_144;
/** Address lists beyond this are not read; 50 recipients fill some 5 KB. */
const ADDRESSES_CHARACTERS_MAX = 65_536;
const LF = 0x0a;
const CR = 0x0d;

/** Reads up to the first empty line, in one pass. Takes bare line feeds for line ends, as mail servers do. */
export function readHeaders(mail: Uint8Array): HeaderSection {
  const bytes = Buffer.from(mail.buffer, mail.byteOffset, mail.byteLength);
  const folded: string[][] = [];
  let malformed = 0;
  let start = 0;
  while (start < Math.min(bytes.length, SECTION_BYTES_MAX)) {
    const feed = bytes.indexOf(LF, start);
    const end = feed === -1 ? bytes.length : feed + 1;
    const isEmpty = bytes[start] === LF || (bytes[start] === CR && bytes[start + 1] === LF);
    const line = bytes.subarray(start, end).toString('latin1');
    start = end;
    if (isEmpty) break;
    if (line.startsWith(' ') || line.startsWith('\t')) {
      const field = folded.at(-1);
      if (field === undefined) malformed += 1;
      else field.push(line);
    } else if (/^[!-9;-~]+[ \t]*:/.test(line)) folded.push([line]);
    else malformed += 1;
  }
  return { fields: folded.map(toField), malformed, bodyStart: start };
}

function toField(lines: readonly string[]): HeaderField {
  const raw = lines.join('');
  const colon = raw.indexOf(':');
  const text = raw.slice(colon + 1).replace(/\r?\n/g, '');
  return {
    name: raw.slice(0, colon).trimEnd(),
    value: Buffer.from(text, 'latin1').toString('utf8').trim(),
    raw,
  };
}

/** Every value of a field, in order; names are compared without case. */
export const valuesOf = (fields: readonly HeaderField[], name: string): readonly string[] =>
  fields.filter((field) => field.name.toLowerCase() === name.toLowerCase()).map(({ value }) => value);

export type MailAddress = { readonly name: string; readonly address: string };

/** The mailboxes in address fields, groups flattened. What is no address at all is left out. */
export const addressesIn = (values: readonly string[]): readonly MailAddress[] =>
  values
    .flatMap((value) => addressparser(value.slice(0, ADDRESSES_CHARACTERS_MAX), { flatten: true }))
    .filter(({ address }) => address !== '')
    .map(({ name, address }) => ({ name, address }));

const written = ({ name, address }: MailAddress): string => {
  if (name === '') return address;
  return /[",;:<>@()[\]\\]/.test(name)
    ? `"${name.replace(/["\\]/g, '\\$&')}" <${address}>`
    : `${name} <${address}>`;
};

/** `headers` and `headersTruncated` of a notification's `mail`. */
export function copyHeaders(fields: readonly HeaderField[]) {
  const headers: { name: string; value: string }[] = [];
  let bytes = 0;
  for (const { name, value } of fields) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
    if (bytes > HEADER_COPY_BYTES_MAX) return { headersTruncated: true, headers };
    headers.push({ name, value });
  }
  return { headersTruncated: false, headers };
}

/** `commonHeaders` of a notification's `mail`. The subject is left as it was encoded; AWS does not say what it does. */
export function commonHeaders(fields: readonly HeaderField[]) {
  const list = (name: string) => addressesIn(valuesOf(fields, name)).map(written);
  const one = (name: string) => valuesOf(fields, name)[0];
  const all = {
    returnPath: addressesIn(valuesOf(fields, 'Return-Path'))[0]?.address,
    from: list('From'),
    replyTo: list('Reply-To'),
    date: one('Date'),
    to: list('To'),
    cc: list('Cc'),
    messageId: one('Message-ID'),
    subject: one('Subject'),
  };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined && value.length > 0),
  );
}
