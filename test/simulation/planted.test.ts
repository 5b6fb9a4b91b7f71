// Planted bugs are patches on the product's own words: when these move on, the patch must be worded anew.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PLANTED_BUGS } from './planted/all.ts';
import { WORKLOADS } from './workloads/all.ts';

const ROOT = join(import.meta.dirname, '../..');

it.each(PLANTED_BUGS.map((bug) => [bug.name, bug] as const))('%s still fits the product', (_name, bug) => {
  for (const { file, find } of bug.patches) {
    const stands = readFileSync(join(ROOT, file), 'utf8').split(find).length - 1;
    expect({ file, find, stands }).toEqual({ file, find, stands: 1 });
  }
  const known = WORKLOADS.map(({ name }) => name);
  expect(known).toEqual(expect.arrayContaining([...bug.workloads]));
});

it('has a name of its own for each, and at least 25 of them', () => {
  const names = new Set(PLANTED_BUGS.map(({ name }) => name));
  expect(names.size).toBe(PLANTED_BUGS.length);
  expect(names.size).toBeGreaterThanOrEqual(25);
});
