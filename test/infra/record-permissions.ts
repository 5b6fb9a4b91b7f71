// Runs the product and the simulator and writes down what each function did. Minutes of work: by hand, after a change.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  EXERCISED_FILE,
  type Exercised,
  gather,
  grantsFor,
  readExercised,
  type Source,
} from './exercised.ts';
import { PORT_ACTIONS } from './port-actions.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SEEDS = 300;
/** Whole runs of the product over real SDK clients. */
const SUITES = ['test/end-to-end', 'test/story'];

export type Recording = {
  /** Where an earlier run of suites has left its records (`RELANCE_RECORD`); without it they are run. */
  readonly from: string | undefined;
  /** Keeps what earlier recordings have shown: for a change that only adds, recorded by the suites that it concerns. */
  readonly add: boolean;
  readonly seeds: number | undefined;
};

export async function recordPermissions({ from, add, seeds = SEEDS }: Recording): Promise<void> {
  const endToEnd = from === undefined ? runSuites() : linesOf(from);
  const simulation = await simulated(seeds);
  const before = (source: Source): readonly string[] => (add ? shownBy(source) : []);
  const exercised = withByHand(
    gather({
      'end-to-end': [...endToEnd, ...before('end-to-end')],
      simulation: [...simulation, ...before('simulation')],
    }),
  );
  write(fileURLToPath(EXERCISED_FILE), exercised);
  // To be read in review: whoever gives a function a new right sees it as a new line of this file.
  write(join(ROOT, 'infra', 'grants.json'), grantsFor(exercised));
}

/** `function action resource`, as the file has it. */
const shownBy = (source: Source): readonly string[] =>
  Object.entries(readExercised()).flatMap(([name, resources]) =>
    Object.entries(resources).flatMap(([resource, actions]) =>
      Object.entries(actions).flatMap(([action, sources]) =>
        sources.includes(source) ? [`${name} ${action} ${resource}`] : [],
      ),
    ),
  );

/** What somebody has read off the code stays, until a run shows it or somebody takes it out. */
function withByHand(seen: Exercised): Exercised {
  const all = structuredClone(seen) as Record<string, Record<string, Record<string, readonly Source[]>>>;
  for (const [name, resources] of Object.entries(readExercised())) {
    for (const [resource, actions] of Object.entries(resources)) {
      for (const [action, sources] of Object.entries(actions)) {
        const own = all[name] ?? {};
        const known = own[resource] ?? {};
        if (sources.includes('by-hand') && !known[action]) {
          all[name] = { ...own, [resource]: { ...known, [action]: ['by-hand'] } };
        }
      }
    }
  }
  return all;
}

function write(file: string, table: unknown): void {
  writeFileSync(file, JSON.stringify(table));
  const biome = join(ROOT, 'node_modules', '.bin', 'biome');
  execFileSync(biome, ['format', '--write', file], { cwd: ROOT, stdio: 'ignore' });
}

function runSuites(): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'relance-record-'));
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  execFileSync(process.execPath, [vitest, 'run', ...SUITES], {
    cwd: ROOT,
    env: { ...process.env, RELANCE_RECORD: folder },
    stdio: 'inherit',
  });
  const lines = linesOf(folder);
  rmSync(folder, { recursive: true, force: true });
  return lines;
}

const linesOf = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line !== ''),
  );

async function simulated(seeds: number): Promise<readonly string[]> {
  const write = process.stderr.write;
  // The functions log each failed message; with a hundred faults a run that would be all there is to see.
  process.stderr.write = () => true;
  try {
    // First: it teaches the loader what the simulator wraps.
    await import('../simulation/libraries.ts');
    const { loadFunctions } = await import('../simulation/functions.ts');
    const { runSeed } = await import('../simulation/run-seed.ts');
    const { exercised } = await import('../simulation/exercised.ts');
    const functions = await loadFunctions();
    for (let seed = 1; seed <= seeds; seed++) await runSeed({ seed, functions });
    return exercised().flatMap((line) => {
      const [name = '', ...operation] = line.split(' ');
      // `load alert`: the word behind tells which kind.
      const permissions = PORT_ACTIONS[operation.join(' ')] ?? PORT_ACTIONS[operation[0] ?? ''];
      if (!permissions) throw new Error(`test/infra/port-actions.ts lacks ${operation.join(' ')}.`);
      return permissions.map(({ action, resource }) => `${name} ${action} ${resource}`);
    });
  } finally {
    process.stderr.write = write;
  }
}
