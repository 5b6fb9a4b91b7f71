/** The few calls that the store makes on its table: one item, one page of a partition or index, many items at once. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { mapAtMost } from '../../shared/at-most.ts';
import type { PageAsked } from '../../shared/ports.ts';
import { type Item, type Key, SCHEMA } from './items.ts';
import { type IndexName, tableDefinition } from './table.ts';

export type Table = {
  readonly name: string;
  readonly client: () => DynamoDBDocumentClient;
  /** Waits real milliseconds between the attempts of one batch; tests wait none. */
  readonly pause?: (ms: number) => Promise<unknown>;
};

const PAGE_DEFAULT = 50;
const PAGE_MAX = 1_000;
/** What BatchGetItem takes in one call, and what BatchWriteItem does. */
const BATCH_MAX = 100;
const BATCH_WRITES_MAX = 25;
const BATCHES_AT_ONCE = 5;
/** 50 ms, doubled each time: about 6 s in all, below every function's time-out. */
const BATCH_TRIES = 8;
const BATCH_PAUSE_MS = 50;
/** 1 MB each. No contact has that much; a loop without an end would be worse than an error. */
const PARTITION_PAGES_MAX = 20;

export async function getItem(table: Table, key: Key): Promise<Item | undefined> {
  const got = await table
    .client()
    .send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }));
  return got.Item as Item | undefined;
}

/** Put-if-absent: the second put of a key changes nothing. */
export async function putNewItem(table: Table, item: Item): Promise<'put' | 'exists'> {
  try {
    await table.client().send(
      new PutCommand({
        TableName: table.name,
        Item: item,
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
    return 'put';
  } catch (error) {
    if (isRefusedCondition(error)) return 'exists';
    throw error;
  }
}

/** `false`: the condition does not hold. */
export async function updateIf(
  table: Table,
  update: Omit<UpdateCommandInput, 'TableName'>,
): Promise<boolean> {
  try {
    await table.client().send(new UpdateCommand({ ...withSchema(update), TableName: table.name }));
    return true;
  } catch (error) {
    if (isRefusedCondition(error)) return false;
    throw error;
  }
}

/** Counters and gates are made by updates: they too say which shape they have. */
export function withSchema<Given extends Omit<UpdateCommandInput, 'TableName'>>(update: Given): Given {
  const { UpdateExpression: expression = '', ExpressionAttributeValues: values } = update;
  const set = /\bSET /.test(expression)
    ? expression.replace(/\bSET /, 'SET v = :schema, ')
    : `${expression} SET v = :schema`;
  return { ...update, UpdateExpression: set, ExpressionAttributeValues: { ...values, ':schema': SCHEMA } };
}

export const isRefusedCondition = (error: unknown): error is ConditionalCheckFailedException =>
  error instanceof Error && error.name === 'ConditionalCheckFailedException';

/** Consistent. Items that do not exist are missing from the answer; the order is lost. Keyed by `nameOf`. */
export async function getItems(table: Table, keys: readonly Key[]): Promise<ReadonlyMap<string, Item>> {
  // BatchGetItem refuses a batch that names one key twice.
  const distinct = [...new Map(keys.map(({ pk, sk }) => [nameOf({ pk, sk }), { pk, sk }])).values()];
  const found = new Map<string, Item>();
  await mapAtMost(inBatches(distinct, BATCH_MAX), BATCHES_AT_ONCE, (batch) =>
    untilProcessed(table, batch, async (keys) => {
      const asked = { [table.name]: { Keys: [...keys], ConsistentRead: true } };
      const answer = await table.client().send(new BatchGetCommand({ RequestItems: asked }));
      for (const item of (answer.Responses?.[table.name] ?? []) as Item[]) found.set(nameOf(item), item);
      return (answer.UnprocessedKeys?.[table.name]?.Keys ?? []) as Key[];
    }),
  );
  return found;
}

/** Unconditional, each item by itself. BatchWriteItem, too, refuses a key named twice: the last one counts. */
export async function putItems(table: Table, items: readonly Item[]): Promise<void> {
  const distinct = [...new Map(items.map((item) => [nameOf(item), item])).values()];
  await mapAtMost(inBatches(distinct, BATCH_WRITES_MAX), BATCHES_AT_ONCE, (batch) =>
    untilProcessed(table, batch, async (open) => {
      const asked = { [table.name]: open.map((Item) => ({ PutRequest: { Item } })) };
      const answer = await table.client().send(new BatchWriteCommand({ RequestItems: asked }));
      const left = answer.UnprocessedItems?.[table.name] ?? [];
      return left.map(({ PutRequest }) => PutRequest?.Item as Item);
    }),
  );
}

export const nameOf = (key: Key): string => `${key.pk}\n${key.sk}`;

const inBatches = <One>(all: readonly One[], size: number): readonly (readonly One[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

/** Throttling and answers above 16 MB leave some unprocessed: those are asked for again, in growing intervals. */
async function untilProcessed<One>(
  table: Table,
  batch: readonly One[],
  ask: (open: readonly One[]) => Promise<readonly One[]>,
): Promise<void> {
  const pause = table.pause ?? sleep;
  let open = batch;
  for (let attempt = 0; attempt < BATCH_TRIES; attempt++) {
    if (attempt > 0) await pause(BATCH_PAUSE_MS * 2 ** (attempt - 1));
    open = await ask(open);
    if (open.length === 0) return;
  }
  throw new Error(`DynamoDB left ${open.length} keys unprocessed in ${BATCH_TRIES} attempts.`);
}

export type Cut = {
  readonly index?: IndexName;
  readonly partition: string;
  /** Only sort keys that begin so. */
  readonly prefix?: string;
  /** Only sort keys up to this one. */
  readonly upTo?: string;
  readonly newestFirst?: true;
};
/** The key attributes of one entry, of the table and of the index that was asked. */
export type EntryKey = Readonly<Record<string, string>>;

/** One page of a partition: whole items from the table (consistent), keys only from an index. */
export async function queryPage(
  table: Table,
  cut: Cut,
  limit: number | undefined,
  start?: EntryKey,
): Promise<{ readonly items: readonly Item[]; readonly last?: EntryKey }> {
  const answer = await table.client().send(
    new QueryCommand({
      TableName: table.name,
      ...keyCondition(cut),
      ...(limit === undefined ? {} : { Limit: limit }),
      ...(start ? { ExclusiveStartKey: start } : {}),
    }),
  );
  const last = answer.LastEvaluatedKey as EntryKey | undefined;
  return { items: (answer.Items ?? []) as Item[], ...(last ? { last } : {}) };
}

function keyCondition(cut: Cut): Partial<QueryCommandInput> {
  const { partitionKey, sortKey } = cut.index ? tableDefinition.indexes[cut.index] : tableDefinition;
  const sort = cut.prefix === undefined ? cut.upTo : cut.prefix;
  const test = cut.prefix === undefined ? '#sort <= :sort' : 'begins_with(#sort, :sort)';
  return {
    ...(cut.index ? { IndexName: cut.index } : { ConsistentRead: true }),
    KeyConditionExpression: sort === undefined ? '#pk = :pk' : `#pk = :pk AND ${test}`,
    ExpressionAttributeNames: { '#pk': partitionKey, ...(sort === undefined ? {} : { '#sort': sortKey }) },
    ExpressionAttributeValues: { ':pk': cut.partition, ...(sort === undefined ? {} : { ':sort': sort }) },
    ScanIndexForward: !cut.newestFirst,
  };
}

/** Every item of a part of one contact's partition. */
export async function queryAll(table: Table, cut: Cut): Promise<readonly Item[]> {
  const items: Item[] = [];
  let start: EntryKey | undefined;
  for (let pages = 0; pages < PARTITION_PAGES_MAX; pages++) {
    const page = await queryPage(table, cut, undefined, start);
    items.push(...page.items);
    start = page.last;
    if (!start) return items;
  }
  throw new Error(`More than ${PARTITION_PAGES_MAX} pages stand under ${cut.partition} / ${cut.prefix}.`);
}

export const limitOf = (page: PageAsked | undefined): number =>
  Math.min(Math.max(Math.trunc(page?.limit ?? PAGE_DEFAULT), 1), PAGE_MAX);

/** Opaque to callers: where the next page begins. */
export const writeCursor = (place: unknown): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

/** Throws an error named `BadCursor` on what `writeCursor` did not write: it comes back through the API. */
export function readCursor(after: string): unknown {
  try {
    return JSON.parse(Buffer.from(after, 'base64url').toString('utf8'));
  } catch (cause) {
    throw badCursor(cause);
  }
}

/** A cursor of another listing would ask DynamoDB to start outside the partition. */
export function readEntryKey(place: unknown, cut: Cut): EntryKey {
  const { partitionKey, sortKey } = cut.index ? tableDefinition.indexes[cut.index] : tableDefinition;
  const names = new Set([partitionKey, sortKey, tableDefinition.partitionKey, tableDefinition.sortKey]);
  const given = typeof place === 'object' && place !== null ? Object.entries(place) : [];
  const sound = given.every(([name, value]) => names.has(name as 'pk') && typeof value === 'string');
  const key = Object.fromEntries(given) as EntryKey;
  if (!sound || given.length !== names.size || key[partitionKey] !== cut.partition) throw badCursor();
  return key;
}

const badCursor = (cause?: unknown): Error =>
  Object.assign(new Error('This is no place in this listing.', { cause }), { name: 'BadCursor' });
