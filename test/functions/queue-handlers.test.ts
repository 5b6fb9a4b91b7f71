/** The other functions behind queues: a bad message comes back alone, a stale or repeated one changes nothing. */
import { describe, expect, it } from 'vitest';
import { enrollContacts } from '../../functions/enroll-contacts.ts';
import { reconcile } from '../../functions/reconcile.ts';
import { sendAlert } from '../../functions/send-alert.ts';
import { sendStep } from '../../functions/send-step.ts';
import type { AlertId, ContactId, SesId } from '../../shared/domain/ids.ts';
import { instant, minuteName, plus } from '../../shared/domain/instant.ts';
import type { OutgoingMail, Ports } from '../../shared/ports.ts';
import { CAMPAIGN, useWorld } from './api/api-fixture.ts';
import { batchOf, failed, walkWith } from './recorded.ts';

const world = useWorld();
const accepted = { kind: 'accepted', sesId: 'ses-1' as SesId } as const;

function portsThatSend(outcome: Awaited<ReturnType<Ports['mailer']['send']>> = accepted) {
  const mails: OutgoingMail[] = [];
  const ports: Ports = {
    ...world.now().ports,
    mailer: {
      allowance: async () => undefined,
      send: async (mail) => {
        mails.push(mail);
        return outcome;
      },
    },
  };
  return { ports, mails };
}

describe('send-step', () => {
  it('sends a due letter once, with opaque tags, however often its timer fires', async () => {
    const ana = await walkWith(world.now(), accepted);
    expect(ana.answer).toEqual(failed());
    expect(ana.tags).toEqual([{ enrollment: ana.enrollmentId, step: '0', claim: expect.any(String) }]);
    const { ports, mails } = portsThatSend();
    expect(await sendStep(ports)(batchOf([ana.due, ana.due, ana.due]))).toEqual(failed());
    expect(mails).toEqual([]);
  });

  it('ignores timers of another minute, another step and of nobody', async () => {
    const ana = await walkWith(world.now(), { kind: 'refused', why: 'throttled', detail: '' });
    const { ports, mails } = portsThatSend();
    const other = minuteName(instant('2026-11-01T00:00:00Z'));
    const due = [
      { ...ana.due, minute: other },
      { ...ana.due, step: 1 },
      { ...ana.due, enrollmentId: `${'a'.repeat(26)}-1` },
      { ...ana.due, enrollmentId: 'nobody' },
    ];
    expect(await sendStep(ports)(batchOf(due))).toEqual(failed());
    expect(mails).toEqual([]);
  });

  it('gives back only what is no timer', async () => {
    const ana = await walkWith(world.now(), accepted);
    const { ports } = portsThatSend();
    const bodies = [
      { enrollmentId: 1 },
      ana.due,
      'no JSON',
      { ...ana.due, step: -1 },
      { ...ana.due, step: 0.5 },
    ];
    expect(await sendStep(ports)(batchOf(bodies))).toEqual(failed(0, 2, 3, 4));
  });
});

describe('enroll-contacts', () => {
  it('gives back a page that it cannot read, or whose campaign is unknown, and does the others', async () => {
    await world.now().ask('POST', '/v1/campaigns', CAMPAIGN);
    const [page] = world.now().pages;
    const bodies = [{ kind: 'enroll' }, page, { ...page, campaignId: 'nothing-of-ours' }, page];
    expect(await enrollContacts(world.now().ports)(batchOf(bodies))).toEqual(failed(0, 2));
    const { items } = await world.now().ports.store.listEnrollments('autumn' as never);
    expect(items).toHaveLength(2);
  });

  it('keeps a page in its queue until its campaign is launched', async () => {
    const draft = { ...CAMPAIGN, launch: false };
    await world.now().ask('POST', '/v1/campaigns', draft);
    const page = { kind: 'enroll', campaignId: CAMPAIGN.id, contactIds: ['a'.repeat(26) as ContactId] };
    expect(await enrollContacts(world.now().ports)(batchOf([page]))).toEqual(failed(0));
  });
});

describe('send-alert', () => {
  const alert = {
    id: 'alert-1' as AlertId,
    kind: 'fence-closed',
    at: instant('2026-11-24T10:00:00Z'),
    delivered: {},
  } as const;

  it('delivers once by one channel, and forgets alerts and channels that are gone', async () => {
    const { ports, mails } = portsThatSend();
    await ports.store.putNew('alert', alert);
    const due = { alertId: alert.id, channelId: 'operator', attempt: 0 };
    const gone = [
      { ...due, alertId: 'gone' },
      { ...due, channelId: 'gone' },
    ];
    expect(await sendAlert(ports)(batchOf([due, due, ...gone]))).toEqual(failed());
    expect(mails.map(({ to, tags }) => ({ to, tags }))).toEqual([
      { to: ['operator@example.com'], tags: { alert: alert.id } },
    ]);
  });

  it('gives back what it cannot read, and asks again later where a channel did not take its alert', async () => {
    const { ports } = portsThatSend({ kind: 'unknown', detail: 'a time-out' });
    await ports.store.putNew('alert', { ...alert, at: ports.clock.now() });
    const due = { alertId: alert.id, channelId: 'operator', attempt: 0 };
    expect(await sendAlert(ports)(batchOf([{ alertId: 1 }, due, { ...due, alertId: 'gone' }]))).toEqual(
      failed(0),
    );
    expect(world.now().queued).toEqual([`${alert.id} operator`]);
    expect((await ports.store.load('alert', alert.id))?.delivered).toEqual({});
  });
});

it('reconcile sends a mark, counts the dead letters and sets a lost timer again', async () => {
  await world.now().ask('POST', '/v1/campaigns', { ...CAMPAIGN, contacts: [CAMPAIGN.contacts[0]] });
  await world.now().workOff();
  const [timer] = world.now().timers.splice(0);
  const marks: string[] = [];
  const ports: Ports = {
    ...world.now().ports,
    mailbox: {
      ...world.now().ports.mailbox,
      sendMark: async (at) => void marks.push(at),
      countDeadLetters: async () => 3,
    },
  };
  world.now().pass(Date.parse(plus(timer!.dueAt, 6 * 60_000)) - Date.parse(ports.clock.now()));
  // EventBridge's own event says nothing that matters.
  const answer = await reconcile(ports)({ 'detail-type': 'Scheduled Event', detail: {} });
  expect(answer).toMatchObject({ looked: 1, fence: 'closed' });
  expect(marks).toEqual([ports.clock.now()]);
  expect(await ports.store.loadInbound()).toMatchObject({ deadLetters: 3 });
  expect(world.now().timers).toEqual([timer]);
});
