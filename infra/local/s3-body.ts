/** The body of a PutObject: unwrapped from aws-chunked, then checked against every digest that came with it. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { S3Error } from './s3-answers.ts';

type Fields = ReadonlyMap<string, string>;

/** "The number of chunks" is not limited by AWS; the SDKs' chunks have 64 KB and more, the last may be short. */
const MAX_CHUNKS = 100_000;
const MAX_CHUNK_HEADER_LENGTH = 1024;
const CHUNK_SIZE = /^[0-9a-f]{1,8}$/i;
/** Digests that this service cannot compute are refused, not believed. */
const UNSUPPORTED_CHECKSUMS = ['crc32c', 'crc64nvme'];

/** The object's bytes. `fields` are the request's headers and query parameters, lower-case. Throws an S3Error. */
export function unwrapBody(fields: Fields, body: Buffer): Buffer {
  const isChunked =
    fields.get('content-encoding')?.includes('aws-chunked') ||
    fields.get('x-amz-content-sha256')?.startsWith('STREAMING-');
  if (!isChunked) {
    checkDigests(fields, body);
    return body;
  }
  const { bytes, trailers } = readChunks(body);
  const announced = fields.get('x-amz-decoded-content-length');
  if (announced !== undefined && Number(announced) !== bytes.length) throw incomplete();
  for (const name of (fields.get('x-amz-trailer') ?? '').split(',')) {
    if (name.trim() !== '' && !trailers.has(name.trim())) {
      throw new S3Error(
        400,
        'MalformedTrailerError',
        'The request contained trailing data that was not well-formed.',
      );
    }
  }
  checkDigests(new Map([...fields, ...trailers]), bytes);
  return bytes;
}

/** SIZE[;chunk-signature=…] CRLF bytes CRLF …, ended by a chunk of size 0 and `name:value` lines. */
function readChunks(body: Buffer): { bytes: Buffer; trailers: Map<string, string> } {
  const chunks: Buffer[] = [];
  let at = 0;
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const lineEnd = body.indexOf('\r\n', at);
    if (lineEnd < 0 || lineEnd - at > MAX_CHUNK_HEADER_LENGTH) throw incomplete();
    const size = body.toString('latin1', at, lineEnd).split(';', 1)[0] ?? '';
    if (!CHUNK_SIZE.test(size)) throw incomplete();
    const start = lineEnd + 2;
    const length = Number.parseInt(size, 16);
    if (length === 0) return { bytes: Buffer.concat(chunks), trailers: readTrailers(body.subarray(start)) };
    at = start + length + 2;
    if (body.toString('latin1', start + length, at) !== '\r\n') throw incomplete();
    chunks.push(body.subarray(start, start + length));
  }
  throw incomplete();
}

function readTrailers(rest: Buffer): Map<string, string> {
  const lines = rest.toString('latin1').split('\r\n').filter(Boolean);
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

function checkDigests(fields: Fields, bytes: Buffer): void {
  const unsupported = UNSUPPORTED_CHECKSUMS.find((name) => fields.has(`x-amz-checksum-${name}`));
  if (unsupported) throw new S3Error(501, 'NotImplemented', `This service computes no ${unsupported}.`);
  const hash = (name: string, encoding: 'base64' | 'hex') => createHash(name).update(bytes).digest(encoding);
  const cyclic = Buffer.alloc(4);
  cyclic.writeUInt32BE(crc32(bytes));
  const digests: readonly (readonly [header: string, name: string, computed: string])[] = [
    ['x-amz-checksum-crc32', 'CRC32', cyclic.toString('base64')],
    ['x-amz-checksum-sha1', 'SHA1', hash('sha1', 'base64')],
    ['x-amz-checksum-sha256', 'SHA256', hash('sha256', 'base64')],
    ['content-md5', 'Content-MD5', hash('md5', 'base64')],
  ];
  for (const [header, name, computed] of digests) {
    const given = fields.get(header);
    if (given !== undefined && given !== computed) {
      throw new S3Error(400, 'BadDigest', `The ${name} you specified did not match the calculated checksum.`);
    }
  }
  const signed = fields.get('x-amz-content-sha256');
  if (signed !== undefined && /^[0-9a-f]{64}$/.test(signed) && signed !== hash('sha256', 'hex')) {
    const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
    throw new S3Error(400, 'XAmzContentSHA256Mismatch', message);
  }
}

const incomplete = () =>
  new S3Error(
    400,
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  );
