// The real SDK client against the embedded S3: what the product and the local SES rely on, and what S3 would refuse.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type S3, startS3 } from '../../../infra/local/s3.ts';

const NOW = Date.UTC(2027, 2, 1, 9);
const Bucket = 'relance-mail';
let root: string;
let dir: string;
let s3: S3;
let client: S3Client;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 's3-'));
  dir = root;
  await open();
});
afterEach(async () => {
  client.destroy();
  await s3.close();
  await rm(root, { recursive: true, force: true });
});

async function open(): Promise<void> {
  s3 = await startS3({ dir, buckets: [Bucket, 'relance-imports'], now: () => NOW });
  client = clientOf(s3.endpoint);
}

const clientOf = (endpoint: string) =>
  new S3Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });

const put = (Key: string, Body: PutObjectCommandInput['Body'], more: Partial<PutObjectCommandInput> = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = async (Key: string, more: object = {}) => {
  const answer = await client.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return { ...answer, text: (await answer.Body?.transformToString()) ?? '' };
};
const list = (more: object = {}) => client.send(new ListObjectsV2Command({ Bucket, ...more }));
const keysOf = ({ Contents = [] }: { Contents?: { Key?: string }[] }) => Contents.map(({ Key }) => Key);

describe('objects', () => {
  it('come back byte for byte with what was said about them', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    await put('inbound/1', bytes, { ContentType: 'message/rfc822', Metadata: { way: 'reply' } });
    const answer = await client.send(new GetObjectCommand({ Bucket, Key: 'inbound/1' }));
    expect(Buffer.from((await answer.Body?.transformToByteArray()) ?? [])).toEqual(bytes);
    expect(answer).toMatchObject({
      ContentType: 'message/rfc822',
      ContentLength: 256,
      ETag: '"e2c865db4162bed963bfaa9ef6ac18f0"',
      LastModified: new Date(NOW),
      Metadata: { way: 'reply' },
    });
  });

  it.each(['a b', 'ä/中/🎈', 'a/../b', '..', 'a+b', 'a%2Fb', 'a&<b>"', 'CASE', 'case', 'k'.repeat(1024)])(
    'are found under the key %s and listed as such',
    async (key) => {
      await put('other', 'other');
      await put(key, key);
      expect((await get(key)).text).toBe(key);
      expect(keysOf(await list())).toContain(key);
      expect((await list()).KeyCount).toBe(2);
    },
  );

  it('take a stream in aws-chunked form with its checksum behind', async () => {
    const parts = ['first ', 'x'.repeat(100_000), ' last'];
    await put('stream', Readable.from(parts.map((part) => Buffer.from(part))), {
      ContentLength: Buffer.byteLength(parts.join('')),
    });
    expect((await get('stream')).text).toBe(parts.join(''));
  });

  it('are replaced, removed, and removing them again is no error', async () => {
    await put('1', 'old');
    await put('1', 'new');
    expect((await get('1')).text).toBe('new');
    for (let i = 0; i < 2; i++) await client.send(new DeleteObjectCommand({ Bucket, Key: '1' }));
    await expect(get('1')).rejects.toBeInstanceOf(NoSuchKey);
    expect(keysOf(await list())).toEqual([]);
  });

  it('put by the local services are the same objects, and survive a restart', async () => {
    await s3.put(Bucket, 'inbound/2', Buffer.from('Subject: hello\r\n'));
    await put('inbound/1', 'first');
    await s3.close();
    client.destroy();
    await open();
    expect((await get('inbound/2')).text).toBe('Subject: hello\r\n');
    expect(keysOf(await list())).toEqual(['inbound/1', 'inbound/2']);
    await expect(s3.put('none', 'k', Buffer.from(''))).rejects.toMatchObject({ code: 'NoSuchBucket' });
  });

  it('have one winner when twenty create the same key', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, writer) =>
        put('once', `${writer}`, { IfNoneMatch: '*' }).then(
          () => writer,
          (error: Error) => error.name,
        ),
      ),
    );
    const winners = results.filter((result) => typeof result === 'number');
    expect(winners).toHaveLength(1);
    expect(results.filter((result) => result === 'PreconditionFailed')).toHaveLength(19);
    expect((await get('once')).text).toBe(`${winners[0]}`);
    expect(await readdir(join(dir, '.incoming'))).toEqual([]);
  });

  it('answer HEAD with their size and without a body', async () => {
    await put('1', '12345');
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: '1' }));
    expect(head).toMatchObject({ ContentLength: 5, LastModified: new Date(NOW) });
  });
});

it('keeps every acknowledged object whole when killed in the middle of writes', async () => {
  const path = join(dir, 'killed');
  const child = fork(join(import.meta.dirname, 'storage-kill-child.ts'), ['s3', path]);
  const exited = once(child, 'exit');
  const [endpoint] = (await once(child, 'message')) as [string];
  const doomed = clientOf(endpoint);
  const size = 200_000;
  const acknowledged: string[] = [];
  const writer = async (id: number) => {
    for (let round = 0; round < 100; round++) {
      const Key = `${id}/${round % 5}`;
      const Body = String(round % 10).repeat(size);
      if (!(await doomed.send(new PutObjectCommand({ Bucket, Key, Body })).catch(() => undefined))) return;
      if (acknowledged.push(Key) === 60) child.kill('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, id) => writer(id)));
  await exited;

  await s3.close();
  client.destroy();
  dir = path;
  await open();
  expect(await readdir(join(path, '.incoming'))).toEqual([]);
  const keys = keysOf(await list());
  expect(keys).toEqual(expect.arrayContaining(acknowledged));
  for (const key of keys) {
    const { text } = await get(key ?? '');
    expect(text === text.charAt(0).repeat(size)).toBe(true);
  }
});

describe('ranges', () => {
  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=4-', '456789', 'bytes 4-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=8-999', '89', 'bytes 8-9/10'],
    ['bytes=-999', '0123456789', 'bytes 0-9/10'],
    ['bytes=5-4', '0123456789', undefined],
    ['bytes=0-1,4-5', '0123456789', undefined],
    ['lines=1-2', '0123456789', undefined],
  ])('%s gives %s', async (Range, text, ContentRange) => {
    await put('digits', '0123456789');
    const answer = await get('digits', { Range });
    expect([answer.text, answer.ContentRange, answer.ContentLength]).toEqual([
      text,
      ContentRange,
      text.length,
    ]);
  });

  it.each([
    ['digits', 'bytes=10-'],
    ['digits', 'bytes=-0'],
    ['empty', 'bytes=0-0'],
  ])('refuses of %s %s', async (key, Range) => {
    await put('digits', '0123456789');
    await s3.put(Bucket, 'empty', Buffer.alloc(0));
    await expect(get(key, { Range })).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: { httpStatusCode: 416 },
    });
  });
});

describe('listings', () => {
  it('give every key once, in byte order, page by page', async () => {
    const keys = ['a/1', 'a/2', 'a/3', 'b', 'Z', 'ü', '中', '🎈'];
    for (const key of keys) await put(key, key);
    const sorted = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const seen: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    for (let pages = 0; pages < 10; pages++) {
      const page = await list({ MaxKeys: 3, ContinuationToken });
      seen.push(...keysOf(page));
      ContinuationToken = page.NextContinuationToken;
      expect(page.IsTruncated).toBe(ContinuationToken !== undefined);
      if (!ContinuationToken) break;
    }
    expect(seen).toEqual(sorted);
    expect(keysOf(await list({ Prefix: 'a/', StartAfter: 'a/1' }))).toEqual(['a/2', 'a/3']);
  });

  it('fold keys at a delimiter', async () => {
    for (const key of ['a/1', 'a/2', 'b/1', 'c']) await put(key, key);
    const first = await list({ Delimiter: '/', MaxKeys: 2 });
    expect(first.CommonPrefixes).toEqual([{ Prefix: 'a/' }, { Prefix: 'b/' }]);
    const second = await list({ Delimiter: '/', ContinuationToken: first.NextContinuationToken });
    expect([keysOf(second), second.CommonPrefixes]).toEqual([['c'], undefined]);
  });
});

describe('refusals', () => {
  it.each<[string, () => Promise<unknown>, string, number]>([
    ['a key that is not there', () => get('none'), 'NoSuchKey', 404],
    [
      'HEAD of a key that is not there',
      () => client.send(new HeadObjectCommand({ Bucket, Key: 'x' })),
      'NotFound',
      404,
    ],
    ['a bucket that is not there', () => put('k', 'v', { Bucket: 'none' }), 'NoSuchBucket', 404],
    ['HEAD of such a bucket', () => client.send(new HeadBucketCommand({ Bucket: 'none' })), 'NotFound', 404],
    ['a wrong CRC-32', () => put('k', 'v', { ChecksumCRC32: 'AAAAAA==' }), 'BadDigest', 400],
    ['a wrong MD5', () => put('k', 'v', { ContentMD5: '1B2M2Y8AsgTpgAmY7PhCfg==' }), 'BadDigest', 400],
    ['a key of 1,025 bytes', () => put(`${'中'.repeat(341)}ab`, 'v'), 'KeyTooLongError', 400],
    ['a listing with a forged token', () => list({ ContinuationToken: '!' }), 'InvalidArgument', 400],
    ['a condition it does not know', () => put('k', 'v', { IfMatch: '"x"' }), 'NotImplemented', 501],
    [
      'a checksum it cannot compute',
      () => put('k', 'v', { ChecksumCRC64NVME: 'AAAAAAAAAAA=' }),
      'NotImplemented',
      501,
    ],
  ])('refuses %s', async (_name, attempt, name, httpStatusCode) => {
    await expect(attempt()).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
    expect(keysOf(await list())).toEqual([]);
  });

  const chunked = { 'content-encoding': 'aws-chunked', 'x-amz-trailer': 'x-amz-checksum-crc32' };
  it.each([
    ['an unsigned request', { authorization: '' }, 'v', 403, /AccessDenied/],
    ['a page under a foreign name', { host: 'evil.test' }, 'v', 421, /Misdirected/],
    [
      'a wrong checksum behind the chunks',
      chunked,
      '1\r\nv\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n',
      400,
      /BadDigest/,
    ],
    ['a missing trailer', chunked, '1\r\nv\r\n0\r\n\r\n', 400, /MalformedTrailer/],
    ['a chunk that is shorter than it says', chunked, '9\r\nv\r\n0\r\n\r\n', 400, /IncompleteBody/],
    ['chunks without an end', chunked, '1\r\nv\r\n', 400, /IncompleteBody/],
    ['a chunk without a size', chunked, 'x\r\n', 400, /IncompleteBody/],
    [
      'bytes that are not those signed',
      { 'x-amz-content-sha256': '0'.repeat(64) },
      'v',
      400,
      /SHA256Mismatch/,
    ],
    ['a broken percent sign', {}, 'v', 400, /InvalidURI/, '/%zz'],
    ['access lists', {}, 'v', 501, /NotImplemented/, '?acl'],
  ])('refuses %s', async (_name, headers, body, status, text, suffix = '') => {
    const answer = await send('PUT', `/${Bucket}/k${suffix}`, headers, body);
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(text);
    expect(keysOf(await list())).toEqual([]);
  });
});

const linkTo = (Key: string, expiresIn = 60) =>
  getSignedUrl(client, new GetObjectCommand({ Bucket, Key, ResponseContentDisposition: 'attachment' }), {
    expiresIn,
    signingDate: new Date(NOW),
  });

it('serves a presigned GET with the headers that its query asks for', async () => {
  await put('export.csv', 'a,b');
  const answer = await fetch(await linkTo('export.csv'));
  const disposition = answer.headers.get('content-disposition');
  expect([answer.status, await answer.text(), disposition]).toEqual([200, 'a,b', 'attachment']);
});

it.each([
  ['another object', (url: string) => url.replace('export', 'secret'), 'SignatureDoesNotMatch'],
  [
    'another signature',
    (url: string) => url.replace(/Signature=../, 'Signature=00'),
    'SignatureDoesNotMatch',
  ],
  ['a longer life', (url: string) => url.replace('Expires=60', 'Expires=600'), 'SignatureDoesNotMatch'],
  ['a life that is over', (url: string) => url.replace('T090000Z', 'T085800Z'), 'expired'],
  ['a life of months', (url: string) => url.replace('Expires=60', 'Expires=9999999'), 'Error parsing'],
])('refuses a presigned link with %s', async (_name, change, why) => {
  await put('export.csv', 'a,b');
  await put('secret.csv', 'c,d');
  const answer = await fetch(change(await linkTo('export.csv')));
  expect(answer.ok).toBe(false);
  expect(await answer.text()).toContain(why);
});

function send(method: string, path: string, headers: Record<string, string>, body: string) {
  const authorization = 'AWS4-HMAC-SHA256 Credential=local';
  return new Promise<{ status?: number; text: string; disposition?: string }>((resolve, reject) => {
    const sent = request(`${s3.endpoint}${path}`, { method, headers: { authorization, ...headers } });
    sent.on('error', reject);
    sent.on('response', (response) => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      const { statusCode: status, headers: received } = response;
      response.on('end', () => resolve({ status, text, disposition: received['content-disposition'] }));
    });
    sent.end(body);
  });
}
