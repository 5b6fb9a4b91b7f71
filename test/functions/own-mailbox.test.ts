// Answers to the address on the business card: redirected, forwarded inline or attached, copied; each counts once.
import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../shared/domain/instant.ts';
import { useWorld } from './api/api-fixture.ts';
import {
  ANA_ADDRESS as ANA,
  anInbox,
  forwardedBelow,
  type Inbox,
  LETTER_ID,
  type Mail,
  OWN,
  verdicts,
  wrapped,
  written,
} from './inbound-fixture.ts';

const world = useWorld();
const WORDS = 'Thank you for your letter. Please send me your price list and two samples.';
const ANSWER: Mail = { from: ANA, text: WORDS, headers: [`In-Reply-To: ${LETTER_ID}`] };
const FORWARD = { from: OWN, subject: 'Fwd: Re: Hand tools for Ferragens Lda', id: 'fwd-1@acme.example' };

const WAYS: readonly [string, (cover: string) => string][] = [
  ['redirected', () => written(ANSWER)],
  ['forwarded inline', (cover) => written({ ...FORWARD, text: forwardedBelow(cover, ANSWER) })],
  ['forwarded as an attachment', (cover) => wrapped({ ...FORWARD, text: cover }, written(ANSWER))],
  [
    'forwarded inline by another mailbox of the house',
    (cover) => written({ ...FORWARD, from: 'sales@acme.example', text: forwardedBelow(cover, ANSWER) }),
  ],
];

describe.each(WAYS)('a reply that only the sender’s own mailbox got, %s,', (_how, raw) => {
  it('stops the follow-up and rings once', async () => {
    const inbox = await anInbox(world.now());
    await inbox.arrive(raw(''), inbox.redirectTo);
    expect(await inbox.walk()).toMatchObject({ kind: 'ended', end: { why: 'replied' } });
    expect(await inbox.alerts()).toMatchObject([{ kind: 'reply', contactId: inbox.contactId }]);
    expect(await inbox.inbound()).toMatchObject([{ from: ANA, matchedBy: 'own-mailbox' }]);
  });

  it('is the prospect’s words, not those that somebody wrote above them', async () => {
    const inbox = await anInbox(world.now());
    await inbox.arrive(
      raw('FYI, please do not unsubscribe them. I am out of office till Monday.'),
      inbox.redirectTo,
    );
    const [record] = await inbox.inbound();
    expect(record?.reading.replyText).toBe(WORDS);
    expect(record?.reading.kind.value).toBe('reply');
  });

  it.each([['the direct one first'], ['the mailbox’s first']])(
    'and that came by the reply address as well, %s, is one record and one alert',
    async (order) => {
      const inbox = await anInbox(world.now());
      const ways = [
        () => inbox.arrive(written(ANSWER), inbox.replyTo),
        () => inbox.arrive(raw(''), inbox.redirectTo),
      ];
      for (const way of order === 'the direct one first' ? ways : ways.toReversed()) await way();
      expect(await inbox.inbound()).toHaveLength(1);
      expect(await inbox.alerts()).toHaveLength(1);
    },
  );
});

it('finds the contact by the ids in the forward where the writer’s address is unknown', async () => {
  const inbox = await anInbox(world.now());
  const assistant = { ...ANSWER, from: 'assistant@elsewhere.example' };
  await inbox.arrive(wrapped({ ...FORWARD, text: '' }, written(assistant)), inbox.redirectTo);
  expect(await inbox.walk()).toMatchObject({ end: { why: 'replied' } });
});

it('finds it by what the forwarding program says it answers to', async () => {
  const inbox = await anInbox(world.now());
  const text = forwardedBelow('', { ...ANSWER, from: 'assistant@elsewhere.example' });
  await inbox.arrive(written({ ...FORWARD, text, headers: [`References: ${LETTER_ID}`] }), inbox.redirectTo);
  expect(await inbox.walk()).toMatchObject({ end: { why: 'replied' } });
});

describe('the sender’s own answer', () => {
  const OWN_ANSWER: Mail = {
    from: `Jane Doe <${OWN}>`,
    to: ANA,
    id: 'own-1@acme.example',
    date: 'Wed, 25 Nov 2026 09:59:30 +0000',
    text: 'Dear Ana, with pleasure: the list is attached.',
  };
  const answered = async (own: (inbox: Inbox) => Partial<Mail> = () => ({})): Promise<Inbox> => {
    const inbox = await anInbox(world.now());
    await inbox.arrive(written(ANSWER), inbox.replyTo);
    world.now().pass(MINUTE);
    await inbox.arrive(written({ ...OWN_ANSWER, date: agoOn(inbox, 0), ...own(inbox) }), inbox.redirectTo);
    return inbox;
  };
  /** The sender's clock, `ms` ago. */
  const agoOn = (inbox: Inbox, ms: number): string =>
    new Date(Date.parse(inbox.ports.clock.now()) - ms).toUTCString().replace('GMT', '+0000');

  it('holds an open sequence, and nobody is rung for it', async () => {
    const inbox = await anInbox(world.now());
    await inbox.arrive(written(OWN_ANSWER), inbox.redirectTo);
    expect(await inbox.walk()).toMatchObject({ kind: 'open', holds: [{ kind: 'answered-by-sender' }] });
    expect(await inbox.alerts()).toEqual([]);
  });

  it('acknowledges the reply that waited and closes the task that asked for it', async () => {
    const inbox = await answered();
    expect(await inbox.alerts()).toMatchObject([{ kind: 'reply', acknowledgedAt: expect.any(String) }]);
    expect(await inbox.openTasks()).toEqual([]);
  });

  it('that was written before the reply came leaves it waiting', async () => {
    const inbox = await answered((of) => ({ date: agoOn(of, 2 * MINUTE) }));
    expect((await inbox.alerts())[0]).not.toHaveProperty('acknowledgedAt');
    expect(await inbox.openTasks()).toMatchObject([{ kind: 'answer' }]);
  });

  it('that names the reply has answered it, whatever its clock says', async () => {
    const headers = ['In-Reply-To: <answer-1@ferragens.example>'];
    const inbox = await answered((of) => ({ date: agoOn(of, 2 * MINUTE), headers }));
    expect((await inbox.alerts())[0]).toHaveProperty('acknowledgedAt');
  });

  it('to the alert acknowledges it, though it goes to an address that nobody knows', async () => {
    const inbox = await anInbox(world.now());
    await inbox.arrive(written({ ...ANSWER, from: 'ana.private@elsewhere.example' }), inbox.replyTo);
    const [alert] = await inbox.alerts();
    const { replyDomain } = inbox.ports.settings;
    const headers = [`In-Reply-To: <${alert?.id}-own@${replyDomain}>`];
    const to = `ana.private@elsewhere.example, ${inbox.redirectTo}`;
    await inbox.arrive(written({ ...OWN_ANSWER, to, headers }), inbox.redirectTo);
    expect((await inbox.alerts())[0]).toHaveProperty('acknowledgedAt');
    expect(await inbox.openTasks()).toEqual([]);
  });

  it('keeps the moment of the first acknowledgement', async () => {
    const inbox = await answered();
    const [before] = await inbox.alerts();
    world.now().pass(3_600_000);
    const again = { ...OWN_ANSWER, id: 'own-2@acme.example', date: agoOn(inbox, 0) };
    await inbox.arrive(written(again), inbox.redirectTo);
    expect((await inbox.alerts())[0]?.acknowledgedAt).toBe(before?.acknowledgedAt);
  });
});

describe('what goes round', () => {
  const quiet = async (raw: string, to: (inbox: Inbox) => string, checked = verdicts('PASS')) => {
    const inbox = await anInbox(world.now());
    const before = await inbox.walk();
    await inbox.arrive(raw, to(inbox), checked);
    expect(await inbox.alerts()).toEqual([]);
    expect(await inbox.tasks()).toEqual([]);
    expect(await inbox.walk()).toEqual(before);
    expect((await inbox.inbound()).length + (await inbox.unmatched()).length).toBe(1);
  };
  const alert: Mail = {
    from: 'alerts@example.com',
    subject: 'B · Ana Silva, Ferragens Lda PT 10:12',
    id: 'abcdefghijklmnopqrst-own@reply.example.com',
    text: `Ana Silva answered.\r\n\r\n> ${WORDS}`,
    headers: [`References: ${LETTER_ID}`],
  };
  const hops = Array.from({ length: 60 }, (_, n) => `Received: from a${n}.example by b${n}.example`);

  it.each<[string, string, (inbox: Inbox) => string]>([
    ['an alert that the mailbox redirects', written(alert), (inbox) => inbox.redirectTo],
    ['an alert sent to the reply address', written(alert), (inbox) => inbox.replyTo],
    [
      'an alert that the mailbox forwards inline',
      written({
        ...FORWARD,
        headers: [`References: ${LETTER_ID}`],
        text: forwardedBelow('', { ...alert, from: 'alerts@example.com' }),
      }),
      (inbox) => inbox.redirectTo,
    ],
    [
      'an alert that the mailbox forwards as an attachment',
      wrapped({ ...FORWARD, text: '' }, written(alert)),
      (inbox) => inbox.redirectTo,
    ],
    [
      'a mail from a reply address',
      written({ ...ANSWER, from: 'r+x@reply.example.com' }),
      (inbox) => inbox.replyTo,
    ],
    ['our own letter', written({ ...ANSWER, id: LETTER_ID.slice(1, -1) }), (inbox) => inbox.replyTo],
    ['a mail of sixty hops', written({ ...ANSWER, headers: hops }), (inbox) => inbox.replyTo],
    [
      'a mail of sixty hops from nobody we know',
      written({ from: 'x@elsewhere.example', text: WORDS, headers: hops }),
      (inbox) => inbox.stranger,
    ],
  ])('%s is recorded, and nothing else happens', (_what, raw, to) => quiet(raw, to));
});
