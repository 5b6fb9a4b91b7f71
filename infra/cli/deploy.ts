/** `npm run deploy`: builds the console, then hands over to `cdk deploy` with whatever was asked behind `--`. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildConsole } from '../build-console.ts';

const CDK = fileURLToPath(new URL('../../node_modules/.bin/cdk', import.meta.url));

const built = await buildConsole(() => console.log('building the console …'));
const asked = process.argv.slice(2);
const { status } = spawnSync(CDK, ['deploy', ...(asked.length > 0 ? asked : ['--all'])], {
  stdio: 'inherit',
  env: { ...process.env, RELANCE_CONSOLE: built },
});
process.exitCode = status ?? 1;
