/** What stops a sequence and rings, over real SMTP: who answered, from where, how often, and who only seems to. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMail } from '../../shared/parse-mail.ts';
import { answerTo, aWorld, replyToOf, SALESPERSON, type World } from '../support/world.ts';
import { addressOf, alertsOf, contactsNamed, launched, letterOf, START, tasksOf, walkOf } from './scene.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld(START);
  await launched(world, { contacts: contactsNamed('Ana', 'Bea', 'Carla', 'Dina', 'Fina', 'Gina') });
});
afterAll(() => world.close());

const walk = (name: string) => walkOf(world, addressOf(name));
const letter = (name: string) => letterOf(world, addressOf(name));
const alertMails = (words: string) => world.alerts().filter(({ mail }) => mail.text.includes(words));
const recordsOf = async (name: string) => {
  const { contactId } = await walk(name);
  return (await world.client.contacts.messages(contactId)).items.filter(({ kind }) => kind === 'in');
};

describe('a real answer', () => {
  it('stops the sequence, asks for an answer and rings once', async () => {
    const answer = answerTo(letter('Ana'), { text: 'Please send prices for 40 sets.', id: 'ana-1' });
    await world.send({ from: addressOf('Ana'), to: replyToOf(letter('Ana')), raw: answer });
    expect(await walk('Ana')).toMatchObject({ state: 'stopped', stopped: 'replied' });
    expect(await tasksOf(world, await walk('Ana'))).toEqual(['answer']);
    expect(alertMails('prices for 40 sets')).toHaveLength(1);
  });

  it('reaches the salesperson as a mail that can simply be answered', async () => {
    const [{ from, mail, raw }] = alertMails('prices for 40 sets') as [(typeof world.got)[number]];
    expect(from).toBe(world.runtime.ports.settings.alertAddress);
    expect(mail.from[0]).toEqual({ name: 'Ana Silva (Ana & Sons) via Relance', address: from });
    expect(mail.replyTo.map(({ address }) => address)).toEqual([
      addressOf('Ana'),
      expect.stringMatching(/^in\+[a-z2-7]+@/),
    ]);
    expect(mail.inReplyTo).toEqual(['ana-1@mail.example']);
    expect(mail.references).toEqual([letter('Ana').mail.messageId, 'ana-1@mail.example']);
    expect(mail.headers).toContainEqual({ name: 'auto-submitted', value: 'auto-generated' });
    expect(mail.subject).toContain('Ana Silva, Ana & Sons PT 09:12');
    expect(mail.subject.length).toBeLessThanOrEqual(80);
    const original = (await parseMail(raw)).attached;
    expect(original?.messageId).toBe('ana-1@mail.example');
    expect(original?.text).toContain('Please send prices for 40 sets.');
  });

  it('rings again for a second answer, although the sequence has ended', async () => {
    const more = answerTo(letter('Ana'), { text: 'And the catalogue, please.', id: 'ana-2' });
    await world.send({ from: addressOf('Ana'), to: replyToOf(letter('Ana')), raw: more });
    expect(alertMails('And the catalogue')).toHaveLength(1);
    expect((await alertsOf(world, await walk('Ana'))).map(({ kind }) => kind)).toEqual(['reply', 'reply']);
  });

  it('is one record and one alert, however often it is delivered', async () => {
    const answer = answerTo(letter('Bea'), { text: 'Call me on Friday.', id: 'bea-1' });
    for (const _ of [1, 2, 3]) {
      await world.send({ from: addressOf('Bea'), to: replyToOf(letter('Bea')), raw: answer });
    }
    expect(await recordsOf('Bea')).toHaveLength(1);
    expect(alertMails('Call me on Friday')).toHaveLength(1);
    expect(await tasksOf(world, await walk('Bea'))).toEqual(['answer']);
  });

  it('stops from another address of theirs too, if it names the id that only they have seen', async () => {
    const raw = answerTo(letter('Carla'), { text: 'Writing from home.', from: 'carla@home.example' });
    await world.send({ from: 'carla@home.example', to: addressAtReplyDomain('sales'), raw });
    expect(await walk('Carla')).toMatchObject({ state: 'stopped', stopped: 'replied' });
    // The alert answers to where they wrote from.
    const [alert] = alertMails('Writing from home');
    expect(alert?.mail.replyTo[0]?.address).toBe('carla@home.example');
  });
});

describe('a mail that nothing vouches for', () => {
  it('only holds, and is listed as unverified', async () => {
    const raw = plainMail({ from: addressOf('Dina'), text: 'Stop writing to me, I have answered.' });
    await world.send({ from: addressOf('Dina'), to: addressAtReplyDomain('sales'), raw });
    const held = await walk('Dina');
    expect(held).toMatchObject({ state: 'planned', step: 1, holds: [{ kind: 'person' }] });
    expect(await recordsOf('Dina')).toMatchObject([{ unverified: true }]);
    expect((await alertsOf(world, held)).map(({ kind }) => kind)).toEqual(['unverified']);
    const answer = await world.client.contacts.get(held.contactId);
    expect(answer.standing.kind).toBe('open');
  });

  it('goes on as planned once a person lets it', async () => {
    const before = await walk('Dina');
    const hold = before.holds[0]!.id;
    expect(await world.client.enrollments.release(before.id, { hold })).toMatchObject({ holds: [] });
  });

  it('is no answer because of a token that somebody made up', async () => {
    const real = replyToOf(letter('Fina'));
    const last = real.indexOf('@') - 3;
    const forged = `${real.slice(0, last)}${real[last] === 'a' ? 'b' : 'a'}${real.slice(last + 1)}`;
    await world.send({
      from: 'x@evil.example',
      to: forged,
      raw: plainMail({ from: 'x@evil.example', text: 'I am Fina.' }),
    });
    expect(await walk('Fina')).toMatchObject({ state: 'planned', holds: [] });
    expect(await unmatchedFrom('x@evil.example')).toHaveLength(1);
  });

  it('is kept and shown where it belongs to nobody, and the operator hears of it', async () => {
    const raw = plainMail({ from: 'new@customer.example', text: 'Do you deliver to Chile?' });
    await world.send({ from: 'new@customer.example', to: addressAtReplyDomain('hello'), raw });
    expect(await unmatchedFrom('new@customer.example')).toMatchObject([{ text: 'Do you deliver to Chile?' }]);
    const { operatorAddress } = world.runtime.ports.settings;
    const told = world.lettersTo(operatorAddress).filter(({ mail }) => mail.text.includes('Chile'));
    expect(told).toHaveLength(1);
  });
});

describe('our own alert', () => {
  it('never counts as an answer when it comes back', async () => {
    const [alert] = alertMails('prices for 40 sets');
    await world.send({
      from: SALESPERSON,
      to: replyToOf(letter('Gina')),
      raw: alert!.raw.toString('latin1'),
    });
    expect(await walk('Gina')).toMatchObject({ state: 'planned', step: 1, holds: [] });
    expect(await alertsOf(world, await walk('Gina'))).toEqual([]);
  });
});

const addressAtReplyDomain = (local: string): string =>
  `${local}@${world.runtime.ports.settings.replyDomain}`;
const unmatchedFrom = async (from: string) =>
  (await world.client.messages.list({ unmatched: 'true', limit: 200 })).items.filter(
    (one) => one.from === from,
  );

const plainMail = (mail: { from: string; text: string }): string =>
  [
    `From: ${mail.from}`,
    `To: ${addressAtReplyDomain('sales')}`,
    'Subject: About your tools',
    `Message-ID: <plain-${mail.from}>`,
    'Date: Tue, 17 Nov 2026 10:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    mail.text,
    '',
  ].join('\r\n');
