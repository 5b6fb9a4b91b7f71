/** What S3 answers: its errors, and the XML of errors and listings. */
import type { ObjectFacts } from './s3-objects.ts';

/** An error as S3 answers it; the SDK makes its exception from `code`. */
export class S3Error extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = code;
    this.status = status;
    this.code = code;
  }
}

export type Listing = {
  readonly bucket: string;
  readonly prefix: string;
  readonly delimiter: string;
  readonly maxKeys: number;
  /** `encoding-type=url`: keys percent-encoded, for those with characters that XML cannot carry. */
  readonly isUrlEncoded: boolean;
  readonly objects: readonly ObjectFacts[];
  readonly commonPrefixes: readonly string[];
  readonly next: string | undefined;
};

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

export function errorXml(error: S3Error, resource: string, requestId: string): string {
  const fields = { Code: error.code, Message: error.message, Resource: resource, RequestId: requestId };
  return `${HEAD}<Error>${elements(fields)}</Error>`;
}

export function listingXml(listing: Listing): string {
  const name = listing.isUrlEncoded ? encodeURIComponent : (key: string) => key;
  const contents = listing.objects.map((object) => {
    const fields = {
      Key: name(object.key),
      LastModified: new Date(object.modified).toISOString(),
      ETag: `"${object.etag}"`,
      Size: object.size,
      StorageClass: 'STANDARD',
    };
    return `<Contents>${elements(fields)}</Contents>`;
  });
  const prefixes = listing.commonPrefixes.map(
    (prefix) => `<CommonPrefixes>${elements({ Prefix: name(prefix) })}</CommonPrefixes>`,
  );
  const summary = elements({
    Name: listing.bucket,
    Prefix: name(listing.prefix),
    ...(listing.delimiter && { Delimiter: name(listing.delimiter) }),
    ...(listing.isUrlEncoded && { EncodingType: 'url' }),
    MaxKeys: listing.maxKeys,
    KeyCount: contents.length + prefixes.length,
    IsTruncated: String(listing.next !== undefined),
    ...(listing.next !== undefined && { NextContinuationToken: listing.next }),
  });
  return (
    `${HEAD}<ListBucketResult xmlns="${NAMESPACE}">` +
    `${summary}${contents.join('')}${prefixes.join('')}</ListBucketResult>`
  );
}

function elements(fields: Readonly<Record<string, string | number>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
    .join('');
}

/** Carriage returns too: an XML parser would turn a bare one into a line feed. */
function escapeXml(text: string): string {
  return text.replaceAll(/[<>&"'\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
