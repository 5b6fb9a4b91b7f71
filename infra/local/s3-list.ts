/** ListObjectsV2: the objects of a bucket by prefix, folded at a delimiter, a page at a time. */
import { type Listing, S3Error } from './s3-answers.ts';
import type { ObjectFacts } from './s3-objects.ts';

/** S3 returns at most this many keys and common prefixes, whatever is asked for. */
const MAX_KEYS = 1000;

type Row = { readonly last: string; readonly object?: ObjectFacts; readonly prefix?: string };

/** `objects` in the order of their keys. Throws an S3Error for parameters that S3 refuses. */
export function listObjects(
  bucket: string,
  query: URLSearchParams,
  objects: readonly ObjectFacts[],
): Listing {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const asked = query.get('max-keys') ?? String(MAX_KEYS);
  if (!/^\d{1,9}$/.test(asked)) throw invalid('max-keys');
  const maxKeys = Math.min(Number(asked), MAX_KEYS);
  const after = startOf(query);
  const rows = foldAt(
    delimiter,
    prefix.length,
    objects.filter(({ key }) => key.startsWith(prefix) && isAfter(key, after)),
  );
  const page = rows.slice(0, maxKeys);
  const last = page.at(-1)?.last;
  return {
    bucket,
    prefix,
    delimiter,
    maxKeys,
    isUrlEncoded: query.get('encoding-type') === 'url',
    objects: page.flatMap(({ object }) => object ?? []),
    commonPrefixes: page.flatMap(({ prefix: common }) => common ?? []),
    next: last !== undefined && rows.length > maxKeys ? Buffer.from(last).toString('base64url') : undefined,
  };
}

function startOf(query: URLSearchParams): string {
  const token = query.get('continuation-token');
  if (token === null) return query.get('start-after') ?? '';
  if (!/^[A-Za-z0-9_-]{1,2000}$/.test(token)) throw invalid('continuation-token');
  return Buffer.from(token, 'base64url').toString();
}

/** Keys that share everything up to the delimiter become one row; `last` is where the next page goes on. */
function foldAt(delimiter: string, prefixLength: number, objects: readonly ObjectFacts[]): Row[] {
  const rows: Row[] = [];
  for (const object of objects) {
    const end = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefixLength);
    const prefix = end < 0 ? undefined : object.key.slice(0, end + delimiter.length);
    const isSame = prefix !== undefined && rows.at(-1)?.prefix === prefix;
    if (isSame) rows.pop();
    rows.push(prefix === undefined ? { last: object.key, object } : { last: object.key, prefix });
  }
  return rows;
}

const isAfter = (key: string, other: string) => Buffer.compare(Buffer.from(key), Buffer.from(other)) > 0;
const invalid = (parameter: string) =>
  new S3Error(400, 'InvalidArgument', `The ${parameter} parameter is not valid`);
