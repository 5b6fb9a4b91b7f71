/**
 * How the embedded services keep what they acknowledged: one SQLite file each, by Node's own driver. A write-ahead
 * log with `synchronous=NORMAL` survives kill -9 of the process at any instant; only a power cut may lose the last
 * moments, which is more than a development machine needs and spares an fsync per message.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';
import { onDisk } from './storage-failure.ts';

/** A second process on the same file waits this long for the lock before it fails. */
const BUSY_MS = 5_000;

type Row = Readonly<Record<string, SQLOutputValue>>;
export type Statement = {
  run(...values: SQLInputValue[]): unknown;
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): readonly Row[];
  iterate(...values: SQLInputValue[]): Iterable<Row>;
};
/** What the services use of a database. Where the disk refuses a statement, it throws a `StorageFailure`. */
export type Database = { exec(sql: string): void; prepare(sql: string): Statement; close(): void };

/** Opens (or makes) the file and its tables; `schema` must be repeatable (`CREATE … IF NOT EXISTS`). */
export function openDatabase(file: string, schema: string): Database {
  return onDisk(file, () => {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    const database = new DatabaseSync(file);
    try {
      database.exec(
        `PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=${BUSY_MS}; ${schema}`,
      );
    } catch (error) {
      database.close();
      throw error;
    }
    return watched(file, database);
  });
}

const watched = (file: string, database: DatabaseSync): Database => ({
  exec: (sql) => onDisk(file, () => database.exec(sql)),
  prepare: (sql) => {
    const statement = database.prepare(sql);
    return {
      run: (...values) => onDisk(file, () => statement.run(...values)),
      get: (...values) => onDisk(file, () => statement.get(...values)),
      all: (...values) => onDisk(file, () => statement.all(...values)),
      iterate: (...values) => statement.iterate(...values),
    };
  },
  close: () => database.close(),
});

/** Runs `work` in one transaction: everything or, if it throws, nothing. Not to be nested. */
export function transact<Result>(database: Database, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

function rollBack(database: Database): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // SQLite has done so itself where the disk failed; the error that led here says more than this one.
  }
}
