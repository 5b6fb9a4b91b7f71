/**
 * The reasons on a state item, packed: they are half of it, are read by no condition and no index, and DynamoDB bills
 * each write by the kilobyte. Packed, a walk of two letters stays below one and keeps all its reasons.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Because } from '../../shared/domain/because.ts';

/** Sixteen reasons are 3 KB; what unpacks to more was not written here. */
const UNPACKED_BYTES_MAX = 64 * 1024;

export const packBecause = (because: readonly Because[]): Uint8Array =>
  new Uint8Array(deflateRawSync(JSON.stringify(because)));

/** `undefined` where it is nothing that `packBecause` wrote. */
export function unpackBecause(packed: Uint8Array): unknown {
  try {
    const text = inflateRawSync(packed, { maxOutputLength: UNPACKED_BYTES_MAX }).toString('utf8');
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
