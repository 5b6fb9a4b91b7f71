// What the functions were seen doing, as IAM names it: recorded by `npm run permissions -- --record`, kept in a file so
// that every build can hold the policies against it.
import { readFileSync } from 'node:fs';

/**
 * How it was seen: by an SDK call of the end-to-end runs, or by a port's call in the simulation. `by-hand`: read off the
 * code, because the runs do not come there (a link signed for somebody else, an import too long for one run).
 */
export type Source = 'end-to-end' | 'simulation' | 'by-hand';
/** Function → resource → action → how it was seen. */
export type Exercised = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, readonly Source[]>>>>>
>;

export const EXERCISED_FILE = new URL('./exercised.json', import.meta.url);

export const readExercised = (): Exercised => JSON.parse(readFileSync(EXERCISED_FILE, 'utf8'));

/** Each line: `function action resource`. */
export function gather(lines: Readonly<Record<Exclude<Source, 'by-hand'>, readonly string[]>>): Exercised {
  const all: Record<string, Record<string, Record<string, Source[]>>> = {};
  for (const source of ['end-to-end', 'simulation'] as const) {
    for (const line of [...new Set(lines[source])].sort()) {
      const [name = '', action = '', resource = ''] = line.split(' ');
      const resources = all[name] ?? {};
      const actions = resources[resource] ?? {};
      actions[action] = [...(actions[action] ?? []), source];
      resources[resource] = actions;
      all[name] = resources;
    }
  }
  return sorted(all) as Exercised;
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, one]) => [name, sorted(one)]));
}

/** The same as the table of grants writes it: function → resource → actions. */
export const grantsFor = (exercised: Exercised): unknown =>
  Object.fromEntries(
    Object.entries(exercised).map(([name, resources]) => [
      name,
      Object.fromEntries(
        Object.entries(resources).map(([resource, actions]) => [resource, Object.keys(actions)]),
      ),
    ]),
  );
