// News for other systems, from the mail that makes them to the receiver that reads them by the published description.
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { aReceiver, type Receiver } from '../support/receiver.ts';
import { answerTo, aWorld, MINUTE_MS, replyToOf, type World } from '../support/world.ts';
import { addressOf, contactsNamed, launched, letterOf, START } from './scene.ts';

type News = {
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  readonly data: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

let world: World;
let receiver: Receiver;
let secret: string;

beforeAll(async () => {
  world = await aWorld(START);
  receiver = await aReceiver('/news');
  const { url } = receiver;
  secret = (await world.client.webhooks.add({ url })).secret ?? '';
  await launched(world, { contacts: contactsNamed('Ana', 'Bea', 'Carla') });
  await say('Ana', 'Please send me your price list.');
  await say('Bea', 'I am travelling until 24 November. In urgent cases call my mobile +351 912 345 678.', [
    'Auto-Submitted: auto-replied',
    'Subject: Out of office',
  ]);
  const link = /https?:\/\/\S+\/u\/[a-z2-7]+/.exec(letterOf(world, addressOf('Carla')).mail.text)?.[0] ?? '';
  const body = 'List-Unsubscribe=One-Click';
  await fetch(link, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body,
  });
  // Each task is told by the quarter of an hour after it falls due.
  await world.pass(2 * 60 * MINUTE_MS);
});
afterAll(async () => {
  await world.close();
  await receiver.close();
});

const say = (name: string, text: string, headers: readonly string[] = []): Promise<void> => {
  const letter = letterOf(world, addressOf(name));
  const raw = answerTo(letter, { text, headers, id: `${name}-1` });
  return world.send({ from: addressOf(name), to: replyToOf(letter), raw });
};
const news = (): readonly News[] => receiver.calls.map(({ body }) => JSON.parse(body) as News);
const of = (name: string, type: string): News | undefined =>
  news().find((one) => one.type === type && one.data.contact?.address === addressOf(name));

it('tells of each sort once, with its words', () => {
  for (const name of ['Ana', 'Bea', 'Carla']) {
    expect(of(name, 'letter.sent')?.data.letter).toMatchObject({
      step: 0,
      subject: `Tools for ${name} & Sons`,
      text: expect.stringContaining(`${name}'s corner`),
    });
  }
  expect(of('Ana', 'reply.received')?.data.message).toMatchObject({
    from: addressOf('Ana'),
    text: 'Please send me your price list.',
    intent: 'asks',
  });
  expect(of('Bea', 'absence.detected')?.data).toMatchObject({
    message: { phones: [{ e164: '+351912345678', owner: 'contact' }] },
    absence: { returnOn: '2026-11-24' },
  });
  expect(of('Bea', 'task.due')?.data.task).toMatchObject({ kind: 'whatsapp', phone: '+351912345678' });
  expect(of('Carla', 'contact.suppressed')?.data.why).toBe('unsubscribed');
  expect(new Set(news().map(({ id }) => id)).size).toBe(news().length);
  expect(
    news()
      .map(({ type }) => type)
      .sort(),
  ).toEqual([
    'absence.detected',
    'contact.suppressed',
    ...['letter.sent', 'letter.sent', 'letter.sent'],
    'reply.received',
    // Ana's answer, and Bea on WhatsApp.
    ...['task.due', 'task.due'],
  ]);
});

it('signs each by the standard, under the id of its body', () => {
  const hook = new Webhook(secret);
  for (const { headers, body } of receiver.calls) {
    const at = new Date(Number(headers['webhook-timestamp']) * 1000);
    const id = headers['webhook-id'] ?? '';
    expect(headers['webhook-signature']?.split(' ')).toContain(hook.sign(id, at, body));
    expect((JSON.parse(body) as News).id).toBe(id);
    expect(hook.sign(id, at, `${body} `)).not.toBe(headers['webhook-signature']);
  }
});

it('numbers those of one contact from 1, without a gap', () => {
  for (const name of ['Ana', 'Bea', 'Carla']) {
    const numbers = news()
      .filter(({ data }) => data.contact?.address === addressOf(name))
      .map(({ sequence }) => sequence);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, at) => at + 1));
  }
});

it('says nothing that the served description does not', async () => {
  const served = (await (await fetch(`${world.runtime.apiUrl}/v1/openapi.json`)).json()) as {
    webhooks: Record<
      string,
      { post: { requestBody: { content: { 'application/json': { schema: never } } } } }
    >;
  };
  for (const one of news()) {
    const schema = served.webhooks[one.type]?.post.requestBody.content['application/json'].schema;
    const read = z.fromJSONSchema(schema as never).safeParse(one);
    expect(read.error?.issues, one.type).toBeUndefined();
  }
  const bad = { ...(of('Ana', 'reply.received') as News), sequence: '1' };
  const schema = served.webhooks['reply.received']?.post.requestBody.content['application/json'].schema;
  expect(z.fromJSONSchema(schema as never).safeParse(bad).success).toBe(false);
});
