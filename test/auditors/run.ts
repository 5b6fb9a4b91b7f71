// `npm run auditors`: tools of others judge the API's description. Redocly lints it; openapi-typescript makes a client
// of it, which its own TypeScript checks and which then asks a running Relance; Lighthouse looks at Today.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeClock } from '../../infra/local/clock.ts';
import { startRuntime } from '../../infra/local/runtime.ts';

const HERE = import.meta.dirname;
const BIN = join(HERE, 'node_modules', '.bin');
const OUT = join(HERE, 'node_modules', '.cache', 'relance');

if (!existsSync(BIN)) {
  execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: HERE, stdio: 'inherit' });
}
mkdirSync(OUT, { recursive: true });
const dir = mkdtempSync(join(tmpdir(), 'relance-auditors-'));
const runtime = await startRuntime({ dir, clock: makeClock({ mode: 'real' }), apiPort: 0, smtpPort: 0 });
try {
  const description = await (await fetch(`${runtime.apiUrl}/v1/openapi.json`)).text();
  const file = join(OUT, 'openapi.json');
  writeFileSync(file, description);
  await run('redocly', ['lint', file, '--config', join(HERE, 'redocly.yaml')]);
  await run('openapi-typescript', [
    file,
    '--output',
    join(OUT, 'relance.d.ts'),
    // What has a default may be left out of a request.
    '--default-non-nullable=false',
  ]);
  await run('tsc', ['--project', join(HERE, 'tsconfig.json')]);
  await run(process.execPath, [join(HERE, 'live-call.ts'), runtime.apiUrl, runtime.config.apiToken]);
  await run(process.execPath, [join(HERE, 'today-page.ts')]);
  console.log('\nThe auditors have nothing to object.');
} finally {
  await runtime.close();
  rmSync(dir, { recursive: true, force: true });
}

/** Not the synchronous way: the runtime has to go on answering meanwhile. */
async function run(name: string, args: readonly string[]): Promise<void> {
  const path = name.includes('/') ? name : join(BIN, name);
  console.log(`\n$ ${name.split('/').at(-1)}`);
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const [code] = await once(spawn(path, args, { cwd: HERE, stdio: 'inherit', env }), 'exit');
  if (code !== 0) throw new Error(`${name} objects`);
}
