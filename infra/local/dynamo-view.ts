/**
 * One request's sight of the store, in the shape that a dynalite action expects: reads see the store, writes are
 * buffered, and `commit` puts item and index entries into LevelDB as one batch, so that not even kill -9 separates
 * them. Everything that dynalite does in a callback runs guarded: an exception there rejects the request, where
 * dynalite alone would end the process.
 */
import { Stream } from 'node:stream';
import {
  type Callback,
  type Change,
  type Database,
  type Item,
  indexPrefix,
  itemPrefix,
  type Operation,
  type Range,
  type Table,
} from './dynamo-engine.ts';

type Release = <Value>(callback: Callback<Value>) => Callback<Value>;
type Source = Stream & { destroy(): void };
type Shelf = {
  lock(key: string, work: (release: Release) => void): void;
  get(key: string, callback: Callback<unknown>): void;
  put(key: string, value: unknown, callback: Callback<void>): void;
  del(key: string, callback: Callback<void>): void;
  createValueStream(range: Range): Source;
};

export type View = {
  readonly operation: Operation;
  readonly options: { readonly maxItemSize: number; readonly createTableMs: number };
  readonly tableDb: Shelf & { readonly awsAccountId: string; readonly awsRegion: string };
  getTable(name: string, checkStatus: boolean | Callback<Table>, callback?: Callback<Table>): void;
  getItemDb(table: string): Shelf;
  getIndexDb(kind: string, table: string, index: string): Shelf;
  change(change: Change): void;
  /** The item that the action read last, as it was before: what ALL_OLD returns on a failed condition. */
  lastRead(): Item | undefined;
  onFault(reject: (error: unknown) => void): void;
  commit(): Promise<void>;
};

export function createView(database: Database, operation: Operation): View {
  const buffered = new Map<string, Change>();
  let fault: (error: unknown) => void = () => undefined;
  let lastRead: Item | undefined;
  const guarded = (work: () => void) => {
    try {
      work();
    } catch (error) {
      fault(error);
    }
  };
  const change = (entry: Change) => void buffered.set(entry.key, entry);
  // Callers hold the one-writer lock for the whole action, so locks per key would only wait for themselves.
  const lock: Shelf['lock'] = (_key, work) => work((callback) => callback);
  const acknowledge = (callback: Callback<void>) => setImmediate(() => guarded(() => callback(null)));

  const shelf = (prefix: string): Shelf => ({
    lock,
    get: (key, callback) => {
      let value: unknown;
      try {
        // A trip to the thread pool costs more than a small item out of LevelDB's cache.
        value = database.db.getSync(prefix + key);
      } catch (error) {
        return queueMicrotask(() => guarded(() => callback(error)));
      }
      lastRead = value as Item | undefined;
      queueMicrotask(() => guarded(() => callback(null, value)));
    },
    put: (key, value, callback) => {
      change({ type: 'put', key: prefix + key, value });
      acknowledge(callback);
    },
    del: (key, callback) => {
      change({ type: 'del', key: prefix + key });
      acknowledge(callback);
    },
    createValueStream: (range) => valueStream(database, prefix, range, guarded),
  });

  return {
    operation,
    options: { maxItemSize: database.options.maxItemSize, createTableMs: 0 },
    tableDb: {
      ...shelf('table~'),
      awsAccountId: database.tableDb.awsAccountId,
      awsRegion: database.tableDb.awsRegion,
    },
    getTable: (name, checkStatus, callback) => {
      const done = typeof checkStatus === 'function' ? checkStatus : callback;
      const tables = knownTables(database);
      const known = tables.get(name);
      if (known) return queueMicrotask(() => guarded(() => done?.(null, known)));
      database.getTable(name, checkStatus !== false, (error, table) => {
        if (!error && table) tables.set(name, table);
        guarded(() => done?.(error, table));
      });
    },
    getItemDb: (table) => shelf(itemPrefix(table)),
    getIndexDb: (kind, table, index) => shelf(indexPrefix(kind, table, index)),
    change,
    lastRead: () => lastRead,
    onFault: (reject) => {
      fault = reject;
    },
    commit: async () => {
      if (buffered.size > 0) await database.db.batch([...buffered.values()]);
    },
  };
}

/** Every request asks for its table, which changes only by the operations on tables. */
const tablesOf = new WeakMap<Database, Map<string, Table>>();

function knownTables(database: Database): Map<string, Table> {
  const tables = tablesOf.get(database) ?? new Map<string, Table>();
  tablesOf.set(database, tables);
  return tables;
}

/** To be called around every change of a table. A request under way keeps to the map that it began with. */
export const forgetTables = (database: Database): void => void tablesOf.delete(database);

/** Values that LevelDB is asked for at once. It gives fewer after every 16 KB: only none at all means the end. */
const AT_ONCE = 100;

/** The values of a key range as the old-style stream that dynalite consumes; `destroy` ends it early. */
function valueStream(
  database: Database,
  prefix: string,
  range: Range,
  guarded: (work: () => void) => void,
): Source {
  let open = true;
  const source = Object.assign(new Stream(), {
    destroy: () => {
      open = false;
    },
  });
  const emit = (event: string, value?: unknown) => guarded(() => void source.emit(event, value));
  const read = async () => {
    const values = database.db.values(within(prefix, range));
    try {
      for (let some = await values.nextv(AT_ONCE); some.length > 0; some = await values.nextv(AT_ONCE)) {
        for (const value of some) {
          if (!open) return;
          emit('data', value);
        }
      }
    } finally {
      await values.close();
    }
    if (open) emit('end');
  };
  read().catch((error: unknown) => emit('error', error));
  return source;
}

/** dynalite's bounds, moved under the prefix and closed on the sides that it left open. */
function within(prefix: string, { gt, gte, lt, lte, reverse, limit }: Range): Range {
  const lower = gt !== undefined ? { gt: prefix + gt } : { gte: prefix + (gte ?? '') };
  const upper = lte !== undefined ? { lte: prefix + lte } : { lt: prefix + (lt ?? '\xff') };
  return { ...lower, ...upper, reverse: reverse ?? false, limit: limit ?? -1 };
}
