/** People answer the address on the business card: what the salesperson's own mailbox redirects or forwards counts too. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCampaign, answerTo, aWorld, DAY_MS, MINUTE_MS, replyToOf, type World } from '../support/world.ts';
import { addressOf, alertsOf, contactsNamed, launched, letterOf, START, tasksOf, walkOf } from './scene.ts';

let world: World;
let redirectTo: string;
beforeAll(async () => {
  world = await aWorld(START);
  await launched(world, { contacts: contactsNamed('Ana', 'Bea', 'Carla', 'Dina', 'Eva', 'Fina', 'Gina') });
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

  it('counts when it is forwarded inline, under the salesperson’s own words', async () => {
    const text = `This is Fina: please send me your price list and two samples.`;
    const raw = [
      `From: Lin Wei <${OWN}>`,
      `To: ${redirectTo}`,
      'Subject: WG: AW: Tools for Fina & Sons',
      'Message-ID: <forward-fina@export.example>',
      'Date: Tue, 17 Nov 2026 09:40:00 +0000',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Look what came in. I am out of the office tomorrow.',
      '',
      'Von: Fina Silva <fina@fina.example>',
      'Gesendet: Dienstag, 17. November 2026 09:35',
      `An: Lin Wei <${OWN}>`,
      'Betreff: AW: Tools for Fina & Sons',
      '',
      text,
      '',
    ].join('\r\n');
    await world.send({ from: OWN, to: redirectTo, raw });
    const walk = await walkOf(world, addressOf('Fina'));
    expect(walk).toMatchObject({ state: 'stopped', stopped: 'replied' });
    expect(await alertsOf(world, walk)).toMatchObject([{ kind: 'reply' }]);
    const { items } = await world.client.contacts.messages(walk.contactId);
    expect(items.filter(({ kind }) => kind === 'in')).toMatchObject([{ text, read: 'reply' }]);
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

it('a Bcc copy of the salesperson’s own answer acknowledges the reply that waited, and holds what is open', async () => {
  const raw = answerTo(letter('Gina'), { text: 'This is Gina: tell me more.', id: 'gina-1' });
  await world.send({ from: addressOf('Gina'), to: replyToOf(letter('Gina')), raw });
  const walk = await walkOf(world, addressOf('Gina'));
  expect(await tasksOf(world, walk)).toEqual(['answer']);
  await world.pass(MINUTE_MS);
  const copy = (to: string, id: string) =>
    [
      `From: Lin Wei <${OWN}>`,
      `To: ${to}`,
      'Subject: Re: Tools',
      `Message-ID: <${id}@export.example>`,
      `Date: ${new Date(world.clock.now()).toUTCString().replace('GMT', '+0000')}`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'With pleasure: the list is attached.',
      '',
    ].join('\r\n');
  await world.send({ from: OWN, to: redirectTo, raw: copy(addressOf('Gina'), 'own-gina') });
  expect(await alertsOf(world, walk)).toMatchObject([{ kind: 'reply', acknowledgedAt: expect.any(String) }]);
  expect(await tasksOf(world, walk)).toEqual([]);

  await world.send({ from: OWN, to: redirectTo, raw: copy(addressOf('Dina'), 'own-dina') });
  await world.pass(3 * DAY_MS);
  expect(world.lettersTo(addressOf('Dina'))).toHaveLength(1);
  expect(world.lettersTo(addressOf('Fina'))).toHaveLength(1);
});

it('the launch warns until a probe has gone to the mailbox and come back', async () => {
  const [sender] = (await world.client.senders.list()).items;
  const launch = () =>
    world.client.campaigns.create({
      ...aCampaign(),
      name: 'Next',
      launch: false,
      contacts: [],
      sender: sender!.id,
    });
  expect((await launch()).advice).toMatchObject([{ code: 'own-mailbox-unproven' }]);
  await world.client.senders.probe(sender!.id);
  await world.quiet();
  const probe = world.got.find(({ to }) => to === OWN);
  await world.send({ from: 'alerts@relance.example', to: redirectTo, raw: probe!.raw.toString('latin1') });
  expect((await launch()).advice).toEqual([]);
  expect((await world.client.senders.get(sender!.id)).ownMailbox?.seenAt).toBeDefined();
});
