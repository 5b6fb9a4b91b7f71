/**
 * Links that carry their signature in the query (SigV4, "Authenticating Requests: Using Query Parameters"): checked as S3
 * does, because such a link is handed to people: what is signed may not be changed, and it ends when it says.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { S3Error } from './s3-answers.ts';

const EXPIRES_SECONDS_MAX = 7 * 24 * 3_600;
/** S3 takes a clock that is this far ahead. */
const CLOCK_SKEW_MS = 15 * 60_000;

export const isPresigned = (query: URLSearchParams): boolean => query.has('X-Amz-Signature');

/** Throws the S3Error that S3 answers to a link that is expired, changed, or used with other headers than it was made for. */
export function checkPresigned(
  request: { readonly method: string; readonly query: URLSearchParams; readonly incoming: IncomingMessage },
  secret: string,
  now: number,
): void {
  const { query, method, incoming } = request;
  const [algorithm, credential, date, expires, signedHeaders] = [
    ...['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders'],
  ].map((name) => query.get(name) ?? '') as [string, string, string, string, string];
  const scope = credential.split('/').slice(1);
  const signedAt = Date.parse(
    date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  const seconds = Number(expires);
  const isSound =
    algorithm === 'AWS4-HMAC-SHA256' && scope.length === 4 && !Number.isNaN(signedAt) && seconds > 0;
  if (!isSound || seconds > EXPIRES_SECONDS_MAX) {
    throw new S3Error(400, 'AuthorizationQueryParametersError', 'Error parsing the X-Amz parameters');
  }
  if (now > signedAt + seconds * 1_000 || now < signedAt - CLOCK_SKEW_MS) {
    throw new S3Error(403, 'AccessDenied', 'Request has expired');
  }
  const canonical = [
    method,
    (incoming.url ?? '/').split('?', 1)[0],
    canonicalQuery(query),
    ...signedHeaders.split(';').map((name) => `${name}:${headerOf(incoming, name)}`),
    '',
    signedHeaders,
    query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD',
  ].join('\n');
  const toSign = [algorithm, date, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce((step: Buffer | string, part) => hmac(step, part), `AWS4${secret}`);
  const wanted = hmac(key, toSign);
  const given = Buffer.from(query.get('X-Amz-Signature') ?? '', 'hex');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    const message = 'The request signature we calculated does not match the signature you provided.';
    throw new S3Error(403, 'SignatureDoesNotMatch', message);
  }
}

const headerOf = (incoming: IncomingMessage, name: string): string =>
  String(incoming.headers[name] ?? '')
    .trim()
    .replace(/ +/g, ' ');

function canonicalQuery(query: URLSearchParams): string {
  const pairs = [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${strict(name)}=${strict(value)}`);
  return pairs.sort().join('&');
}

/** RFC 3986: `encodeURIComponent` leaves `!'()*` as they are. */
const strict = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
