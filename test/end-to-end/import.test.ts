// A file of contacts through the real services: presigned upload, S3's event, the function, the campaign, the report.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aSheet } from '../support/import-sheets.ts';
import { aCampaign, aWorld, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await aWorld('2027-03-01T06:00:00Z');
});
afterEach(() => world.close());

it('probe', async () => {
  const made = await world.client.createCampaign({ ...aCampaign({ launch: false, contacts: [] }), id: 'fair' } as never);
  const { ports } = world.runtime;
  const id = 'a'.repeat(20);
  await ports.store.put('import', { id, createdAt: ports.clock.now(), status: 'waiting', done: 0, accepted: 0, refused: 0, badBatches: [], campaignId: 'fair' as never, launch: true });
  const sheet = aSheet(1200, 21);
  const bytes = Buffer.from(sheet.text);
  const link = await ports.files.uploadLink(`imports/${id}/source`, { bytes: bytes.length, type: 'text/csv', forMs: 3600_000 });
  console.time('import');
  const put = await fetch(link.url, { method: 'PUT', headers: link.headers, body: bytes });
  console.log(put.status, await put.text(), link);
  await world.quiet();
  await world.pass(60_000);
  console.timeEnd('import');
  const one = await ports.store.load('import', id);
  console.log(one);
  const report = await ports.files.read(`imports/${id}/errors.csv`, 0, 1e6);
  console.log(Buffer.from(report ?? []).toString().slice(0, 1500));
  console.log(await ports.files.list('imports/'));
  expect(made).toBeDefined();
}, 120_000);
