/** What a worker process can be asked, and what it answers. */
import type { Fault } from './faults.ts';

export type Task =
  | { readonly kind: 'seeds'; readonly from: number; readonly to: number; readonly workload?: string }
  | {
      readonly kind: 'schedules';
      readonly workload: string;
      readonly faults: 1 | 2;
      /** Of all schedules, in their order, every `parts`-th from `part`. */
      readonly part: number;
      readonly parts: number;
    }
  | { readonly kind: 'planted'; readonly bug: string; readonly seedsMax: number };

export type Failure = {
  readonly seed: number;
  readonly workload: string;
  readonly hash: string;
  readonly rule: string;
  readonly detail: string;
  /** Of an exhaustive run: call number → fault. */
  readonly schedule?: readonly (readonly [call: number, fault: Fault])[];
};

export type TaskResult = {
  readonly runs: number;
  readonly faults: number;
  readonly failures: readonly Failure[];
  readonly violations: number;
  /** The sum of all runs' hashes: the same whatever the order in which they ran. */
  readonly hash: number;
  /** The seed that found a planted bug, and by which rule. */
  readonly found?: { readonly seed: number; readonly workload: string; readonly rule: string };
};
