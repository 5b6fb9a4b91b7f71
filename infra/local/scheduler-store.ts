/** The schedules of the embedded EventBridge Scheduler in one SQLite table, with the moment of each one's next try. */

import type { ScheduleDefinition } from './scheduler-request.ts';
import { openDatabase } from './sqlite.ts';

export type StoredSchedule = {
  readonly group: string;
  readonly name: string;
  readonly definition: ScheduleDefinition;
  readonly token: string | undefined;
  readonly createdAt: number;
  /** When `at()` said; the age of the event counts from here. */
  readonly scheduledAt: number;
  /** The next try; `undefined` when it has fired and is only kept, or is disabled. */
  readonly due: number | undefined;
  /** Tries so far. */
  readonly attempts: number;
};

export type ScheduleStore = {
  find(group: string, name: string): StoredSchedule | undefined;
  add(schedule: StoredSchedule): void;
  remove(group: string, name: string): void;
  setNextTry(schedule: StoredSchedule, due: number | undefined, attempts: number): void;
  /** In order of group and name, after the key of the page before. */
  list(asked: {
    group?: string;
    prefix: string;
    after: readonly [string, string];
    limit: number;
  }): StoredSchedule[];
  due(now: number, limit: number): StoredSchedule[];
  nextDue(): number | undefined;
  count(): number;
  close(): void;
};

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS schedules (
    scheduleGroup TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL, token TEXT, createdAt INTEGER NOT NULL,
    scheduledAt INTEGER NOT NULL, due INTEGER, attempts INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (scheduleGroup, name));
  CREATE INDEX IF NOT EXISTS schedulesByDue ON schedules (due);`;

type Row = {
  readonly scheduleGroup: string;
  readonly name: string;
  readonly definition: string;
  readonly token: string | null;
  readonly createdAt: number;
  readonly scheduledAt: number;
  readonly due: number | null;
  readonly attempts: number;
};

const toSchedule = (row: Row): StoredSchedule => ({
  group: row.scheduleGroup,
  name: row.name,
  definition: JSON.parse(row.definition) as ScheduleDefinition,
  token: row.token ?? undefined,
  createdAt: row.createdAt,
  scheduledAt: row.scheduledAt,
  due: row.due ?? undefined,
  attempts: row.attempts,
});

export function openScheduleStore(file: string): ScheduleStore {
  const database = openDatabase(file, SCHEMA);
  const select = database.prepare('SELECT * FROM schedules WHERE scheduleGroup = ? AND name = ?');
  const insert = database.prepare('INSERT INTO schedules VALUES (?,?,?,?,?,?,?,?)');
  const remove = database.prepare('DELETE FROM schedules WHERE scheduleGroup = ? AND name = ?');
  const update = database.prepare(
    'UPDATE schedules SET due = ?, attempts = ? WHERE scheduleGroup = ? AND name = ?',
  );
  const selectDue = database.prepare('SELECT * FROM schedules WHERE due <= ? ORDER BY due, name LIMIT ?');
  const selectNext = database.prepare('SELECT min(due) AS due FROM schedules');
  const selectPage = database.prepare(
    `SELECT * FROM schedules
     WHERE (scheduleGroup, name) > (?1, ?2) AND (?3 IS NULL OR scheduleGroup = ?3) AND substr(name, 1, length(?4)) = ?4
     ORDER BY scheduleGroup, name LIMIT ?5`,
  );
  const count = database.prepare('SELECT count(*) AS schedules FROM schedules');

  return {
    find: (group, name) => {
      const row = select.get(group, name) as Row | undefined;
      return row === undefined ? undefined : toSchedule(row);
    },
    add: (schedule) => {
      const { group, name, definition, token, createdAt, scheduledAt, due, attempts } = schedule;
      const text = JSON.stringify(definition);
      insert.run(group, name, text, token ?? null, createdAt, scheduledAt, due ?? null, attempts);
    },
    remove: (group, name) => void remove.run(group, name),
    setNextTry: ({ group, name }, due, attempts) => void update.run(due ?? null, attempts, group, name),
    list: ({ group, prefix, after, limit }) =>
      (selectPage.all(after[0], after[1], group ?? null, prefix, limit) as Row[]).map(toSchedule),
    due: (now, limit) => (selectDue.all(now, limit) as Row[]).map(toSchedule),
    nextDue: () => (selectNext.get() as { due: number | null }).due ?? undefined,
    count: () => (count.get() as { schedules: number }).schedules,
    close: () => database.close(),
  };
}
