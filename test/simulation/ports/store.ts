/** The Store port of one execution, on the table in memory: the conditions of DynamoDB, without DynamoDB. */
import { isDeepStrictEqual } from 'node:util';
import {
  becauseKey,
  companyGateKey,
  contactPk,
  FENCE_KEY,
  type Item,
  itemOf,
  type Key,
  KINDS,
  pauseKey,
  quotaKey,
  sesKey,
  stateItem,
  stateKey,
  turnKey,
  walkItem,
} from '../../../functions/aws/items.ts';
import type { Campaign } from '../../../shared/domain/campaign.ts';
import type { ContactState } from '../../../shared/domain/enrollment/state.ts';
import type { CompanyGate, Inbound } from '../../../shared/domain/gate.ts';
import { type ContactId, type EnrollmentId, readEnrollmentId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/instant.ts';
import type { Store } from '../../../shared/ports.ts';
import type { Calls, Run } from '../calls.ts';
import { companyOf, companyStoreOf } from './store-companies.ts';
import { listStore } from './store-lists.ts';
import { placeStoreOf } from './store-places.ts';
import type { Table } from './table.ts';

/** Told of every change that may close or open something, at the very moment of the change. */
export type StoreWatch = {
  stateSaved(before: ContactState | undefined, after: ContactState, by: string): void;
  campaignSaved(campaign: Campaign): void;
  senderPaused(senderId: string, until: Instant | undefined, isPaused: boolean): void;
  companySaved(domain: string, gate: CompanyGate): void;
  inboundSaved(inbound: Inbound): void;
};

type Update = { readonly [Field in string]?: unknown };

export function storeOf(run: Run, calls: Calls, table: Table, watch: StoreWatch): Store {
  const read = <Answer>(op: string, key: string, effect: () => Answer): Promise<Answer> =>
    calls.make(run, { sort: 'read', op, key }, effect);
  const write = <Answer>(op: string, key: string, effect: () => Answer): Promise<Answer> =>
    calls.make(run, { sort: 'write', op, key }, effect);
  const put = (item: Item): void => {
    const stored = asStored(item);
    table.put(stored);
    if (stored.sk === 'campaign') watch.campaignSaved(stored.document as Campaign);
  };
  const putIfNew = (item: Item): 'put' | 'exists' => {
    if (table.get(item)) return 'exists';
    put(item);
    return 'put';
  };
  const update = (key: Key, change: (item: Item) => Update | undefined): boolean => {
    const changed = change(table.get(key) ?? { ...key });
    if (changed) put({ ...changed, ...key });
    return changed !== undefined;
  };

  const stateAt = (contactId: ContactId) => {
    const item = table.get(stateKey(contactId));
    return item && { state: item.document as ContactState, version: item.version as string };
  };

  return {
    ...listStore(read, table),
    ...placeStoreOf(run, calls, table),
    loadState: (contactId) => read('loadState', contactId, () => stateAt(contactId)),
    loadStates: (contactIds) => read('loadStates', String(contactIds.length), () => contactIds.map(stateAt)),
    saveState: (state, version, writeId) =>
      write('saveState', `${state.contactId} ${letterOf(state)}`, () => {
        const before = table.get(stateKey(state.contactId));
        if (before?.version === writeId) return 'saved';
        if (before?.version !== version) return 'conflict';
        put(stateItem(state, writeId));
        watch.stateSaved(before?.document as ContactState | undefined, state, run.id);
        return 'saved';
      }),

    load: (kind, ...key) =>
      read(`load ${kind}`, key.join(' '), () => table.get(KINDS[kind].key(...key))?.document as never),
    loadMany: (kind, keys) =>
      read(`loadMany ${kind}`, String(keys.length), () =>
        keys.map((key) => table.get(KINDS[kind].key(...key))?.document as never),
      ),
    putNew: (kind, document) => {
      const item = itemOf(kind, document);
      return write(`putNew ${kind}`, item.sk, () => putIfNew(item));
    },
    put: (kind, document) => {
      const item = itemOf(kind, document);
      return write(`put ${kind}`, item.sk, () => put(item));
    },
    // One call each: what fails in the middle of a batch leaves the others put.
    putMany: async (kind, documents) => {
      for (const item of documents.map((document) => itemOf(kind, document)))
        await write(`putMany ${kind}`, item.sk, () => put(item));
    },
    replace: (kind, before, after, fields) => {
      const item = itemOf(kind, after);
      return write(`replace ${kind}`, item.sk, () => {
        const stored = table.get(item)?.document as Record<string, unknown> | undefined;
        const wanted = clean(before) as Record<string, unknown>;
        const isSame = stored && fields.every((field) => isDeepStrictEqual(stored[field], wanted[field]));
        if (!isSame) return 'conflict';
        put(item);
        return 'saved';
      });
    },

    remove: (kind, ...key) =>
      write(`remove ${kind}`, key.join(' '), () => table.remove(KINDS[kind].key(...key))),
    clearContact: (contactId) =>
      write('clearContact', contactId, () => {
        const doomed = table.partition(contactPk(contactId), '').filter(({ sk }) => sk !== 'state');
        for (const item of doomed) table.remove(item);
        return doomed.length;
      }),

    keepBecause: (enrollmentId, number, because) =>
      write('keepBecause', `${enrollmentId} ${number}`, () => {
        putIfNew({ ...becauseKey(contactOf(enrollmentId), enrollmentId, number), document: because });
      }),
    keepWalk: (walk, contactId) =>
      write('keepWalk', walk.id, () => {
        putIfNew(walkItem(contactId, walk));
      }),
    linkSesId: (sesId, enrollmentId, step) =>
      write('linkSesId', sesId, () => put({ ...sesKey(sesId.toLowerCase()), enrollmentId, step })),
    findSesId: (sesId) =>
      read('findSesId', sesId.slice(0, 60), () => {
        const item = sesId === '' || sesId.length > 128 ? undefined : table.get(sesKey(sesId.toLowerCase()));
        return item && { enrollmentId: item.enrollmentId as EnrollmentId, step: item.step as number };
      }),

    readGates: (of) =>
      read('readGates', of.campaignId, () => {
        const campaign = table.get(KINDS.campaign.key(of.campaignId))?.document as Campaign | undefined;
        if (!campaign) throw new Error(`The campaign ${of.campaignId} of a claimed letter is missing.`);
        const company = of.companyDomain ? table.get(companyGateKey(of.companyDomain)) : undefined;
        const pause = table.get(pauseKey(of.senderId));
        const fence = table.get(FENCE_KEY);
        const until = pause?.until as Instant | undefined;
        return {
          campaign: { status: campaign.status, ...(campaign.isStopped ? { isStopped: true } : {}) },
          ...(company ? { company: companyOf(company) } : {}),
          sender: pause?.paused ? { paused: true, ...(until ? { pausedUntil: until } : {}) } : {},
          ...(fence ? { inbound: inboundOf(fence) } : {}),
        };
      }),
    takeQuota: (senderId, day, quota) =>
      write('takeQuota', `${senderId} ${day}`, () =>
        update(quotaKey(senderId, day), (item) => {
          const used = (item.used as number | undefined) ?? 0;
          return used < quota ? { ...item, used: used + 1 } : undefined;
        }),
      ),
    takeTurn: (name, at, most) =>
      write('takeTurn', `${name} ${at}`, () =>
        update(turnKey(name, at), (item) => {
          const used = (item.used as number | undefined) ?? 0;
          return used < most ? { ...item, used: used + 1 } : undefined;
        }),
      ),
    giveQuota: (senderId, day) =>
      write('giveQuota', `${senderId} ${day}`, () => {
        update(quotaKey(senderId, day), (item) => {
          const used = (item.used as number | undefined) ?? 0;
          return used > 0 ? { ...item, used: used - 1 } : undefined;
        });
      }),
    noteFate: (senderId, day, fate, enrollmentId) =>
      write('noteFate', `${senderId} ${day}`, () => {
        update(quotaKey(senderId, day), (item) => ({
          ...item,
          [fate]: [...new Set([...((item[fate] as string[] | undefined) ?? []), enrollmentId])],
        }));
      }),
    readFates: (senderId, days) =>
      read('readFates', senderId, () => {
        const fates = { sent: 0, bounced: 0, complained: 0 };
        for (const day of days) {
          const item = table.get(quotaKey(senderId, day));
          fates.sent += (item?.used as number | undefined) ?? 0;
          fates.bounced += (item?.bounced as string[] | undefined)?.length ?? 0;
          fates.complained += (item?.complained as string[] | undefined)?.length ?? 0;
        }
        return fates;
      }),
    pauseSender: ({ senderId, at, until, why }) =>
      write('pauseSender', `${senderId} ${until ?? ''}`, () => {
        if (String(table.get(pauseKey(senderId))?.at ?? '') > at) return false;
        put({ ...pauseKey(senderId), at, paused: true, until, why });
        watch.senderPaused(senderId, until, true);
        return true;
      }),
    resumeSender: (senderId, at) =>
      write('resumeSender', senderId, () => {
        if (String(table.get(pauseKey(senderId))?.at ?? '') > at) return false;
        put({ ...pauseKey(senderId), at });
        watch.senderPaused(senderId, undefined, false);
        return true;
      }),
    loadSenderGate: (senderId) =>
      read('loadSenderGate', senderId, () => {
        const pause = table.get(pauseKey(senderId));
        const until = pause?.until as Instant | undefined;
        return pause?.paused ? { paused: true, ...(until ? { pausedUntil: until } : {}) } : {};
      }),
    saveInbound: ({ markAt, behindAt, deadLetters }) =>
      write('saveInbound', markAt ?? (behindAt ? `behind ${behindAt}` : `dead ${deadLetters}`), () => {
        update(FENCE_KEY, (item) => {
          const isNewer = (name: string, at: string | undefined): boolean =>
            at !== undefined && (item[name] === undefined || String(item[name]) < at);
          return {
            ...item,
            ...(deadLetters === undefined ? {} : { deadLetters }),
            ...(isNewer('markAt', markAt) ? { markAt } : {}),
            ...(isNewer('behindAt', behindAt) ? { behindAt } : {}),
          };
        });
        const saved = table.get(FENCE_KEY);
        if (saved) watch.inboundSaved(inboundOf(saved));
      }),
    loadInbound: () =>
      read('loadInbound', '', () => {
        const item = table.get(FENCE_KEY);
        return item && inboundOf(item);
      }),
    ...companyStoreOf(read, write, table, put, watch),
  };
}

/** What comes back is what JSON carries, and nobody may change it by hand. */
function asStored(item: Item): Item {
  return frozen(clean(item)) as Item;
}

const clean = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  for (const one of Object.values(value)) frozen(one);
  return Object.freeze(value);
}

const inboundOf = (item: Item): Inbound => ({
  ...(item.markAt === undefined ? {} : { markAt: item.markAt as Instant }),
  ...(item.behindAt === undefined ? {} : { behindAt: item.behindAt as Instant }),
  deadLetters: (item.deadLetters as number | undefined) ?? 0,
});

function contactOf(enrollmentId: EnrollmentId) {
  const read = readEnrollmentId(enrollmentId);
  if (!read) throw new Error('An enrollment id that leads to no contact.');
  return read.contactId;
}

/** For the trace: where the walk stands. */
function letterOf({ enrollment }: ContactState): string {
  if (!enrollment) return 'no walk';
  const letter = enrollment.letter ? `${enrollment.letter.kind} ${enrollment.letter.step}` : '';
  if (enrollment.kind === 'open') return `${letter} ${enrollment.holds.map((hold) => hold.id).join(' ')}`;
  return `${enrollment.end.kind === 'finished' ? 'finished' : enrollment.end.why} ${letter}`;
}
