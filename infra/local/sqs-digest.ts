/**
 * The MD5 digests that SQS answers with. The SDK recomputes the one of the body on both ways and throws if it differs,
 * so that a body damaged in between is never taken for the one that was sent.
 */
import { createHash } from 'node:crypto';
import type { MessageAttributes } from './sqs-store.ts';

const STRING_TYPE = Buffer.from([1]);
const BINARY_TYPE = Buffer.from([2]);

export const bodyDigest = (body: string): string => createHash('md5').update(body).digest('hex');

const withLength = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** Name, type, transport type and value of each attribute in order of name, each with its length (SQS guide). */
export function attributesDigest(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  for (const name of names) {
    const attribute = attributes[name];
    if (attribute === undefined) continue;
    hash.update(withLength(Buffer.from(name)));
    hash.update(withLength(Buffer.from(attribute.DataType)));
    const isBinary = attribute.BinaryValue !== undefined;
    hash.update(isBinary ? BINARY_TYPE : STRING_TYPE);
    hash.update(
      withLength(
        isBinary
          ? Buffer.from(attribute.BinaryValue, 'base64')
          : Buffer.from(attribute.StringValue ?? '', 'utf8'),
      ),
    );
  }
  return hash.digest('hex');
}

/** What counts towards the size limit beside the body. */
export function attributesBytes(attributes: MessageAttributes): number {
  let bytes = 0;
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(DataType) + Buffer.byteLength(StringValue ?? '');
    bytes += Buffer.from(BinaryValue ?? '', 'base64').length;
  }
  return bytes;
}
