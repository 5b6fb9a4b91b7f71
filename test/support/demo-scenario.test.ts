/** The demo's scenario and the mails of its prospects: deterministic, complete, and as mail programs write them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeAnswer } from '../fixtures/demo/answer.ts';
import { fillFixture } from '../fixtures/demo/fill.ts';
import { buildScenario } from '../fixtures/demo/scenario.ts';
import type { Path } from '../fixtures/demo/scenario-file.ts';
import { header, readMail } from './audit/mime.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/mail/demo');
const fixture = (file: string): string => readFileSync(join(FIXTURES, file), 'utf8');

const LETTER = {
  messageId: '<0100019aa-0000@email.amazonses.com>',
  subject: 'An idea for Größe & Söhne – 提案',
  date: 'Thu, 16 Jul 2026 07:41:00 +0000',
  at: '2026-07-16T07:41:00.000Z',
  text: 'Dear Ana,\n\nI have an <idea> – for you.\n',
  replyTo: 'r+sometoken7@reply.harbourtools.example',
  returnPath: 'r+sometoken7@reply.harbourtools.example',
};

const answerOf = (path: Path, at = '2026-07-16T08:00:00.000Z', seed = 1) => {
  const scenario = buildScenario({ seed, start: '2026-07-13' });
  const prospect = scenario.prospects.find((one) => one.path === path)!;
  const answer = prospect.answers[0]!;
  const written = writeAnswer(fixture(answer.fixture), { scenario, prospect, answer, letter: LETTER, at });
  return { written, prospect, answer, mail: readMail(Buffer.from(written.mail)) };
};

const ANSWERING = buildScenario({ seed: 1, start: '2026-07-13' })
  .prospects.filter((prospect) => prospect.answers.length > 0)
  .map((prospect) => prospect.path);

describe('the scenario', () => {
  it('has eighteen prospects in twelve countries, each on a path of their own, all in reserved domains', () => {
    const { prospects } = buildScenario({ seed: 1, start: '2026-01-01' });
    for (const name of ['key', 'path', 'address', 'why'] as const)
      expect(new Set(prospects.map((prospect) => prospect[name])).size).toBe(18);
    expect(new Set(prospects.map(({ country }) => country)).size).toBe(12);
    // One company has two of them.
    expect(new Set(prospects.map(({ company }) => company)).size).toBe(17);
    for (const prospect of prospects) expect(prospect.address).toMatch(/\.(?:example|test)$/);
  });

  it('is the same for the same seed, and another for another', () => {
    const build = (seed: number) => JSON.stringify(buildScenario({ seed, start: '2027-02-03' }));
    expect(build(5)).toBe(build(5));
    expect(build(5)).not.toBe(build(6));
  });

  it('survives JSON, runs three weeks and keeps its delays in bounds for any seed', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (seed) => {
        const scenario = buildScenario({ seed, start: '2028-12-01' });
        expect(JSON.parse(JSON.stringify(scenario))).toEqual(scenario);
        expect(Date.parse(scenario.endsAt) - Date.parse(scenario.launchAt)).toBe(21 * 86_400_000);
        for (const { afterSeconds, returnInDays = 9 } of scenario.prospects.flatMap((one) => one.answers)) {
          expect(afterSeconds).toBeGreaterThanOrEqual(-3);
          expect(afterSeconds).toBeLessThanOrEqual(43_200);
          expect(returnInDays).toBeGreaterThanOrEqual(9);
          expect(returnInDays).toBeLessThanOrEqual(11);
        }
      }),
    );
  });

  it.each(['2025-12-31', '2028-12-02', '2026-02-30', 'tomorrow', ''])('refuses the start %j', (start) => {
    expect(() => buildScenario({ seed: 1, start })).toThrow(/start must/);
  });

  it('refuses a seed that is no whole number', () => {
    expect(() => buildScenario({ seed: Number.NaN, start: '2026-07-13' })).toThrow(/seed must/);
  });
});

describe('the answers', () => {
  it('use every fixture of the folder', () => {
    const used = buildScenario({ seed: 1, start: '2026-07-13' }).prospects.flatMap((prospect) =>
      prospect.answers.map((answer) => answer.fixture),
    );
    expect(used.sort()).toEqual(readdirSync(FIXTURES).sort());
  });

  it.each(ANSWERING)('of %s is a whole mail: CRLF, ASCII headers, no line over 998 octets', (path) => {
    const { written, mail } = answerOf(path);
    expect(written.mail.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(written.mail.split('\r\n\r\n')[0]).toMatch(/^[\x20-\x7e\r\n\t]*$/);
    for (const line of written.mail.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(998);
    expect(written.mail).not.toMatch(/\{\{|\}\}/);
    for (const name of ['from', 'to', 'date', 'message-id', 'subject'])
      expect(header(mail, name)).not.toBe('');
    expect(Number.isNaN(Date.parse(header(mail, 'date').replace(' (UTC)', '')))).toBe(false);
    expect(mail.text.length + mail.everything.length).toBeGreaterThan(80);
  });

  it.each(ANSWERING)('of %s gives the same bytes for the same input', (path) => {
    expect(answerOf(path).written).toEqual(answerOf(path).written);
  });

  it.each([
    ['absence-until', 'until Monday 27 July with', 9],
    ['absence-inclusive', 'bis einschließlich Freitag, 24. Juli 2026 im', 9],
    ['absence-back-on', '7月27日月曜日より出社', 9],
    ['absence-forwarded-by-daemon', 'de retour au bureau le lundi 27 juillet.', 9],
  ] as const)('of %s says %j and returns on that day', (path, words, days) => {
    const scenario = buildScenario({ seed: 1, start: '2026-07-13' });
    const prospect = scenario.prospects.find((one) => one.path === path)!;
    const answer = { ...prospect.answers[0]!, returnInDays: days };
    // Nine days after Thursday the 16th is a Saturday, on which nobody announces to be back.
    const at = '2026-07-16T08:00:00.000Z';
    const written = writeAnswer(fixture(answer.fixture), { scenario, prospect, answer, letter: LETTER, at });
    expect(written.returnOn).toBe('2026-07-27');
    expect(readMail(Buffer.from(written.mail)).text).toContain(words);
  });

  it('decode to what the person wrote, quote and signature included', () => {
    const { mail } = answerOf('reply');
    expect(header(mail, 'from')).toContain('Ana Beatriz Silva');
    expect(header(mail, 'subject')).toBe(`Re: ${LETTER.subject}`);
    expect(mail.text).toContain('Você poderia me enviar a lista de preços');
    expect(mail.text).toContain('\n> I have an <idea> – for you.');
    expect(mail.everything).toContain('I have an &lt;idea&gt; – for you.');
    expect(header(answerOf('reply-after-follow-up').mail, 'subject')).toBe(`YNT: ${LETTER.subject}`);
    expect(answerOf('reply-after-follow-up').mail.text).toContain('fiyatı nedir?');
    expect(answerOf('reply-during-follow-up').mail.text).toContain('خالد الحربي');
  });

  it('come from the null sender to the return path where a mail server writes them', () => {
    const bounce = answerOf('bounce').written;
    expect(bounce.envelopeFrom).toBe('');
    expect(bounce.envelopeTo).toBe(LETTER.returnPath);
    expect(header(answerOf('absence-forwarded-by-daemon').mail, 'from')).toBe('MAILER-DAEMON@amazonses.com');
    expect(answerOf('reply').written.envelopeFrom).toBe('ana.silva@montalto.example');
  });

  it('stamp their dates in the prospect’s own zone', () => {
    expect(header(answerOf('reply').mail, 'date')).toBe('Thu, 16 Jul 2026 05:00:00 -0300');
    expect(header(answerOf('absence-until').mail, 'date')).toBe('Thu, 16 Jul 2026 09:00:00 +0100');
    expect(header(answerOf('absence-until', '2026-12-16T08:00:00Z').mail, 'date')).toBe(
      'Wed, 16 Dec 2026 08:00:00 +0000',
    );
  });
});

describe('fillFixture', () => {
  it('refuses a placeholder without a value', () => {
    expect(() => fillFixture('Subject: {{nothing}}\n\nx', {})).toThrow(/\{\{nothing\}\}/);
  });

  it('keeps the spaces at a soft line break of quoted-printable', () => {
    const words = 'a bc def ghij '.repeat(40).trim();
    const template = 'Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n{{words}}';
    for (let shift = 0; shift < 14; shift += 1)
      expect(readMail(Buffer.from(fillFixture(template, { words: words.slice(shift) }))).text).toBe(
        words.slice(shift),
      );
  });

  it('brings any text through quoted-printable, base64 and header words unchanged', () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 200 })
      .map((raw) => raw.replace(/[\p{C}\p{Z}]/gu, ' ').trim());
    fc.assert(
      fc.property(text, fc.constantFrom('quoted-printable', 'base64', '8bit'), (words, encoding) => {
        const template = `Subject: a {{words}} b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: ${encoding}\n\n{{words}}\nend`;
        const mail = readMail(Buffer.from(fillFixture(template, { words })));
        expect(mail.text).toBe(`${words}\nend`);
        expect(header(mail, 'subject').replace(/\s/g, '')).toBe(`a${words}b`.replace(/\s/g, ''));
      }),
    );
  });
});
