/** "Do not write now" for more than one contact, and the sender's daily count. Each is one item and one write. */
import { DeleteCommand, PutCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Inbound } from '../../shared/domain/gate.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Store } from '../../shared/ports.ts';
import { companyGateKey, FENCE_KEY, type Item, KINDS, pauseKey, quotaExpiresAt, quotaKey } from './items.ts';
import { readAttribute, readDocument } from './read-items.ts';
import { getItem, getItems, isRefusedCondition, nameOf, type Table } from './table-calls.ts';

export type GateStore = Pick<
  Store,
  | 'readGates'
  | 'takeQuota'
  | 'giveQuota'
  | 'pauseSender'
  | 'resumeSender'
  | 'saveInbound'
  | 'loadInbound'
  | 'suppressDomain'
  | 'isDomainSuppressed'
>;

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
    return {
      campaign: { status: readDocument('campaign', campaign).status },
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

  async giveQuota(senderId, day) {
    await updateIf(table, {
      Key: quotaKey(senderId, day),
      UpdateExpression: 'ADD used :less',
      ConditionExpression: 'used > :zero',
      ExpressionAttributeValues: { ':less': -1, ':zero': 0 },
    });
  },

  async pauseSender(senderId, until, why) {
    const item = { ...pauseKey(senderId), until, why };
    await table.client().send(new PutCommand({ TableName: table.name, Item: item }));
  },

  async resumeSender(senderId) {
    await table.client().send(new DeleteCommand({ TableName: table.name, Key: pauseKey(senderId) }));
  },

  async saveInbound({ markAt, deadLetters }) {
    if (deadLetters !== undefined) {
      await updateIf(table, {
        Key: FENCE_KEY,
        UpdateExpression: 'SET deadLetters = :count',
        ExpressionAttributeValues: { ':count': deadLetters },
      });
    }
    if (markAt === undefined) return;
    // A queue keeps no order: an older mark that arrives later says nothing new.
    await updateIf(table, {
      Key: FENCE_KEY,
      UpdateExpression: 'SET markAt = :at',
      ConditionExpression: 'attribute_not_exists(markAt) OR markAt < :at',
      ExpressionAttributeValues: { ':at': markAt },
    });
  },

  async loadInbound() {
    const item = await getItem(table, FENCE_KEY);
    return item && readFence(item);
  },

  async suppressDomain(domain, suppressed) {
    // An update, not a put: the same gate also holds the company for other reasons.
    await updateIf(table, {
      Key: companyGateKey(domain),
      ...(suppressed
        ? { UpdateExpression: 'SET suppressed = :yes', ExpressionAttributeValues: { ':yes': true } }
        : { UpdateExpression: 'REMOVE suppressed' }),
    });
  },

  async isDomainSuppressed(domain) {
    const item = await getItem(table, companyGateKey(domain));
    return item?.suppressed === true;
  },
});

/** `false`: the condition does not hold. */
async function updateIf(table: Table, update: Omit<UpdateCommandInput, 'TableName'>): Promise<boolean> {
  try {
    await table.client().send(new UpdateCommand({ ...update, TableName: table.name }));
    return true;
  } catch (error) {
    if (isRefusedCondition(error)) return false;
    throw error;
  }
}

const instantOf = (item: Item, name: string): Instant | undefined =>
  item[name] === undefined ? undefined : (readAttribute(item, name, 'instant') as Instant);

function readPause(item: Item) {
  const pausedUntil = instantOf(item, 'until');
  return { paused: true, ...(pausedUntil ? { pausedUntil } : {}) };
}

function readCompany(item: Item) {
  const heldSince = instantOf(item, 'heldSince');
  return {
    ...(item.suppressed === true ? { suppressed: true } : {}),
    ...(heldSince ? { heldSince } : {}),
  };
}

function readFence(item: Item): Inbound {
  const markAt = instantOf(item, 'markAt');
  const deadLetters = item.deadLetters === undefined ? 0 : readAttribute(item, 'deadLetters', 'number');
  return { ...(markAt ? { markAt } : {}), deadLetters: deadLetters as number };
}
