/**
 * What is taken from dynalite 4.0.0 (pinned: these are its internals): the validators with AWS's messages, the
 * actions, the key encoding and the LevelDB store. Its HTTP server is not used, because it throws, and so ends the
 * process, when a client goes away in the middle of a body.
 */
import { createRequire } from 'node:module';
import { refuseItem } from './dynamo-limits.ts';
import type { View } from './dynamo-view.ts';

export type AttributeValue = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, AttributeValue>>;
export type Fields = Record<string, unknown>;
export type KeySchema = readonly { readonly AttributeName: string }[];
export type Index = {
  readonly IndexName: string;
  readonly KeySchema: KeySchema;
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
};
export type Table = {
  readonly TableName: string;
  readonly TableStatus: string;
  readonly KeySchema: KeySchema;
  readonly GlobalSecondaryIndexes?: readonly Index[];
  readonly LocalSecondaryIndexes?: readonly Index[];
  readonly DeletionProtectionEnabled?: boolean;
};
export type Range = {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
  readonly limit?: number;
};
export type Callback<Value> = (error: unknown, value?: Value) => void;
export type Change =
  | { readonly type: 'put'; readonly key: string; readonly value: unknown }
  | { readonly type: 'del'; readonly key: string };

/** The part of dynalite's store that is used; `db` is an abstract-level database with JSON values. */
export type Database = {
  readonly db: {
    open(): Promise<void>;
    close(): Promise<void>;
    get(key: string): Promise<unknown>;
    getSync(key: string): unknown;
    put(key: string, value: unknown): Promise<void>;
    del(key: string): Promise<void>;
    batch(changes: readonly Change[]): Promise<void>;
    clear(range: Range): Promise<void>;
    keys(range: Range): AsyncIterableIterator<string>;
    values(range: Range): { nextv(size: number): Promise<readonly unknown[]>; close(): Promise<void> };
  };
  readonly options: { readonly maxItemSize: number };
  readonly tableDb: { readonly awsAccountId: string; readonly awsRegion: string };
  getTable(name: string, checkStatus: boolean, callback: Callback<Table>): void;
};

type Engine = {
  create(options: { path?: string; createTableMs: number }): Database;
  createKey(item: Item, table: Table, schema?: KeySchema): string;
  createIndexKey(item: Item, table: Table, schema: KeySchema): string;
  itemSize(item: Item): number;
  updateIndexes(
    view: View,
    table: Table,
    before: Item | null,
    after: Item | null,
    done: Callback<void>,
  ): void;
};
type Action = (view: View, data: Fields, callback: Callback<Fields>) => void;
type Shape = { readonly types: Fields; readonly custom?: unknown };
type Validations = {
  checkTypes(raw: Fields, types: Fields): Fields;
  checkValidations(data: Fields, types: Fields, custom: unknown, database: Database): void;
};

const EMPTY_VALUE = 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes';

const require = createRequire(import.meta.url);
const engine = require('dynalite/db') as Engine;
const validations = require('dynalite/validations') as Validations;

const ACTIONS = [
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'DescribeTimeToLive',
  'GetItem',
  'ListTables',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
] as const;
/** The operations that dynalite validates; the product's protocol needs no transactions, so none are here. */
export type Operation = (typeof ACTIONS)[number];

const file = (operation: Operation) => operation.charAt(0).toLowerCase() + operation.slice(1);
const actions = new Map<Operation, { action: Action; shape: Shape }>(
  ACTIONS.map((operation) => [
    operation,
    {
      action: require(`dynalite/actions/${file(operation)}`) as Action,
      shape: require(`dynalite/validations/${file(operation)}`) as Shape,
    },
  ]),
);

function entryOf(operation: Operation): { action: Action; shape: Shape } {
  const entry = actions.get(operation);
  if (!entry) throw new Error(`dynalite has no action ${operation}`);
  return entry;
}

// dynalite ends an index key with 24 bits of a hash of the table key, so that among some thousand items with equal
// index keys two would share an entry and one would vanish from the index. The whole table key is appended.
const shortIndexKey = engine.createIndexKey;
engine.createIndexKey = (item, table, schema) =>
  `${shortIndexKey(item, table, schema)}/${engine.createKey(item, table)}`;

// Every dynalite action calls this between its checks and its put or delete: the place for the limits that dynalite
// does not know, and for index entries that go into the same batch as the item.
engine.updateIndexes = (view, table, before, after, done) => {
  const refusal = after && refuseItem(view.operation, table, after, engine.itemSize(after));
  if (refusal) return done(failure('ValidationException', refusal));
  const stale = before ? indexEntries(table, before) : [];
  const fresh = after ? indexEntries(table, after) : [];
  for (const entry of stale) view.change({ type: 'del', key: entry.key });
  for (const entry of fresh) view.change({ type: 'put', key: entry.key, value: entry.value });
  done(null);
};

/** The prefixes under which one table's data lies in the one key space of the directory. */
export const itemPrefix = (table: string) => `item-${table}~`;
export const indexPrefix = (kind: string, table: string, index: string) =>
  `index-${kind.toLowerCase()}~${table}~${index}~`;

function indexEntries(table: Table, item: Item): { key: string; value: Item }[] {
  const kinds = { Local: table.LocalSecondaryIndexes ?? [], Global: table.GlobalSecondaryIndexes ?? [] };
  return Object.entries(kinds).flatMap(([kind, indexes]) =>
    indexes
      // A sparse index: an item without one of the key attributes has no entry.
      .filter((index) => index.KeySchema.every(({ AttributeName }) => item[AttributeName] !== undefined))
      .map((index) => {
        const key = engine.createIndexKey(item, table, index.KeySchema);
        return {
          key: indexPrefix(kind, table.TableName, index.IndexName) + key,
          value: project(table, index, item),
        };
      }),
  );
}

function project(table: Table, index: Index, item: Item): Item {
  if (index.Projection.ProjectionType === 'ALL') return item;
  const keys = [...index.KeySchema, ...table.KeySchema].map(({ AttributeName }) => AttributeName);
  const kept = new Set([...keys, ...(index.Projection.NonKeyAttributes ?? [])]);
  return Object.fromEntries(Object.entries(item).filter(([name]) => kept.has(name)));
}

/** An error as DynamoDB answers it; everything else that is thrown becomes InternalServerError. */
export type Failure = Error & { readonly statusCode: number; readonly body: Fields };

export function failure(type: string, message: string): Failure {
  const service =
    type === 'ValidationException' ? 'com.amazon.coral.validate' : 'com.amazonaws.dynamodb.v20120810';
  return Object.assign(new Error(message), {
    statusCode: 400,
    body: { __type: `${service}#${type}`, message },
  });
}

export const isFailure = (error: unknown): error is Failure =>
  error instanceof Error && 'statusCode' in error;

/** Opens the store; without `path` everything is in memory. Tables are active at once. */
export const createDatabase = (path?: string): Database =>
  engine.create(path === undefined ? { createTableMs: 0 } : { path, createTableMs: 0 });

/** Parses a request as AWS would, with its messages. `raw` is consumed. Throws a Failure. */
export function check(database: Database, operation: Operation, raw: Fields): Fields {
  const { shape } = entryOf(operation);
  try {
    const data = validations.checkTypes(raw, shape.types);
    validations.checkValidations(data, shape.types, shape.custom, database);
    return data;
  } catch (error) {
    if (isFailure(error)) throw error;
    // dynalite stumbles over a JSON null inside a list or an attribute, which AWS takes for a value without a type.
    throw failure('ValidationException', EMPTY_VALUE);
  }
}

/** Runs the unchanged dynalite action against a view; its writes stay in the view until `view.commit()`. */
export function run(view: View, data: Fields): Promise<Fields> {
  return new Promise((resolve, reject) => {
    view.onFault(reject);
    entryOf(view.operation).action(view, data, (error, result) => {
      if (error) reject(error);
      else resolve(result ?? {});
    });
  });
}
