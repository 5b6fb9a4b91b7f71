/** Documents by key: load, put, put-if-absent, and the conditional replace that a person's edit needs. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Store } from '../../shared/ports.ts';
import { itemOf, KINDS } from './items.ts';
import { readDocument } from './read-items.ts';
import { getItem, isRefusedCondition, putNewItem, type Table } from './table-calls.ts';

export type DocumentStore = Pick<Store, 'load' | 'putNew' | 'put' | 'replace'>;

export const documentStore = (table: Table): DocumentStore => ({
  async load(kind, ...key) {
    const item = await getItem(table, KINDS[kind].key(...key));
    return item ? readDocument(kind, item) : undefined;
  },

  putNew: (kind, document) => putNewItem(table, itemOf(kind, document)),

  async put(kind, document) {
    await table.client().send(new PutCommand({ TableName: table.name, Item: itemOf(kind, document) }));
  },

  async replace(kind, before, after, fields) {
    try {
      await table.client().send(
        new PutCommand({
          TableName: table.name,
          Item: itemOf(kind, after),
          ...stillEquals(before, fields),
        }),
      );
      return 'saved';
    } catch (error) {
      if (isRefusedCondition(error)) return 'conflict';
      throw error;
    }
  },
});

/** A field that `before` has not must still be absent. A document that is gone is a conflict too. */
function stillEquals<Document extends object>(
  before: Document,
  fields: readonly (keyof Document & string)[],
) {
  const values: Record<string, unknown> = {};
  const names: Record<string, string> = { '#document': 'document' };
  const tests = fields.map((field, index) => {
    names[`#field${index}`] = field;
    const path = `#document.#field${index}`;
    if (before[field] === undefined) return `attribute_not_exists(${path})`;
    values[`:value${index}`] = before[field];
    return `${path} = :value${index}`;
  });
  return {
    ConditionExpression: ['attribute_exists(#document)', ...tests].join(' AND '),
    ExpressionAttributeNames: names,
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
  };
}
