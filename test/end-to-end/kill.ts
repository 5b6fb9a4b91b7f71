/**
 * `npm run kill -- --rounds=50 --seed=1`: as many kills of the whole runtime as asked, five to a data directory, and one
 * summary line. A failed seed is replayed with `--rounds=5 --seed=SEED`.
 */
import { parseArgs } from 'node:util';
import { killRounds, type Round, roundLine } from '../support/kill-rounds.ts';

export const KILLS_PER_DIRECTORY = 5;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    contacts: { type: 'string', default: '60' },
    steps: { type: 'string', default: '1' },
  },
});
const [rounds, seed, contacts, steps] = [values.rounds, values.seed, values.contacts, values.steps].map(
  Number,
);
const done: Round[] = [];
for (let kills = 0, at = seed!; kills < rounds!; kills += KILLS_PER_DIRECTORY, at++) {
  const round = await killRounds({
    seed: at,
    kills: Math.min(KILLS_PER_DIRECTORY, rounds! - kills),
    contacts: contacts!,
    steps: steps!,
  });
  done.push(round);
  console.log(roundLine(round));
  for (const violation of round.violations) console.log(`  ${violation}`);
}
const sum = (of: (round: Round) => number): number => done.reduce((total, round) => total + of(round), 0);
const violations = sum((round) => round.violations.length);
console.log(
  `${sum((round) => round.kills)} kills, ${sum((round) => round.letters)} letters to ${sum((round) => round.contacts)} ` +
    `contacts: ${sum((round) => round.needDecision)} need a decision, ${violations} violations`,
);
process.exitCode = violations === 0 ? 0 : 1;
