// What readings mean to the sequence: who may suppress, which numbers may be dialled, which sentence is shown.
import { describe, expect, it } from 'vitest';
import type { MessageId } from '../../shared/domain/ids.ts';
import type { Evidence, Finding, Reading } from '../../shared/inbound/reading.ts';
import { quotedSentence } from '../../shared/quoted-sentence.ts';
import { eventOfReading } from '../../shared/reading-event.ts';
import { wakeDateOf } from '../../shared/wake-date.ts';

const ABOUT = {
  mail: 'in1',
  messageId: 'msg1' as MessageId,
  day: '2026-11-24',
  isAuthenticated: true,
} as const;

/** The evidence is where `words` stand in `text`. */
const on = (text: string, words: string): readonly Evidence[] => {
  const start = text.indexOf(words);
  if (start < 0) throw new Error(`"${words}" does not stand in the text`);
  return [{ from: 'text', words, start, end: start + words.length }];
};
const sure = <Value>(value: Value, evidence: readonly Evidence[] = []): Finding<Value> => ({
  value,
  evidence,
  confidence: 0.9,
});
const aReading = (given: Partial<Reading>): Reading => ({
  kind: sure('reply'),
  replyText: '',
  language: 'en',
  phones: [],
  people: [],
  ambiguous: [],
  ...given,
});

describe('an opt-out in words', () => {
  const text = 'Please unsubscribe me.';
  const asks = (isCertain: boolean, kind: 'unsubscribe' | 'reply') =>
    aReading({
      kind: sure(kind),
      replyText: text,
      optOut: sure({ isCertain }, on(text, 'unsubscribe me')),
    });

  it.each([
    ['certain', true, 'unsubscribe', true, { kind: 'unsubscribed' }],
    ['certain, of unproven hand', true, 'unsubscribe', false, { kind: 'replied', says: { mayOptOut: true } }],
    ['doubtful', false, 'unsubscribe', true, { kind: 'replied', says: { mayOptOut: true } }],
    ['beside a question', false, 'reply', true, { kind: 'replied', says: { mayOptOut: true, quote: text } }],
  ] as const)('%s', (_words, isCertain, kind, isAuthenticated, expected) => {
    expect(eventOfReading(asks(isCertain, kind), { ...ABOUT, isAuthenticated })).toMatchObject(expected);
  });
});

describe('a phone number', () => {
  const text = 'I am away. Call +351 912 345 678 then. Order 912345679.';
  const phone = (e164: string, confidence: number, words: string) => ({
    value: { e164, type: 'mobile', owner: 'contact', urgent: false } as const,
    evidence: on(text, words),
    confidence,
  });

  it.each([
    [0.95, 1],
    [0.7, 1],
    [0.69, 0],
    [0.6, 0],
  ])('of confidence %s reaches the task %i times', (confidence, count) => {
    const reading = aReading({
      kind: sure('absence'),
      replyText: text,
      absence: sure({ reason: 'trip', invitesContact: true }),
      phones: [phone('+351912345678', confidence, '+351 912 345 678')],
    });
    const event = eventOfReading(reading, ABOUT);
    expect(event.kind === 'absent' && event.phones).toHaveLength(count);
  });

  it('reaches the task when the note itself asks to be called there, although nobody has assigned its range yet', () => {
    const doubtful = phone('+351912345678', 0.6, '+351 912 345 678');
    const urgent = { ...doubtful, value: { ...doubtful.value, urgent: true } };
    const reading = aReading({ kind: sure('absence'), replyText: text, phones: [urgent] });
    expect(eventOfReading(reading, ABOUT)).toMatchObject({ phones: [{ e164: '+351912345678' }] });
  });

  it('carries the sentence that it stands in', () => {
    const reading = aReading({
      kind: sure('absence'),
      replyText: text,
      phones: [phone('+351912345679', 0.6, '912345679'), phone('+351912345678', 0.95, '+351 912 345 678')],
    });
    expect(eventOfReading(reading, ABOUT)).toMatchObject({
      phones: [{ e164: '+351912345678', quote: 'Call +351 912 345 678 then.' }],
    });
  });
});

it('a note about a new address is a person’s to act on; without one it is nothing', () => {
  const text = 'My address has changed to ana@new.example.';
  const note = { kind: sure('auto-reply' as const), replyText: text };
  const newAddress = sure('ana@new.example', on(text, 'has changed to ana@new.example'));
  expect(eventOfReading(aReading({ ...note, newAddress }), ABOUT)).toEqual({
    kind: 'address-changed',
    mail: 'in1',
    messageId: 'msg1',
    address: 'ana@new.example',
    quote: text,
  });
  expect(eventOfReading(aReading(note), ABOUT)).toEqual({ kind: 'auto-replied', mail: 'in1' });
});

describe('"later"', () => {
  const later = (text: string, words: string, language = 'en') =>
    aReading({
      replyText: text,
      language,
      intent: sure({ kind: 'later', asksFor: [] }, on(text, words)),
    });

  it.each([
    ['Not now. Please write again on 3 March 2027.', 'write again', '2027-03-03'],
    ['Please contact us again in September.', 'contact us again', '2027-09-01'],
    ['Please come back to us later. We decide on 15 January.', 'come back to us later', '2027-01-15'],
    ['Bitte melden Sie sich im Februar wieder.', 'melden Sie sich', '2027-02-01'],
    ['Merci de nous recontacter à partir du 12 avril.', 'recontacter', '2027-04-12'],
    ['Escríbame otra vez en octubre, por favor.', 'otra vez', '2027-10-01'],
    ['请明年3月15日再联系。', '再联系', '2027-03-15'],
  ])('%s', (text, words, date) => {
    expect(wakeDateOf(later(text, words), '2026-11-24')).toBe(date);
  });

  it.each([
    ['no day at all', 'Maybe later, we may come back to you.', 'Maybe later'],
    ['a day that is past', 'We said no on 3 March 2026. Maybe later.', 'Maybe later'],
    ['a day that may be two days', 'Please write again on 05/06.', 'write again'],
    ['a day beyond this conversation', 'Please write again on 3 March 2031.', 'write again'],
  ])('names nothing for %s', (_what, text, words) => {
    expect(wakeDateOf(later(text, words), '2026-11-24')).toBeUndefined();
  });

  it('is not looked for where nobody puts anything off', () => {
    const text = 'Send prices by 3 March 2027.';
    const asks = aReading({
      replyText: text,
      intent: sure({ kind: 'asks', asksFor: ['price'] }, on(text, 'prices')),
    });
    expect(wakeDateOf(asks, '2026-11-24')).toBeUndefined();
  });
});

describe('the quoted sentence', () => {
  const text = 'Hello Lin,\n\nI am away until 4 December. Call Bob\non +44 20 7946 0812! Bye';
  it.each([
    ['the whole sentence around the words', on(text, '4 December'), 'I am away until 4 December.'],
    ['one line, however it was broken', on(text, 'Bob'), 'Call Bob on +44 20 7946 0812!'],
    [
      'every sentence that the words touch',
      on(text, 'December. Call'),
      'I am away until 4 December. Call Bob on +44 20 7946 0812!',
    ],
    ['the header', [{ from: 'header', name: 'subject', value: 'Out of office' }], 'subject: Out of office'],
    ['the signature', [{ from: 'signature', words: 'Head of Purchasing' }], 'Head of Purchasing'],
    ['nothing for mere structure', [{ from: 'structure', what: 'report' }], undefined],
  ] satisfies [string, readonly Evidence[], string | undefined][])('is %s', (_what, evidence, expected) => {
    expect(quotedSentence(text, evidence)).toBe(expected);
  });

  it('is cut where somebody forgot every full stop', () => {
    const long = 'word '.repeat(5_000);
    expect(quotedSentence(long, on(long, 'word'))?.length).toBeLessThanOrEqual(300);
  });
});
