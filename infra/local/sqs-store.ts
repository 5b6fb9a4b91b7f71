/**
 * The messages of all local queues in one SQLite table, with the rules of a standard queue: delay, visibility,
 * receive count, redrive to the dead-letter queue, 14 days of retention. Knows nothing of HTTP.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { LocalClock } from './clock.ts';
import { openDatabase, transact } from './sqlite.ts';

/** The longest that SQS keeps a message; the product sets it on every queue. */
export const RETENTION_SECONDS = 14 * 24 * 3600;

export type QueueConfig = {
  readonly name: string;
  readonly visibilitySeconds: number;
  readonly delaySeconds?: number;
  /** `queue` names another configured queue; a message received more than `maxReceives` times goes there. */
  readonly deadLetter?: { readonly queue: string; readonly maxReceives: number };
};

/** A message attribute as the JSON protocol writes it; `BinaryValue` is base64. */
export type MessageAttribute = {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
};
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

export type NewMessage = {
  readonly body: string;
  readonly delaySeconds?: number;
  readonly group?: string;
  readonly attributes?: MessageAttributes;
};

export type StoredMessage = {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly group?: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  readonly firstReceivedAt?: number;
  /** How often it has been handed out, this time included. */
  readonly receives: number;
  /** The queue it came from, if it is a dead letter. */
  readonly deadFrom?: string;
};
export type ReceivedMessage = StoredMessage & { readonly receiptHandle: string };

export type QueueCounts = { readonly visible: number; readonly inFlight: number; readonly delayed: number };

export type QueueStore = {
  put(queue: QueueConfig, message: NewMessage): { readonly id: string };
  /** Hands out up to `max` visible messages, longest visible first, and moves those received too often to the dead letters. */
  take(queue: QueueConfig, max: number, visibilitySeconds: number): readonly ReceivedMessage[];
  /** `stale`: the handle is not the one of the latest receive; SQS answers 200 to that and keeps the message. */
  remove(queue: QueueConfig, receiptHandle: string): 'removed' | 'stale' | 'malformed';
  setVisibility(
    queue: QueueConfig,
    receiptHandle: string,
    seconds: number,
  ): 'changed' | 'not-in-flight' | 'gone' | 'malformed';
  counts(queueName: string): QueueCounts;
  /** The same as one of `counts`, from the index alone: it is asked after every send. */
  visible(queueName: string): number;
  list(queueName: string): readonly StoredMessage[];
  /** The earliest future end of a delay or of a visibility, over all queues. */
  nextMoment(): number | undefined;
  close(): void;
};

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS messages (
    place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, queue TEXT NOT NULL, body TEXT NOT NULL,
    attributes TEXT NOT NULL, messageGroup TEXT, sentAt INTEGER NOT NULL, visibleAt INTEGER NOT NULL,
    receives INTEGER NOT NULL DEFAULT 0, firstReceivedAt INTEGER, handle TEXT, deadFrom TEXT);
  CREATE INDEX IF NOT EXISTS messagesByQueue ON messages (queue, visibleAt);
  CREATE INDEX IF NOT EXISTS messagesByVisible ON messages (visibleAt);
  CREATE INDEX IF NOT EXISTS messagesByAge ON messages (sentAt);`;

type Row = {
  readonly place: number;
  readonly id: string;
  readonly queue: string;
  readonly body: string;
  readonly attributes: string;
  readonly messageGroup: string | null;
  readonly sentAt: number;
  readonly visibleAt: number;
  readonly receives: number;
  readonly firstReceivedAt: number | null;
  readonly handle: string | null;
  readonly deadFrom: string | null;
};

const toMessage = (row: Row): StoredMessage => ({
  id: row.id,
  body: row.body,
  attributes: JSON.parse(row.attributes) as MessageAttributes,
  sentAt: row.sentAt,
  receives: row.receives,
  ...(row.messageGroup === null ? {} : { group: row.messageGroup }),
  ...(row.firstReceivedAt === null ? {} : { firstReceivedAt: row.firstReceivedAt }),
  ...(row.deadFrom === null ? {} : { deadFrom: row.deadFrom }),
});

/** A handle names its message, so that an old one can be told from a forged one. */
const newHandle = (id: string): string =>
  Buffer.from(`${id}/${randomBytes(12).toString('hex')}`).toString('base64');
const HANDLE_TEXT = /^([0-9a-f-]{36})\/[0-9a-f]{24}$/;
const messageOfHandle = (handle: string): string | undefined =>
  HANDLE_TEXT.exec(Buffer.from(handle, 'base64').toString('latin1'))?.[1];

export function openQueueStore(file: string, clock: LocalClock): QueueStore {
  const database = openDatabase(file, SCHEMA);
  const insert = database.prepare(
    `INSERT INTO messages (id, queue, body, attributes, messageGroup, sentAt, visibleAt) VALUES (?,?,?,?,?,?,?)`,
  );
  const selectVisible = database.prepare(
    'SELECT * FROM messages WHERE queue = ? AND visibleAt <= ? ORDER BY visibleAt, place LIMIT ?',
  );
  const hide = database.prepare(
    `UPDATE messages SET visibleAt = ?, receives = receives + 1, firstReceivedAt = coalesce(firstReceivedAt, ?),
     handle = ? WHERE place = ?`,
  );
  const bury = database.prepare(
    'UPDATE messages SET queue = ?, deadFrom = queue, visibleAt = ?, handle = NULL WHERE place = ?',
  );
  const forgetOld = database.prepare('DELETE FROM messages WHERE sentAt <= ?');
  const selectById = database.prepare('SELECT * FROM messages WHERE id = ? AND queue = ?');
  const deletePlace = database.prepare('DELETE FROM messages WHERE place = ?');
  const setVisibleAt = database.prepare('UPDATE messages SET visibleAt = ? WHERE place = ?');
  const count = database.prepare(
    `SELECT coalesce(sum(visibleAt <= ?1), 0) AS visible,
            coalesce(sum(visibleAt > ?1 AND handle IS NOT NULL), 0) AS inFlight,
            coalesce(sum(visibleAt > ?1 AND handle IS NULL), 0) AS delayed
     FROM messages WHERE queue = ?2`,
  );
  const countVisible = database.prepare(
    'SELECT count(*) AS visible FROM messages WHERE queue = ? AND visibleAt <= ?',
  );
  const selectQueue = database.prepare('SELECT * FROM messages WHERE queue = ? ORDER BY place');
  const earliest = database.prepare('SELECT min(visibleAt) AS moment FROM messages WHERE visibleAt > ?');

  const find = (queue: QueueConfig, handle: string): Row | 'gone' | 'malformed' => {
    const id = messageOfHandle(handle);
    if (id === undefined) return 'malformed';
    return (selectById.get(id, queue.name) as Row | undefined) ?? 'gone';
  };

  /** One round: rows that were buried instead of handed out make room for further ones. */
  const takeRound = (queue: QueueConfig, max: number, visibilitySeconds: number) => {
    const now = clock.now();
    const rows = selectVisible.all(queue.name, now, max) as Row[];
    const taken: ReceivedMessage[] = [];
    for (const row of rows) {
      if (queue.deadLetter && row.receives >= queue.deadLetter.maxReceives) {
        bury.run(queue.deadLetter.queue, now, row.place);
        continue;
      }
      const receiptHandle = newHandle(row.id);
      hide.run(now + visibilitySeconds * 1000, now, receiptHandle, row.place);
      const message = toMessage({
        ...row,
        receives: row.receives + 1,
        firstReceivedAt: row.firstReceivedAt ?? now,
      });
      taken.push({ ...message, receiptHandle });
    }
    return { taken, buried: rows.length - taken.length };
  };

  return {
    put: (queue, message) => {
      const id = randomUUID();
      const now = clock.now();
      const delaySeconds = message.delaySeconds ?? queue.delaySeconds ?? 0;
      const attributes = JSON.stringify(message.attributes ?? {});
      insert.run(
        id,
        queue.name,
        message.body,
        attributes,
        message.group ?? null,
        now,
        now + delaySeconds * 1000,
      );
      return { id };
    },
    take: (queue, max, visibilitySeconds) =>
      transact(database, () => {
        forgetOld.run(clock.now() - RETENTION_SECONDS * 1000);
        const all: ReceivedMessage[] = [];
        // Ends: each further round has buried at least one of the queue's messages.
        for (;;) {
          const { taken, buried } = takeRound(queue, max - all.length, visibilitySeconds);
          all.push(...taken);
          if (buried === 0 || all.length >= max) return all;
        }
      }),
    remove: (queue, receiptHandle) => {
      const row = find(queue, receiptHandle);
      if (row === 'malformed') return 'malformed';
      if (row === 'gone' || row.handle !== receiptHandle) return 'stale';
      deletePlace.run(row.place);
      return 'removed';
    },
    setVisibility: (queue, receiptHandle, seconds) => {
      const row = find(queue, receiptHandle);
      if (row === 'malformed' || row === 'gone') return row;
      const now = clock.now();
      if (row.handle !== receiptHandle || row.visibleAt <= now) return 'not-in-flight';
      setVisibleAt.run(now + seconds * 1000, row.place);
      return 'changed';
    },
    counts: (queueName) => count.get(clock.now(), queueName) as QueueCounts,
    visible: (queueName) => (countVisible.get(queueName, clock.now()) as { visible: number }).visible,
    list: (queueName) => (selectQueue.all(queueName) as Row[]).map(toMessage),
    nextMoment: () => (earliest.get(clock.now()) as { moment: number | null }).moment ?? undefined,
    close: () => database.close(),
  };
}
