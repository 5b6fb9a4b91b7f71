/** Which words a contact gets: the step's, a variant's, or those written for them alone. */
import { describe, expect, it } from 'vitest';
import type { Contact } from '../../../../shared/domain/contact.ts';
import { letterHtml } from '../../../../shared/domain/letter/letter-html.ts';
import { chooseText, type LetterVariant, overriding } from '../../../../shared/domain/letter/letter-text.ts';
import { lintLetter } from '../../../../shared/domain/letter/lint-letter.ts';
import { piecesOf, plainWords } from '../../../../shared/domain/letter/markup.ts';
import { quotedText } from '../../../../shared/domain/letter/quote.ts';
import { freezeLetter, writeLetter } from '../../../../shared/domain/letter/write-letter.ts';
import { ANA, JANE, letterStep, OPT_OUT_URL, sentLetter, sequenceOf } from './people.ts';

const VARIANTS: readonly LetterVariant[] = [
  { when: { language: 'pt' }, body: 'pt' },
  { when: { language: 'pt-BR' }, body: 'pt-BR' },
  { when: { language: 'zh-Hant' }, body: 'zh-Hant' },
  { when: { language: 'zh' }, body: 'zh' },
  { when: { country: 'MX' }, language: 'es', body: 'MX' },
  { when: { context: 'back-from-absence' }, body: 'back' },
  { when: { language: 'pt', context: 'back-from-absence' }, body: 'pt back' },
];

describe('the words for a contact', () => {
  const chosen = (contact: Partial<Contact>, wasAbsent = false) => {
    const { text, language } = chooseText(
      { body: 'own', variants: VARIANTS },
      { ...ANA, ...contact },
      wasAbsent,
      'en',
    );
    return [text.body, language];
  };
  it.each([
    [{}, false, ['own', 'en']],
    [{ language: 'fr' }, false, ['own', 'en']],
    [{ language: 'pt' }, false, ['pt', 'pt']],
    [{ language: 'pt-BR' }, false, ['pt', 'pt-BR']],
    [{ language: 'zh-TW' }, false, ['zh-Hant', 'zh-TW']],
    [{ language: 'zh-CN' }, false, ['zh', 'zh-CN']],
    [{ country: 'MX' }, false, ['MX', 'es']],
    [{}, true, ['back', 'en']],
    [{ language: 'pt' }, true, ['pt back', 'pt']],
    [{ language: 'no tag' }, false, ['own', 'en']],
  ])('%j, away: %s', (contact, wasAbsent, expected) => {
    expect(chosen(contact, wasAbsent)).toEqual(expected);
  });

  it('of the same weight are the first ones', () => {
    const variants = [...VARIANTS].reverse();
    const { text } = chooseText({ variants }, { ...ANA, language: 'pt-BR' }, false, 'en');
    expect(text.body).toBe('pt-BR');
  });

  it('for whoever was away may be written the short way', () => {
    const step = { body: 'own', bodyAfterAbsence: 'short' };
    expect(chooseText(step, ANA, true, 'en').text.body).toBe('short');
    expect(chooseText({ ...step, variants: VARIANTS }, ANA, true, 'en').text.body).toBe('back');
  });

  it.each([
    [{ who: 'a', why: 'b' }, { why: 'c' }, { who: 'a', why: 'c' }],
    [{ who: 'a', subject: 's' }, { body: 'c' }, { subject: 's', body: 'c' }],
    [{ body: 'a' }, { why: 'c' }, { why: 'c' }],
    [{ body: 'a' }, { subject: 't' }, { subject: 't', body: 'a' }],
  ])('%j under %j', (base, over, expected) => {
    expect(overriding(base, over)).toEqual(expected);
  });
});

const { body: _body, ...EMPTY } = letterStep({});
const PARTS = {
  ...EMPTY,
  subject: 'For {{ contact.company }}',
  who: 'Dear Ana,\n\nI am Jane.',
  why: '{{ contact.why }}',
  how: 'Together.',
  contact: 'Call me.',
};
const ORDER = { sequence: sequenceOf(PARTS), step: 0, contact: ANA, sender: JANE };
const SENT = { earlier: [], wasAbsent: false, optOutUrl: OPT_OUT_URL };

describe('a first letter in parts', () => {
  it('is its four parts in their order, each known by its name', () => {
    const written = writeLetter({ ...ORDER, ...SENT });
    if (written.kind !== 'written') throw new Error('unwritten');
    expect(written.letter.body).toBe(
      'Dear Ana,\n\nI am Jane.\n\nYour shops in Porto sell tableware. You know clay.\n\nTogether.\n\nCall me.',
    );
    expect(written.letter.parts?.how).toBe('Together.');
  });

  it('names the part at fault', () => {
    const sequence = sequenceOf({ ...PARTS, how: '{{ contact.plan }}' });
    expect(writeLetter({ ...ORDER, ...SENT, sequence })).toMatchObject({
      findings: [{ rule: 'missing-value', part: 'how', words: 'contact.plan' }],
    });
  });

  it('that lacks one is refused', () => {
    const { why: _why, ...rest } = PARTS;
    const written = writeLetter({ ...ORDER, ...SENT, sequence: sequenceOf(rest) });
    if (written.kind !== 'written') throw new Error('unwritten');
    const given = { letter: written.letter, contact: ANA, sender: JANE, optOutUrl: OPT_OUT_URL };
    expect(lintLetter(given)).toMatchObject([{ rule: 'missing-part', part: 'why', severity: 'error' }]);
  });

  it('that was frozen changes no more, whatever becomes of contact and template', () => {
    const frozen = freezeLetter(ORDER, { how: 'For {{ contact.firstName }} alone.' });
    if (frozen.kind !== 'frozen') throw new Error('not frozen');
    const before = writeLetter({ ...ORDER, ...SENT, own: frozen.letter });
    const contact = { ...ANA, company: 'Other', fields: {} };
    const sequence = sequenceOf({ ...PARTS, how: 'Else.' });
    expect(writeLetter({ ...ORDER, ...SENT, contact, sequence, own: frozen.letter })).toEqual(before);
    expect(frozen.letter).toMatchObject({ subject: 'For Acme', how: 'For Ana alone.', language: 'en' });
  });

  it("of a follow-up keeps the thread's subject and quotes, in the language it was written in", () => {
    const sequence = sequenceOf(PARTS, letterStep({ body: 'x' }));
    const frozen = freezeLetter({ ...ORDER, sequence, step: 1 }, { body: 'Bonjour Ana.', language: 'fr' });
    if (frozen.kind !== 'frozen') throw new Error('not frozen');
    const order = { ...ORDER, ...SENT, sequence, step: 1, earlier: [sentLetter({})], wasAbsent: true };
    expect(writeLetter({ ...order, own: frozen.letter })).toMatchObject({
      letter: {
        subject: 'Re: Tableware for Acme',
        body: 'Bonjour Ana.',
        quote: { intro: expect.stringContaining('a écrit') },
      },
    });
  });
});

describe('markup', () => {
  it.each([
    ['see [our catalogue](https://a.example/x) now', 'see our catalogue (https://a.example/x) now'],
    ['[https://a.example](https://a.example)', 'https://a.example'],
    ['**two** days', 'two days'],
    ['[x](javascript:alert(1))', '[x](javascript:alert(1))'],
    ['2 * 3 * 4 and [1]', '2 * 3 * 4 and [1]'],
  ])('%s reads well as plain text', (marked, plain) => {
    expect(plainWords(marked)).toBe(plain);
  });

  it('is cut into pieces that say the same', () => {
    expect(piecesOf('a [b](https://c.example) **d**').map((piece) => [piece.kind, piece.text])).toEqual([
      ['text', 'a '],
      ['link', 'b'],
      ['text', ' '],
      ['strong', 'd'],
    ]);
  });

  it('becomes links, strong words and lists, escaped as everything else', () => {
    const body = 'We make:\n- [a&b](https://a.example/?x=1&y="2)\n- **<b>**\nand more';
    const written = writeLetter({
      ...ORDER,
      ...SENT,
      sequence: sequenceOf(letterStep({ subject: 's', body })),
    });
    if (written.kind !== 'written') throw new Error('unwritten');
    const html = letterHtml(written.letter);
    expect(html).toContain('<p>We make:</p>\n<ul>\n<li>[a&#38;b]');
    expect(html).toContain('<li><strong>&#60;b&#62;</strong></li>\n</ul>\n<p>and more</p>');
  });
});

describe('a quote', () => {
  const quoted = (text: string) => quotedText({ intro: 'On that day:', text }).split('\n').slice(1);

  it('marks every line, none longer than 78 columns where it can be broken', () => {
    const lines = quoted(`${'word '.repeat(60)}\n\n${'我们生产快拆扳手，也生产扭力工具。'.repeat(8)}`);
    expect(lines.every((line) => line.startsWith('>'))).toBe(true);
    expect(
      Math.max(...lines.filter((line) => line.includes('word')).map((line) => line.length)),
    ).toBeLessThanOrEqual(78);
    expect(
      Math.max(...lines.filter((line) => line.includes('我')).map((line) => line.length)),
    ).toBeLessThanOrEqual(40);
    expect(lines.join('').replace(/[>\s]/g, '')).toBe(
      `${'word'.repeat(60)}${'我们生产快拆扳手，也生产扭力工具。'.repeat(8)}`,
    );
  });

  it('never breaks a link', () => {
    const link = `https://a.example/${'x'.repeat(120)}`;
    expect(quoted(`See the page ${link} for more`)).toContain(`> ${link}`);
  });
});
