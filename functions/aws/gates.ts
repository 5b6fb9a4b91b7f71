/** "Do not write now" for more than one contact, and the sender's daily count. Each is one item and one write. */
import type { Inbound } from '../../shared/domain/gate.ts';
import type { Store } from '../../shared/ports.ts';
import {
  companyGateKey,
  FENCE_KEY,
  type Item,
  KINDS,
  pauseKey,
  quotaExpiresAt,
  quotaKey,
  turnExpiresAt,
  turnKey,
} from './items.ts';
import { instantOf, readAttribute, readDocument } from './read-items.ts';
import { readCompany } from './store-companies.ts';
import { getItem, getItems, nameOf, type Table, updateIf } from './table-calls.ts';

export type GateStore = Pick<
  Store,
  | 'readGates'
  | 'takeQuota'
  | 'giveQuota'
  | 'takeTurn'
  | 'noteFate'
  | 'readFates'
  | 'pauseSender'
  | 'resumeSender'
  | 'loadSenderGate'
  | 'saveInbound'
  | 'loadInbound'
>;

const NOTHING_LATER = 'attribute_not_exists(#at) OR #at <= :at';

export const gateStore = (table: Table): GateStore => ({
  async readGates(of) {
    const campaignKey = KINDS.campaign.key(of.campaignId);
    const companyKey = of.companyDomain ? companyGateKey(of.companyDomain) : undefined;
    const keys = [campaignKey, pauseKey(of.senderId), FENCE_KEY, ...(companyKey ? [companyKey] : [])];
    const items = await getItems(table, keys);
    const campaign = items.get(nameOf(campaignKey));
    // Nothing ever deletes a campaign; to send without one would be to send with every gate open.
    if (!campaign) throw new Error(`The campaign ${of.campaignId} of a claimed letter is missing.`);
    const company = companyKey && items.get(nameOf(companyKey));
    const pause = items.get(nameOf(pauseKey(of.senderId)));
    const fence = items.get(nameOf(FENCE_KEY));
    const { status, isStopped } = readDocument('campaign', campaign);
    return {
      campaign: { status, ...(isStopped ? { isStopped } : {}) },
      ...(company ? { company: readCompany(company) } : {}),
      sender: pause ? readPause(pause) : {},
      ...(fence ? { inbound: readFence(fence) } : {}),
    };
  },

  async takeQuota(senderId, day, quota) {
    if (quota < 1) return false;
    // A repeated call whose first answer was lost counts twice: one letter fewer that day, never one more.
    return updateIf(table, {
      Key: quotaKey(senderId, day),
      UpdateExpression: 'ADD used :one SET expiresAt = :expiresAt',
      ConditionExpression: 'attribute_not_exists(used) OR used < :quota',
      ExpressionAttributeValues: { ':one': 1, ':quota': quota, ':expiresAt': quotaExpiresAt(day) },
    });
  },

  takeTurn: (name, at, most) =>
    updateIf(table, {
      Key: turnKey(name, at),
      UpdateExpression: 'ADD used :one SET expiresAt = :expiresAt',
      ConditionExpression: 'attribute_not_exists(used) OR used < :most',
      ExpressionAttributeValues: { ':one': 1, ':most': most, ':expiresAt': turnExpiresAt(at) },
    }),

  async giveQuota(senderId, day) {
    await updateIf(table, {
      Key: quotaKey(senderId, day),
      UpdateExpression: 'ADD used :less',
      ConditionExpression: 'used > :zero',
      ExpressionAttributeValues: { ':less': -1, ':zero': 0 },
    });
  },

  async noteFate(senderId, day, fate, enrollmentId) {
    // A set on the day's quota item: adding the same one again changes nothing.
    await updateIf(table, {
      Key: quotaKey(senderId, day),
      UpdateExpression: 'ADD #fate :one SET expiresAt = :expiresAt',
      ExpressionAttributeNames: { '#fate': fate },
      ExpressionAttributeValues: { ':one': new Set([enrollmentId]), ':expiresAt': quotaExpiresAt(day) },
    });
  },

  async readFates(senderId, days) {
    const keys = days.map((day) => quotaKey(senderId, day));
    const fates = { sent: 0, bounced: 0, complained: 0 };
    for (const item of (await getItems(table, keys)).values()) {
      fates.sent += (item.used as number | undefined) ?? 0;
      fates.bounced += sizeOf(item.bounced);
      fates.complained += sizeOf(item.complained);
    }
    return fates;
  },

  pauseSender: ({ senderId, at, until, why }) =>
    updateIf(table, {
      Key: pauseKey(senderId),
      UpdateExpression: until
        ? 'SET #at = :at, paused = :paused, why = :why, #until = :until'
        : 'SET #at = :at, paused = :paused, why = :why REMOVE #until',
      ConditionExpression: NOTHING_LATER,
      ExpressionAttributeNames: { '#at': 'at', '#until': 'until' },
      ExpressionAttributeValues: {
        ':at': at,
        ':paused': true,
        ':why': why,
        ...(until ? { ':until': until } : {}),
      },
    }),

  // The item stays, so that a pause that was stuck on its way comes too late.
  resumeSender: (senderId, at) =>
    updateIf(table, {
      Key: pauseKey(senderId),
      UpdateExpression: 'SET #at = :at REMOVE paused, why, #until',
      ConditionExpression: NOTHING_LATER,
      ExpressionAttributeNames: { '#at': 'at', '#until': 'until' },
      ExpressionAttributeValues: { ':at': at },
    }),

  async loadSenderGate(senderId) {
    const item = await getItem(table, pauseKey(senderId));
    return item ? readPause(item) : {};
  },

  async saveInbound({ markAt, behindAt, deadLetters }) {
    if (deadLetters !== undefined) {
      await updateIf(table, {
        Key: FENCE_KEY,
        UpdateExpression: 'SET deadLetters = :count',
        ExpressionAttributeValues: { ':count': deadLetters },
      });
    }
    // A queue keeps no order: an older mark that arrives later says nothing new.
    for (const [name, at] of Object.entries({ markAt, behindAt })) {
      if (at === undefined) continue;
      await updateIf(table, {
        Key: FENCE_KEY,
        UpdateExpression: 'SET #name = :at',
        ConditionExpression: 'attribute_not_exists(#name) OR #name < :at',
        ExpressionAttributeNames: { '#name': name },
        ExpressionAttributeValues: { ':at': at },
      });
    }
  },

  async loadInbound() {
    const item = await getItem(table, FENCE_KEY);
    return item && readFence(item);
  },
});

function readPause(item: Item) {
  if (item.paused !== true) return {};
  const pausedUntil = instantOf(item, 'until');
  return { paused: true, ...(pausedUntil ? { pausedUntil } : {}) };
}

function readFence(item: Item): Inbound {
  const markAt = instantOf(item, 'markAt');
  const deadLetters = item.deadLetters === undefined ? 0 : readAttribute(item, 'deadLetters', 'number');
  const behindAt = instantOf(item, 'behindAt');
  return {
    ...(markAt ? { markAt } : {}),
    ...(behindAt ? { behindAt } : {}),
    deadLetters: deadLetters as number,
  };
}

const sizeOf = (set: unknown): number => (set instanceof Set ? set.size : 0);
