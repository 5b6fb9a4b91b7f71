/** The Mailbox port: raw mail in S3, and the inbound queue through which it and the fence's marks arrive. */
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Mailbox } from '../../shared/ports.ts';
import type { Env } from '../env.ts';
import type { Clients } from './clients.ts';

type MailboxEnv = Pick<Env, 'MAIL_BUCKET' | 'INBOUND_QUEUE_URL' | 'INBOUND_DEAD_LETTER_URL'>;

export const awsMailbox = (env: MailboxEnv, clients: Pick<Clients, 's3' | 'sqs'>): Mailbox => {
  const queueInbound = async (body: object): Promise<void> => {
    await clients
      .sqs()
      .send(new SendMessageCommand({ QueueUrl: env.INBOUND_QUEUE_URL, MessageBody: JSON.stringify(body) }));
  };
  return {
    async read(rawKey, bytesMax) {
      try {
        const object = await clients.s3().send(
          new GetObjectCommand({
            Bucket: env.MAIL_BUCKET,
            Key: rawKey,
            Range: `bytes=0-${bytesMax - 1}`,
          }),
        );
        return await readUpTo(object.Body as AsyncIterable<Uint8Array> | undefined, bytesMax);
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        // An object of no bytes has no first one: S3 answers 416 to every range of it.
        if (error instanceof Error && error.name === 'InvalidRange') return new Uint8Array();
        throw error;
      }
    },

    async remove(rawKey) {
      await clients.s3().send(new DeleteObjectCommand({ Bucket: env.MAIL_BUCKET, Key: rawKey }));
    },

    sendMark: (at) => queueInbound({ kind: 'mark', at }),

    requeue: (arrival) => queueInbound({ kind: 'arrival', arrival }),

    async countDeadLetters() {
      const answer = await clients.sqs().send(
        new GetQueueAttributesCommand({
          QueueUrl: env.INBOUND_DEAD_LETTER_URL,
          // One that somebody is looking at is still a mail that was given up on.
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
      );
      const counts = Object.values(answer.Attributes ?? {}).map(Number);
      return counts.reduce((sum, count) => sum + count, 0);
    },
  };
};

/** SES takes mails of 40 MB; a server that ignored the range must not fill this function's memory with one. */
export async function readUpTo(
  body: AsyncIterable<Uint8Array> | undefined,
  bytesMax: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length >= bytesMax) break;
  }
  return new Uint8Array(Buffer.concat(chunks, Math.min(length, bytesMax)));
}
