/** SES's events as recorded: which of them prove that a letter went, which stop, and which say nothing. */
import { describe, expect, it } from 'vitest';
import { recordDelivery } from '../../functions/record-delivery.ts';
import type { SesId } from '../../shared/domain/ids.ts';
import { useWorld } from './api/api-fixture.ts';
import { batchOf, failed, recorded, walkWith } from './recorded.ts';

const world = useWorld();
/** The id in the recorded events. */
const SES_ID = '0100019ab8f2c3d4-3f1c2b7a-9d61-4f0e-8a55-0c7d1e2f3a4b-000000' as SesId;
const unheard = { kind: 'unknown', detail: 'a time-out' } as const;
const accepted = { kind: 'accepted', sesId: SES_ID } as const;

const hear = (...events: readonly unknown[]) => recordDelivery(world.now().ports)(batchOf(events));

describe('a letter whose fate nobody knows', () => {
  it.each([
    'ses-send',
    'ses-delivery',
    'ses-delivery-delay',
    'ses-bounce-transient',
    'ses-bounce-mailbox-full',
    'ses-bounce-undetermined',
  ])('was taken by SES, says %s, and the next step is planned', async (name) => {
    const ana = await walkWith(world.now(), unheard);
    expect(await ana.walk()).toMatchObject({ kind: 'open', letter: { kind: 'unknown', step: 0 } });
    expect(await hear(recorded(name, ana.filled))).toEqual(failed());
    expect(await ana.state()).toMatchObject({
      standing: { kind: 'open' },
      enrollment: {
        kind: 'open',
        sent: [{ step: 0, sesId: SES_ID }],
        letter: { kind: 'planned', step: 1 },
        holds: [],
      },
    });
  });

  it('is not settled by events of other mails: alerts, other tags, unknown walks', async () => {
    const ana = await walkWith(world.now(), unheard);
    const elsewhere = { ...ana.filled, ENROLLMENT: `${'a'.repeat(26)}-1` };
    const events = [
      recorded('ses-send-of-alert'),
      recorded('ses-send', elsewhere),
      recorded('ses-send', { ...ana.filled, ENROLLMENT: 'no id of ours' }),
      recorded('ses-rendering-failure', elsewhere),
      recorded('sns-validation'),
    ];
    expect(await hear(...events)).toEqual(failed());
    expect(await ana.walk()).toMatchObject({ letter: { kind: 'unknown' } });
  });
});

describe('a letter that went', () => {
  it('is not sent, planned or recorded a second time by duplicates in any order', async () => {
    const ana = await walkWith(world.now(), accepted);
    const before = await ana.state();
    const events = ['ses-delivery', 'ses-send', 'ses-delivery-delay', 'ses-send', 'ses-bounce-transient'];
    expect(await hear(...events.map((name) => recorded(name, ana.filled)))).toEqual(failed());
    expect(await ana.state()).toEqual(before);
  });

  it.each([
    ['ses-bounce-permanent', 'bounced'],
    ['ses-bounce-suppressed', 'bounced'],
    ['ses-complaint', 'complained'],
  ])('%s stops and suppresses, once', async (name, why) => {
    const ana = await walkWith(world.now(), accepted);
    await hear(recorded(name, ana.filled));
    const once = await ana.state();
    expect(once).toMatchObject({
      standing: { kind: 'suppressed', why },
      enrollment: { kind: 'ended', end: { kind: 'stopped', why } },
    });
    expect(await hear(recorded(name, ana.filled), recorded('ses-send', ana.filled))).toEqual(failed());
    expect(await ana.state()).toEqual(once);
  });

  it.each([
    ['known to have gone', accepted],
    ['not known to have gone', unheard],
  ])('and was then rejected, %s, ends as failed: no follow-up to what never came', async (_, outcome) => {
    const ana = await walkWith(world.now(), outcome);
    expect(await hear(recorded('ses-reject', ana.filled))).toEqual(failed());
    expect(await ana.walk()).toMatchObject({ kind: 'ended', end: { kind: 'stopped', why: 'failed' } });
    const { items } = await world.now().ports.store.listTasks({ contactId: ana.contactId });
    expect(items.map(({ kind, status }) => [kind, status])).toEqual([['find-another-way', 'open']]);
    const once = await ana.state();
    await hear(recorded('ses-reject', ana.filled), recorded('ses-send', ana.filled));
    expect(await ana.state()).toMatchObject({ enrollment: once.enrollment! });
  });
});

it('events that mean nothing here are taken and forgotten', async () => {
  const ana = await walkWith(world.now(), accepted);
  const before = await ana.state();
  await hear(recorded('ses-subscription', ana.filled), recorded('ses-rendering-failure', ana.filled));
  expect(await ana.state()).toEqual(before);
});

it('a body that is no event of SES comes back alone, the others of its batch are done', async () => {
  const ana = await walkWith(world.now(), unheard);
  const events = [
    { eventType: 'Send' },
    recorded('ses-send', ana.filled),
    { notificationType: 'Received' },
    null,
  ];
  expect(await hear(...events)).toEqual(failed(0, 2, 3));
  expect(await ana.walk()).toMatchObject({ sent: [{ step: 0, sesId: SES_ID }] });
});

it('an event that is no SQS batch throws, so that Lambda reports the misconfiguration', async () => {
  await expect(recordDelivery(world.now().ports)({ detail: {} })).rejects.toThrow();
});
