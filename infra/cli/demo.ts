/**
 * `npm run demo`: three weeks of a salesperson's life in about a minute. Eighteen prospects in twelve countries are
 * launched through the public API, answer by real SMTP, and a separate auditor judges the mails afterwards.
 */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildScenario } from '../../test/fixtures/demo/scenario.ts';
import type { Scenario } from '../../test/fixtures/demo/scenario-file.ts';
import { buildConsole } from '../build-console.ts';
import { readOptions, told, UsageError } from './arguments.ts';
import { openDemo, playDemo, tenthDayOf } from './demo/play.ts';
import { startTimeline } from './demo/timeline.ts';
import { endOnStorageFailure, stopSignal } from './ending.ts';

const AUDITOR = fileURLToPath(new URL('../../test/support/audit.ts', import.meta.url));

export const demo = (args: readonly string[]): Promise<number> =>
  told(async () => {
    const options = readOptions(args, {
      seed: { type: 'string', default: '1' },
      start: { type: 'string', default: '2026-11-23' },
      dir: { type: 'string', default: '.relance/demo' },
      json: { type: 'boolean', default: false },
      console: { type: 'boolean', default: false },
    });
    const scenario = readScenario(options.seed, options.start);
    const dir = resolve(options.dir);
    endOnStorageFailure();
    if (options.console) return look(scenario, dir);
    const timeline = startTimeline(scenario, { isQuiet: options.json });
    const result = await playDemo({ scenario, dir, timeline });
    timeline.end();
    const code = await judge(dir, options.json);
    if (!options.json) console.log(whatToOpen(dir, result.worthOpening));
    return code;
  });

/** Ten days of it, and then the console on what they have brought, until Ctrl-C. */
async function look(scenario: Scenario, dir: string): Promise<number> {
  const consoleDir = await buildConsole(() => console.log('building the console, once …'));
  console.log('playing ten days …');
  const timeline = startTimeline(scenario, { isQuiet: true });
  const { runtime } = await openDemo({ scenario, dir, timeline, consoleDir }, tenthDayOf(scenario));
  const stopped = stopSignal();
  console.log(`\n  console  ${runtime.apiUrl}/#token=${runtime.config.apiToken}\n\nCtrl-C stops it.`);
  await stopped;
  await runtime.close();
  return 0;
}

function readScenario(seed: string, start: string) {
  if (!/^-?[0-9]{1,9}$/.test(seed)) throw new UsageError(`--seed must be a whole number, not "${seed}"`);
  try {
    return buildScenario({ seed: Number(seed), start });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** A process of its own, which knows nothing of the product: the summary is what it computed. */
const judge = (dir: string, asJson: boolean): Promise<number> =>
  new Promise((done, failed) => {
    const auditor = spawn(process.execPath, [AUDITOR, dir, ...(asJson ? ['--json'] : [])], {
      stdio: 'inherit',
    });
    auditor.once('error', failed);
    auditor.once('exit', (code) => done(code ?? 1));
  });

const whatToOpen = (
  dir: string,
  files: readonly { readonly what: string; readonly file: string }[],
): string =>
  [
    '',
    'Worth opening:',
    ...files.map(({ what, file }) => `  ${what.padEnd(34)} ${file}`),
    `  ${'everything else'.padEnd(34)} ${dir}`,
  ].join('\n');
