/**
 * SQS on this machine: standard queues that the unchanged `@aws-sdk/client-sqs` talks to, and that the other embedded
 * services send to in-process. Every acknowledged message is on disk first and outlives kill -9.
 */
import { randomUUID } from 'node:crypto';
import { LOCAL_ACCOUNT, LOCAL_REGION } from './account.ts';
import type { LocalClock } from './clock.ts';
import { type Answering, type Asked, BodyTooLarge, listen, readBody, reply } from './http-server.ts';
import { type Near, nearDoor } from './near.ts';
import { makeSqsActions } from './sqs-actions.ts';
import { type Json, MESSAGE_BYTES_MAX, readMessage, SqsError, sqsError } from './sqs-request.ts';
import { openQueueStore, type QueueConfig, type QueueStore, type StoredMessage } from './sqs-store.ts';
import { makeWaker } from './waker.ts';

export type { QueueConfig } from './sqs-store.ts';

/** JSON may write one character of a body as six. */
const REQUEST_BYTES_MAX = 6 * MESSAGE_BYTES_MAX + 65_536;

export type LocalSqs = {
  readonly endpoint: string;
  /** The same for clients of this process. */
  readonly near: Near;
  /** What to hand to a client as its queue URL: the SDK uses the URL's host rather than its endpoint. */
  url(name: string): string;
  arn(name: string): string;
  /** Puts a message into a queue without HTTP; on disk when it resolves. Throws `SqsError` as the API would. */
  send(name: string, body: string, options?: { delaySeconds?: number; group?: string }): Promise<void>;
  /** The earliest future moment at which a delayed or a handed-out message becomes visible, over all queues. */
  nextMoment(): number | undefined;
  /** Messages of one queue that may be received now. */
  visible(name: string): number;
  /** Messages handed out and neither deleted nor visible again, over all queues. */
  inFlight(): number;
  /** Calls `listener` with the queue's name when a message of it may have become visible; returns how to stop. */
  onMessage(listener: (name: string) => void): () => void;
  /** What lies in the dead-letter queue of `name`, or in `name` itself if it has none. */
  deadLetters(name: string): readonly StoredMessage[];
  close(): Promise<void>;
};

export async function startSqs(options: {
  readonly file: string;
  readonly queues: readonly QueueConfig[];
  readonly port?: number;
  readonly clock: LocalClock;
}): Promise<LocalSqs> {
  const { clock } = options;
  const queues = new Map(options.queues.map((queue) => [queue.name, queue]));
  for (const { name, deadLetter } of options.queues) {
    if (deadLetter !== undefined && !queues.has(deadLetter.queue)) {
      throw new Error(
        `queue ${name} names ${deadLetter.queue} for its dead letters, which is not configured`,
      );
    }
  }
  const store = openQueueStore(options.file, clock);
  const bell = makeBell(store, queues, clock);
  const closing = new AbortController();
  let base = '';
  const url = (name: string) => `${base}/${LOCAL_ACCOUNT}/${name}`;
  const arn = (name: string) => `arn:aws:sqs:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${name}`;
  const queueNamed = (name: string): QueueConfig => {
    const queue = queues.get(name);
    if (queue === undefined) throw sqsError.noQueue();
    return queue;
  };

  const actions = makeSqsActions({
    store,
    queues,
    url,
    arn,
    changed: bell.changed,
    taken: bell.plan,
    waitForMessage: bell.waitForMessage,
  });
  const handle = async (request: Asked, response: Answering): Promise<void> => {
    const hungUp = new AbortController();
    response.on('close', () => hungUp.abort());
    try {
      const name = String(request.headers['x-amz-target'] ?? '').replace('AmazonSQS.', '');
      const text = (await readBody(request, REQUEST_BYTES_MAX)).toString('utf8');
      const action = actions.get(name);
      if (action === undefined) {
        throw sqsError.legacy('UnsupportedOperation', `${name} is not supported by the local queues.`);
      }
      const body = JSON.parse(text === '' ? '{}' : text) as Json;
      answer(response, 200, await action(body, AbortSignal.any([hungUp.signal, closing.signal])));
    } catch (error) {
      answerError(response, error);
    }
  };
  const door = nearDoor('sqs', handle);
  const server = await listen('sqs', options.port ?? 0, handle);
  base = server.endpoint;
  bell.start();

  return {
    endpoint: base,
    near: door.near,
    url,
    arn,
    send: async (name, body, { delaySeconds, group } = {}) => {
      const message = readMessage({ MessageBody: body, DelaySeconds: delaySeconds, MessageGroupId: group });
      store.put(queueNamed(name), message);
      bell.changed(name);
    },
    nextMoment: store.nextMoment,
    visible: (name) => store.visible(queueNamed(name).name),
    inFlight: () => [...queues.keys()].reduce((sum, name) => sum + store.counts(name).inFlight, 0),
    onMessage: bell.onMessage,
    deadLetters: (name) => store.list(queueNamed(name).deadLetter?.queue ?? name),
    close: async () => {
      closing.abort();
      bell.close();
      await Promise.all([server.close(), door.close()]);
      store.close();
    },
  };
}

/** Tells listeners and long polls that a queue has something to receive, at once or when its moment comes. */
function makeBell(store: QueueStore, queues: ReadonlyMap<string, QueueConfig>, clock: LocalClock) {
  const listeners = new Set<(name: string) => void>();
  const waiting = new Map<string, Set<() => void>>();

  const ringFor = (name: string): void => {
    if (store.visible(name) === 0) return;
    for (const wake of [...(waiting.get(name) ?? [])]) wake();
    for (const listener of [...listeners]) listener(name);
  };
  const ringAll = (): void => {
    for (const name of queues.keys()) ringFor(name);
    waker.plan();
  };
  const waker = makeWaker({ clock, nextMoment: store.nextMoment, wake: ringAll });

  return {
    start: ringAll,
    close: waker.close,
    plan: waker.plan,
    changed: (name: string): void => {
      ringFor(name);
      waker.plan();
    },
    onMessage: (listener: (name: string) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    waitForMessage: (name: string, ms: number, gone: AbortSignal) =>
      new Promise<void>((resolve) => {
        const ofQueue = waiting.get(name) ?? new Set();
        waiting.set(name, ofQueue);
        const done = (): void => {
          clearTimeout(timer);
          ofQueue.delete(done);
          gone.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        ofQueue.add(done);
        gone.addEventListener('abort', done);
      }),
  };
}

function answer(response: Answering, status: number, body: unknown, queryError?: string): void {
  const headers: Record<string, string> = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': randomUUID(),
  };
  if (queryError !== undefined) headers['x-amzn-query-error'] = queryError;
  reply(response, status, headers, JSON.stringify(body));
}

function answerError(response: Answering, error: unknown): void {
  if (error instanceof SqsError) {
    const body = { __type: `com.amazonaws.sqs#${error.name}`, message: error.message };
    answer(response, 400, body, `${error.queryCode};Sender`);
  } else if (error instanceof BodyTooLarge) {
    const body = { __type: 'com.amazonaws.sqs#RequestEntityTooLarge', message: error.message };
    answer(response, 413, body, 'RequestEntityTooLarge;Sender');
  } else {
    throw error;
  }
}
