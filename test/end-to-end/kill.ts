/**
 * `npm run kill -- --rounds=50 --seed=1`: as many kills of the whole runtime as asked, five to a data directory, and one
 * summary line. A failed directory is replayed with `--rounds=5 --seed=ITS_SEED`.
 */
import { parseArgs } from 'node:util';
import { KILLS_PER_DIRECTORY, killRounds, type Round, roundLine } from '../support/kill-rounds.ts';

const options = {
  rounds: { type: 'string', default: '50' },
  seed: { type: 'string', default: '1' },
  contacts: { type: 'string', default: '60' },
  steps: { type: 'string', default: '1' },
} as const;

function readNumber(name: keyof typeof options, text: string): number {
  if (/^[1-9][0-9]{0,5}$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a whole number from 1 on, not "${text}"`);
}

const { values } = parseArgs({ options });
const rounds = readNumber('rounds', values.rounds);
const contacts = readNumber('contacts', values.contacts);
const steps = readNumber('steps', values.steps);
let seed = readNumber('seed', values.seed);
const done: Round[] = [];
for (let left = rounds; left > 0; left -= KILLS_PER_DIRECTORY, seed++) {
  const round = await killRounds({ seed, kills: Math.min(KILLS_PER_DIRECTORY, left), contacts, steps });
  done.push(round);
  console.log(roundLine(round));
  for (const violation of round.violations) console.log(`  ${violation}`);
}
const sum = (of: (round: Round) => number): number => done.reduce((total, round) => total + of(round), 0);
const violations = sum((round) => round.violations.length);
console.log(
  `${sum((round) => round.kills)} kills, ${sum((round) => round.contacts)} contacts, ${sum((round) => round.letters)} letters: ` +
    `${sum((round) => round.needDecision)} need a decision, ${violations} violations`,
);
process.exitCode = violations === 0 ? 0 : 1;
