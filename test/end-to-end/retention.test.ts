// What AWS forgets by itself, by time to live and lifecycle, is forgotten on a machine of one's own too.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startS3 } from '../../infra/local/s3.ts';
import { DAY, HOUR, plus } from '../../shared/domain/instant.ts';
import { aWorld } from '../support/world.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

it('an item is gone from the local table on the day after its term, and no earlier', async () => {
  const world = await aWorld('2027-03-01T22:00:00Z');
  closing.push(world.close);
  const { store, clock } = world.runtime.ports;
  const entry = { at: clock.now(), actor: 'a', operation: 'x', status: 200, requestId: 'r' };
  await store.put('audit', { ...entry, id: 'short', expiresAt: plus(entry.at, HOUR) });
  await store.put('audit', { ...entry, id: 'long', expiresAt: plus(entry.at, DAY) });
  await world.pass(90 * 60_000);
  expect(await store.load('audit', entry.at, 'short')).toBeDefined();
  await world.pass(HOUR);
  expect(await store.load('audit', entry.at, 'short')).toBeUndefined();
  expect(await store.load('audit', entry.at, 'long')).toBeDefined();
});

it('an object is gone from the local bucket once it is old enough', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'relance-'));
  let now = 1_000;
  const s3 = await startS3({ dir, buckets: ['mails'], now: () => now });
  closing.push(async () => {
    await s3.close();
    rmSync(dir, { recursive: true, force: true });
  });
  await s3.put('mails', 'inbound/old', Buffer.from('x'));
  now = 2_000;
  await s3.put('mails', 'inbound/new', Buffer.from('y'));
  expect(await s3.expire('mails', 2_000)).toBe(1);
  expect(await s3.expire('mails', 2_000)).toBe(0);
});
