/**
 * `npm run bench [-- DIR] [--json]`: what one mail costs the whole reader, bare mailparser, and the composition of
 * packages that one would write first. The same mails, round by round in turn, so that a busy machine hurts all alike;
 * each contestant in a process of its own, so that none spoils or warms another's compiled code; a ratio is the median
 * of the rounds' ratios. Without DIR all mails of `test/fixtures/mail` are read.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as chrono from 'chrono-node';
import EmailReplyParser from 'email-reply-parser';
import { findPhoneNumbersInText } from 'libphonenumber-js/max';
import { simpleParser } from 'mailparser';
import { detect } from 'tinyld';
import { readMail } from '../../shared/inbound/read-mail.ts';
import { parseMail } from '../../shared/parse-mail.ts';

const OWN = fileURLToPath(new URL('../fixtures/mail/', import.meta.url));
const ROUNDS = 20;
/** The first rounds belong to the compiler. */
const WARM_UP = 12;
/** On a busy machine fewer rounds have to do: no new one begins after so many seconds. */
const SECONDS_MAX = 75;
const SKIP = { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true };
/** chrono-node is quadratic on white space; without a cap the comparison would be unfair to the composition. */
const CHRONO_CHARS = 2_000;

/** `every` so many rounds: what takes many times as long needs fewer looks. */
type Contestant = {
  readonly name: string;
  readonly every: number;
  readonly read: (raw: Buffer) => Promise<unknown>;
};

const CONTESTANTS: readonly Contestant[] = [
  {
    name: 'relance',
    every: 1,
    read: async (raw) => readMail(await parseMail(raw), { now: '2026-11-23T12:00:00Z' }),
  },
  { name: 'mailparser', every: 1, read: (raw) => simpleParser(raw, SKIP) },
  {
    name: 'composition',
    every: 4,
    read: async (raw) => {
      const text = (await simpleParser(raw)).text ?? '';
      const reply = new EmailReplyParser().read(text).getVisibleText();
      const phones = findPhoneNumbersInText(reply, 'US');
      return { reply, phones, language: detect(reply), dates: chrono.parse(reply.slice(0, CHRONO_CHARS)) };
    },
  },
];

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const args = process.argv.slice(2);
const folder = args.find((arg) => !arg.startsWith('--')) ?? OWN;
const mails = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.eml'))
  .sort()
  .map((name) => readFileSync(join(folder, name)));

/** In a contestant's process: every message asks for a round, the answer is the CPU time of a mail in microseconds. */
const serve = ({ read }: Contestant): void => {
  process.on('message', async () => {
    const before = cpuMs();
    for (const mail of mails) await read(mail);
    process.send?.(((cpuMs() - before) * 1_000) / mails.length);
  });
};

/** @throws where the contestant's process ends instead of answering. */
const runRound = async (child: ChildProcess): Promise<number> => {
  const ended = new AbortController();
  child.send('round');
  const answer = once(child, 'message', { signal: ended.signal }) as Promise<[number]>;
  const exit = once(child, 'exit', { signal: ended.signal }).then(() => {
    throw new Error('a contestant ended before its round');
  });
  const first = await Promise.race([answer, exit]);
  exit.catch(() => undefined);
  ended.abort();
  return first[0];
};

/** Of each measured round, what a mail cost each contestant that ran in it. */
type Rounds = readonly ReadonlyMap<string, number>[];

const runAll = async (children: ReadonlyMap<string, ChildProcess>): Promise<Rounds> => {
  const measured: ReadonlyMap<string, number>[] = [];
  const isLate = (): boolean => performance.now() > SECONDS_MAX * 1_000;
  for (let round = 0; round < ROUNDS + WARM_UP && !(measured.length > 0 && isLate()); round++) {
    // Behind a slow warm-up at least one round is measured.
    const isLast = isLate();
    const micros = new Map<string, number>();
    for (const { name, every } of CONTESTANTS) {
      const child = children.get(name);
      if (child && (round % every === 0 || isLast)) micros.set(name, await runRound(child));
    }
    if (round >= WARM_UP || isLast) measured.push(micros);
  }
  return measured;
};

const ratioOf = (measured: Rounds, other: string): number => {
  const ratios = measured.flatMap((round) => {
    const [ours, theirs] = [round.get('relance'), round.get(other)];
    return ours !== undefined && theirs !== undefined ? [ours / theirs] : [];
  });
  return Math.round(100 * median(ratios)) / 100;
};

const print = (measured: Rounds): void => {
  const micros = Object.fromEntries(
    CONTESTANTS.map(({ name }): [string, number] => [
      name,
      Math.round(median(measured.flatMap((round) => round.get(name) ?? []))),
    ]),
  );
  const bytes = Math.round(mails.reduce((sum, mail) => sum + mail.length, 0) / mails.length);
  console.log(`${mails.length} mails of ${bytes} bytes on average, ${measured.length} rounds`);
  for (const [name, value] of Object.entries(micros))
    console.log(`${name.padEnd(12)}${String(value).padStart(7)} µs a mail`);
  console.log(
    JSON.stringify({
      n: mails.length,
      bytes,
      micros,
      toMailparser: ratioOf(measured, 'mailparser'),
      toComposition: ratioOf(measured, 'composition'),
    }),
  );
};

const served = CONTESTANTS.find(({ name }) => args.includes(`--contestant=${name}`));
if (served) serve(served);
else {
  const children = new Map(
    CONTESTANTS.map(({ name }) => [
      name,
      fork(fileURLToPath(import.meta.url), [folder, `--contestant=${name}`]),
    ]),
  );
  try {
    print(await runAll(children));
  } finally {
    for (const child of children.values()) child.kill();
  }
}
