/**
 * What Lambda's event source mapping is on AWS: takes messages off a queue, hands them to a function as a batch,
 * deletes what succeeded. What failed stays invisible until its time-out and comes back, or ends as a dead letter.
 */
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { LocalSqs } from './sqs.ts';

export type LambdaHandler = (event: unknown) => Promise<unknown>;

export type EventSource = {
  /** A batch is being handled, or one is waiting to be. */
  isBusy(): boolean;
  /** Takes no further batch; resolves when the running one is through. */
  close(): Promise<void>;
};

const Failures = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) }).partial();

export function mapQueue(options: {
  readonly sqs: LocalSqs;
  readonly client: SQSClient;
  readonly queue: string;
  readonly batchSize: number;
  readonly handler: LambdaHandler;
}): EventSource {
  const { sqs, client, queue, batchSize, handler } = options;
  const url = sqs.url(queue);
  let running: Promise<void> | undefined;
  let closed = false;

  const takeOne = async (): Promise<boolean> => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: batchSize,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) return false;
    const failed = await invoke(handler, Messages, sqs.arn(queue));
    const done = Messages.filter((message) => !failed.has(String(message.MessageId)));
    if (done.length > 0) {
      const Entries = done.map((message, index) => ({
        Id: String(index),
        ReceiptHandle: message.ReceiptHandle,
      }));
      await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
    }
    return true;
  };
  const pump = (): void => {
    if (running || closed) return;
    running = (async () => {
      while (!closed && sqs.visible(queue) > 0 && (await takeOne())) {
        // One batch after another: a queue's order of work stays the same on every replay.
      }
    })()
      .catch((error: unknown) => {
        if (!closed) console.error(`${queue}:`, error);
      })
      .finally(() => {
        running = undefined;
        // One that came between the last look and here rang while this pump still counted as running.
        if (!closed && sqs.visible(queue) > 0) pump();
      });
  };
  const stop = sqs.onMessage((name) => {
    if (name === queue) pump();
  });
  pump();
  return {
    isBusy: () => running !== undefined || (!closed && sqs.visible(queue) > 0),
    close: async () => {
      closed = true;
      stop();
      await running;
    },
  };
}

/** The ids of messages that go back. A throw of the handler gives the whole batch back, as on AWS. */
async function invoke(
  handler: LambdaHandler,
  messages: readonly Message[],
  arn: string,
): Promise<Set<string>> {
  const event = { Records: messages.map((message) => recordOf(message, arn)) };
  try {
    // Through JSON and back, so that nothing but what AWS would carry crosses over.
    const answer: unknown = await handler(JSON.parse(JSON.stringify(event)));
    const failures = Failures.parse(answer ?? {}).batchItemFailures ?? [];
    return new Set(failures.map((one) => one.itemIdentifier));
  } catch (error) {
    console.error(`${arn}:`, error);
    return new Set(messages.map((message) => String(message.MessageId)));
  }
}

const recordOf = (message: Message, arn: string) => ({
  messageId: message.MessageId,
  receiptHandle: message.ReceiptHandle,
  body: message.Body,
  attributes: message.Attributes ?? {},
  messageAttributes: {},
  md5OfBody: message.MD5OfBody,
  eventSource: 'aws:sqs',
  eventSourceARN: arn,
  awsRegion: 'us-east-1',
});
