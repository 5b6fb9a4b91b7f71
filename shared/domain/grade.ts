/** How much a prospect is worth a salesperson's day: one weighted sum (practice 004), where no grade is given. */
import type { Grade } from './contact.ts';

/** 1 (little) to 5 (much). */
export type Rating = 1 | 2 | 3 | 4 | 5;
export type GradeFactors = {
  /** How much of their business could be ours. */
  readonly share?: Rating;
  /** Time and money that it would take. */
  readonly effort?: Rating;
  /** Of losing both. */
  readonly risk?: Rating;
  /** What the customer would mean to us: name, learning, a market opened. */
  readonly value?: Rating;
};

const WEIGHTS = { share: 0.35, value: 0.3, effort: 0.2, risk: 0.15 } as const;
/** Less is a guess: keep collecting, and grade again. */
const KNOWN_WEIGHT_MIN = 0.6;
const FLOORS: readonly (readonly [floor: number, grade: Grade])[] = [
  [0.75, 'A'],
  [0.55, 'B'],
  [0.35, 'C'],
  [0, 'D'],
];

/** `undefined`: not enough information. What is unknown is left out of the sum, not counted as bad. */
export function gradeOf(factors: GradeFactors): Grade | undefined {
  let known = 0;
  let sum = 0;
  for (const [name, weight] of Object.entries(WEIGHTS) as [keyof GradeFactors, number][]) {
    const rating = factors[name];
    if (rating === undefined) continue;
    const good = (rating - 1) / 4;
    known += weight;
    sum += weight * (name === 'effort' || name === 'risk' ? 1 - good : good);
  }
  if (known < KNOWN_WEIGHT_MIN) return undefined;
  // Sums of decimal fractions: 0.7500000000000001 is 0.75.
  const score = Math.round((sum / known) * 1_000) / 1_000;
  return FLOORS.find(([floor]) => score >= floor)?.[1];
}
