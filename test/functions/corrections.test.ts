// A person says what a mail is: their word holds against the machine's, and against copies that come later.
import { expect, it } from 'vitest';
import type { Campaign } from '../../shared/domain/campaign.ts';
import type { Enrollment } from '../../shared/domain/enrollment/state.ts';
import type { MessageId } from '../../shared/domain/ids.ts';
import { arrivalIdOf } from '../../shared/domain/message.ts';
import { applyEvent } from '../../shared/engine.ts';
import { useWorld } from './api/api-fixture.ts';
import { ANA_ADDRESS as ANA, anInbox, LETTER_ID, written } from './inbound-fixture.ts';

const world = useWorld();
const GIVEN_UP = { receives: 3 };
const answer = (text: string, id: string): string =>
  written({ from: ANA, text, id, headers: [`In-Reply-To: ${LETTER_ID}`] });

it.each([
  ['bounce', { why: 'bounced' }, 'suppressed'],
  ['unsubscribe', { why: 'unsubscribed' }, 'suppressed'],
  ['reply', { why: 'replied' }, 'open'],
  ['left-company', { why: 'left-company' }, 'open'],
])('a mail that no reader could read, called %s, does what such a mail does', async (kind, end, standing) => {
  const inbox = await anInbox(world.now());
  await inbox.arrive(answer('…', 'a@ferragens.example'), inbox.replyTo, undefined, GIVEN_UP);
  expect(await inbox.walk()).toMatchObject({ kind: 'open', holds: [{ kind: 'person' }] });
  const [mail] = await inbox.inbound();
  expect(await inbox.correct(mail?.id, { kind })).toBe(200);
  expect(await inbox.walk()).toMatchObject({ kind: 'ended', end });
  expect((await inbox.state()).standing).toMatchObject({ kind: standing });
});

it('a mail that was given up, read by a person, and brought again holds nothing a second time', async () => {
  const inbox = await anInbox(world.now());
  const again = await inbox.arrive(answer('…', 'a@ferragens.example'), inbox.replyTo, undefined, GIVEN_UP);
  const [mail] = await inbox.inbound();
  await inbox.correct(mail?.id, { kind: 'auto-reply' });
  expect(await inbox.walk()).toMatchObject({ kind: 'open', holds: [] });
  await again();
  expect(await inbox.walk()).toMatchObject({ kind: 'open', holds: [] });
});

it('a mail that was read wrongly and corrected is not read wrongly again when it is brought again', async () => {
  const inbox = await anInbox(world.now());
  const again = await inbox.arrive(answer('Please send prices.', 'a@ferragens.example'), inbox.replyTo);
  const [mail] = await inbox.inbound();
  await inbox.correct(mail?.id, { kind: 'auto-reply' });
  await again();
  expect(await inbox.walk()).toMatchObject({ kind: 'open', holds: [] });
  expect(await inbox.inbound()).toMatchObject([{ reading: { kind: { value: 'auto-reply' } } }]);
});

it.each([
  ['as an answer', { kind: 'replied', messageId: 'm1' as MessageId }],
  ['as a wish for no more', { kind: 'unsubscribed' }],
  ['as one that nothing vouches for', { kind: 'mail-unverified', messageId: 'm1' as MessageId }],
] as const)(
  'a reader that stood still and wakes up after the correction, %s, moves nothing',
  async (_as, event) => {
    const inbox = await anInbox(world.now());
    await inbox.arrive(answer('Please send prices.', 'a@ferragens.example'), inbox.replyTo);
    const [mail] = await inbox.inbound();
    await inbox.correct(mail?.id, { kind: 'auto-reply' });
    const before = await inbox.state();
    const key = arrivalIdOf(mail?.rawKey ?? '');
    await applyEvent(inbox.ports, inbox.enrollmentId, { ...event, mail: key });
    expect(await inbox.state()).toEqual(before);
  },
);

it('another answer, after one that was none, stops the sequence', async () => {
  const inbox = await anInbox(world.now());
  await inbox.arrive(answer('We got your mail.', 'a@ferragens.example'), inbox.replyTo);
  const [mail] = await inbox.inbound();
  await inbox.correct(mail?.id, { kind: 'auto-reply' });
  await inbox.arrive(answer('Please send prices for 500 pieces.', 'b@ferragens.example'), inbox.replyTo);
  expect(await inbox.walk()).toMatchObject({ kind: 'ended', end: { why: 'replied' } });
});

it('of two answers one is corrected: the other one stands, and so does the stop', async () => {
  const inbox = await anInbox(world.now());
  await inbox.arrive(answer('We got your mail.', 'a@ferragens.example'), inbox.replyTo);
  await inbox.arrive(answer('Please send prices for 500 pieces.', 'b@ferragens.example'), inbox.replyTo);
  const first = (await inbox.inbound()).find(({ rfcMessageId }) => rfcMessageId === 'a@ferragens.example');
  await inbox.correct(first?.id, { kind: 'auto-reply' });
  expect(await inbox.walk()).toMatchObject({ kind: 'ended', end: { why: 'replied' } });
});

it.each([
  ['came to its end by itself, it runs again', {}, 'running'],
  ['was stopped by a person, it stays stopped', { isStopped: true } as const, 'finished'],
])('the last answer of a campaign is corrected: where the campaign %s', async (_where, stopped, status) => {
  const inbox = await anInbox(world.now());
  await inbox.arrive(answer('We got your mail.', 'a@ferragens.example'), inbox.replyTo);
  const { store } = world.now().ports;
  const { campaignId } = (await inbox.state()).enrollment as Enrollment;
  const campaign = (await store.load('campaign', campaignId)) as Campaign;
  await store.replace('campaign', campaign, { ...campaign, ...stopped, status: 'finished' }, ['status']);
  const [mail] = await inbox.inbound();
  await inbox.correct(mail?.id, { kind: 'auto-reply' });
  expect(await store.load('campaign', campaignId)).toMatchObject({ status });
});

it('both are corrected: the sequence goes on', async () => {
  const inbox = await anInbox(world.now());
  await inbox.arrive(answer('We got your mail.', 'a@ferragens.example'), inbox.replyTo);
  await inbox.arrive(answer('We got your second mail, too.', 'b@ferragens.example'), inbox.replyTo);
  for (const { id } of await inbox.inbound()) await inbox.correct(id, { kind: 'auto-reply' });
  expect(await inbox.walk()).toMatchObject({ kind: 'open' });
});
