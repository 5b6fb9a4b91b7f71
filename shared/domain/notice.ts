/**
 * What other systems are told: one fact about one contact, at least once, deduplicated by its id, numbered per contact
 * so that a receiver can put them in order and miss none. Only opaque ids are kept; the words are read when it is sent.
 */
import type { Delivery } from './alert.ts';
import type { CampaignId, ContactId, EnrollmentId, MessageId, SenderId, TaskId } from './ids.ts';
import { DAY, type Instant } from './instant.ts';

export const NOTICE_TYPES = [
  'letter.sent',
  'reply.received',
  'absence.detected',
  'task.due',
  'contact.suppressed',
] as const;
export type NoticeType = (typeof NOTICE_TYPES)[number];

/** A fact, before anybody is found who wants to hear it. */
export type News = {
  readonly id: string;
  readonly type: NoticeType;
  readonly at: Instant;
  readonly contactId: ContactId;
  readonly enrollmentId?: EnrollmentId;
  readonly campaignId?: CampaignId;
  readonly senderId?: SenderId;
  readonly messageId?: MessageId;
  readonly taskId?: TaskId;
  /** Of a letter, from 0. */
  readonly step?: number;
  /** Of a suppression: a code. */
  readonly why?: string;
};

export type Notice = News & {
  /** 1, 2, 3… per contact. */
  readonly sequence: number;
  /** Endpoints that have neither taken it nor been given up on. */
  readonly waiting: readonly string[];
  /** Endpoints that took it for a day and never answered well: "try again" asks them once more. */
  readonly dead: readonly string[];
} & Delivery;

/** Where facts go. `secret` signs them by the Standard Webhooks scheme. */
export type Endpoint = {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  /** All of them where left out. */
  readonly types?: readonly NoticeType[];
  readonly createdAt: Instant;
};

/** One small document: whoever has news reads it, and mostly it is empty. */
export type Endpoints = {
  readonly id: 'all';
  readonly items: readonly Endpoint[];
  readonly revision: number;
};
export const ENDPOINTS_MAX = 20;

/** Which numbers the last news of one contact got: repeated news get none anew. */
export type Numbering = {
  readonly contactId: ContactId;
  readonly last: number;
  readonly ids: Readonly<Record<string, number>>;
};
/** News repeat within hours; the notice itself is kept longer than this many others take to come. */
const NUMBERS_KEPT = 40;

export const NOTICE_KEPT_MS = 30 * DAY;

export const takesNotice = ({ types }: Endpoint, type: NoticeType): boolean =>
  types === undefined || types.includes(type);

export function numbered(
  before: Numbering | undefined,
  contactId: ContactId,
  id: string,
): { readonly sequence: number; readonly after?: Numbering } {
  const known = before?.ids[id];
  if (known !== undefined) return { sequence: known };
  const sequence = (before?.last ?? 0) + 1;
  const kept = Object.entries(before?.ids ?? {}).filter(([, number]) => number > sequence - NUMBERS_KEPT);
  return {
    sequence,
    after: { contactId, last: sequence, ids: { ...Object.fromEntries(kept), [id]: sequence } },
  };
}
