/** Every schedule of one fault, or of two faults near each other, within a workload's first calls. */
import { type CallSort, FAULTS, type Fault } from './faults.ts';

/** What counts as a workload's beginning; DESIGN §11 asks for all of it. */
export const CALLS_LOOKED_AT = 40;
/** Two faults further apart than this hardly meet in one execution. */
const CALLS_APART_MAX = 10;

export type Schedule = readonly (readonly [call: number, fault: Fault])[];

/** One kind of each consequence: a slow failure differs from a quick one only in its time. */
const KINDS: Readonly<Record<CallSort, readonly Fault[]>> = {
  read: ['crash', 'refuse', 'freeze'],
  write: ['crash', 'crash-after', 'refuse', 'lose-response', 'late', 'echo', 'freeze'],
  mail: FAULTS.mail.filter((fault) => fault !== 'unreachable' && fault !== 'rejected'),
};

export function* schedulesOf(sorts: readonly CallSort[], faults: 1 | 2): Generator<Schedule> {
  const calls = sorts.slice(0, CALLS_LOOKED_AT);
  for (const [first, sort] of calls.entries()) {
    for (const fault of KINDS[sort]) {
      if (faults === 1) yield [[first, fault]];
      if (faults === 1) continue;
      // What the second meets may differ once the first has struck, so every kind is tried; misfits are no fault.
      for (let second = first + 1; second <= first + CALLS_APART_MAX && second < CALLS_LOOKED_AT; second++) {
        for (const other of KINDS[calls[second] ?? 'write'])
          yield [
            [first, fault],
            [second, other],
          ];
      }
    }
  }
}
