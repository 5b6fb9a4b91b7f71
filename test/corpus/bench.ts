/**
 * `npm run bench [-- DIR] [--json]`: what one mail costs the whole reader, bare mailparser, and the composition of
 * packages that one would write first. The same mails, round by round in turn, so that a busy machine hurts all alike;
 * a ratio is the median of the rounds' ratios. Without DIR all mails of `test/fixtures/mail` are read.
 */
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
const WARM_UP = 8;
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
/** Of each round, what a mail cost each contestant that ran in it. */
const measured: ReadonlyMap<string, number>[] = [];

const isLate = (): boolean => performance.now() > SECONDS_MAX * 1_000;
let rounds = 0;
for (let round = 0; round < ROUNDS + WARM_UP && !(rounds > 0 && isLate()); round++) {
  // Behind a slow warm-up at least one round is measured.
  const isMeasured = round >= WARM_UP || isLate();
  const micros = new Map<string, number>();
  for (const { name, every, read } of CONTESTANTS) {
    if (round % every !== 0 && !isLate()) continue;
    const before = cpuMs();
    for (const mail of mails) await read(mail);
    micros.set(name, ((cpuMs() - before) * 1_000) / mails.length);
  }
  if (!isMeasured) continue;
  rounds++;
  measured.push(micros);
}

const micros = Object.fromEntries(
  CONTESTANTS.map(({ name }): [string, number] => [
    name,
    Math.round(median(measured.flatMap((round) => round.get(name) ?? []))),
  ]),
);
const ratio = (other: string): number => {
  const ratios = measured.flatMap((round) => {
    const [ours, theirs] = [round.get('relance'), round.get(other)];
    return ours !== undefined && theirs !== undefined ? [ours / theirs] : [];
  });
  return Math.round(100 * median(ratios)) / 100;
};
const bytes = Math.round(mails.reduce((sum, mail) => sum + mail.length, 0) / mails.length);
console.log(`${mails.length} mails of ${bytes} bytes on average, ${rounds} rounds`);
for (const [name, value] of Object.entries(micros))
  console.log(`${name.padEnd(12)}${String(value).padStart(7)} µs a mail`);
console.log(
  JSON.stringify({
    n: mails.length,
    bytes,
    micros,
    toMailparser: ratio('mailparser'),
    toComposition: ratio('composition'),
  }),
);
