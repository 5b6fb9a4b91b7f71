/**
 * Judges an outbox folder by its files alone, importing nothing of the product: which letters were accepted, to whom
 * and of which step, and whether the folder and its index agree. Made for runs that were killed.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMail } from './audit/mime.ts';

export type AcceptedLetter = {
  readonly sesId: string;
  /** Lower case. */
  readonly to: string;
  /** A letter that answers another of ours is a follow-up. */
  readonly kind: 'first' | 'follow-up';
  readonly file: string;
};

export type OutboxReport = {
  /** Letters to prospects; alerts to the salesperson are left out. */
  readonly letters: readonly AcceptedLetter[];
  /** Whatever a killed process must not leave behind, each in one line. */
  readonly faults: readonly string[];
  /** Letters beyond the first to one person of one kind. */
  readonly doubles: readonly AcceptedLetter[];
};

type Line = { readonly sesId: string; readonly to: readonly string[]; readonly file: string };
const MAILS_MAX = 10_000;

/** `isProspect` tells prospects from the people who get alerts. */
export function auditOutbox(folder: string, isProspect: (address: string) => boolean): OutboxReport {
  const index = join(folder, 'index.jsonl');
  const text = existsSync(index) ? readFileSync(index, 'utf8') : '';
  const [torn, ...whole] = text.split('\n').reverse();
  const faults: string[] = torn ? ['the index ends within a line'] : [];
  const lines = whole.reverse().slice(0, MAILS_MAX).map(parseLine);
  const listed = new Set<string>();
  const letters: AcceptedLetter[] = [];
  for (const line of lines) {
    if (listed.has(line.file)) faults.push(`the index names ${line.file} twice`);
    listed.add(line.file);
    const path = join(folder, line.file);
    if (!existsSync(path)) faults.push(`the index names ${line.file}, which is not there`);
    else if (line.to.every(isProspect)) letters.push(...readLetter(line, readFileSync(path), faults));
  }
  for (const name of readdirSync(folder)) {
    if (name !== 'index.jsonl' && !listed.has(name)) faults.push(`no line of the index names ${name}`);
  }
  const seen = new Set<string>();
  const doubles = letters.filter((letter) => {
    const key = `${letter.kind} ${letter.to}`;
    return seen.size === seen.add(key).size;
  });
  return { letters, faults, doubles };
}

const parseLine = (line: string): Line => JSON.parse(line) as Line;

function readLetter(line: Line, raw: Buffer, faults: string[]): AcceptedLetter[] {
  const mail = readMail(raw);
  const header = (name: string): string => mail.headers.get(name)?.[0] ?? '';
  const boundary = /boundary="?([^";]+)/.exec(header('content-type'))?.[1];
  // The closing boundary is the last thing that is written of a multipart mail.
  if (boundary && !raw.subarray(-200).includes(`--${boundary}--`)) faults.push(`${line.file} is cut off`);
  if (!header('message-id').includes(line.sesId)) faults.push(`${line.file} bears another mail's id`);
  const kind = header('in-reply-to') ? 'follow-up' : 'first';
  return line.to.map((to) => ({ sesId: line.sesId, to: to.toLowerCase(), kind, file: line.file }));
}
