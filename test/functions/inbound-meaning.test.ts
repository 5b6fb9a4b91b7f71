// From a mail's words to what becomes of the contact: opt-outs, referrals, changed addresses, learnt facts, quiet alerts.
import { describe, expect, it } from 'vitest';
import type { SenderId } from '../../shared/domain/ids.ts';
import { useWorld } from './api/api-fixture.ts';
import {
  ANA_ADDRESS as ANA,
  anInbox,
  type Inbox,
  LETTER_ID,
  type Mail,
  verdicts,
  written,
} from './inbound-fixture.ts';

const world = useWorld();
const MACHINE = ['Auto-Submitted: auto-replied'];
const answer = (text: string, given: Partial<Mail> = {}): string =>
  written({ from: ANA, headers: [`In-Reply-To: ${LETTER_ID}`], ...given, text });
const kinds = (tasks: readonly { kind: string }[]): readonly string[] => tasks.map(({ kind }) => kind).sort();

describe('words that ask for no more mail', () => {
  const CERTAIN = 'Please remove me from your mailing list.';
  const DOUBTFUL = 'Please remove me from your mailing list. And what is the price of the smallest set?';
  const byToken = (inbox: Inbox) => inbox.replyTo;
  const byRedirect = (inbox: Inbox) => inbox.redirectTo;

  it.each([
    ['proven by DMARC', verdicts('PASS')],
    ['by the sealed address, where nothing could be checked', verdicts('GRAY')],
  ])('suppress when they are certain and %s', async (_how, checked) => {
    const inbox = await anInbox(world.now());
    await inbox.arrive(answer(CERTAIN), inbox.replyTo, checked);
    expect(await inbox.walk()).toMatchObject({ end: { why: 'unsubscribed' } });
    expect((await inbox.state()).standing).toMatchObject({ kind: 'suppressed', why: 'unsubscribed' });
    expect(await inbox.alerts()).toEqual([]);
    expect(await inbox.openTasks()).toEqual([]);
  });

  it.each<[string, string, (inbox: Inbox) => string, ReturnType<typeof verdicts>]>([
    ['beside another wish', answer(DOUBTFUL), byToken, verdicts('PASS')],
    ['where DMARC failed', answer(CERTAIN), byToken, verdicts('FAIL')],
    ['by somebody else', answer(CERTAIN, { from: 'x@ferragens.example' }), byToken, verdicts('PASS')],
    ['redirected by the salesperson’s mailbox', answer(CERTAIN), byRedirect, verdicts('FAIL')],
  ])('stop at once, ring and ask a person %s', async (_how, raw, to, checked) => {
    const inbox = await anInbox(world.now());
    await inbox.arrive(raw, to(inbox), checked);
    expect(await inbox.walk()).toMatchObject({ kind: 'ended', end: { kind: 'stopped' } });
    expect((await inbox.state()).standing).toEqual({ kind: 'open' });
    expect(await inbox.alerts()).toMatchObject([{ kind: 'reply', detail: 'opt-out-doubtful' }]);
    expect(kinds(await inbox.openTasks())).toEqual(['answer', 'confirm-opt-out']);
  });

  it.each([
    ['yes', { kind: 'suppressed', why: 'unsubscribed' }],
    ['no', { kind: 'open' }],
  ])('are settled by the person’s "%s"', async (outcome, standing) => {
    const inbox = await anInbox(world.now());
    await inbox.arrive(answer(DOUBTFUL), inbox.replyTo, verdicts('PASS'));
    const task = (await inbox.openTasks()).find(({ kind }) => kind === 'confirm-opt-out');
    const path = `/v1/tasks/${inbox.contactId}/${task?.id}`;
    const shown = (await (await world.now().ask('GET', path)).json()) as object;
    expect(shown).toMatchObject({ outcomes: ['yes', 'no'], quote: expect.stringContaining('remove me') });
    expect((await world.now().ask('POST', `${path}/outcome`, { outcome })).status).toBe(200);
    expect((await inbox.state()).standing).toMatchObject(standing);
  });

  it('about a thing are a customer’s: nobody is asked, nobody is suppressed', async () => {
    const inbox = await anInbox(world.now());
    await inbox.arrive(
      answer('Please remove the 5 kW model from the offer.'),
      inbox.replyTo,
      verdicts('PASS'),
    );
    expect(await inbox.walk()).toMatchObject({ end: { why: 'replied' } });
    expect(kinds(await inbox.openTasks())).toEqual(['answer']);
    expect((await inbox.state()).standing).toEqual({ kind: 'open' });
  });
});

describe('a person who', () => {
  it('is not interested stops the sequence quietly', async () => {
    const inbox = await anInbox(world.now());
    await inbox.arrive(answer('Thank you, but we are not interested.'), inbox.replyTo);
    expect(await inbox.walk()).toMatchObject({ end: { why: 'replied' } });
    expect(await inbox.alerts()).toMatchObject([{ kind: 'reply', urgency: 'quiet' }]);
  });

  it('puts it off leaves the day on the task', async () => {
    const inbox = await anInbox(world.now());
    await inbox.arrive(answer('Our budget is spent. Please write to me again in March.'), inbox.replyTo);
    expect(await inbox.openTasks()).toMatchObject([{ kind: 'answer', wakeOn: '2027-03-01' }]);
  });

  it('is the wrong one names the right one in a task', async () => {
    const inbox = await anInbox(world.now());
    const text =
      'I am not the right person for this. Please contact my colleague Rui Costa at rui.costa@ferragens.example.';
    await inbox.arrive(answer(text), inbox.replyTo);
    const referral = (await inbox.openTasks()).find(({ kind }) => kind === 'find-another-way');
    expect(referral).toMatchObject({ person: 'Rui Costa', address: 'rui.costa@ferragens.example' });
    expect(text).toContain(referral?.quote ?? 'a sentence of the mail');
  });
});

describe('a machine that', () => {
  it('names a new address makes a task and a suggestion, and writes to nobody', async () => {
    const inbox = await anInbox(world.now());
    const before = await inbox.walk();
    const text = 'My e-mail address has changed. Please use ana@ferragens-novo.example from now on.';
    await inbox.arrive(answer(text, { headers: MACHINE, subject: 'Automatic reply' }), inbox.replyTo);
    expect(await inbox.openTasks()).toMatchObject([
      { kind: 'new-address', address: 'ana@ferragens-novo.example', quote: expect.any(String) },
    ]);
    expect((await inbox.contact()).address).toBe(ANA);
    expect((await inbox.contact()).suggestions).toMatchObject([
      { field: 'address', value: 'ana@ferragens-novo.example' },
    ]);
    expect(await inbox.walk()).toEqual(before);
    expect(await inbox.alerts()).toEqual([]);
  });

  it('says that they left names the successor with every way to reach them', async () => {
    const inbox = await anInbox(world.now());
    const text =
      'Ana Silva no longer works for Ferragens. Please contact her successor Rui Costa, rui.costa@ferragens.example, +351 912 345 670.';
    await inbox.arrive(answer(text, { headers: MACHINE, subject: 'Automatic reply' }), inbox.replyTo);
    expect(await inbox.walk()).toMatchObject({ end: { why: 'left-company' } });
    expect(await inbox.openTasks()).toMatchObject([
      {
        kind: 'find-another-way',
        person: 'Rui Costa',
        address: 'rui.costa@ferragens.example',
        phone: '+351912345670',
        quote: expect.stringContaining('Rui Costa'),
      },
    ]);
    expect(await inbox.alerts()).toEqual([]);
  });
});

describe('what a mail says of its writer', () => {
  const SIGNED =
    'Please send prices.\r\n\r\nBest regards\r\nAna Silva\r\nPurchasing Manager\r\nFerragens Lda\r\nMobile: +351 912 345 670';

  it('is suggested with its words, and overwrites nothing', async () => {
    const inbox = await anInbox(world.now());
    const before = await inbox.contact();
    await inbox.arrive(answer(SIGNED), inbox.replyTo);
    const { suggestions = [], suggestedAt: _when, ...profile } = await inbox.contact();
    expect(profile).toEqual(before);
    expect(suggestions).toContainEqual(
      expect.objectContaining({ field: 'title', value: 'Purchasing Manager', quote: 'Purchasing Manager' }),
    );
    expect(suggestions).toContainEqual(
      expect.objectContaining({
        field: 'phone',
        value: '+351912345670',
        messageId: (await inbox.inbound())[0]?.id,
      }),
    );
    // The profile has the company already.
    expect(suggestions.map(({ field }) => field)).not.toContain('company');
    const shown = await world.now().ask('GET', `/v1/contacts/${inbox.contactId}`);
    expect(await shown.json()).toMatchObject({ contact: { suggestions: expect.any(Array) } });
  });

  it('is suggested once, and outlives the next launch', async () => {
    const inbox = await anInbox(world.now());
    await inbox.arrive(answer(SIGNED), inbox.replyTo);
    const once = (await inbox.contact()).suggestions;
    await inbox.arrive(answer(SIGNED, { id: 'answer-2@ferragens.example' }), inbox.replyTo);
    expect((await inbox.contact()).suggestions).toEqual(once);
  });

  it('is nothing where nobody vouches for the mail, until a person does', async () => {
    const inbox = await anInbox(world.now());
    await inbox.arrive(answer(SIGNED, { headers: [] }), inbox.stranger, verdicts('FAIL'));
    expect(await inbox.walk()).toMatchObject({ kind: 'open', holds: [{ kind: 'person' }] });
    expect(await inbox.contact()).not.toHaveProperty('suggestions');
    const [mail] = await inbox.inbound();
    const path = `/v1/messages/${inbox.contactId}/${mail?.id}/reading`;
    expect((await world.now().ask('POST', path, { kind: 'reply' })).status).toBe(200);
    expect(await inbox.walk()).toMatchObject({ end: { why: 'replied' } });
    expect((await inbox.contact()).suggestions?.length).toBeGreaterThan(0);
  });

  it('that is only perhaps a number is a suggestion and no WhatsApp', async () => {
    const inbox = await anInbox(world.now());
    // Long enough for a Portuguese number, in a range that is not assigned.
    const text = 'I am out of the office on a business trip until 4 December. Mobile: +351 9999 99999.';
    await inbox.arrive(answer(text, { headers: MACHINE, subject: 'Out of office' }), inbox.replyTo);
    expect(await inbox.walk()).toMatchObject({ kind: 'open', holds: [{ kind: 'absence' }] });
    const doubtful = (await inbox.inbound())[0]?.reading.phones[0];
    expect(doubtful?.confidence).toBeLessThan(0.7);
    expect(kinds(await inbox.openTasks())).not.toContain('whatsapp');
    expect((await inbox.contact()).suggestions).toMatchObject([
      { field: 'phone', confidence: doubtful?.confidence },
    ]);
  });
});

describe('a colleague of the contact', () => {
  const colleague = (given: Partial<Mail> = {}): string =>
    written({
      from: 'Rui Costa <rui@ferragens.example>',
      text: 'Ana gave me your mail. Please send me the catalogue.',
      ...given,
    });

  it('who answers under the letter’s subject is probable: held, listed, and stopped by a person only', async () => {
    const inbox = await anInbox(world.now());
    await inbox.arrive(colleague(), inbox.stranger, verdicts('PASS'));
    expect(await inbox.walk()).toMatchObject({ kind: 'open', holds: [{ kind: 'person' }] });
    expect(await inbox.alerts()).toMatchObject([{ kind: 'unverified' }]);
    expect(await inbox.inbound()).toMatchObject([{ matchedBy: 'company', unverified: true }]);
    const [mail] = await inbox.inbound();
    const path = `/v1/messages/${inbox.contactId}/${mail?.id}`;
    expect(await (await world.now().ask('GET', path)).json()).toMatchObject({
      matchedBy: 'company',
      unverified: true,
    });
    await world.now().ask('POST', `${path}/reading`, { kind: 'reply' });
    expect(await inbox.walk()).toMatchObject({ end: { why: 'replied' } });
  });

  it('who asks for no more mail suppresses nobody before a person agrees', async () => {
    const inbox = await anInbox(world.now());
    const raw = colleague({ text: 'Please remove us from your mailing list.' });
    await inbox.arrive(raw, inbox.stranger, verdicts('PASS'));
    expect((await inbox.state()).standing).toEqual({ kind: 'open' });
    expect(await inbox.walk()).toMatchObject({ kind: 'open' });
    const [mail] = await inbox.inbound();
    const path = `/v1/messages/${inbox.contactId}/${mail?.id}/reading`;
    await world.now().ask('POST', path, { kind: 'unsubscribe' });
    expect((await inbox.state()).standing).toMatchObject({ kind: 'suppressed' });
  });

  it.each([
    ['about something else', { subject: 'Re: Your invoice of October' }],
    ['without answering', { subject: 'Hand tools for Ferragens Lda' }],
    ['of another company', { from: 'rui@other.example' }],
    ['from a mailbox that anybody can open', { from: 'ferragens@gmail.com' }],
  ])('%s stays unmatched: kept, listed and alerted', async (_what, given) => {
    const inbox = await anInbox(world.now());
    await inbox.arrive(colleague(given), inbox.stranger, verdicts('PASS'));
    expect(await inbox.walk()).toMatchObject({ kind: 'open', holds: [] });
    expect(await inbox.unmatched()).toHaveLength(1);
    expect(await inbox.alerts()).toMatchObject([{ kind: 'unmatched' }]);
  });

  it('whose machine answers is noted and rings nobody', async () => {
    const inbox = await anInbox(world.now());
    const before = await inbox.walk();
    const text = 'We have received your message. Ticket number 4711.';
    await inbox.arrive(colleague({ text, headers: MACHINE }), inbox.stranger, verdicts('PASS'));
    expect(await inbox.walk()).toEqual(before);
    expect(await inbox.alerts()).toEqual([]);
  });
});

describe('a launch', () => {
  const launchAgain = async () => {
    const answered = await world.now().ask('POST', '/v1/campaigns/autumn/launch', {});
    return ((await answered.json()) as { advice: readonly { code: string }[] }).advice;
  };
  const probe = async (inbox: Inbox): Promise<string> => {
    const sent: Uint8Array[] = [];
    const { mailer } = world.now().ports;
    mailer.send = async ({ raw }) => {
      sent.push(raw);
      return { kind: 'accepted', sesId: 'ses-probe' as never };
    };
    expect((await world.now().ask('POST', '/v1/senders/jane/probe')).status).toBe(202);
    expect(await inbox.ports.store.load('sender', 'jane' as SenderId)).toHaveProperty('ownMailbox.probedAt');
    return Buffer.from(sent[0] ?? '').toString('latin1');
  };

  it('warns until a probe has come back by the sender’s own mailbox', async () => {
    const inbox = await anInbox(world.now());
    expect(await launchAgain()).toMatchObject([{ code: 'own-mailbox-unproven' }]);
    const raw = await probe(inbox);
    expect(await launchAgain()).toHaveLength(1);
    await inbox.arrive(raw, inbox.redirectTo);
    expect(await launchAgain()).toEqual([]);
    expect(await inbox.alerts()).toEqual([]);
    // What was found out is no part of what a client asks for: the same sender again is no other sender.
    const { SENDER } = await import('./api/api-fixture.ts');
    expect((await world.now().ask('POST', '/v1/senders', SENDER)).status).toBe(200);
  });

  it('believes a forwarded probe too', async () => {
    const inbox = await anInbox(world.now());
    const subject = /^Subject: (.*(?:\r\n .*)*)/m.exec(await probe(inbox))?.[1]?.replace(/\r\n/g, '') ?? '';
    await inbox.arrive(
      written({ from: 'jane@acme.example', subject: `Fwd: ${subject}`, text: '' }),
      inbox.redirectTo,
    );
    expect(await launchAgain()).toEqual([]);
  });

  it.each<[string, (raw: string) => string, (inbox: Inbox) => string]>([
    ['a probe that came by another way', (raw) => raw, (inbox) => inbox.stranger],
    ['a made-up probe', (raw) => raw.replace(/check [a-z2-7]{4}/, 'check abcd'), (inbox) => inbox.redirectTo],
    ['any other mail', () => answer('Hello'), (inbox) => inbox.redirectTo],
  ])('does not believe %s', async (_what, change, to) => {
    const inbox = await anInbox(world.now());
    await inbox.arrive(change(await probe(inbox)), to(inbox));
    expect(await launchAgain()).toHaveLength(1);
  });

  it('warns anew when the sender moves to another address', async () => {
    const inbox = await anInbox(world.now());
    await inbox.arrive(await probe(inbox), inbox.redirectTo);
    await world.now().ask('PATCH', '/v1/senders/jane', { name: 'Jane D.' });
    expect(await launchAgain()).toEqual([]);
    await world.now().ask('PATCH', '/v1/senders/jane', { address: 'jane.doe@acme.example' });
    expect(await launchAgain()).toHaveLength(1);
  });
});
