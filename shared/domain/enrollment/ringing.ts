/**
 * Which mails ring. Each once; and not more than a person writes in a day, because beyond that two machines are
 * talking, and an alert for each of their mails would teach the salesperson not to look.
 */
import type { Alert } from '../alert.ts';
import { type AlertId, derivedId, type MessageId } from '../ids.ts';
import { DAY, type Instant, msBetween } from '../instant.ts';
import type { Effect } from './effect.ts';
import type { ContactState } from './state.ts';
import type { Turn } from './turn.ts';

/** RFC 3834 §4 asks responders for one answer in days; a dozen from one person in one day is no conversation. */
export const RINGS_A_DAY_MAX = 12;
const WINDOW_MS = DAY;
/** Enough to tell a day's mails apart, on an item that should stay small. */
const NAME_CHARS = 10;

export type Ring = {
  readonly effects: readonly Effect[];
  /** What the state remembers from now on; absent where it remembers the mail already. */
  readonly rang?: ContactState['rang'];
};

/** The same mail again has the same alert and is not counted twice. Beyond the limit one alert stands for the rest. */
export function ringFor(
  state: ContactState,
  mail: {
    readonly kind: 'reply' | 'unverified';
    readonly messageId: MessageId;
    readonly urgency?: 'quiet';
    readonly detail?: string;
  },
  now: Instant,
): Ring {
  const name = mail.messageId.slice(0, NAME_CHARS);
  const isRecent = state.rang && msBetween(state.rang.since, now) < WINDOW_MS;
  const rang = isRecent && state.rang ? state.rang : { since: now, mails: [] };
  const raise = (alert: Alert): readonly Effect[] => [{ kind: 'raise-alert', alert }];
  if (rang.mails.includes(name)) return { effects: raise(alertOf(state, mail, now)) };
  if (rang.mails.length >= RINGS_A_DAY_MAX) return { effects: raise(stormOf(state, mail, rang.since, now)) };
  return {
    effects: raise(alertOf(state, mail, now)),
    rang: { since: rang.since, mails: [...rang.mails, name] },
  };
}

/** The turn, remembering that it rang. */
export function rung(turn: Turn, { rang }: Ring): Turn {
  return rang ? { ...turn, answer: 'applied', state: { ...turn.state, rang } } : turn;
}

function alertOf(state: ContactState, mail: Parameters<typeof ringFor>[1], now: Instant): Alert {
  const { kind, messageId, urgency, detail } = mail;
  return {
    id: replyAlertId(kind, messageId),
    kind,
    at: now,
    messageId,
    ...aboutWalk(state),
    ...(urgency ? { urgency } : {}),
    ...(detail ? { detail } : {}),
    delivered: {},
  };
}

const stormOf = (
  state: ContactState,
  { messageId }: { readonly messageId: MessageId },
  since: Instant,
  now: Instant,
): Alert => ({
  id: derivedId('alert', 'mail-storm', state.contactId, since) as AlertId,
  kind: 'mail-storm',
  at: now,
  messageId,
  ...aboutWalk(state),
  delivered: {},
});

function aboutWalk(state: ContactState): Partial<Alert> {
  const { contactId, enrollment: walk } = state;
  const of = walk && { enrollmentId: walk.id, campaignId: walk.campaignId, senderId: walk.senderId };
  return { contactId, ...of };
}

/** The alert about one mail: whoever has the mail finds its alert. */
export const replyAlertId = (kind: 'reply' | 'unverified', messageId: MessageId): AlertId =>
  derivedId('alert', kind, messageId) as AlertId;
