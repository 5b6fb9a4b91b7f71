/**
 * What stands where in the one table. An item is its key, its document, and the index attributes that follow from it.
 *
 *   pk                    sk                                   item                    list index (pk, sk)
 *   contact#<id>          state                                the state item          campaign#<id>, <enrollment id>
 *                         (due index: due#<shard>, the moment when reconcile looks at it again;
 *                         of a suppressed one that waits for nothing: suppressed, <since>)
 *   contact#<id>          profile                              contact                 company#<domain>, <contact id>
 *                         (due index: contacts, <contact id>: the list of all)
 *   contact#<id>          letters#<campaign id>                letters written for them -
 *   contact#<id>          message#<id>                         message                 inbox, <at>#<id> (inbound ones)
 *   unmatched             message#<id>                         message of nobody       unmatched, <at>#<id>
 *   contact#<id>          task#<id>                            task                    tasks, <due>#<id> (while open)
 *   contact#<id>          because#<enrollment id>#<6 digits>   an older reason         -
 *   contact#<id>          walk#<enrollment id>                 an ended enrollment     campaign#<id>, <enrollment id>
 *   campaign#<id>         campaign                             campaign                campaigns, <created>#<id>
 *   campaign#<id>         roster#<page>                        page of its contacts    -
 *   campaign#<id>         report#<id>                          what a launch took and refused   -
 *   sequence#<id>         v<6 digits>                          sequence version        sequences, <id>#v<6 digits>
 *   sender#<id>           sender                               sender                  senders, <id>
 *   sender#<id>           pause                                the sender's gate       -
 *   company#<domain>      gate                                 the company's gate      -
 *                         (due index, while suppressed: suppressed, <since>)
 *   inbound               fence                                the inbound fence       -
 *   quota#<sender id>     <day>                                letters taken (TTL)     -
 *   places#<sender id>    <day>                                places reserved (TTL)   -
 *   slots#<sender id>     <instant>                            a meeting slot (TTL)    -
 *                         (due index, both: watched, the moment when reconcile is to look at them)
 *   ses#<ses id>          ses                                  SES id → enrollment     -
 *   alert#<id>            alert                                alert                   alerts, <at>#<id>
 *   notice#<id>           notice                               news for other systems (TTL)    notices-waiting or -dead, <at>#<id>
 *   allowance             ses                                  what SES lets the account send  -
 *   endpoints             endpoints                            where news go           -
 *   contact#<id>          numbering                            numbers of their news   -
 *   attempts#<alert id>   <at>#<way>                           line of the delivery log (TTL)  -
 *   turn#<robot>          <minute>                             messages of that minute (TTL)   -
 *   arrival#<id>          arrival                              unread mail (TTL)       -
 *   import#<id>           import                               import (TTL)            imports, <created>#<id>
 *   erasure#<contact id>  erasure                              a wish to be forgotten  erasures, <asked>#<id> (while open)
 *   audit#<day>           <at>#<id>                            who did what (TTL)      audit, <at>#<id>
 *   retention             retention                            how long things are kept -
 *   repeat#<id>           repeat                               a call's answer (TTL)   idempotency, <at>#<id>
 */

import type { ContactState, EndedEnrollment } from '../../shared/domain/enrollment/state.ts';
import { wakeAt } from '../../shared/domain/enrollment/wake.ts';
import type { CampaignId, ContactId, EnrollmentId, SenderId } from '../../shared/domain/ids.ts';
import { DAY, epochMs, type Instant, instant } from '../../shared/domain/instant.ts';
import { NOTICE_KEPT_MS, type Notice } from '../../shared/domain/notice.ts';
import type { Documents, Keys, Kind } from '../../shared/ports.ts';
import { REPEAT_KEPT_MS } from '../../shared/repeat.ts';

export type Key = { readonly pk: string; readonly sk: string };
export type Item = Key & Readonly<Record<string, unknown>>;

/**
 * The shape of what is written, in the attribute `v` of every item. Readers take this one and the one before, so that
 * functions of both may run side by side while a deployment goes through. 1 (also where no `v` stands): reasons as a
 * list. 2: reasons packed.
 */
export const SCHEMA = 2;

type KindSpec<K extends Kind> = {
  readonly key: (...key: Keys[K]) => Key;
  readonly keyOf: (document: Documents[K]) => Keys[K];
  /** Index and TTL attributes that follow from the document. */
  readonly attributes?: (document: Documents[K]) => Readonly<Record<string, string | number>>;
};

const six = (number: number): string => String(number).padStart(6, '0');

/** An unread mail is queued again within minutes; after a month nobody can want its envelope. */
const ARRIVAL_KEPT_MS = 30 * DAY;
/** Yesterday's count is never read again; the margin is for whoever asks how many letters went out. */
const QUOTA_KEPT_MS = 60 * DAY;
/** Its files are gone long before. */
const IMPORT_KEPT_MS = 90 * DAY;

/** A quarter: whoever asks why an alert did not come asks within days. */
const ATTEMPT_KEPT_MS = 90 * DAY;
/** A minute that is over is never counted again. */
const TURN_KEPT_MS = DAY;

export const noticesPk = (of: 'waiting' | 'dead'): string => `notices-${of}`;
/** Out of every list once each endpoint has taken it. */
function noticeList({ waiting, dead, at, id }: Notice): Record<string, string> {
  if (waiting.length + dead.length === 0) return {};
  return { listPk: noticesPk(waiting.length > 0 ? 'waiting' : 'dead'), listSk: `${at}#${id}` };
}

export const attemptsPk = (of: string): string => `attempts#${of}`;
/** `at` to the minute. */
export const turnKey = (name: string, at: Instant): Key => ({ pk: `turn#${name}`, sk: at.slice(0, 16) });
export const turnExpiresAt = (at: Instant): number => secondsAfter(at, TURN_KEPT_MS);

export const contactPk = (id: ContactId): string => `contact#${id}`;
export const sequencePk = (id: string): string => `sequence#${id}`;
export const campaignList = (id: CampaignId): string => `campaign#${id}`;
export const REPORTS = 'report#';
export const LISTS = {
  campaigns: 'campaigns',
  senders: 'senders',
  sequences: 'sequences',
  tasks: 'tasks',
  alerts: 'alerts',
  imports: 'imports',
  erasures: 'erasures',
  audit: 'audit',
  repeats: 'idempotency',
} as const;

export const KINDS: { readonly [K in Kind]: KindSpec<K> } = {
  sender: {
    key: (id) => ({ pk: `sender#${id}`, sk: 'sender' }),
    keyOf: (sender) => [sender.id],
    attributes: (sender) => ({ listPk: LISTS.senders, listSk: sender.id }),
  },
  sequence: {
    key: (id, version) => ({ pk: sequencePk(id), sk: `v${six(version)}` }),
    keyOf: (sequence) => [sequence.id, sequence.version],
    attributes: (one) => ({ listPk: LISTS.sequences, listSk: `${one.id}#v${six(one.version)}` }),
  },
  campaign: {
    key: (id) => ({ pk: `campaign#${id}`, sk: 'campaign' }),
    keyOf: (campaign) => [campaign.id],
    attributes: (one) => ({ listPk: LISTS.campaigns, listSk: `${one.createdAt}#${one.id}` }),
  },
  roster: {
    key: (campaignId, page) => ({ pk: `campaign#${campaignId}`, sk: `roster#${page}` }),
    keyOf: (roster) => [roster.campaignId, roster.page],
  },
  report: {
    key: (campaignId, id) => ({ pk: `campaign#${campaignId}`, sk: `${REPORTS}${id}` }),
    keyOf: (report) => [report.campaignId, report.id],
  },
  contact: {
    key: (id) => ({ pk: contactPk(id), sk: 'profile' }),
    keyOf: (contact) => [contact.id],
    attributes: (contact): Record<string, string> => ({
      duePk: CONTACTS,
      dueAt: contact.id,
      ...(contact.companyDomain ? { listPk: companyPk(contact.companyDomain), listSk: contact.id } : {}),
    }),
  },
  letters: {
    key: (contactId, campaignId) => ({ pk: contactPk(contactId), sk: `letters#${campaignId}` }),
    keyOf: (letters) => [letters.contactId, letters.campaignId],
  },
  message: {
    key: (of, id) => ({ pk: messagePk(of), sk: `message#${id}` }),
    keyOf: (message) => [message.contactId ?? UNMATCHED, message.id],
    attributes: (message): Record<string, string> =>
      message.kind === 'out'
        ? {}
        : { listPk: message.contactId ? INBOX : UNMATCHED, listSk: `${message.at}#${message.id}` },
  },
  task: {
    key: (contactId, id) => ({ pk: contactPk(contactId), sk: `task#${id}` }),
    keyOf: (task) => [task.contactId, task.id],
    attributes: (task): Record<string, string> =>
      task.status === 'open' ? { listPk: LISTS.tasks, listSk: `${task.dueAt}#${task.id}` } : {},
  },
  alert: {
    key: (id) => ({ pk: `alert#${id}`, sk: 'alert' }),
    keyOf: (alert) => [alert.id],
    attributes: (alert) => ({ listPk: LISTS.alerts, listSk: `${alert.at}#${alert.id}` }),
  },
  notice: {
    key: (id) => ({ pk: `notice#${id}`, sk: 'notice' }),
    keyOf: (notice) => [notice.id],
    attributes: (notice): Record<string, string | number> => ({
      expiresAt: secondsAfter(notice.at, NOTICE_KEPT_MS),
      ...noticeList(notice),
    }),
  },
  allowance: {
    key: () => ({ pk: 'allowance', sk: 'ses' }),
    keyOf: () => ['ses'],
  },
  endpoints: {
    key: () => ({ pk: 'endpoints', sk: 'endpoints' }),
    keyOf: () => ['all'],
  },
  numbering: {
    key: (contactId) => ({ pk: contactPk(contactId), sk: 'numbering' }),
    keyOf: (numbering) => [numbering.contactId],
  },
  attempt: {
    key: (of, at, way) => ({ pk: attemptsPk(of), sk: `${at}#${way}` }),
    keyOf: (attempt) => [attempt.of, attempt.at, attempt.way],
    attributes: (attempt) => ({ expiresAt: secondsAfter(attempt.at, ATTEMPT_KEPT_MS) }),
  },
  arrival: {
    key: (id) => ({ pk: `arrival#${id}`, sk: 'arrival' }),
    keyOf: (arrival) => [arrival.id],
    attributes: (arrival) => ({ expiresAt: secondsAfter(arrival.at, ARRIVAL_KEPT_MS) }),
  },
  import: {
    key: (id) => ({ pk: `import#${id}`, sk: 'import' }),
    keyOf: (one) => [one.id],
    attributes: (one) => ({
      listPk: LISTS.imports,
      listSk: `${one.createdAt}#${one.id}`,
      expiresAt: secondsAfter(one.createdAt, IMPORT_KEPT_MS),
    }),
  },
  erasure: {
    key: (contactId) => ({ pk: `erasure#${contactId}`, sk: 'erasure' }),
    keyOf: (erasure) => [erasure.contactId],
    attributes: (erasure): Record<string, string> =>
      erasure.doneAt ? {} : { listPk: LISTS.erasures, listSk: `${erasure.askedAt}#${erasure.contactId}` },
  },
  audit: {
    key: (at, id) => ({ pk: `audit#${at.slice(0, 10)}`, sk: `${at}#${id}` }),
    keyOf: (entry) => [entry.at, entry.id],
    attributes: (entry) => ({
      listPk: LISTS.audit,
      listSk: `${entry.at}#${entry.id}`,
      expiresAt: secondsAfter(entry.expiresAt, 0),
    }),
  },
  retention: {
    key: () => ({ pk: 'retention', sk: 'retention' }),
    keyOf: () => ['all'],
  },
  repeat: {
    key: (id) => ({ pk: `repeat#${id}`, sk: 'repeat' }),
    keyOf: (repeat) => [repeat.id],
    // Listed, because an answer may speak of a person who is to be erased.
    attributes: ({ at, id }) => ({
      listPk: LISTS.repeats,
      listSk: `${at}#${id}`,
      expiresAt: secondsAfter(at, REPEAT_KEPT_MS),
    }),
  },
};

/** Partitions of the due index that are lists of their own: an item has one place in it, and these wait for nothing. */
export const CONTACTS = 'contacts';
export const SUPPRESSED = 'suppressed';
/** Places and slots that reconcile is to look at. */
export const WATCHED = 'watched';

export const UNMATCHED = 'unmatched';
/** What came from contacts, newest first: the list that a person reads in the morning. */
export const INBOX = 'inbox';
export const messagePk = (of: ContactId | typeof UNMATCHED): string =>
  of === UNMATCHED ? UNMATCHED : contactPk(of);

export const stateKey = (id: ContactId): Key => ({ pk: contactPk(id), sk: 'state' });
export const becauseKey = (contactId: ContactId, walk: EnrollmentId, number: number): Key => ({
  pk: contactPk(contactId),
  sk: `because#${walk}#${six(number)}`,
});
export const walkKey = (contactId: ContactId, walk: EnrollmentId): Key => ({
  pk: contactPk(contactId),
  sk: `walk#${walk}`,
});
export const pauseKey = (id: SenderId): Key => ({ pk: `sender#${id}`, sk: 'pause' });
export const companyPk = (domain: string): string => `company#${domain.toLowerCase()}`;
export const companyGateKey = (domain: string): Key => ({ pk: companyPk(domain), sk: 'gate' });
export const FENCE_KEY: Key = { pk: 'inbound', sk: 'fence' };
export const quotaKey = (id: SenderId, day: string): Key => ({ pk: `quota#${id}`, sk: day });
export const sesKey = (sesId: string): Key => ({ pk: `ses#${sesId}`, sk: 'ses' });

export const placesKey = (id: SenderId, day: string): Key => ({ pk: `places#${id}`, sk: day });
export const slotsPk = (id: SenderId): string => `slots#${id}`;
export const slotKey = (id: SenderId, at: Instant): Key => ({ pk: slotsPk(id), sk: at });
/** A meeting that is over can be offered to nobody else; the margin is for whoever looks back. */
export const slotExpiresAt = (at: Instant): number => secondsAfter(at, QUOTA_KEPT_MS);

/** `day` is an ISO date. */
export const quotaExpiresAt = (day: string): number => secondsAfter(instant(day), QUOTA_KEPT_MS);

export function itemOf<K extends Kind>(kind: K, document: Documents[K]): Item {
  const spec: KindSpec<K> = KINDS[kind];
  return { ...spec.key(...spec.keyOf(document)), v: SCHEMA, document, ...spec.attributes?.(document) };
}

/** Four partitions, so that a launch of thousands does not write its index entries into one. */
export const DUE_SHARDS = ['due#0', 'due#1', 'due#2', 'due#3'] as const;

/** A contact id is an HMAC already; its last character (5 bits of it) spreads well enough. */
const dueShard = (id: ContactId): string => DUE_SHARDS[id.charCodeAt(id.length - 1) & 3] ?? DUE_SHARDS[0];

export function stateItem(state: ContactState, writeId: string): Item {
  const due = wakeAt(state);
  const { standing } = state;
  return {
    ...stateKey(state.contactId),
    v: SCHEMA,
    version: writeId,
    document: state,
    ...(state.enrollment ? walkAttributes(state.enrollment) : {}),
    ...(due ? { duePk: dueShard(state.contactId), dueAt: due } : {}),
    ...(!due && standing.kind === 'suppressed' ? { duePk: SUPPRESSED, dueAt: standing.since } : {}),
  };
}

export const walkItem = (contactId: ContactId, walk: EndedEnrollment): Item => ({
  ...walkKey(contactId, walk.id),
  v: SCHEMA,
  document: walk,
  ...walkAttributes(walk),
});

const walkAttributes = (walk: { readonly campaignId: CampaignId; readonly id: EnrollmentId }) => ({
  listPk: campaignList(walk.campaignId),
  listSk: walk.id,
});

const secondsAfter = (at: Instant, ms: number): number => Math.floor((epochMs(at) + ms) / 1_000);
