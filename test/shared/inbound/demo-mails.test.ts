/** The demo's answers, filled as the demo fills them over several seeds: each is read as its scenario expects. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readMail } from '../../../shared/inbound/read-mail.ts';
import { parseMail } from '../../../shared/parse-mail.ts';
import { type SeenLetter, writeAnswer } from '../../fixtures/demo/answer.ts';
import { buildScenario } from '../../fixtures/demo/scenario.ts';

const FOLDER = new URL('../../fixtures/mail/demo/', import.meta.url);

const LETTER: SeenLetter = {
  messageId: '<0100-letter@email.amazonses.com>',
  subject: 'Quick-release tools',
  date: 'Mon, 23 Nov 2026 09:04:00 +0100',
  at: '2026-11-23T08:04:00.000Z',
  text: 'Dear reader,\n\nmay I send you a sample set?\n\nLin Wei\nPhone: +86 574 5555 0123\n',
  replyTo: 'r+token@reply.harbourtools.example',
  returnPath: 'b+token@reply.harbourtools.example',
};

/** All numbers of the new words and the signature, and which of them the note offers for urgent matters. */
const PHONES: Readonly<Record<string, readonly string[]>> = {
  munich: ['+491713920012 mobile contact urgent', '+498999998123 fixed contact'],
  lyon: ['+33639981234 unknown contact urgent'],
  'sao-paulo-night': ['+5511987654321 mobile contact urgent'],
  london: ['+442079460812 fixed stand-in urgent'],
  riyadh: ['+966512345678 mobile contact'],
  istanbul: ['+902123456789 fixed contact', '+905012345678 mobile contact'],
  'sao-paulo': ['+5511961234567 mobile contact', '+551123456789 fixed contact'],
};

const cases = [
  ['2026-11-23', 1],
  ['2026-03-02', 7],
  ['2027-12-20', 40],
].flatMap(([start, seed]) => {
  const scenario = buildScenario({ seed: seed as number, start: start as string });
  return scenario.prospects.flatMap((prospect) =>
    prospect.answers.map((answer) => ({
      name: `${prospect.key}, ${answer.kind} in ${start}`,
      scenario,
      prospect,
      answer,
    })),
  );
});

it.each(cases)('$name', async ({ scenario, prospect, answer }) => {
  const at = new Date(Date.parse(scenario.launchAt) + answer.afterSeconds * 1_000).toISOString();
  const template = readFileSync(new URL(answer.fixture, FOLDER), 'utf8');
  const written = writeAnswer(template, { scenario, prospect, answer, letter: LETTER, at });
  const mail = await parseMail(Buffer.from(written.mail));
  const reading = readMail(mail, { now: at, contactCountry: prospect.country, zone: prospect.zone });
  expect(reading.kind.value).toBe(answer.kind);
  expect(reading.absence?.value.returnOn).toBe(written.returnOn);
  const phones = reading.phones.map(({ value }) =>
    [value.e164, value.type, value.owner, value.urgent ? 'urgent' : ''].join(' ').trim(),
  );
  expect(phones).toEqual(PHONES[prospect.key] ?? []);
});
