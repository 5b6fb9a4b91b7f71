// A campaign that asks for approval, on the whole local product: an unapproved letter stays home.
import { afterEach, expect, it } from 'vitest';
import { aCampaign, aContact, aWorld, DAY_MS, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

it('sends what a person has seen, in the words that were seen, and nothing else', async () => {
  world = await aWorld('2026-11-23T06:00:00Z');
  const contacts = [
    aContact(),
    aContact({ address: 'rui@oficina.example', firstName: 'Rui', lastName: 'Costa' }),
  ];
  const { campaign } = await world.client.campaigns.create(
    aCampaign({ approval: 'each', contacts, acceptWarnings: 'all' }),
  );
  await world.pass(2 * DAY_MS);
  expect(world.got).toEqual([]);

  const waiting = await world.client.approvals.list({ campaignId: campaign.id });
  expect(waiting.items.map(({ waits }) => waits)).toEqual([true, true]);
  const ana = waiting.items.find(({ name }) => name === 'Ana Silva');
  if (!ana?.print) throw new Error('The story wants a letter to Ana');
  const body = 'Dear Ana,\n\nI saw your shop on Monday.\n\nKind regards,\nLin Wei';
  const edited = await world.client.enrollments.editLetter(ana.enrollmentId, '0', { body });
  const old = world.client.enrollments.approve(ana.enrollmentId, { step: 0, print: ana.print });
  await expect(old).rejects.toThrow(/differently/);
  await world.client.enrollments.approve(ana.enrollmentId, { step: 0, print: edited.print ?? '' });
  await world.pass(3 * DAY_MS);
  const [letter, ...others] = world.got;
  expect(letter?.to).toBe('ana.silva@acme.example');
  expect(letter?.mail.text).toContain('I saw your shop on Monday.');
  expect(others).toEqual([]);
}, 300_000);
