/** A letter as it leaves: its words, its footer in its language, and a follow-up's subject and quote. */
import { describe, expect, it } from 'vitest';
import { letterHtml } from '../../../../shared/domain/letter/letter-html.ts';
import { LETTER_LANGUAGES } from '../../../../shared/domain/letter/letter-words.ts';
import { lintLetter } from '../../../../shared/domain/letter/lint-letter.ts';
import { type LetterOrder, writeLetter } from '../../../../shared/domain/letter/write-letter.ts';
import type { WrittenLetter } from '../../../../shared/domain/letter/written-letter.ts';
import { ANA, JANE, letterStep, OPT_OUT_URL, sentLetter, sequenceOf } from './people.ts';

const TWO_STEPS = sequenceOf(
  letterStep({ subject: 'Tableware for {{ contact.company }}' }),
  letterStep({ body: 'Dear Ana,\n\nA short question.', bodyAfterAbsence: 'Dear Ana,\n\nWelcome back.' }),
);

const FIRST: LetterOrder = {
  sequence: TWO_STEPS,
  step: 0,
  contact: ANA,
  sender: JANE,
  earlier: [],
  wasAbsent: false,
  optOutUrl: OPT_OUT_URL,
};
const FOLLOW_UP: LetterOrder = { ...FIRST, step: 1, earlier: [sentLetter({})] };

function written(order: LetterOrder): WrittenLetter {
  const answer = writeLetter(order);
  if (answer.kind !== 'written') throw new Error(JSON.stringify(answer.findings));
  return answer.letter;
}

describe('a first letter', () => {
  it('is the rendered words, the signature and the way out', () => {
    const letter = written(FIRST);
    expect(letter).toMatchObject({ subject: 'Tableware for Acme', isFollowUp: false });
    expect(letter.text).toBe(
      [
        'Dear Ana,\n\nYour shops in Porto sell tableware. You know clay.\n\nBest regards',
        'Jane Doe\nDoe Ceramics Ltd.\nPhone: +86 20 5555 0100\nWhatsApp: +86 139 5555 0100\nhttps://doe.example\n1 Kiln Road\nFoshan, China',
        `If you would rather not hear from me again, please tell me here: ${OPT_OUT_URL}\n`,
      ].join('\n\n'),
    );
  });

  it('says the name once where the writer has signed already', () => {
    const order = {
      ...FIRST,
      sequence: sequenceOf(letterStep({ subject: 'x', body: 'Hello\n\nBest\nJane Doe' })),
    };
    expect(written(order).text.match(/Jane Doe/g)).toHaveLength(1);
  });

  it('says one number once where it is phone and WhatsApp', () => {
    const order = { ...FIRST, sender: { ...JANE, whatsapp: '+86 20 5555 0100' } };
    expect(written(order).signature).toContain('Phone / WhatsApp: +86 20 5555 0100');
  });

  it('calls the country by its name, in the language of the letter', () => {
    const sequence = {
      ...sequenceOf(letterStep({ subject: 's', body: '{{ contact.country }} {{ contact.countryCode }}' })),
    };
    expect(written({ ...FIRST, sequence }).body).toBe('Portugal PT');
    expect(written({ ...FIRST, sequence: { ...sequence, language: 'zh' } }).body).toBe('葡萄牙 PT');
  });

  it('lets a field name things, but never rename the person', () => {
    const contact = { ...ANA, fields: { product: 'plates', firstName: 'Eva', __proto__: 'x' } };
    const sequence = sequenceOf(
      letterStep({
        subject: 's',
        body: '{{ contact.product }} {{ fields.product }} {{ contact.firstName }}',
      }),
    );
    expect(written({ ...FIRST, contact, sequence }).body).toBe('plates plates Ana');
  });

  it('is refused with the name of what it lacks, part by part', () => {
    const sequence = sequenceOf(
      letterStep({ subject: '{{ fields.offer }}', body: 'Dear {{ contact.name }}\n{{ fields.b }}' }),
    );
    const { firstName: _, lastName: __, ...nameless } = ANA;
    expect(writeLetter({ ...FIRST, sequence, contact: { ...nameless, fields: { b: ' ' } } })).toMatchObject({
      kind: 'invalid',
      findings: [
        { rule: 'missing-value', severity: 'error', part: 'subject', words: 'fields.offer' },
        { rule: 'missing-value', severity: 'error', part: 'body', words: 'contact.name' },
      ],
    });
  });

  it('keeps its subject on one line, whatever a value holds', () => {
    const contact = { ...ANA, company: 'Acme\r\nBcc: eve@evil.example' };
    expect(written({ ...FIRST, contact }).subject).toBe('Tableware for Acme Bcc: eve@evil.example');
  });
});

describe('a follow-up', () => {
  it('continues the thread and quotes the first letter without its footer', () => {
    const letter = written(FOLLOW_UP);
    expect(letter).toMatchObject({ subject: 'Re: Tableware for Acme', isFollowUp: true });
    expect(
      letter.text.endsWith(
        'On Tue, 24 Nov 2026 at 10:12, Jane Doe <jane@doe.example> wrote:\n> Dear Ana,\n>\n> We make plates.\n',
      ),
    ).toBe(true);
  });

  it.each(['Re: Tableware', 'RE: Tableware', 're : Tableware'])('never says "Re: Re:" (%s)', (subject) => {
    expect(written({ ...FOLLOW_UP, earlier: [sentLetter({ subject })] }).subject).toBe(subject);
  });

  it('quotes the first of several letters, in whatever order they come', () => {
    const sequence = sequenceOf(
      ...TWO_STEPS.steps.flatMap((step) => (step.kind === 'letter' ? [step] : [])),
      letterStep({ body: 'Third.' }),
    );
    const second = sentLetter({ step: 1, subject: 'Re: Tableware for Acme', body: 'Second.' });
    const letter = written({ ...FOLLOW_UP, sequence, step: 2, earlier: [second, sentLetter({})] });
    expect(letter.subject).toBe('Re: Tableware for Acme');
    expect(letter.quote?.text).toBe('Dear Ana,\n\nWe make plates.');
  });

  it('greets back who was away, where the step has words for it', () => {
    expect(written({ ...FOLLOW_UP, wasAbsent: true }).body).toBe('Dear Ana,\n\nWelcome back.');
    expect(written({ ...FIRST, wasAbsent: true }).body).toContain('You know clay.');
  });
});

describe('in every language', () => {
  it('there are at least the sixteen of the product', () => {
    const asked = [
      'en',
      'zh',
      'es',
      'pt',
      'fr',
      'de',
      'it',
      'nl',
      'ru',
      'pl',
      'tr',
      'ar',
      'ja',
      'ko',
      'vi',
      'sv',
    ];
    expect(LETTER_LANGUAGES).toEqual(expect.arrayContaining(asked));
  });

  it.each(LETTER_LANGUAGES)('%s: footer and quote are worded, dated and lint-free', (language) => {
    const sequence = { ...TWO_STEPS, language };
    const letter = written({ ...FOLLOW_UP, sequence });
    expect(letter.quote?.intro).toMatch(/Jane Doe <jane@doe\.example>/);
    expect(letter.quote?.intro).toContain('2026');
    expect(letter.quote?.intro).toContain('10:12');
    expect(letter.text).not.toMatch(/\{[a-z]+\}/);
    expect(lintLetter({ letter, contact: ANA, sender: JANE, optOutUrl: OPT_OUT_URL })).toEqual([]);
    if (language !== 'en') expect(letter.optOut.sentence).not.toContain('hear from me');
  });

  it.each([
    ['zh-TW', '來信'],
    ['zh-HK', '來信'],
    ['zh-CN', '来信'],
    ['pt-BR', 'mensagens'],
    ['de-AT', 'Nachrichten'],
    ['fi', 'hear from me'],
    ['not a language', 'hear from me'],
  ])('%s takes the nearest words', (language, words) => {
    expect(written({ ...FIRST, sequence: { ...TWO_STEPS, language } }).optOut.sentence).toContain(words);
  });
});

describe('the HTML', () => {
  const html = (body: string, language = 'en') =>
    letterHtml(
      written({ ...FIRST, sequence: { ...sequenceOf(letterStep({ subject: '<s>', body })), language } }),
    );

  it('escapes everything', () => {
    const text = html('<script>alert(1)</script> "x" & \'y\'');
    expect(text).not.toContain('<script>');
    expect(text).toContain('<title>&#60;s&#62;</title>');
  });

  it.each([
    ['see https://a.example/x?y=1&z=2.', '<a href="https://a.example/x?y=1&#38;z=2">'],
    ['(https://a.example)', '<a href="https://a.example">'],
    ['https://a.example/wiki/A_(b)', '<a href="https://a.example/wiki/A_(b)">'],
    ['见https://a.example。谢谢', '<a href="https://a.example">'],
    ['ana@acme.example,', '<a href="mailto:ana@acme.example">'],
  ])('links %s', (body, link) => {
    expect(html(body)).toContain(link);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example', 'a@b', 'https://'])(
    'never links %s',
    (body) => {
      const hrefs = [...html(body).matchAll(/href="([^"]*)"/g)].map((match) => match[1]);
      expect(hrefs).toEqual(['https://doe.example', OPT_OUT_URL]);
    },
  );

  it('cannot be broken out of by an address full of quotes', () => {
    expect(html('https://a.example/"onmouseover="x')).not.toContain('" onmouseover');
  });

  it('quotes in a blockquote and runs from right to left in Arabic', () => {
    const followUp = letterHtml(written({ ...FOLLOW_UP, sequence: { ...TWO_STEPS, language: 'ar' } }));
    expect(followUp).toContain('<html lang="ar" dir="rtl">');
    expect(followUp).toMatch(/<blockquote>\n<p>Dear Ana,<\/p>\n<p>We make plates\.<\/p>\n<\/blockquote>/);
    expect(html('x')).toContain('<html lang="en" dir="ltr">');
  });
});
