/** Meeting hours in real letters: each person is offered another one, and the hour of who says no is free again. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SenderId } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/instant.ts';
import { answerTo, aWorld, MINUTE_MS, replyToOf, type World } from '../support/world.ts';
import { addressOf, contactsNamed, launched, letterOf, START } from './scene.ts';

const NAMES = ['Ana', 'Bea', 'Carla'] as const;
const RULES = { window: { from: '09:00', to: '16:30' }, spread: false };
const BODY =
  'Dear {{ contact.firstName }},\n\n{{ contact.why }}\n\nCould we speak? {{ "tuesday 10:00" | slot }} would suit me.\n\nKind regards,\nLin Wei';

let world: World;
let senderId: SenderId;
const reserved = () =>
  world.runtime.ports.store.listSlots(senderId, instant(0), instant('2027-06-01T00:00:00Z'));

beforeAll(async () => {
  world = await aWorld(START);
  const campaign = await launched(world, {
    sequence: {
      name: 'One letter',
      language: 'en',
      steps: [{ kind: 'letter', subject: 'Tools for {{ contact.company }}', body: BODY, rules: RULES }],
    },
    contacts: contactsNamed(...NAMES)!,
  });
  senderId = campaign.senderId as SenderId;
});
afterAll(() => world.close());

it('every letter names another hour, in the city of its reader', async () => {
  const hours = NAMES.map(
    (name) => /Could we speak\? (.*) would suit me/.exec(letterOf(world, addressOf(name)).mail.text)?.[1],
  );
  // Ten in Lisbon is six in the evening in Ningbo: the sender has gone home.
  expect(new Set(hours).size).toBe(3);
  for (const hour of hours)
    expect(hour).toMatch(/^(Mon|Tues)day, November 2[34] at 9:[03]0 am \(Lisbon time\)$/);
  expect(await reserved()).toHaveLength(3);
});

it('a clear no gives the hour back; a question keeps it', async () => {
  const answers = {
    Ana: 'We are not interested, thank you. Please do not contact us about this.',
    Bea: 'What would 500 pieces cost?',
  };
  for (const name of ['Ana', 'Bea'] as const) {
    const letter = letterOf(world, addressOf(name));
    await world.send({
      from: letter.to,
      to: replyToOf(letter),
      raw: answerTo(letter, { text: answers[name] }),
    });
  }
  await world.pass(5 * MINUTE_MS);
  expect(await reserved()).toHaveLength(2);
});
