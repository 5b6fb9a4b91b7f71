/**
 * What S3 says to a browser of another origin, by the bucket's CORS rules: the console uploads a file of contacts and
 * fetches a report by links to another host than its own. The rules are those of `infra/constructs/file-exchange.ts`.
 */
import type { IncomingMessage } from 'node:http';
import { S3Error } from './s3-answers.ts';
import type { Answer } from './s3-object-requests.ts';

const METHODS = ['PUT', 'GET'];
const HEADERS = ['content-type', 'if-none-match'];
const MAX_AGE_SECONDS = 3_600;

const ALLOWED = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': METHODS.join(', '),
  vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
};

/** The preflight of a bucket; it carries no signature. `hasRules`: of the bucket. */
export function preflight({ headers }: IncomingMessage, hasRules: boolean): Answer {
  const { origin } = headers;
  const method = String(headers['access-control-request-method'] ?? '');
  const asked = String(headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  if (!origin || method === '') {
    throw new S3Error(400, 'BadRequest', 'Insufficient information. Origin request header needed.');
  }
  if (!hasRules)
    throw new S3Error(403, 'AccessForbidden', 'CORSResponse: CORS is not enabled for this bucket.');
  if (!METHODS.includes(method) || !asked.every((name) => HEADERS.includes(name))) {
    const why =
      'CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, ';
    throw new S3Error(
      403,
      'AccessForbidden',
      `${why}request method / Access-Control-Request-Method or headers differs.`,
    );
  }
  const allowed = { ...ALLOWED, 'access-control-max-age': String(MAX_AGE_SECONDS) };
  return {
    status: 200,
    headers: asked.length > 0 ? { ...allowed, 'access-control-allow-headers': asked.join(', ') } : allowed,
  };
}

/** Of the request itself: without these headers the browser keeps the answer from the page. */
export const corsHeaders = (
  { headers, method }: IncomingMessage,
  hasRules: boolean,
): Readonly<Record<string, string>> =>
  hasRules && headers.origin && METHODS.includes(method ?? '') ? ALLOWED : {};
