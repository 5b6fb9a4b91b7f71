/** The Files port on S3: read by ranges, so that no connection waits while rows are handled, and links that expire. */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { epochMs, SECOND } from '../../shared/domain/instant.ts';
import type { Clock, Files } from '../../shared/ports.ts';
import type { Env } from '../env.ts';
import type { Place } from './place.ts';
import { readUpTo } from './read-up-to.ts';
import { s3Client } from './s3-client.ts';

/** `relance.csv` in any language: RFC 6266 takes more, browsers agree on this. */
const disposition = (name: string): string => `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`;

export const awsFiles = (env: Pick<Env, 'FILES_BUCKET'>, place: Place, clock: Clock): Files => {
  /** A turned clock must sign by its own time. */
  const until = (forMs: number) => ({
    expiresIn: forMs / SECOND,
    signingDate: new Date(epochMs(clock.now())),
  });
  const Bucket = env.FILES_BUCKET;
  return {
    async read(key, from, bytesMax) {
      try {
        const Range = `bytes=${from}-${from + bytesMax - 1}`;
        const object = await s3Client(place).send(new GetObjectCommand({ Bucket, Key: key, Range }));
        return await readUpTo(object.Body as AsyncIterable<Uint8Array> | undefined, bytesMax);
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        // Behind its last byte S3 answers 416, also for an object of no bytes.
        if (error instanceof Error && error.name === 'InvalidRange') return new Uint8Array();
        throw error;
      }
    },

    async write(key, bytes, type) {
      await s3Client(place).send(
        new PutObjectCommand({
          Bucket,
          Key: key,
          Body: bytes,
          ContentType: type,
          ContentLength: bytes.length,
        }),
      );
    },

    async remove(key) {
      await s3Client(place).send(new DeleteObjectCommand({ Bucket, Key: key }));
    },

    async list(prefix, after) {
      const listing = await s3Client(place).send(
        new ListObjectsV2Command({
          Bucket,
          Prefix: prefix,
          ...(after ? { ContinuationToken: after } : {}),
        }),
      );
      const keys = (listing.Contents ?? []).flatMap(({ Key }) => Key ?? []);
      return { keys, ...(listing.NextContinuationToken ? { next: listing.NextContinuationToken } : {}) };
    },

    async uploadLink(key, { bytes, type, forMs }) {
      // `If-None-Match` makes the link good for one upload: a second file cannot slip under a running import.
      const command = new PutObjectCommand({
        Bucket,
        Key: key,
        ContentType: type,
        ContentLength: bytes,
        IfNoneMatch: '*',
      });
      const url = await getSignedUrl(s3Client(place), command, {
        ...until(forMs),
        signableHeaders: new Set(['host', 'content-type', 'content-length', 'if-none-match']),
        unhoistableHeaders: new Set(['if-none-match']),
      });
      return { url, headers: { 'content-type': type, 'if-none-match': '*' } };
    },

    downloadLink: (key, { name, forMs }) =>
      getSignedUrl(
        s3Client(place),
        new GetObjectCommand({ Bucket, Key: key, ResponseContentDisposition: disposition(name) }),
        until(forMs),
      ),
  };
};
