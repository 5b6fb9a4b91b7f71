/** The ways out: the link that a scanner may follow, the one click that a person makes, and plain words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerTo, aWorld, replyToOf, type World } from '../support/world.ts';
import { addressOf, alertsOf, contactsNamed, launched, letterOf, START, walkOf } from './scene.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld(START);
  await launched(world, { contacts: contactsNamed('Ana', 'Bea', 'Carla') });
});
afterAll(() => world.close());

const walk = (name: string) => walkOf(world, addressOf(name));
const standing = async (name: string) =>
  (await world.client.contacts.get((await walk(name)).contactId)).standing;
/** The link that stands in the letter itself. */
function linkOf(name: string): string {
  const link = /https?:\/\/\S+\/u\/[a-z2-7]+/.exec(letterOf(world, addressOf(name)).mail.text)?.[0];
  if (!link) throw new Error('The letter has no opt-out link');
  return link;
}
/** RFC 8058 §3.2: this body, and no cookies or other credentials. */
const oneClick = (link: string): Promise<Response> =>
  fetch(link, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });

describe('the opt-out link', () => {
  it('asks and changes nothing when it is only opened, as mail scanners do', async () => {
    const page = await fetch(linkOf('Ana'), { headers: { 'accept-language': 'pt-PT,pt;q=0.9' } });
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text).toContain('<form method="post">');
    expect(text).toContain('Não quero receber mais');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await walk('Ana')).toMatchObject({ state: 'planned', step: 1 });
    expect((await standing('Ana')).kind).toBe('open');
  });

  it('stops and suppresses by one POST, at once and without a redirect', async () => {
    const answer = await oneClick(linkOf('Ana'));
    expect([answer.status, answer.redirected, answer.headers.get('set-cookie')]).toEqual([200, false, null]);
    expect(await walk('Ana')).toMatchObject({ state: 'stopped', stopped: 'unsubscribed' });
    expect(await standing('Ana')).toMatchObject({ kind: 'suppressed', why: 'unsubscribed' });
  });

  it('may be clicked again: the first click keeps its date', async () => {
    const before = await standing('Ana');
    await world.pass(60_000);
    expect((await oneClick(linkOf('Ana'))).status).toBe(200);
    expect(await standing('Ana')).toEqual(before);
  });

  it.each(['GET', 'POST'])('answers 404 to a token that somebody made up (%s)', async (method) => {
    const link = linkOf('Bea');
    const forged = `${link.slice(0, -3)}${link.at(-3) === 'a' ? 'b' : 'a'}${link.slice(-2)}`;
    expect((await fetch(forged, { method })).status).toBe(404);
    // The token of the reply address names the same walk, but was not sealed for this purpose.
    const reply = replyToOf(letterOf(world, addressOf('Bea')))
      .slice(2)
      .split('@')[0];
    expect((await fetch(`${link.slice(0, link.lastIndexOf('/') + 1)}${reply}`, { method })).status).toBe(404);
    expect(await walk('Bea')).toMatchObject({ state: 'planned' });
  });
});

it('plain words in an answer are an opt-out too, and nobody is rung for it', async () => {
  const letter = letterOf(world, addressOf('Carla'));
  const text = 'Please remove me from your list and do not write to this address again.';
  await world.send({ from: addressOf('Carla'), to: replyToOf(letter), raw: answerTo(letter, { text }) });
  expect(await walk('Carla')).toMatchObject({ state: 'stopped', stopped: 'unsubscribed' });
  expect(await standing('Carla')).toMatchObject({ kind: 'suppressed', why: 'unsubscribed' });
  expect(await alertsOf(world, await walk('Carla'))).toEqual([]);
});

it('whoever opted out is refused by the next campaign and cannot be resumed', async () => {
  const again = launched(world, { contacts: contactsNamed('Ana') });
  await expect(again).rejects.toMatchObject({
    status: 422,
    problem: { errors: [{ reason: 'suppressed', pointer: '/contacts/0/address' }] },
  });
  await expect(world.client.enrollments.resume((await walk('Ana')).id)).rejects.toMatchObject({
    status: 409,
  });
});

it('the follow-up of who did not opt out offers one click in its header', async () => {
  await world.pass(86_400_000);
  const [, followUp] = world.lettersTo(addressOf('Bea'));
  const header = (name: string) => followUp!.mail.headers.find((one) => one.name === name)?.value;
  expect(header('list-unsubscribe')).toMatch(/^<https?:\/\/[^>]+\/u\/[a-z2-7]+>/);
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  expect(world.lettersTo(addressOf('Ana'))).toHaveLength(1);
  expect(world.lettersTo(addressOf('Carla'))).toHaveLength(1);
});
