/** The small ports of one execution: timers, mailbox, alerts, clock and ids. */

import { importOfSource } from '../../../shared/domain/import.ts';
import {
  DAY,
  epochMs,
  HOUR,
  type Instant,
  instant,
  MINUTE,
  minuteName,
} from '../../../shared/domain/instant.ts';
import type { Alerts, Clock, Files, Ids, Mailbox, Timers } from '../../../shared/ports.ts';
import type { Calls, Run } from '../calls.ts';
import type { FaultPlan } from '../faults.ts';
import type { Queues } from '../queues.ts';
import type { Random } from '../random.ts';
import type { Timeline } from '../timeline.ts';

const NEAR_MS = 2 * MINUTE;
const OVERTAKES_NOBODY_MS = 5_000;
const EARLY_MS_MAX = 30 * HOUR;
const LATE_MS_MAX = 2 * DAY;
const PAGE_BYTES_MAX = 256 * 1024;
const PAGE_DELAY_MS = 5_000;

/** EventBridge Scheduler: one-time schedules by name, at least once, to the minute, then gone. */
export type Scheduler = {
  create(name: string, at: number, body: unknown): void;
  names(): ReadonlySet<string>;
};

export function makeScheduler(
  timeline: Timeline,
  faults: FaultPlan,
  random: Random,
  queues: Queues,
): Scheduler {
  const names = new Set<string>();
  return {
    names: () => names,
    create: (name, at, body) => {
      // Conflict: whoever was first has set this very timer.
      if (names.has(name)) return;
      names.add(name);
      const early = faults.disturbs('schedule-early') ? random.int(EARLY_MS_MAX) : 0;
      const late = faults.disturbs('schedule-late') ? random.int(LATE_MS_MAX) : 0;
      const isLost = faults.disturbs('schedule-lost');
      timeline.at(at + random.int(MINUTE) - early + late, () => {
        names.delete(name);
        timeline.trace(`schedule ${name} ${isLost ? 'is lost' : 'fires'}`);
        if (isLost) return;
        queues.send('steps', body);
        if (faults.disturbs('schedule-twice'))
          timeline.after(random.int(HOUR), () => queues.send('steps', body));
      });
    },
  };
}

export function timersOf(
  run: Run,
  calls: Calls,
  timeline: Timeline,
  scheduler: Scheduler,
  queues: Queues,
): Timers {
  return {
    setStep: ({ enrollmentId, step, dueAt }) => {
      const minute = minuteName(dueAt);
      const name = `${enrollmentId}-${step}-${minute}`;
      const body = { enrollmentId, step, minute };
      // The adapter measures the wait by its own function's clock, before the call.
      const waitMs = epochMs(dueAt) - timeline.now() - run.skewMs;
      return calls.make(run, { sort: 'write', op: 'setStep', key: `${name} ${dueAt}` }, () => {
        if (waitMs > NEAR_MS) scheduler.create(name, epochMs(dueAt), body);
        else queues.send('steps', body, Math.max(OVERTAKES_NOBODY_MS, Math.ceil(waitMs / 1_000) * 1_000));
      });
    },
    queueImport: (importId, delayMs = 0) =>
      calls.make(run, { sort: 'write', op: 'queueImport', key: importId }, () =>
        queues.send('imports', { kind: 'import', importId }, delayMs),
      ),
    queuePage: (page) => {
      const bytes = Buffer.byteLength(JSON.stringify(page));
      if (bytes > PAGE_BYTES_MAX) {
        return Promise.reject(
          new Error(`A campaign page of more than ${PAGE_BYTES_MAX} bytes fits no queue message.`),
        );
      }
      return calls.make(run, { sort: 'write', op: 'queuePage', key: `${page.kind} ${page.campaignId}` }, () =>
        queues.send('enroll', page, PAGE_DELAY_MS),
      );
    },
  };
}

export function mailboxOf(run: Run, calls: Calls, bucket: Map<string, Uint8Array>, queues: Queues): Mailbox {
  return {
    remove: (rawKey) =>
      calls.make(run, { sort: 'write', op: 'remove mail', key: rawKey }, () => {
        bucket.delete(rawKey);
      }),
    read: (rawKey, bytesMax) =>
      calls.make(run, { sort: 'read', op: 'read mail', key: rawKey }, () =>
        bucket.get(rawKey)?.subarray(0, bytesMax),
      ),
    sendMark: (at) =>
      calls.make(run, { sort: 'write', op: 'sendMark', key: at }, () =>
        queues.send('inbound', { kind: 'mark', at }),
      ),
    requeue: (arrival) =>
      calls.make(run, { sort: 'write', op: 'requeue', key: arrival.id }, () =>
        queues.send('inbound', { kind: 'arrival', arrival }),
      ),
    countDeadLetters: () =>
      calls.make(
        run,
        { sort: 'read', op: 'countDeadLetters', key: '' },
        () => queues.deadLetters('inbound').length,
      ),
  };
}

/** S3 with its event notification: a file of contacts that is there is told to the imports queue. */
export function filesOf(
  run: Run,
  calls: Calls,
  { files, writtenAt }: { readonly files: Map<string, Uint8Array>; readonly writtenAt: Map<string, number> },
  queues: Queues,
  timeline: Timeline,
): Files {
  return {
    read: (key, from, bytesMax) =>
      calls.make(run, { sort: 'read', op: 'read file', key: `${key} ${from}` }, () =>
        files.get(key)?.subarray(from, from + bytesMax),
      ),
    write: (key, bytes) =>
      calls.make(run, { sort: 'write', op: 'write file', key }, () => {
        writtenAt.set(key, timeline.now());
        putFile(files, queues, key, bytes);
      }),
    remove: (key) =>
      calls.make(run, { sort: 'write', op: 'remove file', key }, () => {
        files.delete(key);
      }),
    list: (prefix) =>
      calls.make(run, { sort: 'read', op: 'list files', key: prefix }, () => ({
        keys: [...files.keys()].filter((key) => key.startsWith(prefix)).sort(),
      })),
    uploadLink: async (key, { type }) => ({
      url: `https://files.example/${key}`,
      headers: { 'content-type': type },
    }),
    downloadLink: async (key) => `https://files.example/${key}`,
  };
}

export function putFile(
  files: Map<string, Uint8Array>,
  queues: Queues,
  key: string,
  bytes: Uint8Array,
): void {
  files.set(key, bytes);
  if (importOfSource(key)) queues.send('imports', { Records: [{ s3: { object: { key } } }] });
}

export type Posted = { readonly at: number; readonly url: string; readonly body: string };

export function alertsOf(
  run: Run,
  calls: Calls,
  queues: Queues,
  posted: (url: string, body: string) => boolean,
): Alerts {
  return {
    queue: (message, delayMs = 0) =>
      calls.make(
        run,
        { sort: 'write', op: 'queue alert', key: Object.values(message).slice(0, 2).join(' ') },
        () => queues.send('alerts', message, delayMs),
      ),
    post: (url, _headers, body) =>
      calls.make(run, { sort: 'write', op: 'post', key: url }, () => {
        // Chat services say in the body whether they have taken it.
        return posted(url, body) ? { status: 200, body: '{"errcode":0}' } : { status: 503, body: '' };
      }),
  };
}

export const clockOf = (run: Run, timeline: Timeline): Clock => ({
  now: (): Instant => instant(timeline.now() + run.skewMs),
});

export const SECRETS: Pick<Ids, 'contactSecret' | 'tokenKeys'> = {
  contactSecret: 'c'.repeat(32),
  tokenKeys: { b: '2'.repeat(32) },
};

export const idsOf = (random: Random): Ids => ({ ...SECRETS, fresh: () => random.base32(20) });
