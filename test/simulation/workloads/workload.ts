/** What a workload is. One small file each; `all.ts` names them. */
import type { FunctionName } from '../functions.ts';
import type { Script } from '../script.ts';

export type Workload = {
  readonly name: string;
  /** One line for the README and for `--workloads`. */
  readonly about: string;
  /** Faults end on this day; from then on everything must come right. */
  readonly healOnDay: number;
  /** Exhaustive runs count calls from this function's first invocation. */
  readonly focus: FunctionName;
  /** Heavier ones are drawn less often. */
  readonly weight: number;
  /** Functions whose calls do not fail: a request of thousands of calls would never come through otherwise. */
  readonly spares?: readonly FunctionName[];
  /** Runs in virtual time, beside the product. Ends by itself before `healOnDay`. */
  play(script: Script): Promise<void>;
};
