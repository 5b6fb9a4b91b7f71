/**
 * The actions of SQS's JSON protocol over the queue store: what goes in, what comes out, under AWS's own names.
 * ReceiveMessage is the one that may wait, and waits in real time whatever the clock of the queues shows.
 */
import { attributesDigest, bodyDigest } from './sqs-digest.ts';
import {
  type Json,
  MESSAGE_BYTES_MAX,
  messageBytes,
  queueNameOf,
  readEntries,
  readMessage,
  readNumber,
  readText,
  readTexts,
  SqsError,
  sqsError,
  VISIBILITY_SECONDS_MAX,
  WAIT_SECONDS_MAX,
} from './sqs-request.ts';
import {
  type NewMessage,
  type QueueConfig,
  type QueueStore,
  RETENTION_SECONDS,
  type ReceivedMessage,
} from './sqs-store.ts';

const RECEIVE_MAX = 10;

export type SqsActionsContext = {
  readonly store: QueueStore;
  readonly queues: ReadonlyMap<string, QueueConfig>;
  readonly url: (name: string) => string;
  readonly arn: (name: string) => string;
  /** To be called after something became visible, or will later. */
  readonly changed: (queueName: string) => void;
  /** To be called after a receive: the ends of visibility have changed. */
  readonly taken: () => void;
  /** Resolves when the queue may have a message, after `ms` of real time, or when `gone` aborts. */
  readonly waitForMessage: (queueName: string, ms: number, gone: AbortSignal) => Promise<void>;
};
export type SqsAction = (request: Json, gone: AbortSignal) => unknown;

export function makeSqsActions(context: SqsActionsContext): ReadonlyMap<string, SqsAction> {
  const { store, queues, changed } = context;

  const queueNamed = (name: string): QueueConfig => {
    const queue = queues.get(name);
    if (queue === undefined) throw sqsError.noQueue();
    return queue;
  };
  const queueOf = (request: Json) => queueNamed(queueNameOf(readText(request, 'QueueUrl')));

  const put = (queue: QueueConfig, message: NewMessage) => {
    const { id } = store.put(queue, message);
    changed(queue.name);
    const digest = attributesDigest(message.attributes ?? {});
    return {
      MessageId: id,
      MD5OfMessageBody: bodyDigest(message.body),
      ...(digest === undefined ? {} : { MD5OfMessageAttributes: digest }),
    };
  };
  const remove = (queue: QueueConfig, request: Json) => {
    const handle = readText(request, 'ReceiptHandle');
    if (store.remove(queue, handle) === 'malformed') throw sqsError.badHandle(handle);
    return {};
  };
  const changeVisibility = (queue: QueueConfig, request: Json) => {
    const handle = readText(request, 'ReceiptHandle');
    const seconds = readNumber(request, 'VisibilityTimeout', 0, VISIBILITY_SECONDS_MAX);
    if (seconds === undefined) throw sqsError.missing('VisibilityTimeout');
    const outcome = store.setVisibility(queue, handle, seconds);
    if (outcome === 'malformed') throw sqsError.badHandle(handle);
    if (outcome === 'not-in-flight') throw sqsError.notInFlight();
    if (outcome === 'gone') {
      throw sqsError.invalidValue(
        `Value ${handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
      );
    }
    changed(queue.name);
    return {};
  };

  const sendBatch = (request: Json) => {
    const queue = queueOf(request);
    const entries = readEntries(request);
    // An entry that cannot be read counts nothing here and fails on its own below.
    const total = entries.reduce((bytes, entry) => bytes + batchBytes(entry), 0);
    if (total > MESSAGE_BYTES_MAX) {
      throw sqsError.legacy(
        'BatchRequestTooLong',
        `Batch requests cannot be longer than ${MESSAGE_BYTES_MAX} bytes. You have sent ${total} bytes.`,
      );
    }
    return eachEntry(entries, (entry) => put(queue, readMessage(entry)));
  };

  const receive: SqsAction = async (request, gone) => {
    const queue = queueOf(request);
    const max = readNumber(request, 'MaxNumberOfMessages', 1, RECEIVE_MAX) ?? 1;
    const visibilitySeconds =
      readNumber(request, 'VisibilityTimeout', 0, VISIBILITY_SECONDS_MAX) ?? queue.visibilitySeconds;
    const waitSeconds = readNumber(request, 'WaitTimeSeconds', 0, WAIT_SECONDS_MAX) ?? 0;
    const until = performance.now() + waitSeconds * 1000;
    for (;;) {
      // Nothing is taken for a client that has hung up: it would be lost to everyone until its visibility ends.
      if (gone.aborted) return {};
      const messages = store.take(queue, max, visibilitySeconds);
      context.taken();
      if (messages.length > 0) {
        return { Messages: messages.map((message) => toWire(message, request, context.arn)) };
      }
      const left = until - performance.now();
      if (left <= 0) return {};
      await context.waitForMessage(queue.name, left, gone);
    }
  };

  return new Map<string, SqsAction>([
    [
      'GetQueueUrl',
      (request) => ({ QueueUrl: context.url(queueNamed(readText(request, 'QueueName')).name) }),
    ],
    [
      'GetQueueAttributes',
      (request) => ({ Attributes: queueAttributes(queueOf(request), request, context) }),
    ],
    ['SendMessage', (request) => put(queueOf(request), readMessage(request))],
    ['SendMessageBatch', sendBatch],
    ['ReceiveMessage', receive],
    ['DeleteMessage', (request) => remove(queueOf(request), request)],
    ['DeleteMessageBatch', (request) => batchOf(request, queueOf(request), remove)],
    ['ChangeMessageVisibility', (request) => changeVisibility(queueOf(request), request)],
    ['ChangeMessageVisibilityBatch', (request) => batchOf(request, queueOf(request), changeVisibility)],
  ]);
}

function batchBytes(entry: Json): number {
  try {
    return messageBytes(readMessage(entry));
  } catch {
    return 0;
  }
}

const batchOf = (request: Json, queue: QueueConfig, act: (queue: QueueConfig, entry: Json) => object) =>
  eachEntry(readEntries(request), (entry) => act(queue, entry));

/** Each entry succeeds or fails for itself; the batch as a whole answers 200. */
function eachEntry(entries: readonly (Json & { Id: string })[], act: (entry: Json) => object) {
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.queryCode, Message: error.message });
    }
  }
  return { Successful, ...(Failed.length > 0 ? { Failed } : {}) };
}

const wants = (asked: readonly string[], name: string) => asked.includes('All') || asked.includes(name);

function toWire(message: ReceivedMessage, request: Json, arn: (name: string) => string) {
  const asked = [
    ...readTexts(request, 'AttributeNames'),
    ...readTexts(request, 'MessageSystemAttributeNames'),
  ];
  const all: Record<string, string | undefined> = {
    SenderId: 'local',
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    MessageGroupId: message.group,
    DeadLetterQueueSourceArn: message.deadFrom === undefined ? undefined : arn(message.deadFrom),
  };
  const Attributes = Object.fromEntries(
    Object.entries(all).filter(([name, value]) => value !== undefined && wants(asked, name)),
  );
  const askedOwn = readTexts(request, 'MessageAttributeNames');
  const own = Object.fromEntries(
    Object.entries(message.attributes).filter(([name]) => askedOwn.includes('.*') || wants(askedOwn, name)),
  );
  const digest = attributesDigest(own);
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: bodyDigest(message.body),
    ...(Object.keys(Attributes).length > 0 ? { Attributes } : {}),
    ...(digest === undefined ? {} : { MessageAttributes: own, MD5OfMessageAttributes: digest }),
  };
}

function queueAttributes(queue: QueueConfig, request: Json, context: SqsActionsContext) {
  const asked = readTexts(request, 'AttributeNames');
  const counts = context.store.counts(queue.name);
  const all: Record<string, string> = {
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    QueueArn: context.arn(queue.name),
    VisibilityTimeout: String(queue.visibilitySeconds),
    DelaySeconds: String(queue.delaySeconds ?? 0),
    MaximumMessageSize: String(MESSAGE_BYTES_MAX),
    MessageRetentionPeriod: String(RETENTION_SECONDS),
    ReceiveMessageWaitTimeSeconds: '0',
  };
  const unknown = asked.find((name) => name !== 'All' && name !== 'RedrivePolicy' && !(name in all));
  if (unknown !== undefined) throw new SqsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  if (queue.deadLetter !== undefined) {
    all.RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: context.arn(queue.deadLetter.queue),
      maxReceiveCount: queue.deadLetter.maxReceives,
    });
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => wants(asked, name)));
}
