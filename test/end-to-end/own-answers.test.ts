/** The salesperson's side of a conversation: answering the alert like any mail, writing by hand, being away. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aCampaign,
  answerTo,
  aWorld,
  type Got,
  replyToOf,
  SALESPERSON,
  type World,
} from '../support/world.ts';
import { addressOf, alertsOf, contactsNamed, launched, letterOf, START, tasksOf, walkOf } from './scene.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld(START);
  await launched(world, { contacts: contactsNamed('Ana', 'Bea', 'Carla', 'Dina', 'Eva') });
});
afterAll(() => world.close());

const OWN = (aCampaign().sender as { address: string }).address;
const walk = (name: string) => walkOf(world, addressOf(name));
const letter = (name: string) => letterOf(world, addressOf(name));

/** The prospect answers; what comes back is the alert about it. */
async function answered(name: string): Promise<Got> {
  const raw = answerTo(letter(name), { text: `This is ${name}: tell me more.`, id: `${name}-1` });
  await world.send({ from: addressOf(name), to: replyToOf(letter(name)), raw });
  const alert = world.alerts().find(({ mail }) => mail.text.includes(`This is ${name}`));
  if (!alert) throw new Error(`No alert about ${name}`);
  return alert;
}

/** What a mail client makes of "reply": to everybody in Reply-To, in the thread of what it answers. */
async function replyToAlert(
  alert: Got,
  own: { from: string; text: string; headers?: readonly string[] },
): Promise<void> {
  const copy = alert.mail.replyTo[1]!.address;
  const raw = [
    `From: Lin Wei <${own.from}>`,
    `To: ${alert.mail.replyTo.map(({ address }) => address).join(', ')}`,
    `Subject: Re: ${alert.mail.subject}`,
    `Message-ID: <own-${alert.sesId}-${own.text.length}@desk.example>`,
    `In-Reply-To: <${alert.mail.messageId}>`,
    `References: ${[...alert.mail.references, alert.mail.messageId].map((id) => `<${id}>`).join(' ')}`,
    'Date: Tue, 17 Nov 2026 09:30:00 +0000',
    ...(own.headers ?? []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    own.text,
    '',
  ].join('\r\n');
  await world.send({ from: own.from, to: copy, raw });
}

describe('answering the alert', () => {
  it.each([
    ['the address of the letters', 'Ana', OWN],
    ['the mailbox that alerts go to', 'Bea', SALESPERSON],
  ])('from %s is no second alert, and the task to answer is done', async (_, name, from) => {
    const alert = await answered(name);
    expect(await tasksOf(world, await walk(name))).toEqual(['answer']);
    await replyToAlert(alert, { from, text: `Dear ${name}, with pleasure.` });
    expect((await alertsOf(world, await walk(name))).map(({ kind }) => kind)).toEqual(['reply']);
    expect(await tasksOf(world, await walk(name))).toEqual([]);
  });

  it('by an out-of-office note answers nobody: the task stays', async () => {
    const alert = await answered('Carla');
    await replyToAlert(alert, {
      from: SALESPERSON,
      text: 'I am out of the office until 4 December. In urgent cases call my mobile +351 912 345 678.',
      headers: ['Auto-Submitted: auto-replied'],
    });
    expect(await tasksOf(world, await walk('Carla'))).toEqual(['answer']);
    expect((await alertsOf(world, await walk('Carla'))).map(({ kind }) => kind)).toEqual(['reply']);
  });
});

describe('writing by hand', () => {
  it('holds the sequence, once the copy is in', async () => {
    const copy = world.alerts()[0]!.mail.replyTo[1]!.address;
    const raw = [
      `From: Lin Wei <${OWN}>`,
      `To: Dina Silva <${addressOf('Dina')}>`,
      'Subject: The sample set',
      'Message-ID: <by-hand@export.example>',
      'Date: Tue, 17 Nov 2026 09:40:00 +0000',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Dear Dina, it left this morning.',
      '',
    ].join('\r\n');
    await world.send({ from: OWN, to: copy, raw });
    const held = await walk('Dina');
    expect(held).toMatchObject({ state: 'planned', step: 1, holds: [{ kind: 'answered-by-sender' }] });
    expect(await alertsOf(world, held)).toEqual([]);
  });

  it('from the reply address of a letter is no answer of the prospect', async () => {
    const raw = answerTo(letter('Eva'), { text: 'I forgot the price list.', from: OWN, id: 'own-eva' });
    await world.send({ from: OWN, to: replyToOf(letter('Eva')), raw });
    expect(await walk('Eva')).toMatchObject({ state: 'planned', holds: [{ kind: 'answered-by-sender' }] });
    expect(await alertsOf(world, await walk('Eva'))).toEqual([]);
  });
});
