// "Contact us again on 3 March": read as "later", with the day on which it begins, in the words of each language.
import { describe, expect, it } from 'vitest';
import { findIntent } from '../../../shared/inbound/intent.ts';
import { lexiconsFor } from '../../../shared/inbound/language.ts';
import type { Reading } from '../../../shared/inbound/reading.ts';
import { wakeDateOf } from '../../../shared/wake-date.ts';

const DAY = '2026-11-24';
const read = (text: string) => {
  const intent = findIntent(text, 'reply', lexiconsFor(text));
  const reading = { replyText: text, intent } as unknown as Reading;
  return { kind: intent.value.kind, wakeOn: wakeDateOf(reading, DAY) };
};

describe('a wish to be written to again', () => {
  it.each([
    ['Thank you. Please contact us again on 3 March.', '2027-03-03'],
    ['Could you get back to me in March? We are full until then.', '2027-03-01'],
    ['We have a supplier this season. Please write to us again in September.', '2027-09-01'],
    ['Vielen Dank. Bitte kontaktieren Sie uns am 3. März wieder.', '2027-03-03'],
    ['Schreiben Sie mir bitte am 12. April noch einmal, dann planen wir.', '2027-04-12'],
    ['Merci de nous recontacter le 3 mars.', '2027-03-03'],
    ['Por favor, vuelva a contactarnos el 3 de marzo.', '2027-03-03'],
    ['Por favor volte a contactar-nos no dia 3 de março.', '2027-03-03'],
    ['La prego, mi riscriva il 3 marzo.', '2027-03-03'],
    ['Neem op 3 maart opnieuw contact op, alstublieft.', '2027-03-03'],
    ['谢谢，请在明年3月3日再联系我。', '2027-03-03'],
  ])('%s', (text, wakeOn) => {
    expect(read(text)).toEqual({ kind: 'later', wakeOn });
  });

  it.each([
    ['Please get back to me with your price list by 3 March.', 'asks'],
    ['Could you send samples? Then contact us again in March.', 'asks'],
    ['We are interested. Call me on Tuesday.', 'interested'],
  ])('is not heard where something else is asked for now: %s', (text, kind) => {
    expect(read(text).kind).toBe(kind);
  });
});
