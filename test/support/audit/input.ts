/**
 * Reads one run's directory: outbox/, inbound/ and desk/ with an index.jsonl each, scenario.json, and state.json where
 * the demo exported it. A mail without its index line, or the reverse, is a fault of the run and becomes a violation.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Deed, Scenario } from '../../fixtures/demo/scenario-file.ts';
import { type Mail, readMail } from './mime.ts';
import type { Violation } from './report.ts';

/** One line of outbox/index.jsonl: one acceptance by SES. */
export type Accepted = {
  readonly sesId: string;
  /** ISO instant of the acceptance, by the run's own (turned) clock. */
  readonly at: string;
  readonly to: readonly string[];
  readonly from: string;
  readonly returnPath: string;
  readonly file: string;
};

/** One line of inbound/index.jsonl: one answer given over SMTP. */
export type Arrived = {
  /** ISO instant at which the SMTP session ended. */
  readonly at: string;
  readonly from: string;
  readonly to: string;
  /** The prospect's key in the scenario. */
  readonly prospect: string;
  readonly fixture: string;
  readonly file: string;
  /** ISO date of the first day back that the note names. */
  readonly returnOn?: string;
};

/** One line of desk/index.jsonl: what the salesperson did by hand, at the hour at which it was done. */
export type Done = {
  readonly at: string;
  readonly prospect: string;
  readonly kind: Deed['kind'];
  /** `put-off`: not yet. */
  readonly outcome: Deed['outcome'] | 'put-off';
  /** What the product offered to tap. */
  readonly link?: string;
};

/**
 * state.json: what only the product knows, asked through its public API at the end of the run. The auditor repeats
 * these figures and compares them with the scenario's expectations; it cannot see them in mails, and says so.
 */
export type ReportedState = {
  /** Every task of the run, open or closed. */
  readonly tasks: readonly { readonly prospect: string; readonly kind: string }[];
  /** Every hold that a reading placed during the run, lapsed ones included; not the brief `inbound` ones. */
  readonly holds: readonly { readonly prospect: string; readonly kind: string; readonly until?: string }[];
  /** The reasons that the product gave for its dates, in its words. */
  readonly reasons: readonly { readonly prospect: string; readonly rule: string; readonly text: string }[];
  /** Inbound mails that the product could not match to a contact. */
  readonly unmatched: number;
};

export type Sent = Accepted & { readonly mail: Mail; readonly time: number };
export type Received = Arrived & { readonly mail: Mail; readonly time: number };

export type Run = {
  readonly scenario: Scenario;
  readonly sent: readonly Sent[];
  readonly received: readonly Received[];
  /** In order of time. */
  readonly done: readonly (Done & { readonly time: number })[];
  readonly state?: ReportedState;
  /** Faults of the directory itself. */
  readonly faults: readonly Violation[];
};

const MAX_MAILS = 10_000;

const linesOf = <Line>(path: string): Line[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .slice(0, MAX_MAILS)
        .map((line) => JSON.parse(line) as Line)
    : [];

type Indexed = { readonly file: string; readonly at: string };

const readFolder = <Line extends Indexed>(folder: string, name: string) => {
  const lines = linesOf<Line>(join(folder, 'index.jsonl'));
  const onDisk = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.eml')) : [];
  const fault = (file: string, at: string, detail: string): Violation => ({
    rule: 'index-mismatch',
    prospect: '',
    at,
    file: `${name}/${file}`,
    detail,
  });
  const listed = new Set(lines.map((line) => line.file));
  const faults = onDisk
    .filter((file) => !listed.has(file))
    .map((file) => fault(file, '', 'a mail lies in the folder that no line of the index names'));
  const mails: (Line & { mail: Mail; time: number })[] = [];
  for (const line of lines) {
    const time = Date.parse(line.at);
    if (!onDisk.includes(line.file))
      faults.push(fault(line.file, line.at, 'the index names a mail that is not there'));
    else if (Number.isNaN(time)) faults.push(fault(line.file, line.at, 'the index gives no instant'));
    else mails.push({ ...line, time, mail: readMail(readFileSync(join(folder, line.file))) });
  }
  return { mails: mails.sort((one, other) => one.time - other.time), faults };
};

/** @throws where scenario.json is missing or an index is not JSON: then there is nothing to judge. */
export const readRun = (directory: string): Run => {
  const scenario = JSON.parse(readFileSync(join(directory, 'scenario.json'), 'utf8')) as Scenario;
  const outbox = readFolder<Accepted>(join(directory, 'outbox'), 'outbox');
  const inbound = readFolder<Arrived>(join(directory, 'inbound'), 'inbound');
  const statePath = join(directory, 'state.json');
  return {
    scenario,
    sent: outbox.mails,
    received: inbound.mails,
    done: linesOf<Done>(join(directory, 'desk', 'index.jsonl'))
      .map((line) => ({ ...line, time: Date.parse(line.at) }))
      .sort((one, other) => one.time - other.time),
    ...(existsSync(statePath) ? { state: JSON.parse(readFileSync(statePath, 'utf8')) as ReportedState } : {}),
    faults: [...outbox.faults, ...inbound.faults],
  };
};
