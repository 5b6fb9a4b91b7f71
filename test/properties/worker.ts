/** One process of a long run: checks the parts that it is sent, one after another. */
import fc from 'fast-check';
import { PROPERTIES } from './all.ts';

/** `number` of the property; `seed` is of this part alone, so that a part can be repeated by itself. */
export type Part = { readonly number: number; readonly seed: number; readonly cases: number };
export type PartResult = { readonly fault?: string };

async function check({ number, seed, cases }: Part): Promise<PartResult> {
  const { property } = PROPERTIES[number] ?? {};
  if (!property) throw new RangeError(`There is no property ${number}.`);
  const outcome = await fc.check(property, { numRuns: cases, seed });
  const { failed, counterexample, errorInstance } = outcome;
  if (!failed) return {};
  const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return { fault: `seed ${seed}: ${why}\n${JSON.stringify(counterexample)}` };
}

process.on('message', (part: Part) => {
  check(part).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ fault: String(error) } satisfies PartResult),
  );
});
