/** People answer the address on the business card: what the salesperson's own mailbox redirects or forwards counts too. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCampaign, answerTo, aWorld, replyToOf, type World } from '../support/world.ts';
import { addressOf, alertsOf, contactsNamed, launched, letterOf, START, walkOf } from './scene.ts';

let world: World;
let redirectTo: string;
beforeAll(async () => {
  world = await aWorld(START);
  await launched(world, { contacts: contactsNamed('Ana', 'Bea', 'Carla', 'Dina', 'Eva') });
  redirectTo = (await world.client.senders.list()).items[0]!.redirectTo;
});
afterAll(() => world.close());

const OWN = (aCampaign().sender as { address: string }).address;
const letter = (name: string) => letterOf(world, addressOf(name));
const answer = (name: string) =>
  answerTo(letter(name), { text: `This is ${name}: tell me more.`, id: `${name}-own` }).replace(
    /^To: .*$/m,
    `To: ${OWN}`,
  );

describe('an answer to the sender’s own address', () => {
  it('stops the sequence and rings once, when a mailbox rule redirects it', async () => {
    await world.send({ from: addressOf('Ana'), to: redirectTo, raw: answer('Ana') });
    const walk = await walkOf(world, addressOf('Ana'));
    expect(walk).toMatchObject({ state: 'stopped', stopped: 'replied' });
    expect(await alertsOf(world, walk)).toMatchObject([{ kind: 'reply' }]);
  });

  it('counts when it is forwarded as an attachment', async () => {
    const raw = [
      `From: Lin Wei <${OWN}>`,
      `To: ${redirectTo}`,
      'Subject: Fwd: Re: Tools',
      'Message-ID: <forward-bea@export.example>',
      'Date: Tue, 17 Nov 2026 09:40:00 +0000',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="b1"',
      '',
      '--b1',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'See below.',
      '',
      '--b1',
      'Content-Type: message/rfc822',
      '',
      answer('Bea'),
      '--b1--',
      '',
    ].join('\r\n');
    await world.send({ from: OWN, to: redirectTo, raw });
    const walk = await walkOf(world, addressOf('Bea'));
    expect(walk).toMatchObject({ state: 'stopped', stopped: 'replied' });
    expect(await alertsOf(world, walk)).toMatchObject([{ kind: 'reply' }]);
  });

  it('is one mail, though it comes by the reply address as well', async () => {
    const raw = answer('Carla');
    await world.send({ from: addressOf('Carla'), to: replyToOf(letter('Carla')), raw });
    await world.send({ from: addressOf('Carla'), to: redirectTo, raw });
    const walk = await walkOf(world, addressOf('Carla'));
    expect(await alertsOf(world, walk)).toHaveLength(1);
    const { items } = await world.client.contacts.timeline(walk.contactId);
    expect(items.filter((one) => one.kind === 'message' && one.message.kind === 'in')).toHaveLength(1);
  });
});

it('speaks for a first copy that nothing vouched for', async () => {
  const bare = answer('Eva').replace(/^(In-Reply-To|References): .*\r\n/gm, '');
  await world.send({
    from: addressOf('Eva'),
    to: replyToOf(letter('Eva')).replace(/^r\+[^@]*/, 'sales'),
    raw: bare,
  });
  const held = await walkOf(world, addressOf('Eva'));
  expect(held).toMatchObject({ state: 'planned', holds: [{ kind: 'person' }] });
  await world.send({ from: addressOf('Eva'), to: redirectTo, raw: bare });
  const stopped = await walkOf(world, addressOf('Eva'));
  expect(stopped).toMatchObject({ state: 'stopped', stopped: 'replied' });
  expect((await alertsOf(world, stopped)).map(({ kind }) => kind)).toEqual(['unverified', 'reply']);
});

it('everything else that the rule redirects is nobody’s alarm and stops nobody', async () => {
  const raw = `From: Bank <info@bank.example>\r\nTo: ${OWN}\r\nSubject: Statement\r\nMessage-ID: <b@bank.example>\r\nDate: Tue, 17 Nov 2026 09:50:00 +0000\r\n\r\nYour statement is ready, please have a look.\r\n`;
  const before = (await world.client.alerts.list()).items.length;
  await world.send({ from: 'info@bank.example', to: redirectTo, raw });
  expect((await world.client.alerts.list()).items).toHaveLength(before);
  expect(await walkOf(world, addressOf('Dina'))).toMatchObject({ state: 'planned', holds: [] });
});
