/**
 * S3 objects as files. One file holds the bytes, behind them a JSON footer and the footer's length, so that a single
 * rename makes object and metadata appear together: after kill -9 there is the old object, the new one or none.
 * The bytes stand first so that a stored mail can be opened with any viewer.
 */
import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { onDiskLater } from './storage-failure.ts';

export type ObjectFacts = {
  readonly key: string;
  readonly size: number;
  /** MD5 of the bytes in hex: S3's ETag of an object that was put in one piece. */
  readonly etag: string;
  /** Base64 of the big-endian CRC-32, as in x-amz-checksum-crc32. */
  readonly crc32: string;
  /** Epoch milliseconds. */
  readonly modified: number;
  /** What is sent back with the object: content-type, x-amz-meta-…; lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
};
export type StoredObject = { readonly facts: ObjectFacts; readonly bytes: Buffer };
export type Span = { readonly start: number; readonly end: number };

export type Bucket = {
  /** `created` is false when `ifAbsent` was asked for and the key exists; then nothing was written. */
  put(object: StoredObject, options: { ifAbsent: boolean }): Promise<{ created: boolean }>;
  facts(key: string): Promise<ObjectFacts | undefined>;
  /** `span` picks the bytes `start` up to but not including `end`; undefined from it: no bytes. */
  read(key: string, span: (size: number) => Span | undefined): Promise<StoredObject | undefined>;
  /** Idempotent. */
  remove(key: string): Promise<void>;
  /** All objects in the order of their keys' UTF-8 bytes. */
  list(): Promise<readonly ObjectFacts[]>;
};

const FOOTER_LENGTH_BYTES = 4;
const READABLE_NAME_LENGTH = 80;
const FILE_NAME = /~[0-9a-f]{32}$/;
/** Holds what is being written; a bucket's name cannot begin with a dot. */
const INCOMING = '.incoming';

export function describeBytes(
  key: string,
  bytes: Buffer,
  headers: Readonly<Record<string, string>>,
  modified: number,
): ObjectFacts {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(bytes));
  const etag = createHash('md5').update(bytes).digest('hex');
  return { key, size: bytes.length, etag, crc32: checksum.toString('base64'), modified, headers };
}

/** Creates the buckets' directories under `dir` and clears away what a killed process left half written. */
export async function openBuckets(
  dir: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, Bucket>> {
  await onDiskLater(dir, async () => {
    await rm(join(dir, INCOMING), { recursive: true, force: true });
    await mkdir(join(dir, INCOMING), { recursive: true });
    for (const name of names) await mkdir(join(dir, name), { recursive: true });
  });
  return new Map(names.map((name) => [name, openBucket(join(dir, name), join(dir, INCOMING))]));
}

function openBucket(dir: string, incoming: string): Bucket {
  const pathOf = (key: string) => join(dir, fileName(key));
  // Filled by the first listing and kept up to date from then on, so that later pages read no files.
  let listing: Promise<Map<string, ObjectFacts>> | undefined;
  return {
    put: async ({ facts, bytes }, { ifAbsent }) => {
      const footer = Buffer.from(JSON.stringify(facts));
      const length = Buffer.alloc(FOOTER_LENGTH_BYTES);
      length.writeUInt32BE(footer.length);
      const temporary = join(incoming, randomUUID());
      const path = pathOf(facts.key);
      const isCreated = await onDiskLater(path, async () => {
        await writeFile(temporary, Buffer.concat([bytes, footer, length]));
        if (!ifAbsent) return rename(temporary, path).then(() => true);
        // A hard link, unlike a rename, fails when the name is taken: of two racing writers one wins.
        const created = await link(temporary, path).then(() => true, unless('EEXIST', false));
        await unlink(temporary);
        return created;
      });
      if (!isCreated) return { created: false };
      (await listing)?.set(facts.key, facts);
      return { created: true };
    },
    facts: async (key) => (await readObject(pathOf(key), () => undefined))?.facts,
    read: (key, span) => readObject(pathOf(key), span),
    remove: async (key) => {
      await rm(pathOf(key), { force: true });
      (await listing)?.delete(key);
    },
    list: async () => {
      listing ??= readListing(dir);
      const objects = [...(await listing).values()];
      return objects.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
    },
  };
}

async function readListing(dir: string): Promise<Map<string, ObjectFacts>> {
  const objects = new Map<string, ObjectFacts>();
  // Whatever else a file manager puts there is no object.
  for (const name of (await readdir(dir)).filter((name) => FILE_NAME.test(name))) {
    const object = await readObject(join(dir, name), () => undefined);
    if (object) objects.set(object.facts.key, object.facts);
  }
  return objects;
}

/** A readable piece of the key, then its hash: keys may be longer than file names, and differ in case alone. */
function fileName(key: string): string {
  const readable = key.replaceAll(/[^A-Za-z0-9-]/g, '_').slice(0, READABLE_NAME_LENGTH);
  return `${readable}~${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
}

/** Facts and bytes come from one open file, so a writer that replaces the object meanwhile cannot mix two. */
async function readObject(
  path: string,
  span: (size: number) => Span | undefined,
): Promise<StoredObject | undefined> {
  const file = await open(path, 'r').catch(unless('ENOENT', undefined));
  if (!file) return undefined;
  try {
    const piece = async (start: number, length: number) =>
      (await file.read(Buffer.alloc(length), 0, length, start)).buffer;
    const { size } = await file.stat();
    const footerLength = (await piece(size - FOOTER_LENGTH_BYTES, FOOTER_LENGTH_BYTES)).readUInt32BE();
    const footer = await piece(size - FOOTER_LENGTH_BYTES - footerLength, footerLength);
    const facts = JSON.parse(footer.toString()) as ObjectFacts;
    const { start, end } = span(facts.size) ?? { start: 0, end: 0 };
    return { facts, bytes: await piece(start, end - start) };
  } finally {
    await file.close();
  }
}

/** For `.catch`: the value when the error has this code, else the error again. */
function unless<Value>(code: string, value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === code) return value;
    throw error;
  };
}
