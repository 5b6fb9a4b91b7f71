/** A company's gate: whose it is, whether its people wait, whether nobody there is ever written to. One item. */
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CompanyGate } from '../../shared/domain/gate.ts';
import type { ContactId, SenderId } from '../../shared/domain/ids.ts';
import type { CompanyHold, Store } from '../../shared/ports.ts';
import { companyGateKey, type Item, SUPPRESSED } from './items.ts';
import { instantOf, readAttribute } from './read-items.ts';
import {
  getItem,
  getItems,
  isRefusedCondition,
  nameOf,
  type Table,
  updateIf,
  withSchema,
} from './table-calls.ts';

export type CompanyStore = Pick<
  Store,
  | 'suppressDomain'
  | 'isDomainSuppressed'
  | 'loadCompany'
  | 'loadCompanies'
  | 'takeCompany'
  | 'moveCompany'
  | 'holdCompany'
  | 'releaseCompany'
>;

/** Updates throughout, never puts: the parts of the gate are written by different hands. */
export const companyStore = (table: Table): CompanyStore => ({
  async suppressDomain(domain, since) {
    await updateIf(table, {
      Key: companyGateKey(domain),
      ...(since
        ? {
            UpdateExpression: 'SET suppressed = :yes, duePk = :list, dueAt = if_not_exists(dueAt, :since)',
            ExpressionAttributeValues: { ':yes': true, ':list': SUPPRESSED, ':since': since },
          }
        : { UpdateExpression: 'REMOVE suppressed, duePk, dueAt' }),
    });
  },

  async isDomainSuppressed(domain) {
    const item = await getItem(table, companyGateKey(domain));
    return item?.suppressed === true;
  },

  async loadCompany(domain) {
    const item = await getItem(table, companyGateKey(domain));
    return item ? readCompany(item) : {};
  },

  async loadCompanies(domains) {
    const items = await getItems(table, domains.map(companyGateKey));
    return new Map(
      domains.map((domain) => {
        const item = items.get(nameOf(companyGateKey(domain)));
        return [domain, item ? readCompany(item) : {}];
      }),
    );
  },

  async takeCompany(domain, senderId) {
    // Whoever is there stays: the answer is the item as it stands after the update.
    const answer = await table.client().send(
      new UpdateCommand({
        TableName: table.name,
        ...withSchema({
          Key: companyGateKey(domain),
          UpdateExpression: 'SET #owner = if_not_exists(#owner, :me)',
          ExpressionAttributeNames: { '#owner': 'owner' },
          ExpressionAttributeValues: { ':me': senderId },
          ReturnValues: 'ALL_NEW',
        }),
      }),
    );
    return answer.Attributes?.owner as SenderId;
  },

  moveCompany: (domain, from, to) =>
    updateIf(table, {
      Key: companyGateKey(domain),
      UpdateExpression: 'SET #owner = :to',
      ConditionExpression: '#owner = :from',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: { ':from': from, ':to': to },
    }),

  async holdCompany(domain, { since, by }) {
    try {
      await table.client().send(
        new UpdateCommand({
          TableName: table.name,
          ...withSchema({
            Key: companyGateKey(domain),
            UpdateExpression: 'SET heldSince = :since, heldBy = :by',
            ConditionExpression: 'attribute_not_exists(heldSince)',
            ExpressionAttributeValues: { ':since': since, ':by': by },
          }),
        }),
      );
      return { since, by };
    } catch (error) {
      if (!isRefusedCondition(error)) throw error;
      const { heldSince, heldBy } = await this.loadCompany(domain);
      // Released in between: as if this hold had come first and been released with it.
      return { since: heldSince ?? since, by: heldBy ?? by } satisfies CompanyHold;
    }
  },

  async releaseCompany(domain) {
    await updateIf(table, { Key: companyGateKey(domain), UpdateExpression: 'REMOVE heldSince, heldBy' });
  },
});

export function readCompany(item: Item): CompanyGate {
  const heldSince = instantOf(item, 'heldSince');
  const text = (name: string): string | undefined =>
    item[name] === undefined ? undefined : (readAttribute(item, name, 'string') as string);
  const [heldBy, owner] = [text('heldBy'), text('owner')];
  return {
    ...(item.suppressed === true ? { suppressed: true } : {}),
    ...(heldSince ? { heldSince } : {}),
    ...(heldBy ? { heldBy: heldBy as ContactId } : {}),
    ...(owner ? { owner: owner as SenderId } : {}),
  };
}
