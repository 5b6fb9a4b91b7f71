/** The Mailbox port: raw mail in S3, and the inbound queue through which it and the fence's marks arrive. */
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Mailbox } from '../../shared/ports.ts';
import type { Env } from '../env.ts';
import { messageBody } from '../message-version.ts';
import type { Place } from './place.ts';
import { readUpTo } from './read-up-to.ts';
import { s3Client } from './s3-client.ts';
import { sqsClient } from './sqs-client.ts';

type MailboxEnv = Pick<Env, 'MAIL_BUCKET' | 'INBOUND_QUEUE_URL' | 'INBOUND_DEAD_LETTER_URL'>;

export const awsMailbox = (env: MailboxEnv, place: Place): Mailbox => {
  const queueInbound = async (body: object): Promise<void> => {
    await sqsClient(place).send(
      new SendMessageCommand({ QueueUrl: env.INBOUND_QUEUE_URL, MessageBody: messageBody(body) }),
    );
  };
  return {
    async read(rawKey, bytesMax) {
      try {
        const object = await s3Client(place).send(
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
      await s3Client(place).send(new DeleteObjectCommand({ Bucket: env.MAIL_BUCKET, Key: rawKey }));
    },

    sendMark: (at) => queueInbound({ kind: 'mark', at }),

    requeue: (arrival) => queueInbound({ kind: 'arrival', arrival }),

    async countDeadLetters() {
      const answer = await sqsClient(place).send(
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
