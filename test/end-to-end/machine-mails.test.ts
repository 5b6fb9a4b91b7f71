/** What mail systems say: delivery reports from two reporters, absences, tickets, complaints. None of it may ring. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SenderGiven } from '../../shared/api/senders.ts';
import {
  aCampaign,
  aContact,
  answerTo,
  aWorld,
  replyToOf,
  SALESPERSON,
  type World,
} from '../support/world.ts';
import {
  addressOf,
  alertsOf,
  contactsNamed,
  deliveryReport,
  launched,
  letterOf,
  START,
  tasksOf,
  walkOf,
} from './scene.ts';

const simulated = (name: string) => `${name}@simulator.amazonses.com`;
/** An address that exists no more; SES hears so and reports it twice: as an event and as a forwarded mail. */
const GONE = 'gone@closed.example';

let world: World;
beforeAll(async () => {
  world = await aWorld(START, { bounces: (address) => address === GONE });
  await launched(world, {
    contacts: [
      ...contactsNamed('Ana', 'Bea', 'Carla', 'Dina', 'Eva', 'Fina')!,
      ...[GONE, simulated('bounce'), simulated('complaint'), simulated('ooto')].map((address, index) =>
        aContact({ address, company: `Company ${index}`, fields: { why: `Reason ${address}.` } }),
      ),
    ],
  });
});
afterAll(() => world.close());

const walk = (name: string) => walkOf(world, addressOf(name));
const standingOf = async (address: string) => {
  const { contactId } = await walkOf(world, address);
  return (await world.client.contacts.get(contactId)).standing;
};
const inboundOf = async (address: string) => {
  const { contactId } = await walkOf(world, address);
  const { items } = await world.client.contacts.messages(contactId);
  return items.filter(({ kind }) => kind === 'in');
};
/** A machine's answer to the reply address, from the null sender. */
const machineSays = (name: string, text: string, headers: readonly string[]): Promise<void> => {
  const letter = letterOf(world, addressOf(name));
  const raw = answerTo(letter, { text, headers, id: `machine-${name}` });
  return world.send({ from: '', to: replyToOf(letter), raw });
};

describe('a permanent bounce', () => {
  it.each([GONE, simulated('bounce')])('of %s, told twice by SES, is acted on once', async (address) => {
    const stopped = await walkOf(world, address);
    expect(stopped).toMatchObject({ state: 'stopped', stopped: 'bounced' });
    expect(await standingOf(address)).toMatchObject({ kind: 'suppressed', why: 'bounced' });
    // The second reporter came: its mail is on record, and made no second task.
    expect(await inboundOf(address)).toMatchObject([{ read: 'bounce' }]);
    expect(await tasksOf(world, stopped)).toEqual(['find-another-way']);
    expect(await alertsOf(world, stopped)).toEqual([]);
  });

  it('is believed where only their mail server reports it', async () => {
    const raw = deliveryReport(letterOf(world, addressOf('Ana')), { action: 'failed', status: '5.1.1' });
    await world.send({ from: '', to: replyToOf(letterOf(world, addressOf('Ana'))), raw });
    expect(await walk('Ana')).toMatchObject({ state: 'stopped', stopped: 'bounced' });
    expect(await standingOf(addressOf('Ana'))).toMatchObject({ kind: 'suppressed', why: 'bounced' });
  });
});

describe('a delivery problem that may pass', () => {
  it.each([
    ['a full mailbox', 'Bea', { action: 'failed', status: '4.2.2' }],
    ['a delay', 'Carla', { action: 'delayed', status: '4.4.1' }],
  ])('as %s leaves everything as planned', async (_, name, of) => {
    const before = await walk(name);
    const raw = deliveryReport(letterOf(world, addressOf(name)), of);
    await world.send({ from: '', to: replyToOf(letterOf(world, addressOf(name))), raw });
    expect(await walk(name)).toMatchObject({ state: 'planned', step: 1, dueAt: before.dueAt, holds: [] });
    expect(await inboundOf(addressOf(name))).toMatchObject([{ read: 'bounce' }]);
    expect((await standingOf(addressOf(name))).kind).toBe('open');
  });
});

it('a complaint, told twice, stops and suppresses for good', async () => {
  const address = simulated('complaint');
  expect(await walkOf(world, address)).toMatchObject({ state: 'stopped', stopped: 'complained' });
  expect(await standingOf(address)).toMatchObject({ kind: 'suppressed', why: 'complained' });
  expect(await inboundOf(address)).toMatchObject([{ read: 'complaint' }]);
  await expect(world.client.enrollments.resume((await walkOf(world, address)).id)).rejects.toMatchObject({
    status: 409,
  });
});

it('an absence that SES reports as a bounce stops nobody: the follow-up waits', async () => {
  const address = simulated('ooto');
  const away = await walkOf(world, address);
  expect(away).toMatchObject({ state: 'planned', step: 1, holds: [{ kind: 'absence' }] });
  expect(away.dueAt! >= away.holds[0]!.until!).toBe(true);
  expect((await standingOf(address)).kind).toBe('open');
});

describe('a note to the reply address', () => {
  it('with a day of return moves the follow-up to the working day after it', async () => {
    await machineSays('Dina', 'I am out of the office and will be back on Monday, 23 November 2026.', [
      'Auto-Submitted: auto-replied',
    ]);
    const away = await walk('Dina');
    expect(away).toMatchObject({ state: 'planned', holds: [{ kind: 'absence' }] });
    expect(away.dueAt!.slice(0, 10)).toBe('2026-11-24');
    expect(await alertsOf(world, away)).toEqual([]);
  });

  it('of a ticket system changes nothing', async () => {
    const before = await walk('Eva');
    await machineSays('Eva', 'Your request (48213) has been received and is being reviewed by our staff.', [
      'Auto-Submitted: auto-generated',
      'X-Mailer: Zendesk Mailer',
    ]);
    expect(await walk('Eva')).toMatchObject({ state: 'planned', dueAt: before.dueAt, holds: [] });
    expect(await inboundOf(addressOf('Eva'))).toMatchObject([{ read: 'auto-reply' }]);
  });

  it('that they have left the company stops, and names who else to write to', async () => {
    await machineSays(
      'Fina',
      'I no longer work at Fina & Sons. Please contact my successor Rui Costa, rui.costa@fina.example.',
      ['Auto-Submitted: auto-replied'],
    );
    const left = await walk('Fina');
    expect(left).toMatchObject({ state: 'stopped', stopped: 'left-company' });
    const { items } = await world.client.tasks.list({ limit: 200 });
    const task = items.find(({ enrollmentId }) => enrollmentId === left.id);
    expect(task).toMatchObject({ kind: 'find-another-way', person: 'Rui Costa' });
  });
});

it('a bounce of our own alert is not a bounce of the prospect whom it is about', async () => {
  const sender: SenderGiven = {
    ...(aCampaign().sender as SenderGiven),
    id: 'closeddesk',
    channels: [
      { kind: 'mail', id: 'closed', address: simulated('bounce+desk') },
      { kind: 'mail', id: 'desk', address: SALESPERSON },
    ],
  };
  await launched(world, { sender, contacts: contactsNamed('Hana') });
  const letter = letterOf(world, addressOf('Hana'));
  const raw = answerTo(letter, { text: 'Please call me.', id: 'hana-1' });
  await world.send({ from: addressOf('Hana'), to: replyToOf(letter), raw });
  expect(await walk('Hana')).toMatchObject({ state: 'stopped', stopped: 'replied' });
  expect((await standingOf(addressOf('Hana'))).kind).toBe('open');
});

it('nothing of all this rang', () => {
  expect(world.alerts().map(({ mail }) => mail.subject)).toEqual([expect.stringContaining('Hana')]);
});
