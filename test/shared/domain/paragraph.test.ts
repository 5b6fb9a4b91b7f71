/** The hand-off texts: a WhatsApp paragraph that fits and tells the truth, links that open, a card that imports. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../../shared/domain/instant.ts';
import { PARAGRAPH_CHARS_MAX, whatsappParagraph } from '../../../shared/domain/paragraph.ts';
import { PARAGRAPH_LANGUAGES } from '../../../shared/domain/paragraph-words.ts';
import { telLink, vCard, whatsappLink } from '../../../shared/domain/reach-out.ts';
import { ANA, JANE } from './letter/people.ts';

const FIRST = { step: 0, sentAt: instant('2026-11-10T09:31:00Z'), subject: 'Tableware for Acme' };
const SECOND = { step: 1, sentAt: instant('2026-11-17T10:02:00Z'), subject: 'Re: Tableware for Acme' };
const GIVEN = {
  sender: JANE,
  contact: ANA,
  letters: [FIRST, SECOND],
  language: 'en',
  now: instant('2026-11-24T10:00:00Z'),
};

describe('the WhatsApp paragraph', () => {
  it('says who, why, both letters with their days, and asks one question', () => {
    expect(whatsappParagraph(GIVEN)).toBe(
      'Hello Ana, this is Jane Doe of Doe Ceramics Ltd. Your shops in Porto sell tableware. I wrote to you by mail on ' +
        '10 November (“Tableware for Acme”) and again on 17 November. Would it suit you to talk about it here?',
    );
  });

  it('says so in Chinese', () => {
    expect(
      whatsappParagraph({
        ...GIVEN,
        language: 'zh-CN',
        contact: { ...ANA, fields: { why: '贵司在波尔图有门店。还有。' } },
      }),
    ).toBe(
      'Ana，您好！我是Doe Ceramics Ltd.的Jane Doe。贵司在波尔图有门店。我于11月10日给您发过邮件（“Tableware for Acme”），11月17日又跟进过。请问方便在这里聊聊吗？',
    );
  });

  it('falls back to English, in whatever order the letters come', () => {
    const text = whatsappParagraph(GIVEN);
    expect(whatsappParagraph({ ...GIVEN, language: 'fi', letters: [SECOND, FIRST] })).toBe(text);
  });

  it.each(PARAGRAPH_LANGUAGES)('is whole in %s, with every name and date in its place', (language) => {
    const text = whatsappParagraph({ ...GIVEN, language });
    expect(text).not.toMatch(/[{}]|undefined/);
    expect(text.length).toBeLessThanOrEqual(PARAGRAPH_CHARS_MAX);
    for (const part of ['Jane Doe', 'Doe Ceramics Ltd.', 'Tableware for Acme', '10', '17'])
      expect(text.replace(/[٠-٩]/g, (digit) => String('٠١٢٣٤٥٦٧٨٩'.indexOf(digit)))).toContain(part);
    expect(whatsappParagraph({ ...GIVEN, language, contact: { ...ANA, firstName: '' } })).not.toContain(
      'Ana',
    );
  });

  it('names only letters that went out', () => {
    expect(whatsappParagraph({ ...GIVEN, letters: [FIRST] })).not.toContain('again');
    expect(whatsappParagraph({ ...GIVEN, letters: [] })).not.toContain('mail');
  });

  it("reads the day in the prospect's zone, and adds another year", () => {
    const letters = [{ ...FIRST, sentAt: instant('2025-12-31T23:30:00Z') }];
    const contact = { ...ANA, zone: 'Asia/Tokyo' };
    expect(whatsappParagraph({ ...GIVEN, letters, contact })).toContain('on 1 January (');
    expect(whatsappParagraph({ ...GIVEN, letters })).toContain('on 31 December 2025 (');
  });

  it("prefers the letter's own why and takes one sentence of it", () => {
    const letters = [{ ...FIRST, why: 'You buy 3.5 tons from Acme Co. ltd a year! And more.' }];
    expect(whatsappParagraph({ ...GIVEN, letters })).toContain(
      'You buy 3.5 tons from Acme Co. ltd a year! I wrote',
    );
  });

  it('ends the sentence that its writer left open', () => {
    const letters = [{ ...FIRST, why: 'your shops sell tableware' }];
    expect(whatsappParagraph({ ...GIVEN, letters })).toContain('Ltd. your shops sell tableware. I wrote');
  });

  it('never exceeds its length, whatever it is made of', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 2000 }),
      fc.string({ unit: 'grapheme', maxLength: 900 }),
    );
    fc.assert(
      fc.property(
        text,
        text,
        text,
        fc.constantFrom('en', 'zh', '??'),
        fc.nat(6),
        (a, b, c, language, count) => {
          const paragraph = whatsappParagraph({
            sender: { ...JANE, name: a, company: b },
            contact: { ...ANA, firstName: c, fields: { why: a + b } },
            letters: Array.from({ length: count }, (_, step) => ({ ...FIRST, step, subject: c })),
            language,
            now: GIVEN.now,
          });
          expect(paragraph.length).toBeLessThanOrEqual(PARAGRAPH_CHARS_MAX);
          expect(paragraph.isWellFormed()).toBe(true);
          expect(paragraph).not.toMatch(/[\r\n]/);
        },
      ),
    );
  });
});

describe('links', () => {
  it('open the chat with the words typed, or the dialler', () => {
    expect(whatsappLink('+351 912-345', 'Olá & ?\n#')).toBe(
      'https://wa.me/351912345?text=Ol%C3%A1%20%26%20%3F%0A%23',
    );
    expect(whatsappLink('+351912345')).toBe('https://wa.me/351912345');
    expect(telLink('+351 912 345')).toBe('tel:+351912345');
    expect(() => whatsappLink('+1', '\ud800')).not.toThrow();
  });
});

describe('the card', () => {
  it('is a vCard 4.0 with the number, the person and the remark', () => {
    expect(vCard({ contact: ANA, phone: '+351912345678', remark: 'From the absence note; trip' })).toBe(
      [
        'BEGIN:VCARD',
        'VERSION:4.0',
        'FN:Ana Silva',
        'N:Silva;Ana;;;',
        'ORG:Acme',
        'TITLE:Buyer',
        'TEL;VALUE=uri:tel:+351912345678',
        'EMAIL:ana@acme.example',
        'NOTE:From the absence note\\; trip',
        'END:VCARD\r\n',
      ].join('\r\n'),
    );
  });

  it('cannot be given a property by a value, and folds at 75 octets without breaking a character', () => {
    const wild = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom('x\r\nTEL:+1', 'x\nEND:VCARD', '陶'.repeat(200), 'a\\,b;c'),
    );
    fc.assert(
      fc.property(wild, wild, (name, remark) => {
        const card = vCard({ contact: { ...ANA, firstName: `F${name}` }, phone: '+1', remark: `R${remark}` });
        const lines = card.split('\r\n');
        expect(lines.every((line) => Buffer.byteLength(line) <= 75 && line.isWellFormed())).toBe(true);
        const names = lines.filter((line) => !line.startsWith(' ')).map((line) => line.split(/[:;]/, 1)[0]);
        expect(names).toEqual([
          'BEGIN',
          'VERSION',
          'FN',
          'N',
          'ORG',
          'TITLE',
          'TEL',
          'EMAIL',
          'NOTE',
          'END',
          '',
        ]);
      }),
    );
  });
});
