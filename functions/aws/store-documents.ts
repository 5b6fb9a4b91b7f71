/** Documents by key: load, put, put-if-absent, and the conditional replace that a person's edit needs. */
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Store } from '../../shared/ports.ts';
import { contactPk, itemOf, type Key, KINDS, stateKey } from './items.ts';
import { readDocument } from './read-items.ts';
import {
  getItem,
  getItems,
  isRefusedCondition,
  nameOf,
  putItems,
  putNewItem,
  queryAll,
  type Table,
} from './table-calls.ts';

export type DocumentStore = Pick<
  Store,
  'load' | 'loadMany' | 'putNew' | 'put' | 'putMany' | 'replace' | 'remove' | 'clearContact'
>;

export const documentStore = (table: Table): DocumentStore => ({
  async load(kind, ...key) {
    const item = await getItem(table, KINDS[kind].key(...key));
    return item ? readDocument(kind, item) : undefined;
  },

  async loadMany(kind, keys) {
    const named = keys.map((key) => KINDS[kind].key(...key));
    const items = await getItems(table, named);
    return named.map((key) => {
      const item = items.get(nameOf(key));
      return item && readDocument(kind, item);
    });
  },

  putNew: (kind, document) => putNewItem(table, itemOf(kind, document)),

  async put(kind, document) {
    await table.client().send(new PutCommand({ TableName: table.name, Item: itemOf(kind, document) }));
  },

  putMany: (kind, documents) =>
    putItems(
      table,
      documents.map((document) => itemOf(kind, document)),
    ),

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

  remove: (kind, ...key) => removeItem(table, KINDS[kind].key(...key)),

  async clearContact(contactId) {
    const items = await queryAll(table, { partition: contactPk(contactId) });
    const doomed = items.filter(({ sk }) => sk !== stateKey(contactId).sk);
    for (const { pk, sk } of doomed) await removeItem(table, { pk, sk });
    return doomed.length;
  },
});

async function removeItem(table: Table, { pk, sk }: Key): Promise<void> {
  await table.client().send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
}

/** A field that `before` has not must still be absent. A document that is gone is a conflict too. */
function stillEquals<Document extends object>(
  before: Document,
  fields: readonly (keyof Document & string)[],
) {
  const written: Written = { names: { '#document': 'document' }, values: {} };
  const tests = fields.flatMap((field) =>
    equals(written, `#document.${nameIn(written, field)}`, before[field]),
  );
  if (tests.length > TESTS_MAX) throw new Error(`A replace that compares more than ${TESTS_MAX} values.`);
  return {
    ConditionExpression: ['attribute_exists(#document)', ...tests].join(' AND '),
    ExpressionAttributeNames: written.names,
    ...(Object.keys(written.values).length > 0 ? { ExpressionAttributeValues: written.values } : {}),
  };
}

/** DynamoDB takes 300 operators and 4 KB in one expression. */
const TESTS_MAX = 100;

type Written = { readonly names: Record<string, string>; readonly values: Record<string, unknown> };

function nameIn({ names }: Written, name: string): string {
  const placeholder = `#n${Object.keys(names).length}`;
  names[placeholder] = name;
  return placeholder;
}

function valueIn({ values }: Written, value: unknown): string {
  const placeholder = `:v${Object.keys(values).length}`;
  values[placeholder] = value;
  return placeholder;
}

/**
 * Maps and lists are compared leaf by leaf and by their size: DynamoDB could compare them whole, but the engine of
 * the embedded one takes no two maps for equal.
 */
function equals(written: Written, path: string, value: unknown): readonly string[] {
  if (value === undefined) return [`attribute_not_exists(${path})`];
  if (typeof value !== 'object' || value === null) return [`${path} = ${valueIn(written, value)}`];
  const leaves: readonly (readonly [path: string, value: unknown])[] = Array.isArray(value)
    ? value.map((one, index) => [`${path}[${index}]`, one])
    : Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([name, one]) => [`${path}.${nameIn(written, name)}`, one]);
  return [
    `size(${path}) = ${valueIn(written, leaves.length)}`,
    ...leaves.flatMap(([leaf, one]) => equals(written, leaf, one)),
  ];
}
