/**
 * `node test/browser/open-corpus.ts DIR`: opens every `.eml` below a folder in the console and says whom the page asked
 * for anything. Ends with 1 where that was anybody but its own origin.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildConsole } from '../../infra/build-console.ts';
import { aWorld } from '../support/world.ts';
import { openBrowser, openConsole } from './open-browser.ts';
import { openMails } from './open-mails.ts';

const AT_ONCE = 40;

const dir = resolve(process.argv[2] ?? '.');
const files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.eml'))
  .sort();
const world = await aWorld('2026-11-17T08:58:00Z', { consoleDir: await buildConsole() });
const browser = await openBrowser();
let formatted = 0;
const offOrigin: string[] = [];
const errors: string[] = [];
for (let at = 0; at < files.length; at += AT_ONCE) {
  const site = { url: world.runtime.apiUrl, token: world.runtime.config.apiToken };
  const { page, witness } = await openConsole(browser, site);
  formatted += await openMails(
    page,
    files.slice(at, at + AT_ONCE).map((name) => readFileSync(join(dir, name))),
  );
  offOrigin.push(...witness.offOrigin);
  errors.push(...witness.errors);
  await page.context().close();
}
await browser.close();
await world.close();
console.log(`${files.length} mails opened, ${formatted} of them formatted`);
console.log(`requests off origin: ${offOrigin.length}, console errors: ${errors.length}`);
for (const line of [...offOrigin, ...errors].slice(0, 20)) console.log(`  ${line.slice(0, 200)}`);
process.exitCode = offOrigin.length + errors.length > 0 ? 1 : 0;
