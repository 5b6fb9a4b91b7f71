// What a browser must load before Today stands there, as the network carries it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { buildConsole } from '../../infra/build-console.ts';

const INITIAL_BYTES_MAX = 500_000;

/** A module's static imports, to their end. */
function withImports(dir: string, file: string, seen: Set<string>): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(join(dir, 'assets', file), 'utf8');
  for (const [, name = ''] of text.matchAll(/(?:from|import)\s?["']\.\/([\w.-]{1,100}\.js)["']/g))
    withImports(dir, name, seen);
  return seen;
}

it('is under 500 kB of JavaScript, gzipped, with the Today page in it', async () => {
  const dir = await buildConsole();
  const html = readFileSync(join(dir, 'index.html'), 'utf8');
  const entry = /assets\/([\w.-]{1,100}\.js)/.exec(html)?.[1] ?? '';
  const entryText = readFileSync(join(dir, 'assets', entry), 'utf8');
  const today = /\.\/(today-[\w-]{1,40}\.js)/.exec(entryText)?.[1] ?? '';
  expect(today).not.toBe('');
  const files = withImports(dir, today, withImports(dir, entry, new Set()));
  const bytes = [...files].reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(dir, 'assets', file))).length,
    0,
  );
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(INITIAL_BYTES_MAX);
});
