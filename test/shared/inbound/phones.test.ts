/** Digits that are phone numbers, and digits that are not. */
import { describe, expect, it } from 'vitest';
import { findPhones } from '../../../shared/inbound/phones.ts';

const numbers = (text: string, country?: string, isGuessed = false): readonly string[] =>
  findPhones(text, '', { country, isGuessed }).map(({ number }) => number.number);

describe('phone numbers in the ways people write them', () => {
  it.each([
    ['+351 21 123 4567', undefined, '+351211234567'],
    ['call +49 (0)171 2345678 please', undefined, '+491712345678'],
    ['0049 171 2345678', undefined, '+491712345678'],
    ['Mobil 0171/2345678', 'DE', '+491712345678'],
    ['(212) 555-2368', 'US', '+12125552368'],
    ['手机：13812345678', 'CN', '+8613812345678'],
    ['電話０３－１２３４－５６７８', 'JP', '+81312345678'],
    ['هاتف ٠٥٠١٢٣٤٥٦٧', 'AE', '+971501234567'],
    ['M: +33.6.12.34.56.78', undefined, '+33612345678'],
    ['Tel: +44 20 7946 0958, Fax: +44 20 7946 0959', undefined, '+442079460958'],
  ])('%s', (text, country, e164) => {
    expect(numbers(text, country)).toEqual([e164]);
  });

  it('two numbers with a slash between are two', () => {
    expect(numbers('Tel. 021 123 4567 / 021 123 4568', 'PT')).toEqual([]);
    expect(numbers('Tel. 211 234 567 / 211 234 568', 'PT')).toEqual(['+351211234567', '+351211234568']);
  });

  it('the same number twice is one', () => {
    expect(numbers('+351 21 123 4567, again +351211234567')).toEqual(['+351211234567']);
  });
});

describe('digits that are no phone', () => {
  it.each([
    ['back on 12.11.2026 - 30.11.2026', 'DE'],
    ['2026-11-23', 'US'],
    ['the season 2026-2027', 'US'],
    ['EUR 12.345.678', 'DE'],
    ['the price is 211234567 €', 'PT'],
    ['NIF 211234567', 'PT'],
    ['VAT DE123456789', 'DE'],
    ['order no 2112345678', 'US'],
    ['IBAN 0171 2345 6789', 'DE'],
    ['Fax: +44 20 7946 0959', undefined],
    ['https://x.example/?id=2125552368', 'US'],
    ['1234567890123456789', 'US'],
  ])('%s', (text, country) => {
    expect(numbers(text, country)).toEqual([]);
  });

  it('bare digits in a guessed country need a word beside them', () => {
    expect(numbers('555 346 9947', 'IT', true)).toEqual([]);
    expect(numbers('tel. 055 346 9947', 'IT', true)).toEqual(['+390553469947']);
  });
});
