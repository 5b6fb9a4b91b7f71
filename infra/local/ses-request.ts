/**
 * SES's query protocol: a form comes in, XML goes out, an error has a code. Holds what is refused before a mail is even
 * looked at: sizes, tags, missing parameters.
 */
import { randomUUID } from 'node:crypto';

/** SendRawEmail's limit, measured on the mail with its attachments already in base64. (40 MB is for v2 and SMTP.) */
export const MAIL_BYTES_MAX = 10_485_760;
export const RECIPIENTS_MAX = 50;
/** The mail again in base64 and then percent-encoded, with room for the other parameters. */
export const REQUEST_BYTES_MAX = 3 * MAIL_BYTES_MAX;
const TAG = /^[A-Za-z0-9_-]{1,256}$/;
const MEMBERS_MAX = 1_000;

/** An answer with one of AWS's codes; all of them are the caller's fault and answered with 400. */
export class SesError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'SesError';
    this.code = code;
  }
}

export const invalid = (message: string) => new SesError('InvalidParameterValue', message);
export const rejected = (message: string) => new SesError('MessageRejected', message);

export type Tag = { readonly name: string; readonly value: string };

export type RawEmailRequest = {
  readonly raw: Buffer;
  /** Overrides the mail's Return-Path. */
  readonly source: string | undefined;
  /** Overrides To, Cc and Bcc; empty if not given. */
  readonly destinations: readonly string[];
  readonly configurationSet: string | undefined;
  readonly tags: readonly Tag[];
};

function members(form: URLSearchParams, list: string, part = ''): readonly string[] {
  const found: string[] = [];
  for (let index = 1; index <= MEMBERS_MAX; index += 1) {
    const value = form.get(`${list}.member.${index}${part}`);
    if (value === null) break;
    found.push(value);
  }
  return found;
}

/** A tag that SES takes; it refuses the request for any other. */
export function checkTag({ name, value }: Tag): Tag {
  for (const [what, text] of [
    ['name', name],
    ['value', value],
  ] as const) {
    if (text === '') throw invalid(`The tag ${what} must be specified.`);
    if (TAG.test(text)) continue;
    throw text.length > 256
      ? invalid(`Tag ${what} cannot exceed 256 characters.`)
      : invalid(`Invalid tag ${what} <${text}>: only alphanumeric ASCII characters, '_', '-' are allowed.`);
  }
  return { name, value };
}

export function readRawEmailRequest(form: URLSearchParams): RawEmailRequest {
  const data = form.get('RawMessage.Data');
  if (data === null || data === '') {
    throw new SesError('ValidationError', "1 validation error detected: Value null at 'rawMessage.data'");
  }
  const raw = Buffer.from(data, 'base64');
  if (raw.length > MAIL_BYTES_MAX) {
    throw invalid(`Message length is more than ${MAIL_BYTES_MAX} bytes long: '${raw.length}'.`);
  }
  const values = members(form, 'Tags', '.Value');
  const tags = members(form, 'Tags', '.Name').map((name, index) =>
    checkTag({ name, value: values[index] ?? '' }),
  );
  return {
    raw,
    source: form.get('Source') ?? undefined,
    destinations: members(form, 'Destinations'),
    configurationSet: form.get('ConfigurationSetName') ?? undefined,
    tags,
  };
}

const NAMESPACE = 'http://ses.amazonaws.com/doc/2010-12-01/';
/** XML has no way to write other control characters at all. */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '?')
    .replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** The XML of a successful answer; values are numbers, booleans or ids of our own making. */
export function successXml(
  action: string,
  result: Readonly<Record<string, string | number | boolean>>,
): string {
  const inner = Object.entries(result).map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`);
  return `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${inner.join('')}</${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`;
}

export const errorXml = (error: SesError): string =>
  `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${escaped(error.code)}</Code><Message>${escaped(error.message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
