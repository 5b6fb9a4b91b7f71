/** Return days: what the words around a date make of it, in every language and both numeric orders. */
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { readAbsence } from '../../../shared/inbound/absence.ts';
import { lexiconsFor } from '../../../shared/inbound/language.ts';

const TODAY = Temporal.PlainDate.from('2026-11-23');

const absence = (text: string, country?: string, subject = '') =>
  readAbsence(text, subject, { today: TODAY, lexicons: lexiconsFor(text), country });

describe('until and back name the return day, through and inclusive the last day away', () => {
  it.each([
    ['I am out of the office until 30 November.', '2026-11-30'],
    ['I am away until Monday, November 30th, 2026.', '2026-11-30'],
    ['I am away through 30 November.', '2026-12-01'],
    ['I am away up to and including 30 November.', '2026-12-01'],
    ['I am away until and including Friday the 4th. I am back on 7 December.', '2026-12-07'],
    ['I will be out of office from 24 November to 27 November.', '2026-11-28'],
    ['I will be away 24-27 November.', '2026-11-28'],
    ['I will be back on Monday.', '2026-11-30'],
    ['I am away until tomorrow.', '2026-11-24'],
    ['I am away, returning 2026-12-02.', '2026-12-02'],
    ['Ich bin bis 30.11.2026 abwesend und ab dem 1. Dezember wieder erreichbar.', '2026-12-01'],
    ['Ich bin vom 24.11. bis 27.11. nicht im Büro.', '2026-11-28'],
    ['Ich bin bis einschließlich 27. November im Urlaub.', '2026-11-28'],
    ['Ich bin am Montag wieder im Büro.', '2026-11-30'],
    ["Je suis absent jusqu'au 30 novembre.", '2026-11-30'],
    ["Je suis absent jusqu'au 30 novembre inclus.", '2026-12-01'],
    ['Je suis en congés et serai de retour le lundi 30 novembre.', '2026-11-30'],
    ['Estoy de vacaciones hasta el 30 de noviembre inclusive.', '2026-12-01'],
    ['Estarei ausente até 30/11 e volto a 2 de dezembro.', '2026-12-02'],
    ['Sono in ferie fino al 30 novembre compreso.', '2026-12-01'],
    ['Ik ben afwezig tot en met 27 november.', '2026-11-28'],
    ['Ik ben afwezig tot 30 november.', '2026-11-30'],
    ['Я в отпуске до 30 ноября.', '2026-11-30'],
    ['Я в отпуске с 24 по 27 ноября.', '2026-11-28'],
    ['Jestem na urlopie do 30 listopada.', '2026-11-30'],
    ["30 Kasım'a kadar izindeyim.", '2026-11-30'],
    ['أنا في إجازة حتى 30 نوفمبر', '2026-11-30'],
    ['我休假至11月27日（含），有事请留言。', '2026-11-28'],
    ['我正在出差，11月30日返回公司。', '2026-11-30'],
    ['11月27日まで休暇をいただいております。', '2026-11-28'],
    ['11月30日から通常通り業務いたします。休暇中です。', '2026-11-30'],
    ['11월 27일까지 휴가입니다.', '2026-11-28'],
    ['Tôi đang nghỉ phép đến hết ngày 27 tháng 11.', '2026-11-28'],
    ['Jag är på semester till och med 27 november.', '2026-11-28'],
    ['Jag är på semester och åter den 30 november.', '2026-11-30'],
  ])('%s', (text, returnOn) => {
    expect(absence(text).value.returnOn).toBe(returnOn);
  });
});

describe('05/06', () => {
  it('is read in the order of the country', () => {
    expect(absence('I am away until 01/02/2027.', 'US').value.returnOn).toBe('2027-01-02');
    expect(absence('I am away until 01/02/2027.', 'GB').value.returnOn).toBe('2027-02-01');
  });

  it('is read the way round that lies ahead, where only one does', () => {
    expect(absence('I am away until 12/01/2026.', 'GB').value.returnOn).toBe('2026-12-01');
  });

  it('is told with doubt where nothing decides', () => {
    const doubtful = absence('I am away until 01/02/2027.');
    expect(doubtful.value.returnOn).toBe('2027-01-02');
    expect(doubtful.confidence).toBeLessThanOrEqual(0.5);
    expect(absence('I am away until 30/11/2026.').confidence).toBeGreaterThan(0.8);
  });

  it('a day without a year is the next such day', () => {
    expect(absence('I am back on 8 January.').value.returnOn).toBe('2027-01-08');
  });
});

it('the day may stand in the subject alone', () => {
  const found = absence(
    'I am away.',
    undefined,
    'AUTO: Smith, John is out of the office (returning 30/11/2026)',
  );
  expect(found.value.returnOn).toBe('2026-11-30');
  expect(found.evidence).toMatchObject([{ from: 'header', name: 'subject' }]);
});

it.each([
  ['I am away on a business trip.', 'trip'],
  ['I am on annual leave.', 'leave'],
  ['I am on sick leave.', 'other'],
  ['Ich bin in Elternzeit, danach im Urlaub.', 'other'],
  ['I am away.', 'other'],
])('the reason of "%s" is %s', (text, reason) => {
  expect(absence(text).value.reason).toBe(reason);
});
