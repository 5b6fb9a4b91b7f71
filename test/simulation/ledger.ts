/**
 * The judge's own book: what SES took, what was said to be recorded, what came in, what rang. It believes the fake
 * SES and the fake channels; of the product it believes only what was acknowledged, or what was written, and when.
 */
import type { ContactState } from '../../shared/domain/enrollment/state.ts';
import { readEnrollmentId } from '../../shared/domain/ids.ts';
import { epochMs, MINUTE, SECOND } from '../../shared/domain/instant.ts';
import type { OutgoingMail } from '../../shared/ports.ts';
import type { StoreWatch } from './ports/store.ts';
import type { MailSort, Prospect } from './prospects.ts';
import { type Accepted, letterTags } from './ses.ts';
import type { Timeline } from './timeline.ts';

export type Violation = { readonly rule: string; readonly detail: string };

/** A mail of a prospect on its way through the inbound path. */
export type InboundMail = {
  readonly id: string;
  readonly rawKey: string;
  readonly messageId: string;
  readonly sort: MailSort;
  readonly from: Prospect;
  readonly enrollment: string;
  readonly returnMs?: number;
  queuedAt: number;
  doneAt?: number;
  /** Of a note that holds nothing: the write that gave its hold back has landed. */
  isGivenBack?: boolean;
  /** What a person has called it; whoever reads it again says the same. */
  said?: 'reply' | 'auto-reply';
  /** A person has said that it is no answer; theirs is the last word, also over copies that are read later. */
  isOverruled?: boolean;
};

export const unread = (mail: InboundMail): string => `${mail.messageId} unread`;

/** "Not a letter to this one from now on", by whoever said so. */
type Barrier = { readonly since: number; readonly until?: number };

export type Ledger = {
  readonly violations: Violation[];
  readonly mails: Map<string, InboundMail>;
  readonly alertMails: Accepted[];
  readonly posted: { readonly url: string; readonly body: string }[];
  /** Which mail a run of `receive-mail` has in its hands. */
  readonly inHand: Map<string, string>;
  /** Why a contact's walk may end early, as the world knows it. */
  readonly causes: Map<string, string>;
  /** Who was forgotten: contact id → address. */
  readonly erased: Map<string, string>;
  violated(rule: string, detail: string): void;
  /** `key`: `contact:ID`, `enrollment:ID`, `campaign:ID`, `sender:ID`, `domain:NAME` or `inbound`. */
  raise(key: string, reason: string, until?: number): void;
  lift(key: string, reason: string): void;
  /** A call for a letter: judged by every barrier. */
  calls(
    mail: OutgoingMail,
    of: { campaign: string; sender: string; domain: string | undefined; claimedAt: number | undefined },
  ): void;
  readonly watch: StoreWatch;
};

/** Five seconds of a claim's life and three of a call (DESIGN §3). */
export const IN_FLIGHT_MS = 8 * SECOND;
/**
 * A mail in the inbound queue is read, or a dead letter after five receives; within the next quarter hour the dead
 * letters are counted, and 35 minutes after the last mark that came through the fence is closed in any case.
 */
const UNREAD_MS_MAX = 75 * MINUTE;

export function makeLedger(timeline: Timeline, graceMs: number): Ledger {
  const barriers = new Map<string, Map<string, Barrier>>();
  const ledger: Omit<Ledger, 'calls' | 'watch'> = {
    violations: [],
    mails: new Map(),
    alertMails: [],
    posted: [],
    inHand: new Map(),
    causes: new Map(),
    erased: new Map(),
    violated: (rule, detail) => {
      timeline.trace(`VIOLATION ${rule}: ${detail}`);
      ledger.violations.push({ rule, detail: `${new Date(timeline.now()).toISOString()} ${detail}` });
    },
    raise: (key, reason, until) => {
      const of = barriers.get(key) ?? new Map<string, Barrier>();
      barriers.set(key, of);
      const since = of.get(reason)?.since ?? timeline.now();
      of.set(reason, { since, ...(until === undefined ? {} : { until }) });
    },
    lift: (key, reason) => {
      barriers.get(key)?.delete(reason);
    },
  };

  const calls: Ledger['calls'] = (mail, of) => {
    const tags = letterTags(mail.tags);
    if (!tags) return;
    const now = timeline.now();
    const contact = readEnrollmentId(tags.enrollment)?.contactId ?? '';
    const keys = [
      `contact:${contact}`,
      `enrollment:${tags.enrollment}`,
      `campaign:${of.campaign}`,
      `sender:${of.sender}`,
      `domain:${of.domain}`,
      ...(tags.step > 0 ? ['inbound'] : []),
    ];
    for (const key of keys) {
      for (const [reason, { since, until }] of barriers.get(key) ?? []) {
        const isOver = until !== undefined && now >= until - graceMs;
        // What was closed before the claim must have been seen; what closed after it may meet a call in flight.
        const isBeforeClaim = of.claimedAt !== undefined && since < of.claimedAt - graceMs;
        if (isOver || (now - since <= IN_FLIGHT_MS + graceMs && !isBeforeClaim)) continue;
        const age = Math.round((now - since) / SECOND);
        ledger.violated(
          'I2 no call after a stop',
          `${tags.enrollment} step ${tags.step}: ${key} ${reason} for ${age} s`,
        );
      }
    }
    for (const one of ledger.mails.values()) {
      if (one.doneAt !== undefined || one.from.id !== contact || tags.step === 0 || one.sort === 'auto-reply')
        continue;
      if (now - one.queuedAt > UNREAD_MS_MAX) {
        ledger.violated('fence', `${tags.enrollment} step ${tags.step}: ${one.messageId} waits unread`);
      }
    }
  };
  return { ...ledger, calls, watch: watchOf(ledger) };
}

/**
 * Hold first, read second: what a reader's first write holds stays held until that very mail is read. A machine's note
 * that holds nothing is read once its hold is given back, even where the answer to that write is long on its way.
 */
function judgeUnread(
  ledger: Omit<Ledger, 'calls' | 'watch'>,
  mail: InboundMail,
  before: ContactState | undefined,
  after: ContactState,
): void {
  const key = `enrollment:${mail.enrollment}`;
  const holds = (state: ContactState | undefined): boolean =>
    state?.enrollment?.kind === 'open' && state.enrollment.holds.some(({ id }) => id === `mail:${mail.id}`);
  if (mail.sort === 'auto-reply' && holds(before) && !holds(after)) mail.isGivenBack = true;
  const isRead = mail.doneAt !== undefined || mail.isGivenBack || mail.isOverruled;
  if (isRead) ledger.lift(key, unread(mail));
  else ledger.raise(key, unread(mail));
}

/** Turns what is written into barriers: the moment of the write is the moment from which it must hold. */
function watchOf(ledger: Omit<Ledger, 'calls' | 'watch'>): StoreWatch {
  const raised = new Map<string, Set<string>>();
  const set = (key: string, wanted: ReadonlyMap<string, number | undefined>): void => {
    for (const reason of raised.get(key) ?? []) if (!wanted.has(reason)) ledger.lift(key, reason);
    for (const [reason, until] of wanted) ledger.raise(key, reason, until);
    raised.set(key, new Set(wanted.keys()));
  };
  return {
    stateSaved: (before: ContactState | undefined, after: ContactState, by: string) => {
      const mail = ledger.mails.get(ledger.inHand.get(by) ?? '');
      if (mail) judgeUnread(ledger, mail, before, after);
      if (before?.enrollment?.kind === 'open' && before.enrollment.id !== after.enrollment?.id) {
        ledger.violated('one conversation', `${before.enrollment.id} gives way to ${after.enrollment?.id}`);
      }
      const { enrollment, standing, contactId } = after;
      set(
        `contact:${contactId}`,
        standing.kind === 'suppressed' ? new Map([['suppressed', undefined]]) : new Map(),
      );
      if (!enrollment) return;
      const reasons =
        enrollment.kind === 'ended'
          ? [['ended', undefined] as const]
          : enrollment.holds.map((hold) => [hold.id, hold.until && epochMs(hold.until)] as const);
      set(`enrollment:${enrollment.id}`, new Map(reasons));
    },
    campaignSaved: ({ id, status }) =>
      set(`campaign:${id}`, status === 'running' ? new Map() : new Map([[status, undefined]])),
    senderPaused: (senderId, until, isPaused) =>
      set(`sender:${senderId}`, isPaused ? new Map([['paused', until && epochMs(until)]]) : new Map()),
    companySaved: (domain, { suppressed, heldSince }) =>
      set(
        `domain:${domain}`,
        new Map([
          ...(suppressed ? [['suppressed', undefined] as const] : []),
          ...(heldSince ? [['held', undefined] as const] : []),
        ]),
      ),
    inboundSaved: ({ deadLetters }) =>
      set('inbound', deadLetters > 0 ? new Map([['dead letters', undefined]]) : new Map()),
  };
}
