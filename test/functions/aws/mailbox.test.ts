// The Mailbox port: S3 and SQS answer from this file, as AWS does; the requests are what is judged.
import { Readable } from 'node:stream';
import { GetObjectCommand, NoSuchKey, S3ServiceException } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { awsMailbox } from '../../../functions/aws/mailbox.ts';
import { s3Client } from '../../../functions/aws/s3-client.ts';
import { sqsClient } from '../../../functions/aws/sqs-client.ts';
import { sampleEnv } from '../../support/environment.ts';
import { mailboxContract, type OpenMailbox } from '../../support/ports.contract.ts';

const env = sampleEnv();

function openMocked() {
  const place = { region: 'eu-west-1' };
  const s3 = mockClient(s3Client(place));
  const sqs = mockClient(sqsClient(place));
  return { s3, sqs, mailbox: awsMailbox(env, place) };
}

/** The SDK's stream type has methods that nobody here calls. */
const bodyOf = (...chunks: Uint8Array[]) => Readable.from(chunks) as never;
const problem = (name: string) =>
  new S3ServiceException({ name, message: name, $fault: 'client', $metadata: {} });

const open: OpenMailbox = async () => {
  const { s3, sqs, mailbox } = openMocked();
  const mails = new Map<string, Uint8Array>();
  const queued: unknown[] = [];
  let dead = { waiting: 0, inHands: 0 };
  s3.on(GetObjectCommand, { Bucket: env.MAIL_BUCKET }).callsFake(({ Key, Range }) => {
    const raw = mails.get(Key);
    if (!raw) throw new NoSuchKey({ message: 'gone', $metadata: {} });
    if (raw.length === 0) throw problem('InvalidRange');
    const [, last = '0'] = /^bytes=0-(\d+)$/.exec(Range) ?? [];
    return { Body: bodyOf(raw.slice(0, Number(last) + 1)) };
  });
  sqs.on(SendMessageCommand, { QueueUrl: env.INBOUND_QUEUE_URL }).callsFake(({ MessageBody }) => {
    const { v, ...content } = JSON.parse(MessageBody);
    expect(v).toBe(1);
    queued.push(content);
    return { MessageId: '1' };
  });
  sqs.on(GetQueueAttributesCommand, { QueueUrl: env.INBOUND_DEAD_LETTER_URL }).callsFake(() => ({
    Attributes: {
      ApproximateNumberOfMessages: String(dead.waiting),
      ApproximateNumberOfMessagesNotVisible: String(dead.inHands),
    },
  }));
  return {
    mailbox,
    putMail: async (rawKey, raw) => void mails.set(rawKey, raw),
    queued: async () => queued,
    giveUpOn: async (count, inHands) => {
      dead = { waiting: count - inHands, inHands };
    },
    close: async () => {},
  };
};

mailboxContract(open);

describe('the mailbox on AWS', () => {
  it('asks S3 for the first bytes only', async () => {
    const { s3, mailbox } = openMocked();
    s3.on(GetObjectCommand).resolves({ Body: bodyOf(new Uint8Array(3)) });
    await mailbox.read('inbound/a', 65_536);
    expect(s3.commandCalls(GetObjectCommand)[0]?.args[0].input).toEqual({
      Bucket: 'relance-mail',
      Key: 'inbound/a',
      Range: 'bytes=0-65535',
    });
  });

  it('stops reading where the range was not kept to', async () => {
    const { s3, mailbox } = openMocked();
    let chunks = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) yield new Uint8Array(10).fill(++chunks);
      })(),
    );
    s3.on(GetObjectCommand).resolves({ Body: endless as never });
    expect(await mailbox.read('inbound/a', 25)).toHaveLength(25);
    expect(endless.destroyed).toBe(true);
  });

  it('fails where S3 fails: a mail that may be there is not "none"', async () => {
    const { s3, mailbox } = openMocked();
    s3.on(GetObjectCommand).rejects(problem('AccessDenied'));
    await expect(mailbox.read('inbound/a', 10)).rejects.toThrow('AccessDenied');
  });
});
