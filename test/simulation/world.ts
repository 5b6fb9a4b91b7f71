/** One simulated world: the clock, the cloud, the product's functions in it, and the judge beside it. */
import { DUE_SHARDS, KINDS, LISTS, noticesPk, WATCHED } from '../../functions/aws/items.ts';
import { ALERT_LOOKED_AT_MS, type Alert } from '../../shared/domain/alert.ts';
import { isWaiting } from '../../shared/domain/channel.ts';
import type { ContactState, EndedEnrollment } from '../../shared/domain/enrollment/state.ts';
import { type ContactId, readEnrollmentId } from '../../shared/domain/ids.ts';
import { epochMs, type Instant, instant } from '../../shared/domain/instant.ts';
import { type IncomingMessage, isUnread, type Message } from '../../shared/domain/message.ts';
import type { Sender } from '../../shared/domain/sender.ts';
import type { OutgoingMail, Ports, Settings } from '../../shared/ports.ts';
import { type Calls, makeCalls, type Run } from './calls.ts';
import type { FaultPlan } from './faults.ts';
import type { FunctionName, Functions } from './functions.ts';
import { type Asked, judgeLetters } from './judge-letters.ts';
import { type Ledger, makeLedger } from './ledger.ts';
import { makePlatform, type Platform } from './platform.ts';
import { alertsOf, clockOf, filesOf, idsOf, mailboxOf, makeScheduler, timersOf } from './ports/edges.ts';
import { storeOf } from './ports/store.ts';
import { makeTable, type Table } from './ports/table.ts';
import { makeQueues, type Queues } from './queues.ts';
import type { Random } from './random.ts';
import { type LetterTags, letterTags, makeSes, type Ses } from './ses.ts';
import { makeTimeline, type Timeline } from './timeline.ts';

export const SETTINGS: Settings = {
  replyDomain: 'reply.example.com',
  publicUrl: 'https://relance.example.com',
  alertAddress: 'alerts@example.com',
  operatorAddress: 'operator@example.com',
  region: 'eu-west-1',
  importBatchRows: 4,
};

export type World = {
  readonly timeline: Timeline;
  readonly faults: FaultPlan;
  readonly random: Random;
  readonly calls: Calls;
  readonly table: Table;
  readonly queues: Queues;
  readonly ses: Ses;
  /** Raw inbound mails by key. */
  readonly bucket: Map<string, Uint8Array>;
  /** Imports and exports by key. */
  readonly files: Map<string, Uint8Array>;
  /** When a function last wrote it. */
  readonly writtenAt: Map<string, number>;
  readonly ledger: Ledger;
  readonly platform: Platform;
  /** URLs that answer 503 at present. */
  readonly down: Set<string>;
  /** What the workload asked for; it fills these while it runs. */
  readonly asked: {
    readonly delayDays: Map<string, readonly number[]>;
    readonly quotas: Map<string, { readonly quota: number; readonly zone: string }>;
    /** Campaigns whose letters wait for a person. */
    readonly wantsApproval: Set<string>;
    /** The words that a person has let go, by `enrollment step`; noted before the call that says so. */
    readonly approvedWords: Map<string, Set<string>>;
  };
};

export type WorldOptions = {
  readonly startMs: number;
  readonly random: Random;
  readonly faults: FaultPlan;
  readonly functions: Functions;
  readonly keepsLines: boolean;
  readonly spares?: readonly FunctionName[];
};

export function makeWorld(options: WorldOptions): World {
  const { random, faults, functions } = options;
  const timeline = makeTimeline(options.startMs, options.keepsLines);
  const calls = makeCalls(timeline, faults, random.fork('durations'));
  const lag = random.fork('lag');
  const table = makeTable(timeline, () => (faults.indexLagMs === 0 ? 0 : lag.int(faults.indexLagMs)));
  const queues = makeQueues(timeline, faults, random.fork('queues'));
  const ses = makeSes(timeline, faults, random.fork('ses'), calls, queues);
  const scheduler = makeScheduler(timeline, faults, random.fork('schedules'), queues);
  const bucket = new Map<string, Uint8Array>();
  const files = new Map<string, Uint8Array>();
  const writtenAt = new Map<string, number>();
  // Two clocks may each be off, in opposite directions.
  const graceMs = 2 * faults.skewMs;
  const ledger = makeLedger(timeline, graceMs);
  const ids = idsOf(random.fork('ids'));
  const down = new Set<string>();

  const portsOf = (run: Run): Ports => ({
    store: storeOf(run, calls, table, ledger.watch),
    timers: timersOf(run, calls, timeline, scheduler, queues),
    mailer: { send: (mail) => ses.send(run, mail), allowance: () => ses.allowance(run) },
    mailbox: mailboxOf(run, calls, bucket, queues),
    files: filesOf(run, calls, { files, writtenAt }, queues, timeline),
    alerts: alertsOf(run, calls, queues, (url, body) => {
      if (down.has(url)) return false;
      ledger.posted.push({ url, body });
      return true;
    }),
    clock: clockOf(run, timeline),
    ids,
    settings: SETTINGS,
  });
  const platform = makePlatform(
    {
      timeline,
      faults,
      random: random.fork('platform'),
      queues,
      ...(options.spares ? { spares: options.spares } : {}),
    },
    functions,
    portsOf,
  );
  const asked = {
    delayDays: new Map(),
    quotas: new Map(),
    wantsApproval: new Set<string>(),
    approvedWords: new Map(),
  } satisfies World['asked'];

  ses.onCall((mail) => judgeCall(ledger, table, mail));
  ses.onRefused((mail, why) => {
    const contactId = readEnrollmentId(mail.tags.enrollment ?? '')?.contactId;
    if (why === 'rejected' && contactId) ledger.causes.set(contactId, 'rejected by SES');
  });
  const told: Asked = {
    ...asked,
    zoneOf: (contactId) => contactOf(table, contactId)?.zone,
    walkOf: (enrollment) => walkOf(table, enrollment),
  };
  ses.onAccepted(judgeLetters(ledger, told, graceMs));
  return {
    timeline,
    faults,
    random,
    calls,
    table,
    queues,
    ses,
    bucket,
    files,
    writtenAt,
    ledger,
    platform,
    asked,
    down,
  };
}

function judgeCall(ledger: Ledger, table: Table, mail: OutgoingMail): void {
  const tags = letterTags(mail.tags);
  const walk = tags && walkOf(table, tags.enrollment);
  if (!tags) return;
  // Whoever was forgotten has no walk any more; that they are not to be written to is known all the same.
  const known = walk ?? { campaign: '', sender: '' };
  const domain = mail.to[0]?.split('@')[1];
  ledger.calls(mail, { ...known, domain, claimedAt: claimedAt(table, tags) });
}

/** Of this very claim, as it was saved. */
function claimedAt(table: Table, tags: LetterTags): number | undefined {
  const contactId = readEnrollmentId(tags.enrollment)?.contactId;
  const item = contactId && table.get({ pk: `contact#${contactId}`, sk: 'state' });
  const letter = (item && (item.document as ContactState))?.enrollment?.letter;
  return letter?.kind === 'sending' && letter.claim === tags.claim ? epochMs(letter.claimedAt) : undefined;
}

export const statesIn = (table: Table): readonly ContactState[] =>
  [...table.everything()].filter(({ sk }) => sk === 'state').map((item) => item.document as ContactState);

/** Mails that were given up unread, and that no person has read since. */
export const unreadIn = (table: Table): readonly IncomingMessage[] =>
  [...table.everything()]
    .filter(({ sk }) => sk.startsWith('message#'))
    .map(({ document }) => document as Message)
    .filter((message) => message.kind === 'in')
    .filter((message) => !message.correctedAt && isUnread(message));

const contactOf = (table: Table, contactId: string) => {
  const item = table.get(KINDS.contact.key(contactId as ContactId));
  return item?.document as { readonly zone: string } | undefined;
};

function walkOf(table: Table, enrollment: string) {
  const contactId = readEnrollmentId(enrollment)?.contactId;
  if (!contactId) return undefined;
  const state = table.get({ pk: `contact#${contactId}`, sk: 'state' })?.document as ContactState | undefined;
  const copy = table.get({ pk: `contact#${contactId}`, sk: `walk#${enrollment}` })?.document as
    | EndedEnrollment
    | undefined;
  const walk = state?.enrollment?.id === enrollment ? state.enrollment : copy;
  return walk && { campaign: String(walk.campaignId), sender: String(walk.senderId) };
}

/** When `reconcile` next has something to look at: a walk, or an alert of the last day that somebody has not had. */
export function nextDueIn(table: Table, now: number): number | undefined {
  const recent = table
    .index('list', LISTS.alerts)
    .filter(({ sort }) => sort > instant(now - ALERT_LOOKED_AT_MS));
  if (recent.some(({ item }) => !isHeard(table, table.get(item)?.document as Alert))) return now;
  if (table.index('list', LISTS.erasures).length > 0) return now;
  if (table.index('list', noticesPk('waiting')).length > 0) return now;
  const moments = [...DUE_SHARDS, WATCHED].flatMap((list) => table.index('due', list)[0]?.sort ?? []);
  const first = moments.sort()[0];
  return first === undefined ? undefined : epochMs(first as Instant);
}

function isHeard(table: Table, alert: Alert): boolean {
  const sender = alert.senderId && (table.get(KINDS.sender.key(alert.senderId))?.document as Sender);
  const later = sender ? (sender.replyClock?.escalation ?? []) : [];
  const names = later.flatMap((step) => ('channel' in step ? [step.channel] : []));
  const channels = sender ? sender.channels.map(({ id }) => id) : ['operator'];
  const isOpen = isWaiting(alert) && !alert.acknowledgedAt;
  const tried = [...Object.keys(alert.delivered), ...Object.keys(alert.tried ?? {})];
  // The list is told one by one, for days: until then there is something to look at.
  if (isOpen && names.some((name) => !tried.some((way) => way.startsWith(`${name}~`)))) return false;
  const first = channels.filter((id) => !names.includes(id));
  return first.every((id) => alert.delivered[id] !== undefined || alert.tried?.[id]?.isGivenUp);
}
