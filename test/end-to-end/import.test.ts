// A file of contacts through the real services: presigned upload, S3's event, the function, the campaign, the report.
import { afterEach, expect, it } from 'vitest';
import type { CampaignId } from '../../shared/domain/ids.ts';
import { badRowsKey, reportKey, sourceKey } from '../../shared/domain/import.ts';
import { importRun } from '../support/import-run.ts';
import { aSheet } from '../support/import-sheets.ts';
import { aCampaign, aWorld, type World } from '../support/world.ts';

const ID = 'a'.repeat(20);
const HOUR_MS = 3_600_000;
let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

it('brings every good row into the running campaign once, and explains every bad one in a sheet to be mended', async () => {
  world = await aWorld('2027-03-01T06:00:00Z');
  await world.client.campaigns.create({ ...aCampaign({ launch: false, contacts: [] }), id: 'fair' });
  const { ports } = world.runtime;
  await ports.store.put('import', {
    id: ID,
    createdAt: ports.clock.now(),
    status: 'waiting',
    done: 0,
    accepted: 0,
    refused: 0,
    badBatches: [],
    campaignId: 'fair' as CampaignId,
    launch: true,
    acceptWarnings: 'all',
  });
  const sheet = aSheet(60, 8);
  const body = Buffer.from(sheet.text);
  const file = { bytes: body.length, type: 'text/csv', forMs: HOUR_MS };
  const { url, headers } = await ports.files.uploadLink(sourceKey(ID), file);
  expect(
    (await fetch(url, { method: 'PUT', headers: { ...headers, 'if-none-match': '' }, body })).status,
  ).toBe(403);
  expect((await fetch(url, { method: 'PUT', headers, body })).status).toBe(200);
  await world.quiet();
  expect((await fetch(`${url}0`, { method: 'PUT', headers, body })).status).toBe(403);
  await world.pass(30_000);

  const one = await ports.store.load('import', ID);
  expect(one).toMatchObject({ status: 'done', rows: 60, done: 60, accepted: 52, refused: 8, reported: 8 });
  const report = Buffer.from((await ports.files.read(reportKey(ID), 0, 1e6)) ?? []).toString();
  const lines = report.trimEnd().split('\r\n').slice(1);
  for (const [at, bad] of sheet.bad.entries()) {
    expect(lines[at]).toContain(`,${bad.row},`);
    expect(lines[at]).toContain(`,${bad.reason},`);
  }
  expect(await ports.files.read(sourceKey(ID), 0, 10)).toBeUndefined();
  expect(await ports.files.read(badRowsKey(ID, 1), 0, 10)).toBeUndefined();

  const { items } = await ports.store.listEnrollments('fair' as CampaignId, { limit: 100 });
  expect(items.filter(({ enrollment }) => enrollment.letter?.kind === 'planned')).toHaveLength(52);
}, 60_000);

it('plans a letter for each of 293 good rows of 300 and explains the other 7, with five calls of AWS a row', async () => {
  const run = await importRun(300, 7);
  expect(run).toMatchObject({ accepted: 293, refused: 7, explained: 7, planned: 293 });
  // A company, a place, a schedule and a state are written for each; whatever is read is read by the hundred.
  expect(run.callsPerRow).toBeLessThan(5);
}, 60_000);
