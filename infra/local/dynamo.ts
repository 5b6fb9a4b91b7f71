/**
 * DynamoDB for one machine: the JSON protocol over dynalite's engine, one writer at a time, each write and its index
 * entries one LevelDB batch. Batches are not synced to the disk: they survive kill -9, not a power cut.
 * No transactions, streams or PartiQL: the product's protocol uses none, and they answer UnknownOperationException.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';
import {
  check,
  createDatabase,
  type Database,
  type Fields,
  failure,
  type Item,
  isFailure,
  type Operation,
  run,
} from './dynamo-engine.ts';
import {
  createTable,
  deleteTable,
  describeTimeToLive,
  listTables,
  loadTable,
  timeToLiveAttribute,
  updateTable,
  updateTimeToLive,
} from './dynamo-tables.ts';
import { createView } from './dynamo-view.ts';
import { listen, readBody, reply } from './http-server.ts';

export type Dynamo = {
  readonly endpoint: string;
  /**
   * Deletes what is past its time to live and returns how many items that were. AWS does it by itself, within days;
   * here it happens only when asked, so that tests and the turned clock decide when.
   */
  sweepExpired(table: string): Promise<number>;
  /** Ends running requests, then releases the directory. */
  close(): Promise<void>;
};

/** The largest request that DynamoDB takes: a BatchWriteItem of 16 MB. */
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;
const API = 'DynamoDB_20120810';
/** AWS leaves items alone whose time to live is further back: taken for a mistake in the unit. */
const MAX_EXPIRY_AGE_SECONDS = 5 * 365 * 24 * 3600;
const READS = new Set<string>(['BatchGetItem', 'DescribeTable', 'GetItem', 'Query', 'Scan']);
const WRITES = new Set<string>(['BatchWriteItem', 'DeleteItem', 'PutItem', 'UpdateItem']);

type Answer = (raw: Fields) => Promise<Fields>;

/**
 * Opens the tables under `path` (without it: in memory) and serves them on 127.0.0.1:`port` (0: a free one).
 * `now` is in epoch milliseconds and dates tables and expiry. Throws when another process has the directory open,
 * with LEVEL_LOCKED in the chain of causes.
 */
export async function startDynamo(options: {
  readonly path?: string;
  readonly port?: number;
  readonly now: () => number;
}): Promise<Dynamo> {
  const database = await openDatabase(options.path);
  const alone = oneAtATime();
  const tables: Readonly<Record<string, Answer>> = {
    CreateTable: (raw) => createTable(database, options.now, raw),
    DeleteTable: (raw) => deleteTable(database, raw),
    DescribeTimeToLive: (raw) => describeTimeToLive(database, raw),
    ListTables: (raw) => listTables(database, raw),
    UpdateTable: (raw) => updateTable(database, raw),
    UpdateTimeToLive: (raw) => updateTimeToLive(database, raw),
  };
  const answer = (operation: string, raw: Fields): Promise<Fields> => {
    if (WRITES.has(operation)) return alone(() => write(database, operation as Operation, raw));
    if (READS.has(operation)) return read(database, operation as Operation, raw);
    const onTables = Object.hasOwn(tables, operation) ? tables[operation] : undefined;
    if (onTables) return alone(() => onTables(raw));
    return Promise.reject(unknownOperation());
  };
  const server = await listen('dynamodb', options.port ?? 0, (request, response) =>
    handle(answer, request, response),
  ).catch(async (error: unknown) => {
    await database.db.close();
    throw error;
  });
  return {
    endpoint: server.endpoint,
    sweepExpired: (table) => sweepExpired(database, alone, options.now, table),
    close: async () => {
      await server.close();
      await alone(() => database.db.close());
    },
  };
}

async function openDatabase(path: string | undefined): Promise<Database> {
  const database = createDatabase(path);
  try {
    await database.db.open();
    return database;
  } catch (cause) {
    const isLocked = (error: unknown): boolean =>
      error instanceof Error && (('code' in error && error.code === 'LEVEL_LOCKED') || isLocked(error.cause));
    const why = isLocked(cause)
      ? 'is in use by another process (one may open it at a time)'
      : 'cannot be opened';
    throw new Error(`DynamoDB: the data directory ${path} ${why}`, { cause });
  }
}

/** Runs each job when the one before has ended, however it ended. */
function oneAtATime(): <Result>(job: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = last.then(job);
    last = result.catch(() => undefined);
    return result;
  };
}

function read(database: Database, operation: Operation, raw: Fields): Promise<Fields> {
  return run(createView(database, operation), check(database, operation, raw));
}

async function write(database: Database, operation: Operation, raw: Fields): Promise<Fields> {
  const onFailure = raw.ReturnValuesOnConditionCheckFailure;
  if (onFailure !== undefined && onFailure !== 'ALL_OLD' && onFailure !== 'NONE') {
    throw failure(
      'ValidationException',
      `1 validation error detected: Value '${onFailure}' at 'returnValuesOnConditionCheckFailure' failed to ` +
        'satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]',
    );
  }
  const view = createView(database, operation);
  try {
    const result = await run(view, check(database, operation, raw));
    await view.commit();
    return withoutEmptyAttributes(result);
  } catch (error) {
    const existing = view.lastRead();
    const failed = isFailure(error) && String(error.body.__type).endsWith('#ConditionalCheckFailedException');
    if (failed && onFailure === 'ALL_OLD' && existing) error.body.Item = existing;
    throw error;
  }
}

/** AWS leaves Attributes out when there is nothing to return; dynalite answers an empty map. */
function withoutEmptyAttributes(result: Fields): Fields {
  const { Attributes, ...rest } = result;
  const isEmpty = Attributes !== undefined && Object.keys(Attributes as Item).length === 0;
  return isEmpty ? rest : result;
}

async function sweepExpired(
  database: Database,
  alone: <Result>(job: () => Promise<Result>) => Promise<Result>,
  now: () => number,
  name: string,
): Promise<number> {
  const table = await loadTable(database, name);
  const attribute = await timeToLiveAttribute(database, name);
  if (attribute === undefined) return 0;
  const seconds = Math.floor(now() / 1000);
  const expired = {
    ExpressionAttributeNames: { '#expiry': attribute },
    ExpressionAttributeValues: {
      ':now': { N: String(seconds) },
      ':oldest': { N: String(seconds - MAX_EXPIRY_AGE_SECONDS) },
    },
  };
  const condition = '#expiry < :now AND #expiry > :oldest';
  let swept = 0;
  let start: unknown;
  // Every round starts behind the last page's key, so the number of rounds is bounded by the table's size.
  do {
    const scan = { TableName: name, FilterExpression: condition, ExclusiveStartKey: start, ...expired };
    const page = await read(database, 'Scan', structuredClone(scan));
    for (const item of page.Items as readonly Item[]) {
      const Key = Object.fromEntries(
        table.KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName]]),
      );
      // Checked again: a request may have extended the item's life between the scan and here.
      const removal = { TableName: name, Key, ConditionExpression: condition, ...expired };
      swept += await alone(() => write(database, 'DeleteItem', structuredClone(removal))).then(
        () => 1,
        (error: unknown) => {
          if (isFailure(error)) return 0;
          throw error;
        },
      );
    }
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return swept;
}

const unknownOperation = () =>
  Object.assign(new Error('UnknownOperationException'), {
    statusCode: 400,
    body: { __type: 'com.amazon.coral.service#UnknownOperationException' },
  });

async function handle(
  answer: (operation: string, raw: Fields) => Promise<Fields>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, MAX_REQUEST_BYTES);
  if (request.method !== 'POST') return reply(response, 404, {}, '<UnknownOperationException/>\n');
  try {
    const [api, operation] = String(request.headers['x-amz-target'] ?? '').split('.');
    if (api !== API || operation === undefined) throw unknownOperation();
    if (!request.headers.authorization?.startsWith('AWS4-')) {
      throw failure('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
    }
    sendJson(response, 200, await answer(operation, parse(body)));
  } catch (error) {
    if (isFailure(error)) return sendJson(response, error.statusCode, error.body);
    console.error('dynamodb:', error);
    sendJson(response, 500, failure('InternalServerError', 'The request processing has failed').body);
  }
}

function parse(body: Buffer): Fields {
  try {
    const parsed: unknown = JSON.parse(body.toString());
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Fields;
  } catch {
    // Fall through: not JSON is answered like JSON that is not an object.
  }
  throw Object.assign(new Error('SerializationException'), {
    statusCode: 400,
    body: { __type: 'com.amazon.coral.service#SerializationException' },
  });
}

function sendJson(response: ServerResponse, status: number, fields: Fields): void {
  const body = JSON.stringify(fields);
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': randomUUID(),
    'x-amz-crc32': crc32(body),
  };
  reply(response, status, headers, body);
}
