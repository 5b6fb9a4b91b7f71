/**
 * The story the product was made from, replayed: a researched first letter; a week of silence; one follow-up; a mailbox
 * that answers "travelling, in urgent cases call me"; a WhatsApp at a decent hour of theirs; and an answer there.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  aCampaign,
  aContact,
  answerTo,
  aWorld,
  DAY_MS,
  type Got,
  MINUTE_MS,
  replyToOf,
  type World,
} from '../support/world.ts';

const ANA = 'ana.silva@acme.example';
let world: World;
let contactId: string;

beforeAll(async () => {
  // A Monday; Lisbon keeps UTC in winter.
  world = await aWorld('2026-11-16T02:00:00Z');
});
afterAll(() => world.close());

const letters = (): readonly Got[] => world.lettersTo(ANA);

it('sends the first letter in her own morning, with who, why, how and contact', async () => {
  const { campaign } = await world.client.campaigns.create(
    aCampaign({ contacts: [aContact({ grade: 'A' })] }),
  );
  await world.pass(DAY_MS);
  expect(letters()).toHaveLength(1);
  const [letter] = letters();
  const hour = new Date(letter!.at).toISOString().slice(11, 16);
  expect(hour >= '09:00' && hour < '11:30').toBe(true);
  expect(letter!.mail.subject).toBe('Tools for Acme');
  expect(letter!.mail.text).toContain('Your new shop in Porto');
  expect(letter!.mail.text).toContain('88 Haixing Road');
  const { items } = await world.client.campaigns.enrollments(campaign.id);
  contactId = items[0]!.contactId;
  expect(items[0]).toMatchObject({ state: 'planned', step: 1 });
});

it('follows up a week later, in the thread, with the first letter below', async () => {
  await world.pass(9 * DAY_MS);
  expect(letters()).toHaveLength(2);
  const [first, second] = letters();
  expect(second!.at - first!.at).toBeGreaterThanOrEqual(7 * DAY_MS);
  expect(second!.mail.subject).toBe('Re: Tools for Acme');
  expect(second!.mail.inReplyTo).toEqual([first!.mail.messageId]);
  expect(second!.mail.text).toContain('> Your new shop in Porto');
  expect([0, 1, 5, 6]).not.toContain(new Date(second!.at).getUTCDay());
});

it('reads "travelling, for urgent matters call" and makes a WhatsApp task inside her daytime', async () => {
  const second = letters()[1]!;
  await world.send({
    from: '',
    to: replyToOf(second),
    raw: answerTo(second, {
      text: 'Thank you for your message. I am travelling on business until 7 December with limited access to email.\nFor urgent matters please call my mobile +351 912 345 678.\n\nAna Silva',
      headers: ['Auto-Submitted: auto-replied', 'X-Autoreply: yes'],
    }),
  });
  const { items } = await world.client.tasks.list();
  expect(items).toMatchObject([{ kind: 'whatsapp', phone: '+351912345678' }]);
  const due = items[0]!.dueAt.slice(11, 16);
  expect(due >= '10:00' && due < '17:00').toBe(true);
  expect(world.alerts()).toEqual([]);
});

it('offers one paragraph that names both letters and their dates, and a link that opens the chat', async () => {
  const [task] = (await world.client.tasks.list()).items;
  const whole = await world.client.tasks.get(contactId, task!.id);
  const days = letters().map((one) =>
    new Date(one.at).toLocaleDateString('en-GB', { timeZone: 'Europe/Lisbon', day: 'numeric' }),
  );
  for (const day of days) expect(whole.paragraph).toContain(day);
  expect(whole.paragraph!.length).toBeLessThanOrEqual(500);
  expect(whole.paragraph).not.toMatch(/travel|absence|out of office/i);
  expect(whole.whatsappLink).toContain('https://wa.me/351912345678?text=');
});

it('stops when she answers on WhatsApp half an hour later', async () => {
  const [task] = (await world.client.tasks.list()).items;
  await world.until(Date.parse(task!.dueAt) + 30 * MINUTE_MS);
  await world.client.tasks.close(contactId, task!.id, { outcome: 'answered' });
  await world.pass(7 * DAY_MS);
  expect(letters()).toHaveLength(2);
  const { enrollment } = await world.client.contacts.get(contactId);
  expect(enrollment).toMatchObject({ state: 'stopped', stopped: 'answered-elsewhere' });
  const { items } = await world.client.contacts.timeline(contactId);
  expect(items.filter((one) => one.kind === 'message')).toHaveLength(3);
});
