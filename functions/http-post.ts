/** One POST to a webhook that a user named: pinned address, no redirects, little time, little memory. */
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { PostAnswer } from '../shared/domain/alert-message.ts';
import { type Lookup, lookupAll, resolveTarget } from './public-address.ts';

const POST_MS = 5_000;
const RESPONSE_BYTES_MAX = 64 * 1024;

export type PostSettings = {
  /** Allows this machine, and plain http to it. */
  readonly isLocal: boolean;
  readonly lookup?: Lookup;
  readonly timeoutMs?: number;
};

/**
 * Answers the status, also of a redirect, which is not followed: it would lead past the check of the address.
 * Throws where the URL may not be called, or no answer came in time. Of the body at most 64 KB are read: chat services
 * say there whether they have taken a message.
 */
export async function httpPost(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  settings: PostSettings,
): Promise<PostAnswer> {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (!target) throw new Error('The webhook is not called: its URL is none.');
  const signal = AbortSignal.timeout(settings.timeoutMs ?? POST_MS);
  const lookup = settings.lookup ?? lookupAll;
  const { address, family } = await inTime(resolveTarget(target, settings.isLocal, lookup), signal);
  const pinned: LookupFunction = (_name, options, done) =>
    options.all ? done(null, [{ address, family }]) : done(null, address, family);
  const options = {
    method: 'POST',
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    lookup: pinned,
    signal,
    // A connection of its own: a kept one might lead to another address than the one just checked.
    agent: false,
  } as const;
  return new Promise((resolve, reject) => {
    const request =
      target.protocol === 'https:' ? https.request(target, options) : http.request(target, options);
    request.on('error', (cause) => reject(new Error('The webhook could not be reached.', { cause })));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      const finish = () => {
        const text = Buffer.concat(chunks).subarray(0, RESPONSE_BYTES_MAX).toString('utf8');
        const retryAfterMs = readRetryAfter(response.headers['retry-after']);
        const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
        resolve({ status: response.statusCode ?? 0, body: text, ...wait });
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.byteLength;
        if (length > RESPONSE_BYTES_MAX) response.destroy();
      });
      // The status has come: a body that breaks off or never ends changes nothing about it.
      response.on('error', finish);
      response.on('close', finish);
    });
    request.end(body);
  });
}

/** RFC 9110 §10.2.3, in seconds; a date is written by few and understood by us as nothing. */
function readRetryAfter(value: string | undefined): number | undefined {
  return value !== undefined && /^[0-9]{1,6}$/.test(value.trim()) ? Number(value) * 1_000 : undefined;
}

/** DNS takes no abort signal. */
function inTime<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const tooLate = () => reject(new Error('The webhook could not be reached.', { cause: signal.reason }));
    signal.addEventListener('abort', tooLate, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', tooLate));
  });
}
