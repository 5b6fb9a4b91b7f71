/**
 * DynamoDB for one machine: the JSON protocol over dynalite's engine, one writer at a time, each write and its index
 * entries one LevelDB batch. Batches are not synced to the disk: they survive kill -9, not a power cut.
 * No transactions, streams or PartiQL: the product's protocol uses none, and they answer UnknownOperationException.
 */
import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import {
  createDatabase,
  type Database,
  type Fields,
  failure,
  isFailure,
  type Operation,
} from './dynamo-engine.ts';
import { type Alone, sweepExpired } from './dynamo-expiry.ts';
import { read, write } from './dynamo-requests.ts';
import {
  createTable,
  deleteTable,
  describeTimeToLive,
  listTables,
  updateTable,
  updateTimeToLive,
} from './dynamo-tables.ts';
import { forgetTables } from './dynamo-view.ts';
import { type Answering, type Asked, listen, readBody, reply } from './http-server.ts';
import { type Near, nearDoor } from './near.ts';
import { onDiskLater, StorageFailure, storageFailure } from './storage-failure.ts';

export type Dynamo = {
  readonly endpoint: string;
  /** The same for clients of this process. */
  readonly near: Near;
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
const READS = new Set<string>(['BatchGetItem', 'DescribeTable', 'GetItem', 'Query', 'Scan']);
const WRITES = new Set<string>(['BatchWriteItem', 'DeleteItem', 'PutItem', 'UpdateItem']);

type Answer = (raw: Fields) => Promise<Fields>;

/**
 * Opens the tables under `path` (without it: in memory) and serves them on 127.0.0.1:`port` (0: a free one).
 * `now` is in epoch milliseconds and dates tables and expiry. Throws a `StorageFailure` when another process has
 * the directory open (LEVEL_LOCKED in the chain of causes) or the disk refuses.
 */
export async function startDynamo(options: {
  readonly path?: string;
  readonly port?: number;
  readonly now: () => number;
}): Promise<Dynamo> {
  const database = await openDatabase(options.path);
  const inOrder = oneAtATime();
  const sound = whileSound(options.path ?? 'memory');
  const alone: Alone = (job) => inOrder(() => sound(job));
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
    if (READS.has(operation)) return sound(() => read(database, operation as Operation, raw));
    const onTables = Object.hasOwn(tables, operation) ? tables[operation] : undefined;
    if (onTables) return alone(() => onTables(raw).finally(() => forgetTables(database)));
    return Promise.reject(unknownOperation());
  };
  const handler = (request: Asked, response: Answering) => handle(answer, request, response);
  const door = nearDoor('dynamodb', handler);
  const server = await listen('dynamodb', options.port ?? 0, handler).catch(async (error: unknown) => {
    await database.db.close();
    throw error;
  });
  return {
    endpoint: server.endpoint,
    near: door.near,
    sweepExpired: (table) => sweepExpired(database, alone, options.now, table),
    close: async () => {
      await Promise.all([server.close(), door.close()]);
      await inOrder(() => database.db.close());
    },
  };
}

async function openDatabase(path: string | undefined): Promise<Database> {
  const database = createDatabase(path);
  try {
    await database.db.open();
    return database;
  } catch (cause) {
    const unknown = new Error(`DynamoDB: the data directory ${path} cannot be opened`, { cause });
    throw storageFailure(path ?? 'memory', cause) ?? unknown;
  }
}

/**
 * After the first failure of the disk nothing is written any more, whoever asks: LevelDB itself would go on, behind a
 * record that is torn, and its next start would drop everything after that one.
 */
function whileSound(path: string) {
  let broken: unknown;
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (broken) throw broken;
    return onDiskLater(path, work).catch((error: unknown) => {
      if (error instanceof StorageFailure) broken = error;
      throw error;
    });
  };
}

/** Runs each job when the one before has ended, however it ended. */
function oneAtATime(): Alone {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = last.then(job);
    last = result.catch(() => undefined);
    return result;
  };
}

const unknownOperation = () =>
  Object.assign(new Error('UnknownOperationException'), {
    statusCode: 400,
    body: { __type: 'com.amazon.coral.service#UnknownOperationException' },
  });

async function handle(
  answer: (operation: string, raw: Fields) => Promise<Fields>,
  request: Asked,
  response: Answering,
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

function sendJson(response: Answering, status: number, fields: Fields): void {
  const body = JSON.stringify(fields);
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': randomUUID(),
    'x-amz-crc32': crc32(body),
  };
  reply(response, status, headers, body);
}
