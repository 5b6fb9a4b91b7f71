/** Bodies written to exhaust a reader: each comes back as a value, and says what was cut. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TEXT_CHARS_MAX } from '../../../shared/inbound/mail-limits.ts';
import { readMail } from '../../../shared/inbound/read-mail.ts';
import type { Reading } from '../../../shared/inbound/reading.ts';
import { parseMail } from '../../../shared/parse-mail.ts';

const CONTEXT = { now: '2026-11-23T12:00:00.000Z', contactCountry: 'DE' };

const readBody = async (body: string): Promise<Reading> => {
  const head = 'From: a@b.example\nAuto-Submitted: auto-replied\nSubject: Out of office\n';
  const mail = await parseMail(Buffer.from(`${head}Content-Type: text/plain; charset=utf-8\n\n${body}`));
  return readMail(mail, CONTEXT);
};

describe('a hostile body is read to a value', () => {
  it.each<[string, string, object]>([
    ['40 KB of spaces before a day', `I am back on${' '.repeat(40_000)}Monday`, { returnOn: '2026-11-30' }],
    [
      '1,000 line ends before a day',
      `Ich bin zurück am${'\n'.repeat(1_000)}30.11.2026`,
      { returnOn: '2026-11-30' },
    ],
    ['thousands of dates', 'back on 1/12/2026 until 3.12.26 '.repeat(1_000), { returnOn: '2026-12-01' }],
    ['thousands of cues', 'until back until '.repeat(2_000), {}],
    ['thousands of months', 'may '.repeat(5_000), {}],
    ['thousands of return words in Japanese', '月曜日まで'.repeat(4_000), {}],
  ])('%s', async (_, body, absence) => {
    const reading = await readBody(body);
    expect(reading.kind.value).toBe('absence');
    expect(reading.absence?.value).toMatchObject(absence);
  });

  it.each<[string, string, number]>([
    ['20 KB of spaced digits', '1 2 3 4 5 6 7 8 9 0 '.repeat(1_000), 0],
    ['20 KB of plus signs', '+'.repeat(20_000), 0],
    ['one number a thousand times', 'Tel +351 21 123 4567, '.repeat(1_000), 1],
  ])('%s', async (_, body, phones) => {
    expect((await readBody(body)).phones).toHaveLength(phones);
  });

  it.each([
    ['stand-ins without end', 'please contact '.repeat(3_000)],
    ['an address without end', `a@b${'.b'.repeat(20_000)}`],
    ['half heads', 'On 2026 x@y.z wrote\n'.repeat(12_000)],
    ['labels', 'From: \n'.repeat(30_000)],
    ['dashes', '-'.repeat(200_000)],
    ['dash lines', '----\n'.repeat(40_000)],
    ['combining marks', `a${'\u0301'.repeat(100_000)}`],
    ['zero-width characters', '\u200b'.repeat(80_000)],
    ['unfinished phrases', 'i am '.repeat(6_000)],
  ])('%s', async (_, body) => {
    const reading = await readBody(body);
    expect(reading.people.length).toBeLessThanOrEqual(5);
    expect(reading.replyText.length).toBeLessThanOrEqual(TEXT_CHARS_MAX);
  });

  it('quoted lines alone leave nothing', async () => {
    expect((await readBody('> a\n'.repeat(50_000))).replyText).toBe('');
  });

  it('an unread mail is unknown, so that a person looks', async () => {
    const raw = `From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n${'--b\n\n'.repeat(2_000)}`;
    const reading = readMail(await parseMail(Buffer.from(raw)), CONTEXT);
    expect(reading.kind).toMatchObject({ value: 'unknown', evidence: [{ what: 'unread: too-many-parts' }] });
  });

  it.each([
    'Content-Type:}} <{{x}}>',
    'Content-Type: ;',
    'Content-Type:\nContent-Disposition: attachment',
    'Content-Type: =?x?=',
  ])('a part whose type is no type: %s', async (type) => {
    const outer = 'From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n';
    const nested = 'Content-Type: multipart/alternative; boundary="{{x}}"\n\n--{{x}}';
    const raw = `${outer}\n--b\n${type}\n\n--b\n${nested}\n${type}\n\n${nested}\n${type}\n\n--b--\n`;
    expect(readMail(await parseMail(Buffer.from(raw)), CONTEXT)).toHaveProperty('kind');
  });

  it('random words of our lexicons never throw', async () => {
    const word = fc.constantFrom(
      'until',
      'back on',
      '30.11.',
      '5/6',
      'please contact',
      '+49 171 2345678',
      '\n\n',
      '>',
      'wrote:',
      'On',
      '@',
      'bis',
      '至11月',
      'まで',
      '까지',
      '\n-- \n',
      'From:',
      'Sent:',
      '\u0130',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 60 }), async (words) => {
        expect(await readBody(words.join(' '))).toHaveProperty('kind');
      }),
      { numRuns: 150 },
    );
  });

  it('random bytes never throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 1_000 }), async (bytes) => {
        expect(readMail(await parseMail(bytes), CONTEXT)).toHaveProperty('kind');
      }),
      { numRuns: 100 },
    );
  });
});
