/**
 * S3 for one machine: objects as files, spoken to by the real SDK in path style. Just what the product uses; every
 * other request is answered NotImplemented, so that nothing is believed to have worked that did not.
 * Signatures in headers must be there but are not verified: the service is reachable from this machine only. Those of
 * presigned links are, for links are handed on.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLarge, listen, reply } from './http-server.ts';
import { errorXml, listingXml, S3Error } from './s3-answers.ts';
import { corsHeaders, preflight } from './s3-cors.ts';
import { listObjects } from './s3-list.ts';
import { type Answer, getObject, putObject, type S3Request } from './s3-object-requests.ts';
import { type Bucket, describeBytes, openBuckets } from './s3-objects.ts';
import { checkPresigned, isPresigned } from './s3-presigned.ts';

export type S3 = {
  readonly endpoint: string;
  /** Stores an object without the detour over HTTP, for the local services that stand in for SES. */
  put(bucket: string, key: string, bytes: Buffer): Promise<void>;
  /** A lifecycle rule's daily work: removes what was stored before that moment (epoch ms); answers how many. */
  expire(bucket: string, before: number): Promise<number>;
  close(): Promise<void>;
};

const MAX_KEY_BYTES = 1024;
const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
/** Parameters that change nothing about what is done: the operation's name, a presigned URL's signature. */
const NEUTRAL_PARAMETER = /^x-id$|^x-amz-|^response-/i;
const LIST_PARAMETERS = new Set([
  'list-type',
  'prefix',
  'delimiter',
  'max-keys',
  'start-after',
  'continuation-token',
  'encoding-type',
  'fetch-owner',
]);

/**
 * Serves `buckets` from directories of their names under `dir` on 127.0.0.1:`port` (0: a free one). `now` is in
 * epoch milliseconds and dates the objects.
 */
export async function startS3(options: {
  readonly dir: string;
  readonly buckets: readonly string[];
  readonly port?: number;
  readonly now: () => number;
  /** Of the credentials by which presigned links are made. */
  readonly secret?: string;
  /** S3's event notification: an object was put by a request. A failure fails the request. */
  readonly onCreated?: (bucket: string, key: string, bytes: number) => Promise<void>;
  /** Buckets that pages of other origins may use. */
  readonly cors?: readonly string[];
}): Promise<S3> {
  const misnamed = options.buckets.find((name) => !BUCKET_NAME.test(name));
  if (misnamed !== undefined) throw new Error(`S3: "${misnamed}" is not a bucket name`);
  const buckets = await openBuckets(options.dir, options.buckets);
  const server = await listen('s3', options.port ?? 0, (request, response) =>
    handle({ ...options, buckets, secret: options.secret ?? 'local' }, request, response),
  );
  return {
    endpoint: server.endpoint,
    put: async (bucket, key, bytes) => {
      const facts = describeBytes(key, bytes, { 'content-type': 'application/octet-stream' }, options.now());
      await bucketOf(buckets, bucket).put({ facts, bytes }, { ifAbsent: false });
    },
    expire: async (name, before) => {
      const bucket = bucketOf(buckets, name);
      const old = (await bucket.list()).filter(({ modified }) => modified < before);
      for (const { key } of old) await bucket.remove(key);
      return old.length;
    },
    close: () => server.close(),
  };
}

type Service = {
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly now: () => number;
  readonly secret: string;
  readonly onCreated?: (bucket: string, key: string, bytes: number) => Promise<void>;
  readonly cors?: readonly string[];
};

async function handle(service: Service, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = randomUUID();
  let cors: Readonly<Record<string, string>> = {};
  const send = ({ status, headers, body = '' }: Answer) => {
    const all = { 'x-amz-request-id': requestId, ...cors, ...headers };
    if (incoming.method !== 'HEAD') return reply(response, status, all, body);
    // Content-Length of a HEAD is the object's, while no body follows.
    response.writeHead(status, all).end();
  };
  try {
    const request = parseRequest(incoming);
    const hasRules = service.cors?.includes(request.bucket) === true;
    if (request.method === 'OPTIONS') return send(preflight(incoming, hasRules));
    cors = corsHeaders(incoming, hasRules);
    if (isPresigned(request.query)) checkPresigned(request, service.secret, service.now());
    else if (!incoming.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
      throw new S3Error(403, 'AccessDenied', 'Access Denied');
    }
    const done = await answer(bucketOf(service.buckets, request.bucket), service.now, request);
    if (request.method === 'PUT') await service.onCreated?.(request.bucket, request.key, done.bytes ?? 0);
    send(done);
  } catch (caught) {
    const error =
      caught instanceof BodyTooLarge
        ? new S3Error(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size')
        : caught;
    if (!(error instanceof S3Error)) throw error;
    const resource = (incoming.url ?? '/').split('?', 1)[0] ?? '/';
    const headers = { 'content-type': 'application/xml' };
    send({ status: error.status, headers, body: errorXml(error, resource, requestId) });
  }
}

/** Not by `new URL`, which would resolve `..` inside of a key. */
function parseRequest(incoming: IncomingMessage): S3Request {
  const url = incoming.url ?? '/';
  const queryAt = url.indexOf('?');
  const path = queryAt < 0 ? url : url.slice(0, queryAt);
  const slash = path.indexOf('/', 1);
  const query = new URLSearchParams(queryAt < 0 ? '' : url.slice(queryAt + 1));
  try {
    const bucket = decodeURIComponent(slash < 0 ? path.slice(1) : path.slice(1, slash));
    const key = slash < 0 ? '' : decodeURIComponent(path.slice(slash + 1));
    if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
      throw new S3Error(400, 'KeyTooLongError', 'Your key is too long');
    }
    return { method: incoming.method ?? 'GET', bucket, key, query, incoming };
  } catch (error) {
    if (error instanceof S3Error) throw error;
    throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}

function bucketOf(buckets: ReadonlyMap<string, Bucket>, name: string): Bucket {
  const bucket = buckets.get(name);
  if (!bucket) throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist');
  return bucket;
}

async function answer(bucket: Bucket, now: () => number, request: S3Request): Promise<Answer> {
  const { method, key, query } = request;
  const parameters = [...query.keys()].filter((name) => !NEUTRAL_PARAMETER.test(name));
  if (key === '' && method === 'HEAD' && parameters.length === 0) return { status: 200, headers: {} };
  if (key === '' && method === 'GET' && query.get('list-type') === '2') {
    if (parameters.every((name) => LIST_PARAMETERS.has(name))) {
      const body = listingXml(listObjects(request.bucket, query, await bucket.list()));
      return { status: 200, headers: { 'content-type': 'application/xml' }, body };
    }
  }
  if (key !== '' && parameters.length === 0) {
    if (method === 'PUT') return putObject(bucket, now, request);
    if (method === 'GET' || method === 'HEAD') return getObject(bucket, request);
    if (method === 'DELETE' && request.incoming.headers['if-match'] === undefined) {
      await bucket.remove(key);
      return { status: 204, headers: {} };
    }
  }
  throw new S3Error(501, 'NotImplemented', 'A header or operation you requested is not implemented locally.');
}
