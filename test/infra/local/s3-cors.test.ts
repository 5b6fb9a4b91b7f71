// A browser page of another origin against the embedded S3: asked first, allowed what the bucket's rules say.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type S3, startS3 } from '../../../infra/local/s3.ts';

const NOW = Date.UTC(2027, 2, 1, 9);
const ORIGIN = 'http://127.0.0.1:4000';
let dir: string;
let s3: S3;
let client: S3Client;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 's3-cors-'));
  s3 = await startS3({ dir, buckets: ['files', 'mails'], cors: ['files'], now: () => NOW, secret: 'local' });
  // As functions/aws/files.ts links: no checksum of a body that is not known yet.
  const PLAIN = { forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' } as const;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new S3Client({ region: 'us-east-1', endpoint: s3.endpoint, credentials, ...PLAIN });
});
afterAll(async () => {
  client.destroy();
  await s3.close();
  await rm(dir, { recursive: true, force: true });
});

const linkTo = (Bucket: string): Promise<string> =>
  getSignedUrl(client, new PutObjectCommand({ Bucket, Key: 'imports/a/source', ContentType: 'text/csv' }), {
    signingDate: new Date(NOW),
    signableHeaders: new Set(['host', 'content-type']),
  });
const asks = (url: string, headers: Record<string, string>) =>
  fetch(url, { method: 'OPTIONS', headers: { origin: ORIGIN, ...headers } });
const PUT = {
  'access-control-request-method': 'PUT',
  'access-control-request-headers': 'content-type,if-none-match',
};

it('lets a page upload by a link, after it has asked', async () => {
  const url = await linkTo('files');
  const allowed = await asks(url, PUT);
  expect(allowed.status).toBe(200);
  expect(allowed.headers.get('access-control-allow-origin')).toBe('*');
  expect(allowed.headers.get('access-control-allow-methods')).toContain('PUT');
  expect(allowed.headers.get('access-control-allow-headers')).toBe('content-type, if-none-match');
  const headers = { origin: ORIGIN, 'content-type': 'text/csv' };
  const put = await fetch(url, { method: 'PUT', headers, body: 'Email\n' });
  expect([put.status, put.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
});

it('shows a page its refusal, too', async () => {
  const url = await linkTo('files');
  const headers = { origin: ORIGIN, 'content-type': 'text/html' };
  const refused = await fetch(url, { method: 'PUT', headers, body: 'x' });
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, '*']);
});

it.each<readonly [string, string, Record<string, string>, number]>([
  ['another method', 'files', { ...PUT, 'access-control-request-method': 'DELETE' }, 403],
  ['another header', 'files', { ...PUT, 'access-control-request-headers': 'x-amz-acl' }, 403],
  ['a bucket without rules', 'mails', PUT, 403],
  ['no method', 'files', {}, 400],
])('refuses the preflight of %s', async (_what, bucket, headers, status) => {
  const answer = await asks(await linkTo(bucket), headers);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});
