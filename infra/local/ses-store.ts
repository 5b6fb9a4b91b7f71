/**
 * What the embedded SES has accepted and what it still owes: one row per mail, one per job (an event to publish, a
 * recipient to deliver to, feedback to forward). A mail and its first jobs are committed together, so that kill -9 leaves
 * either neither or both.
 */
import type { SesEvent, SesMail } from './ses-events.ts';
import { openDatabase, transact } from './sqlite.ts';

export type AcceptedMail = {
  readonly sesId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly fromAddress: string;
  readonly returnPath: string;
  readonly recipients: readonly string[];
  readonly configurationSet: string | undefined;
  /** Name within the outbox. */
  readonly file: string;
  /** The `mail` part of every event about it. */
  readonly mail: SesMail;
  /** Recipients that count towards the daily quota; those of the mailbox simulator do not. */
  readonly counted: number;
};

export type Job =
  | { readonly kind: 'event'; readonly event: SesEvent }
  | { readonly kind: 'deliver'; readonly recipient: string; readonly delayedSince?: number }
  | { readonly kind: 'forward'; readonly forward: Forward };
export type Forward = {
  readonly kind: 'bounce' | 'complaint' | 'absence';
  readonly recipient: string;
  readonly feedbackId: string;
  readonly at: number;
  readonly event?: SesEvent;
};

export type StoredJob = {
  readonly place: number;
  readonly sesId: string;
  readonly job: Job;
  /** Failed tries so far. */
  readonly attempts: number;
};

/** What follows from a job: further jobs, due at once, and possibly the same one again later. */
export type Consequence = {
  readonly jobs: readonly Job[];
  readonly again?: { readonly due: number; readonly job: Job };
};

/** Deliveries may hang on a slow mail server; events and feedback do not wait behind them. */
export type Lane = 'post' | 'delivery';
const laneOf = (job: Job): Lane => (job.kind === 'deliver' ? 'delivery' : 'post');

export type SesStore = {
  accept(mail: AcceptedMail, jobs: readonly Job[]): void;
  find(sesId: string): AcceptedMail | undefined;
  all(): Iterable<AcceptedMail>;
  /** Recipients accepted after `since`: all of them, and those that count towards the daily quota. */
  recipientsSince(since: number): { readonly all: number; readonly counted: number };
  /** The oldest job of a lane that is due, in the order in which they were added. */
  dueJob(lane: Lane, now: number): StoredJob | undefined;
  /** Replaces a job by what follows from it, or keeps it for `again`; nothing else can see the moment between. */
  settle(job: StoredJob, consequence: Consequence, now: number): void;
  /** Keeps a job that failed for another try. */
  postpone(job: StoredJob, due: number): void;
  nextDue(): number | undefined;
  close(): void;
};

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS accepted (
    sesId TEXT PRIMARY KEY, at INTEGER NOT NULL, mail TEXT NOT NULL, recipients INTEGER NOT NULL,
    counted INTEGER NOT NULL);
  CREATE INDEX IF NOT EXISTS acceptedByTime ON accepted (at);
  CREATE TABLE IF NOT EXISTS jobs (
    place INTEGER PRIMARY KEY AUTOINCREMENT, lane TEXT NOT NULL, sesId TEXT NOT NULL, job TEXT NOT NULL,
    due INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0);
  CREATE INDEX IF NOT EXISTS jobsByDue ON jobs (due);`;

export function openSesStore(file: string): SesStore {
  const database = openDatabase(file, SCHEMA);
  const insertMail = database.prepare('INSERT INTO accepted VALUES (?,?,?,?,?)');
  const insertJob = database.prepare('INSERT INTO jobs (lane, sesId, job, due) VALUES (?,?,?,?)');
  const selectMail = database.prepare('SELECT mail FROM accepted WHERE sesId = ?');
  const selectAll = database.prepare('SELECT mail FROM accepted ORDER BY at, sesId');
  const sumSince = database.prepare(
    'SELECT coalesce(sum(recipients), 0) AS "all", coalesce(sum(counted), 0) AS counted FROM accepted WHERE at > ?',
  );
  const selectJob = database.prepare('SELECT * FROM jobs WHERE lane = ? AND due <= ? ORDER BY place LIMIT 1');
  const deleteJob = database.prepare('DELETE FROM jobs WHERE place = ?');
  const updateJob = database.prepare(
    'UPDATE jobs SET due = ?, attempts = attempts + 1, job = ? WHERE place = ?',
  );
  const selectNext = database.prepare('SELECT min(due) AS due FROM jobs');

  const addJobs = (sesId: string, jobs: readonly Job[], due: number): void => {
    for (const job of jobs) insertJob.run(laneOf(job), sesId, JSON.stringify(job), due);
  };
  const parse = (row: unknown): AcceptedMail => JSON.parse((row as { mail: string }).mail) as AcceptedMail;

  return {
    accept: (mail, jobs) =>
      transact(database, () => {
        insertMail.run(mail.sesId, mail.at, JSON.stringify(mail), mail.recipients.length, mail.counted);
        addJobs(mail.sesId, jobs, mail.at);
      }),
    find: (sesId) => {
      const row = selectMail.get(sesId);
      return row === undefined ? undefined : parse(row);
    },
    *all() {
      for (const row of selectAll.iterate()) yield parse(row);
    },
    recipientsSince: (since) => sumSince.get(since) as { all: number; counted: number },
    dueJob: (lane, now) => {
      const row = selectJob.get(lane, now) as
        | { place: number; sesId: string; job: string; attempts: number }
        | undefined;
      return row === undefined ? undefined : { ...row, job: JSON.parse(row.job) as Job };
    },
    settle: (stored, { jobs, again }, now) =>
      transact(database, () => {
        if (again === undefined) deleteJob.run(stored.place);
        else updateJob.run(again.due, JSON.stringify(again.job), stored.place);
        addJobs(stored.sesId, jobs, now);
      }),
    postpone: (stored, due) => void updateJob.run(due, JSON.stringify(stored.job), stored.place),
    nextDue: () => (selectNext.get() as { due: number | null }).due ?? undefined,
    close: () => database.close(),
  };
}
