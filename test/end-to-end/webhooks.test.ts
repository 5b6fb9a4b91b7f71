/** The alert as a signed webhook: a receiver on this machine checks it with the standard's own library. */
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aReceiver, type Call, type Receiver } from '../support/receiver.ts';
import {
  aCampaign,
  answerTo,
  aWorld,
  MINUTE_MS,
  replyToOf,
  SALESPERSON,
  type World,
} from '../support/world.ts';
import { addressOf, alertsOf, contactsNamed, launched, letterOf, START, walkOf } from './scene.ts';

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`;
const ID_HEADER = 'webhook-id';

let world: World;
let receiver: Receiver;

beforeAll(async () => {
  world = await aWorld(START);
  receiver = await aReceiver('/alerts');
  const { url } = receiver;
  await launched(world, {
    sender: {
      ...(aCampaign().sender as Exclude<ReturnType<typeof aCampaign>['sender'], string>),
      channels: [
        { kind: 'mail', id: 'desk', address: SALESPERSON },
        { kind: 'webhook', id: 'crm', url, secret: SECRET },
      ],
    },
    contacts: contactsNamed('Ana', 'Bea', 'Carla'),
  });
});
afterAll(async () => {
  await world.close();
  await receiver.close();
});

const reply = (name: string, text: string): Promise<void> => {
  const letter = letterOf(world, addressOf(name));
  return world.send({
    from: addressOf(name),
    to: replyToOf(letter),
    raw: answerTo(letter, { text, id: `${name}-1` }),
  });
};
const callsSaying = (text: string) => receiver.calls.filter(({ body }) => body.includes(text));

/** Throws where the signature is wrong; the age is not its business here, for the product's clock is turned. */
function verified({ headers, body }: Call): { type: string; data: Record<string, unknown> } {
  const at = new Date(Number(headers['webhook-timestamp']) * 1000);
  const signature = new Webhook(SECRET).sign(headers[ID_HEADER] ?? '', at, body);
  expect(headers['webhook-signature']?.split(' ')).toContain(signature);
  return JSON.parse(body) as { type: string; data: Record<string, unknown> };
}

it('carries the answer, the person and a signature that verifies', async () => {
  await reply('Ana', 'Please send prices.');
  const [call] = callsSaying('Please send prices.');
  const { type, data } = verified(call!);
  expect(type).toBe('alert.reply');
  expect(data).toMatchObject({
    kind: 'reply',
    contact: { name: 'Ana Silva', address: addressOf('Ana'), company: 'Ana & Sons', country: 'PT' },
    message: { from: addressOf('Ana'), text: 'Please send prices.', kind: 'reply' },
  });
  expect(call!.headers['content-type']).toBe('application/json');
  expect(Number(call!.headers['webhook-timestamp']) * 1000).toBeLessThanOrEqual(world.clock.now());
});

it('does not verify when a single character of its body was changed', async () => {
  const [{ headers, body }] = callsSaying('Please send prices.') as [Call];
  const changed = body.replace('Please send prices.', 'Please send prizes.');
  const at = new Date(Number(headers['webhook-timestamp']) * 1000);
  expect(headers['webhook-signature']).not.toBe(new Webhook(SECRET).sign(headers[ID_HEADER]!, at, changed));
});

it('comes again, with the same id, until the receiver takes it; the mail goes only once', async () => {
  receiver.answers.push(500, 503, 404);
  await reply('Bea', 'Call me on Friday.');
  await world.pass(10 * MINUTE_MS);
  const tries = callsSaying('Call me on Friday.');
  expect(tries).toHaveLength(4);
  expect(new Set(tries.map(({ headers }) => headers[ID_HEADER])).size).toBe(1);
  for (const one of tries) verified(one);
  expect(world.alerts().filter(({ mail }) => mail.text.includes('Call me on Friday.'))).toHaveLength(1);
  const [alert] = await alertsOf(world, await walkOf(world, addressOf('Bea')));
  expect(Object.keys(alert!.delivered).sort()).toEqual(['crm', 'desk']);
});

it('is never taken for delivered because the receiver points elsewhere', async () => {
  receiver.answers.push(302);
  await reply('Carla', 'Thank you, no.');
  await world.pass(5 * MINUTE_MS);
  expect(callsSaying('Thank you, no.')).toHaveLength(2);
});

it('never shows its secret again', async () => {
  const { items } = await world.client.senders.list();
  expect(JSON.stringify(items)).not.toContain(SECRET.slice(6));
});
