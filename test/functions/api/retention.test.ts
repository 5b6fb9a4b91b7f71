// How long the log of deeds is kept: what an administrator says holds for what is written from then on.
import { expect, it } from 'vitest';
import { DAY, plus } from '../../../shared/domain/instant.ts';
import { START, useWorld } from './api-fixture.ts';

const world = useWorld();
const put = (body: unknown) => world.now().ask('PUT', '/v1/retention', body);
const kept = async () => (await world.now().ports.store.listAudit()).items.map(({ expiresAt }) => expiresAt);

it('is a year for deeds, a year for raw mails and a week for files where nobody says otherwise', async () => {
  const answer = await world.now().ask('GET', '/v1/retention');
  expect(await answer.json()).toEqual({ auditDays: 365, mailDays: 365, fileDays: 7 });
  await world.now().ask('POST', '/v1/suppressions', { domain: 'rival.example' });
  expect(await kept()).toEqual([plus(START, 365 * DAY)]);
});

it('holds from the change on, and the change itself is a deed', async () => {
  expect(await (await put({ auditDays: 90 })).json()).toMatchObject({ auditDays: 90 });
  await world.now().ask('POST', '/v1/suppressions', { domain: 'rival.example' });
  expect(await kept()).toEqual([plus(START, 90 * DAY), plus(START, 90 * DAY)]);
});

it('hides a deed whose term is over, although the table may show it for days', async () => {
  const { ports, ask } = world.now();
  const entry = { at: START, actor: 'a', operation: 'x', status: 200, requestId: 'r' };
  await ports.store.put('audit', { ...entry, id: 'over', expiresAt: START });
  await ports.store.put('audit', { ...entry, id: 'kept', expiresAt: plus(START, 1) });
  const { items } = (await (await ask('GET', '/v1/audit')).json()) as { items: { id: string }[] };
  expect(items.map(({ id }) => id)).toEqual(['kept']);
});

it.each([29, 3651, 90.5, '90'])('refuses %s days by naming the field', async (auditDays) => {
  const answer = await put({ auditDays });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/auditDays' }] });
});
