/** SES's "Received" notification as recorded, marks and re-queued mails: what each becomes, and what comes back. */
import { describe, expect, it } from 'vitest';
import { receiveMailFrom } from '../../functions/receive-mail.ts';
import type { EnrollmentId, SesId } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/instant.ts';
import { replyAddress } from '../../shared/domain/token.ts';
import type { Ports } from '../../shared/ports.ts';
import { useWorld } from './api/api-fixture.ts';
import { ANA, batchOf, failed, recorded, walkWith } from './recorded.ts';

const world = useWorld();
const RAW_KEY = 'inbound/o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1';
const accepted = { kind: 'accepted', sesId: 'ses-1' as SesId } as const;

/** A mailbox with these mails in it, and a list of what was fetched. */
function portsWith(mails: Readonly<Record<string, string>>) {
  const fetched: string[] = [];
  const ports: Ports = {
    ...world.now().ports,
    mailbox: {
      ...world.now().ports.mailbox,
      read: async (key, bytesMax) => {
        fetched.push(key);
        const mail = mails[key];
        return mail === undefined ? undefined : Buffer.from(mail).subarray(0, bytesMax);
      },
    },
  };
  return { ports, fetched };
}

const mailFrom = (from: string, text: string, headers: readonly string[] = []): string =>
  [`From: ${from}`, 'Subject: Re: Hand tools', 'Message-ID: <1@x.example>', ...headers, '', text, ''].join(
    '\r\n',
  );

const tokenOf = (enrollmentId: EnrollmentId): string => {
  const { settings, ids } = world.now().ports;
  return replyAddress(settings.replyDomain, ids.tokenKeys, enrollmentId);
};

type Received = { mail: { messageId: string }; receipt: Record<string, unknown> };
const received = (recipient: string, receipt: Record<string, unknown> = {}): Received => {
  const event = recorded('ses-received', { RECIPIENT: recipient }) as Received;
  return { ...event, receipt: { ...event.receipt, ...receipt } };
};
const stranger = () => `hello@${world.now().ports.settings.replyDomain}`;

describe('a notification', () => {
  it('leads by its key to the mail, and by its envelope recipient to the walk', async () => {
    const ana = await walkWith(world.now(), accepted);
    const { ports, fetched } = portsWith({ [RAW_KEY]: mailFrom('ana@home.example', 'Please call me.') });
    const answer = await receiveMailFrom(ports)(batchOf([received(tokenOf(ana.enrollmentId))]));
    expect(answer).toEqual(failed());
    expect(fetched).toEqual([RAW_KEY]);
    expect(await ana.walk()).toMatchObject({ kind: 'ended', end: { why: 'replied' } });
    const { items } = await ports.store.listMessages(ana.contactId);
    expect(items.find(({ kind }) => kind === 'in')).toMatchObject({ rawKey: RAW_KEY, matchedBy: 'token' });
    // SES's clock, not ours, says when it came.
    expect(items.find(({ kind }) => kind === 'in')?.at).toBe('2026-11-25T10:00:00.028Z');
  });

  it('of an answer goes unread with a wish to be forgotten, and stops the walk that the wish has not stopped yet', async () => {
    const ana = await walkWith(world.now(), accepted);
    const { ports, fetched } = portsWith({ [RAW_KEY]: mailFrom('ana@home.example', 'Please call me.') });
    // The run that wrote it down has died before its next call.
    await ports.store.put('erasure', { contactId: ana.contactId, askedAt: instant('2026-11-25T09:59:00Z') });
    const answer = await receiveMailFrom(ports)(batchOf([received(tokenOf(ana.enrollmentId))]));
    expect(answer).toEqual(failed());
    expect(fetched).toEqual([]);
    expect((await ana.walk())?.kind).toBe('ended');
    const standing = (await ports.store.loadState(ana.contactId))?.state.standing;
    expect(standing).toMatchObject({ kind: 'suppressed', why: 'erased' });
  });

  it.each([
    ['PASS', { end: { why: 'replied' } }],
    ['FAIL', { kind: 'open', holds: [{ kind: 'person' }] }],
    ['GRAY', { kind: 'open', holds: [{ kind: 'person' }] }],
    ['PROCESSING_FAILED', { kind: 'open', holds: [{ kind: 'person' }] }],
  ])('with DMARC %s and nothing but a From is worth as much as that', async (status, becomes) => {
    const ana = await walkWith(world.now(), accepted);
    const { ports } = portsWith({ [RAW_KEY]: mailFrom(`Ana <${ANA}>`, 'Please call me.') });
    const event = received(stranger(), { dmarcVerdict: { status }, dmarcPolicy: 'reject' });
    expect(await receiveMailFrom(ports)(batchOf([event]))).toEqual(failed());
    expect(await ana.walk()).toMatchObject(becomes);
  });

  it('without verdicts, because scanning is off, vouches for nothing', async () => {
    const ana = await walkWith(world.now(), accepted);
    const { ports } = portsWith({ [RAW_KEY]: mailFrom(ANA, 'Please call me.') });
    const event = received(stranger());
    for (const name of Object.keys(event.receipt)) if (name.endsWith('Verdict')) delete event.receipt[name];
    expect(await receiveMailFrom(ports)(batchOf([event]))).toEqual(failed());
    expect(await ana.walk()).toMatchObject({ kind: 'open', holds: [{ kind: 'person' }] });
  });

  it('two From headers are nobody: parsers disagree about which one counts', async () => {
    const ana = await walkWith(world.now(), accepted);
    const { ports } = portsWith({
      [RAW_KEY]: mailFrom('x@evil.example', 'Stop all letters.', [`From: ${ANA}`]),
    });
    await receiveMailFrom(ports)(batchOf([received(stranger())]));
    expect(await ana.walk()).toMatchObject({ kind: 'open', holds: [] });
    expect((await ports.store.listMessages('unmatched')).items).toHaveLength(1);
  });

  it('delivered twice by SQS changes nothing the second time', async () => {
    const ana = await walkWith(world.now(), accepted);
    const { ports } = portsWith({ [RAW_KEY]: mailFrom(ANA, 'Please call me.') });
    const event = batchOf([received(tokenOf(ana.enrollmentId))]);
    await receiveMailFrom(ports)(event);
    const once = await ana.state();
    await receiveMailFrom(ports)(event);
    expect(await ana.state()).toEqual(once);
    expect((await ports.store.listAlerts()).items).toHaveLength(1);
  });
});

describe('a mail that cannot be read', () => {
  it('comes back, and its walk is held meanwhile', async () => {
    const ana = await walkWith(world.now(), accepted);
    const { ports } = portsWith({});
    expect(await receiveMailFrom(ports)(batchOf([received(tokenOf(ana.enrollmentId))]))).toEqual(failed(0));
    expect(await ana.walk()).toMatchObject({ kind: 'open', holds: [{ kind: 'inbound' }] });
  });

  it('is not parsed from the third receive on: a person is asked, and the hold stays', async () => {
    const ana = await walkWith(world.now(), accepted);
    const { ports, fetched } = portsWith({ [RAW_KEY]: mailFrom(ANA, 'Please call me.') });
    const third = batchOf([received(tokenOf(ana.enrollmentId))], 3);
    expect(await receiveMailFrom(ports)(third)).toEqual(failed());
    expect(fetched).toEqual([]);
    expect(await ana.walk()).toMatchObject({ kind: 'open', holds: [{ kind: 'person' }] });
    expect((await ports.store.listAlerts()).items).toMatchObject([{ contactId: ana.contactId }]);
  });
});

it('a mark is written down, an older one is not', async () => {
  const { ports } = portsWith({});
  const mark = (at: string) => ({ kind: 'mark', at });
  const marks = [mark('2026-11-25T10:15:00.000Z'), mark('2026-11-25T10:00:00.000Z')];
  expect(await receiveMailFrom(ports)(batchOf(marks))).toEqual(failed());
  expect(await ports.store.loadInbound()).toMatchObject({ markAt: '2026-11-25T10:15:00.000Z' });
});

it('what is no notification comes back alone; the plain text of SNS is taken and forgotten', async () => {
  const ana = await walkWith(world.now(), accepted);
  const { ports } = portsWith({ [RAW_KEY]: mailFrom(ANA, 'Please call me.') });
  const bodies = [
    recorded('sns-validation'),
    { notificationType: 'Bounce' },
    received(tokenOf(ana.enrollmentId)),
    { kind: 'mark', at: 'yesterday' },
  ];
  expect(await receiveMailFrom(ports)(batchOf(bodies))).toEqual(failed(1, 3));
  expect(await ana.walk()).toMatchObject({ end: { why: 'replied' } });
});
