// What a browser must load before Today stands there, as the network carries it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { buildConsole } from '../../infra/build-console.ts';

/** The issue asks for 500 kB; this is what a telephone on a poor line takes in about a second. */
const SCRIPTS_MAX = 220_000;
const STYLES_MAX = 60_000;
/** Each one more is a round trip more where they are fetched six at a time. */
const FILES_MAX = 6;

it('is one beginning and one application: few files, little script, little style', async () => {
  const dir = await buildConsole();
  const html = readFileSync(join(dir, 'index.html'), 'utf8');
  const named = (text: string) =>
    [...text.matchAll(/assets\/([\w.-]{1,100}\.(?:js|css))/g)].map(([, name]) => name);
  const [entry = ''] = named(html).filter((name) => name?.endsWith('.js'));
  const beginning = readFileSync(join(dir, 'assets', entry), 'utf8');
  // What the beginning loads by itself: the application with its styles, and the words of one language.
  const loaded = [...beginning.matchAll(/["'`]\.\/((?:first|start|all-en)-[\w-]{1,40}\.(?:js|css))/g)];
  const files = new Set([...named(html), ...loaded.map(([, name]) => name)]);
  const bytesOf = (kind: string) =>
    [...files]
      .filter((name) => name?.endsWith(kind))
      .reduce((sum, name) => sum + gzipSync(readFileSync(join(dir, 'assets', name ?? ''))).length, 0);
  expect([...files].some((name) => name?.startsWith('first-'))).toBe(true);
  expect(files.size).toBeLessThanOrEqual(FILES_MAX);
  expect(bytesOf('.js')).toBeGreaterThan(50_000);
  expect(bytesOf('.js')).toBeLessThan(SCRIPTS_MAX);
  expect(bytesOf('.css')).toBeLessThan(STYLES_MAX);
});
