/**
 * How the embedded services keep what they acknowledged: one SQLite file each, by Node's own driver. A write-ahead
 * log with `synchronous=NORMAL` survives kill -9 of the process at any instant; only a power cut may lose the last
 * moments, which is more than a development machine needs and spares an fsync per message.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A second process on the same file waits this long for the lock before it fails. */
const BUSY_MS = 5_000;

/** Opens (or makes) the file and its tables; `schema` must be repeatable (`CREATE … IF NOT EXISTS`). */
export function openDatabase(file: string, schema: string): DatabaseSync {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  database.exec(
    `PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=${BUSY_MS}; ${schema}`,
  );
  return database;
}

/** Runs `work` in one transaction: everything or, if it throws, nothing. Not to be nested. */
export function transact<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
