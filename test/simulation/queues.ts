/**
 * SQS and what Lambda does with it: visibility, receive counts, batches, dead letters, a message handed out twice.
 * Larger batches and shorter waits than `infra/queue-settings.ts` has: more falls together, more comes twice.
 */
import { MINUTE, SECOND } from '../../shared/domain/instant.ts';
import type { FaultPlan } from './faults.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

export const QUEUES = {
  steps: { batch: 10, visibilityMs: 90 * SECOND, delayMs: 0, receivesMax: 5 },
  enroll: { batch: 1, visibilityMs: 90 * SECOND, delayMs: 0, receivesMax: 5 },
  deliveries: { batch: 10, visibilityMs: 90 * SECOND, delayMs: 60 * SECOND, receivesMax: 5 },
  inbound: { batch: 1, visibilityMs: 90 * SECOND, delayMs: 0, receivesMax: 5 },
  alerts: { batch: 1, visibilityMs: 60 * SECOND, delayMs: 0, receivesMax: 5 },
  imports: { batch: 1, visibilityMs: 360 * SECOND, delayMs: 0, receivesMax: 5 },
} as const;
export type QueueName = keyof typeof QUEUES;

export type Message = { readonly id: string; readonly body: string; readonly queue: QueueName };
/** Resolves with the ids that go back; anything else means that all of them do. */
export type Consumer = (
  batch: readonly { readonly message: Message; readonly receives: number }[],
) => Promise<ReadonlySet<string> | undefined>;

type Held = Message & { receives: number; visibleAt: number };

export type Queues = {
  send(queue: QueueName, body: unknown, delayMs?: number): void;
  consume(queue: QueueName, consumer: Consumer): void;
  /** Nobody takes messages meanwhile. */
  block(queue: QueueName, isBlocked: boolean): void;
  deadLetters(queue: QueueName): readonly Message[];
  /** An operator's redrive: every dead letter begins anew. */
  redrive(): number;
  /** Messages that wait or are being handled. */
  depth(): number;
  /** Told when a message is done with or given up on. */
  onGone(listener: (message: Message, how: 'done' | 'dead') => void): void;
};

const STORM = 14;
const TWICE_WITHIN_MS = 30 * SECOND;
const DELAYED_MS_MAX = 40 * MINUTE;

export function makeQueues(timeline: Timeline, faults: FaultPlan, random: Random): Queues {
  const held = new Map<QueueName, Map<string, Held>>();
  const dead = new Map<QueueName, Message[]>();
  const consumers = new Map<QueueName, Consumer>();
  const blocked = new Set<QueueName>();
  const listeners: ((message: Message, how: 'done' | 'dead') => void)[] = [];
  let number = 0;
  const of = (queue: QueueName): Map<string, Held> => {
    const messages = held.get(queue) ?? new Map<string, Held>();
    held.set(queue, messages);
    return messages;
  };

  const pump = (queue: QueueName): void => {
    const consumer = consumers.get(queue);
    if (!consumer || blocked.has(queue)) return;
    const { batch: most, visibilityMs, receivesMax } = QUEUES[queue];
    const size = 1 + random.int(most);
    const batch: Held[] = [];
    for (const message of of(queue).values()) {
      if (message.visibleAt > timeline.now()) continue;
      if (message.receives >= receivesMax) {
        of(queue).delete(message.id);
        dead.set(queue, [...(dead.get(queue) ?? []), message]);
        timeline.trace(`${queue} ${message.id} is a dead letter`);
        for (const listener of listeners) listener(message, 'dead');
        continue;
      }
      batch.push(message);
      if (batch.length === size) break;
    }
    if (batch.length === 0) return;
    for (const message of batch) {
      message.receives += 1;
      message.visibleAt = timeline.now() + visibilityMs;
    }
    timeline.after(visibilityMs, () => pump(queue));
    const handed = batch.map((message) => ({ message, receives: message.receives }));
    hand(queue, consumer, handed);
    const copies = faults.disturbs('message-twice') ? 1 : faults.disturbs('message-storm') ? STORM : 0;
    for (let copy = 0; copy < copies; copy++) {
      const within = copies > 1 ? SECOND : TWICE_WITHIN_MS;
      timeline.after(random.int(within), () => hand(queue, consumer, handed));
    }
    // More may be visible than one batch took.
    timeline.after(1, () => pump(queue));
  };
  const hand = (queue: QueueName, consumer: Consumer, batch: Parameters<Consumer>[0]): void => {
    consumer(batch).then((back) => {
      if (!back) return;
      for (const { message } of batch) {
        if (back.has(message.id) || !of(queue).delete(message.id)) continue;
        for (const listener of listeners) listener(message, 'done');
      }
    });
  };
  const put = (queue: QueueName, body: string, delayMs: number): void => {
    const id = `${queue}-${number++}`;
    of(queue).set(id, { id, body, queue, receives: 0, visibleAt: timeline.now() + delayMs });
    timeline.after(delayMs, () => pump(queue));
  };
  return {
    send: (queue, body, delayMs = 0) => {
      const more = faults.disturbs('message-delayed') ? random.int(DELAYED_MS_MAX) : 0;
      put(queue, JSON.stringify(body), QUEUES[queue].delayMs + delayMs + more);
    },
    consume: (queue, consumer) => {
      consumers.set(queue, consumer);
    },
    block: (queue, isBlocked) => {
      if (isBlocked) blocked.add(queue);
      else blocked.delete(queue);
      timeline.after(1, () => pump(queue));
    },
    deadLetters: (queue) => dead.get(queue) ?? [],
    redrive: () => {
      const all = [...dead.values()].flat();
      dead.clear();
      for (const { queue, body } of all) put(queue, body, 0);
      return all.length;
    },
    depth: () => [...held.values()].reduce((sum, messages) => sum + messages.size, 0),
    onGone: (listener) => {
      listeners.push(listener);
    },
  };
}
