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
const WARM_UP = 10;
const SKIP = { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true };
/** chrono-node is quadratic on white space; without a cap the comparison would be unfair to the composition. */
const CHRONO_CHARS = 2_000;

type Contestant = { readonly name: string; readonly read: (raw: Buffer) => Promise<unknown> };

const CONTESTANTS: readonly Contestant[] = [
  { name: 'relance', read: async (raw) => readMail(await parseMail(raw), { now: '2026-11-23T12:00:00Z' }) },
  { name: 'mailparser', read: (raw) => simpleParser(raw, SKIP) },
  {
    name: 'composition',
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
const spent = new Map<string, number[]>(CONTESTANTS.map(({ name }) => [name, []]));

for (let round = 0; round < ROUNDS + WARM_UP; round++) {
  for (const { name, read } of CONTESTANTS) {
    const before = cpuMs();
    for (const mail of mails) await read(mail);
    if (round >= WARM_UP) spent.get(name)?.push(((cpuMs() - before) * 1_000) / mails.length);
  }
}

const micros = Object.fromEntries(
  [...spent].map(([name, values]): [string, number] => [name, Math.round(median(values))]),
);
const ratio = (other: string): number => {
  const ours = spent.get('relance') ?? [];
  const theirs = spent.get(other) ?? [];
  return Math.round(100 * median(ours.map((value, round) => value / (theirs[round] ?? value)))) / 100;
};
const bytes = Math.round(mails.reduce((sum, mail) => sum + mail.length, 0) / mails.length);
console.log(`${mails.length} mails of ${bytes} bytes on average, ${ROUNDS} rounds`);
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
