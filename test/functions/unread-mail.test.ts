// A mail that killed its reader twice is parsed no more. It may have been an answer, so whoever it names is held.
import { expect, it } from 'vitest';
import { useWorld } from './api/api-fixture.ts';
import { ANA_ADDRESS as ANA, anInbox, forwardedBelow, LETTER_ID, OWN, written } from './inbound-fixture.ts';

const world = useWorld();
const GIVEN_UP = { receives: 3 };
const NOBODY = 'newsletter@elsewhere.example';
const FORWARD = { from: OWN, subject: 'Fwd: Re: Hand tools' };
const inline = forwardedBelow('', { from: ANA, text: '…' });
const encoded = (
  Buffer.from(`${inline}\n${'请寄价目表。'.repeat(9)}`)
    .toString('base64')
    .match(/.{1,76}/g) ?? []
).join('\r\n');

it.each([
  ['redirected', written({ from: ANA, text: '…' })],
  [
    'by an address of theirs that we do not know',
    written({ from: NOBODY, text: '…', headers: [`In-Reply-To: ${LETTER_ID}`] }),
  ],
  ['forwarded inline', written({ ...FORWARD, text: inline })],
  ['forwarded inline in base64', written({ ...FORWARD, text: encoded })],
  ['written by hand, copied', written({ from: OWN, to: ANA, text: '…' })],
])('by the own mailbox, %s: their walk is held and the salesperson is called', async (_how, raw) => {
  const inbox = await anInbox(world.now());
  await inbox.arrive(raw, inbox.redirectTo, undefined, GIVEN_UP);
  expect(await inbox.walk()).toMatchObject({ kind: 'open', holds: [{ kind: 'person' }] });
  expect(await inbox.alerts()).toMatchObject([{ kind: 'unverified', contactId: inbox.contactId }]);
  expect(await inbox.unmatched()).toHaveLength(1);
});

it('that names no contact holds nobody and is told as unread', async () => {
  const inbox = await anInbox(world.now());
  await inbox.arrive(written({ from: NOBODY, text: '…' }), inbox.redirectTo, undefined, GIVEN_UP);
  expect(await inbox.walk()).toMatchObject({ kind: 'open', holds: [] });
  expect(await inbox.alerts()).toMatchObject([{ kind: 'unread' }]);
});

it('given to its writer by a person, it ends the walk as an answer does, and no copy lists it anew', async () => {
  const inbox = await anInbox(world.now());
  const raw = written({ from: ANA, text: '…' });
  const again = await inbox.arrive(raw, inbox.redirectTo, undefined, GIVEN_UP);
  const [mail] = await inbox.unmatched();
  const path = `/v1/messages/unmatched/${mail?.id}/assign`;
  const assign = () => world.now().ask('POST', path, { contactId: inbox.contactId });
  expect((await assign()).status).toBe(200);
  expect(await inbox.walk()).toMatchObject({ kind: 'ended', end: { why: 'replied' } });
  await again();
  expect(await inbox.unmatched()).toEqual([]);
  expect(await inbox.inbound()).toHaveLength(1);
  // A client whose answer was lost asks once more.
  expect((await assign()).status).toBe(200);
  expect(await inbox.inbound()).toHaveLength(1);
});

it('given to its writer and then called a machine’s, it holds nothing when it is brought again', async () => {
  const inbox = await anInbox(world.now());
  const again = await inbox.arrive(written({ from: ANA, text: '…' }), inbox.redirectTo, undefined, GIVEN_UP);
  const [mail] = await inbox.unmatched();
  await world.now().ask('POST', `/v1/messages/unmatched/${mail?.id}/assign`, { contactId: inbox.contactId });
  expect(await inbox.correct(mail?.id, { kind: 'auto-reply' })).toBe(200);
  await again();
  expect(await inbox.walk()).toMatchObject({ kind: 'open', holds: [] });
});
