/** The operations on whole tables: active at once, deletion protection, time to live. All run alone, as writes do. */
import {
  check,
  type Database,
  type Fields,
  failure,
  indexPrefix,
  itemPrefix,
  run,
  type Table,
} from './dynamo-engine.ts';
import { createView } from './dynamo-view.ts';

type TimeToLive = { readonly AttributeName: string; readonly Enabled: boolean };

const TABLE_PREFIX = 'table~';
/** The setting lies beside the table's record, because DescribeTable returns that record as it is. */
const TTL_PREFIX = 'ttl~';
const MAX_TTL_ATTRIBUTE_LENGTH = 255;
const DEFAULT_TABLES_PER_PAGE = 100;
const END = '\xff';

export function loadTable(database: Database, name: string): Promise<Table> {
  return new Promise((resolve, reject) => {
    database.getTable(name, false, (error, table) => (table ? resolve(table) : reject(error)));
  });
}

/** CreateTable. Unlike AWS the table is ACTIVE in the answer already, as in DynamoDB Local. */
export async function createTable(database: Database, now: () => number, raw: Fields): Promise<Fields> {
  const isProtected = readFlag(raw, 'DeletionProtectionEnabled') ?? false;
  const view = createView(database, 'CreateTable');
  const result = await run(view, check(database, 'CreateTable', raw));
  const description = result.TableDescription as Fields;
  const table: Fields = {
    ...description,
    TableStatus: 'ACTIVE',
    CreationDateTime: now() / 1000,
    DeletionProtectionEnabled: isProtected,
  };
  if (Array.isArray(table.GlobalSecondaryIndexes)) {
    table.GlobalSecondaryIndexes = table.GlobalSecondaryIndexes.map((index: Fields) => ({
      ...index,
      IndexStatus: 'ACTIVE',
    }));
  }
  await database.db.put(TABLE_PREFIX + String(table.TableName), table);
  return { TableDescription: table };
}

/** UpdateTable, as far as the product needs it: deletion protection. */
export async function updateTable(database: Database, raw: Fields): Promise<Fields> {
  const isProtected = readFlag(raw, 'DeletionProtectionEnabled');
  const others = Object.keys(raw).filter(
    (name) => !['TableName', 'DeletionProtectionEnabled'].includes(name),
  );
  if (isProtected === undefined || others.length > 0) {
    throw failure('ValidationException', 'The local DynamoDB updates nothing but DeletionProtectionEnabled');
  }
  const table = await loadTable(database, String(raw.TableName));
  const updated = { ...table, DeletionProtectionEnabled: isProtected };
  await database.db.put(TABLE_PREFIX + table.TableName, updated);
  return { TableDescription: updated };
}

/**
 * DeleteTable. The table's record goes last: a crash in between leaves a table with fewer items, which can be
 * deleted again, and never items that a new table of the same name would inherit.
 */
export async function deleteTable(database: Database, raw: Fields): Promise<Fields> {
  const { TableName } = check(database, 'DeleteTable', raw);
  const table = await loadTable(database, String(TableName));
  if (table.DeletionProtectionEnabled) {
    throw failure(
      'ValidationException',
      'Resource cannot be deleted as it is currently protected against deletion. ' +
        'Disable deletion protection first.',
    );
  }
  const kinds = { Local: table.LocalSecondaryIndexes ?? [], Global: table.GlobalSecondaryIndexes ?? [] };
  const prefixes = Object.entries(kinds).flatMap(([kind, indexes]) =>
    indexes.map((index) => indexPrefix(kind, table.TableName, index.IndexName)),
  );
  for (const prefix of [...prefixes, itemPrefix(table.TableName)]) {
    await database.db.clear({ gte: prefix, lt: prefix + END });
  }
  await database.db.batch([
    { type: 'del', key: TTL_PREFIX + table.TableName },
    { type: 'del', key: TABLE_PREFIX + table.TableName },
  ]);
  return { TableDescription: { ...table, TableStatus: 'DELETING' } };
}

/** ListTables by key range; dynalite's own reads every key of every item. */
export async function listTables(database: Database, raw: Fields): Promise<Fields> {
  const { Limit, ExclusiveStartTableName } = check(database, 'ListTables', raw);
  const limit = typeof Limit === 'number' ? Limit : DEFAULT_TABLES_PER_PAGE;
  const start = typeof ExclusiveStartTableName === 'string' ? ExclusiveStartTableName : '';
  const names: string[] = [];
  for await (const key of database.db.keys({
    gt: TABLE_PREFIX + start,
    lt: TABLE_PREFIX + END,
    limit: limit + 1,
  })) {
    names.push(key.slice(TABLE_PREFIX.length));
  }
  const page = names.slice(0, limit);
  return { TableNames: page, ...(names.length > limit && { LastEvaluatedTableName: page.at(-1) }) };
}

export async function updateTimeToLive(database: Database, raw: Fields): Promise<Fields> {
  const table = await loadTable(database, String(raw.TableName));
  const wanted = (raw.TimeToLiveSpecification ?? {}) as Partial<TimeToLive>;
  const { AttributeName, Enabled } = wanted;
  if (
    typeof Enabled !== 'boolean' ||
    typeof AttributeName !== 'string' ||
    AttributeName.length < 1 ||
    AttributeName.length > MAX_TTL_ATTRIBUTE_LENGTH
  ) {
    throw failure('ValidationException', 'TimeToLiveSpecification needs Enabled and AttributeName');
  }
  const attribute = await timeToLiveAttribute(database, table.TableName);
  if (Enabled === (attribute !== undefined)) {
    throw failure('ValidationException', `TimeToLive is already ${Enabled ? 'enabled' : 'disabled'}`);
  }
  const specification: TimeToLive = { AttributeName, Enabled };
  await database.db.put(TTL_PREFIX + table.TableName, specification);
  return { TimeToLiveSpecification: specification };
}

export async function describeTimeToLive(database: Database, raw: Fields): Promise<Fields> {
  const { TableName } = check(database, 'DescribeTimeToLive', raw);
  const { TableName: name } = await loadTable(database, String(TableName));
  const AttributeName = await timeToLiveAttribute(database, name);
  return {
    TimeToLiveDescription:
      AttributeName === undefined
        ? { TimeToLiveStatus: 'DISABLED' }
        : { TimeToLiveStatus: 'ENABLED', AttributeName },
  };
}

/** The attribute that holds the expiry in epoch seconds; undefined while time to live is off. */
export async function timeToLiveAttribute(database: Database, table: string): Promise<string | undefined> {
  const stored = (await database.db.get(TTL_PREFIX + table)) as TimeToLive | undefined;
  return stored?.Enabled ? stored.AttributeName : undefined;
}

function readFlag(raw: Fields, name: string): boolean | undefined {
  const value = raw[name];
  if (value === undefined || value === null || typeof value === 'boolean') return value ?? undefined;
  throw failure('ValidationException', `${name} must be a boolean`);
}
