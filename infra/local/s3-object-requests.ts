/** The requests on one object, as HTTP headers in and out. */
import type { IncomingMessage } from 'node:http';
import { readBody } from './http-server.ts';
import { S3Error } from './s3-answers.ts';
import { unwrapBody } from './s3-body.ts';
import { type Bucket, describeBytes, type ObjectFacts, type Span } from './s3-objects.ts';

export type S3Request = {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly incoming: IncomingMessage;
};
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body?: string | Buffer;
  /** How many were put. */
  readonly bytes?: number;
};

/** Far above the 40 MB that SES accepts as a mail; objects are held in memory while they are sent. */
const MAX_OBJECT_BYTES = 64 * 1024 * 1024;
const KEPT_HEADERS = new Set(['content-type', 'content-disposition', 'content-language', 'cache-control']);

/** PutObject, with `If-None-Match: *`. Throws an S3Error. */
export async function putObject(bucket: Bucket, now: () => number, request: S3Request): Promise<Answer> {
  const { headers } = request.incoming;
  const fields = new Map(
    // A presigned URL carries in its query what else would be a header.
    [...request.query, ...Object.entries(headers)].map(([name, value]) => [
      name.toLowerCase(),
      String(value),
    ]),
  );
  if (fields.has('x-amz-copy-source'))
    throw new S3Error(501, 'NotImplemented', 'CopyObject is not implemented.');
  const condition = fields.get('if-none-match');
  if (fields.has('if-match') || (condition !== undefined && condition !== '*')) {
    throw new S3Error(501, 'NotImplemented', 'No condition but If-None-Match: * is implemented.');
  }
  const bytes = unwrapBody(fields, await readBody(request.incoming, MAX_OBJECT_BYTES));
  const kept = [...fields].filter(([name]) => KEPT_HEADERS.has(name) || name.startsWith('x-amz-meta-'));
  const facts = describeBytes(request.key, bytes, Object.fromEntries(kept), now());
  const { created } = await bucket.put({ facts, bytes }, { ifAbsent: condition === '*' });
  if (!created) {
    const message = 'At least one of the pre-conditions you specified did not hold';
    throw new S3Error(412, 'PreconditionFailed', message);
  }
  const told = { etag: `"${facts.etag}"`, 'x-amz-checksum-crc32': facts.crc32 };
  return { status: 200, headers: told, bytes: bytes.length };
}

/** GetObject and HeadObject, with Range. Throws an S3Error. */
export async function getObject(
  bucket: Bucket,
  { method, key, query, incoming }: S3Request,
): Promise<Answer> {
  const range = incoming.headers.range;
  let span: Span | undefined;
  let isPart = false;
  const found = await bucket.read(key, (size) => {
    const wanted = range === undefined ? undefined : parseRange(range, size);
    isPart = wanted !== undefined;
    span = wanted ?? { start: 0, end: size };
    return method === 'HEAD' ? undefined : span;
  });
  if (!found || !span) throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.');
  const { start, end } = span;
  const headers = { ...objectHeaders(found.facts, query), 'content-length': end - start };
  if (isPart) {
    const contentRange = `bytes ${start}-${end - 1}/${found.facts.size}`;
    return { status: 206, headers: { ...headers, 'content-range': contentRange }, body: found.bytes };
  }
  // S3 sends the checksum of the whole object, so only with the whole object, and only when asked.
  const isChecked = incoming.headers['x-amz-checksum-mode']?.toString().toUpperCase() === 'ENABLED';
  const checksum = isChecked && {
    'x-amz-checksum-crc32': found.facts.crc32,
    'x-amz-checksum-type': 'FULL_OBJECT',
  };
  return { status: 200, headers: { ...headers, ...checksum }, body: found.bytes };
}

/** A presigned URL may ask for other headers than the stored ones: `response-content-disposition=…`. */
function objectHeaders(facts: ObjectFacts, query: URLSearchParams): Record<string, string> {
  const asked = [...query].filter(([name]) => name.startsWith('response-'));
  return {
    'content-type': 'binary/octet-stream',
    ...facts.headers,
    ...Object.fromEntries(asked.map(([name, value]) => [name.slice('response-'.length), value])),
    'accept-ranges': 'bytes',
    etag: `"${facts.etag}"`,
    'last-modified': new Date(facts.modified).toUTCString(),
  };
}

/** RFC 9110 §14.2 with one range, all that S3 serves; anything else is ignored and the whole object sent. */
function parseRange(header: string, size: number): Span | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header);
  const [first, last] = [match?.[1] ?? '', match?.[2] ?? ''];
  if (first === '' && last === '') return undefined;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (start >= end) throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable');
  return { start, end };
}
