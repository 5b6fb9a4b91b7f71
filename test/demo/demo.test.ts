/**
 * The newcomer's first minute, twice over: any seed, any start. The product plays; the auditor, a process that
 * knows nothing of it, judges from the mails alone.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const dirs: string[] = [];
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

const demo = (...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const dir = mkdtempSync(join(tmpdir(), 'relance-demo-'));
    dirs.push(dir);
    const child = spawn(process.execPath, ['infra/cli/relance.mjs', 'demo', '--dir', dir, ...args]);
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve({ code, out, err }));
  });

const SHOWN = [
  'movedOffHoliday',
  'weekStartsAvoided',
  'waitedForMorning',
  'calledFirst',
  'colleaguesHeld',
  'movedByWhatsapp',
  'stayedHome',
] as const;

describe('npm run demo', () => {
  it.each([
    // An ordinary November; a spring with the end of Ramadan, two changes of clocks and Good Friday inside.
    ['1', '2026-11-23'],
    ['7', '2027-03-08'],
  ])(
    'seed %s from %s: the auditor finds nothing wrong, and every path was walked',
    async (seed, start) => {
      const { code, out, err } = await demo('--json', `--seed=${seed}`, `--start=${start}`);
      const report = JSON.parse(out.trim().split('\n').at(-1) ?? '{}');
      expect(report.violations).toEqual([]);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(report).toMatchObject({
        absences: 6,
        bounces: 1,
        unsubscribes: 1,
        duplicates: 0,
        afterStop: 0,
        unmatched: 0,
      });
      // What a careful salesperson does by hand, each proven from the mails and the desk.
      for (const shown of SHOWN) expect([shown, report[shown] >= 1]).toEqual([shown, true]);
      expect(report.letters).toBeGreaterThanOrEqual(28);
      expect(report.followUps).toBeGreaterThanOrEqual(11);
      expect(report.replies).toBe(3);
    },
    400_000,
  );

  it.each([
    [['--start=2031-01-01'], /must lie between 2026-01-01 and 2028-12-01/],
    [['--start=soon'], /must be a date such as/],
    [['--seed=x'], /--seed must be a whole number/],
    [['--sped=3'], /--seed, --start, --dir, --json/],
  ])('refuses %s in one line', async (args, message) => {
    const { code, err } = await demo(...args);
    expect(code).toBe(1);
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
