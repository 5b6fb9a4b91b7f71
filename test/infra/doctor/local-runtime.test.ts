// The doctor against the product as it runs on one machine: nothing of AWS is asked, everything that can be seen is right.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Finding } from '../../../infra/cli/doctor/finding.ts';
import { doctor } from '../../../infra/cli/doctor.ts';
import { makeClock } from '../../../infra/local/clock.ts';
import { type Runtime, startRuntime } from '../../../infra/local/runtime.ts';

let dir: string;
let runtime: Runtime;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'relance-doctor-'));
  const clock = makeClock({ mode: 'turned', start: Date.parse('2026-11-17T08:00:00Z') });
  runtime = await startRuntime({ dir, clock, apiPort: 0, smtpPort: 0 });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await runtime.close();
  rmSync(dir, { recursive: true, force: true });
});

it('finds the local product healthy', async () => {
  const said: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void said.push(String(line)));
  const code = await doctor([`--url=${runtime.apiUrl}`, `--token=${runtime.config.apiToken}`, '--json']);
  const findings: readonly Finding[] = JSON.parse(said.join('\n'));
  const seen = findings.filter(({ state }) => state === 'right').map(({ what }) => what);
  expect(code).toBe(0);
  expect(seen).toEqual(expect.arrayContaining(['API', 'sign-in', 'opt-out page']));
  expect(findings.filter(({ state }) => state === 'wrong')).toEqual([]);
});
