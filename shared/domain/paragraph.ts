/**
 * The paragraph for WhatsApp, rendered when the salesperson taps and sent by nobody but them: who · one sentence of
 * the letter's why · which letters really went out and when · one question. "刚接触，减少废话，直入主题".
 * It never says that somebody is away, let alone why.
 */
import type { Contact } from './contact.ts';
import { epochMs, type Instant } from './instant.ts';
import { languageOr } from './letter/scope.ts';
import { oneLine } from './one-line.ts';
import { paragraphWords } from './paragraph-words.ts';
import type { Sender } from './sender.ts';

export const PARAGRAPH_CHARS_MAX = 500;
const NAME_CHARS_MAX = 50;
const SUBJECT_CHARS_MAX = 60;
const DATES_MAX = 3;

/** A letter that SES took. */
export type SentLetterLine = {
  readonly step: number;
  readonly sentAt: Instant;
  readonly subject: string;
  /** The letter's own why; `contact.fields.why` stands in where it is absent. */
  readonly why?: string;
  /** Of its words, where it was written for this one contact. */
  readonly language?: string;
};

/**
 * At most 500 characters. `language` is the letter's; English stands in where its sentences are missing. Dates are
 * those of the prospect's zone, with the year where it is not this one.
 */
export function whatsappParagraph(given: {
  readonly sender: Sender;
  readonly contact: Contact;
  readonly letters: readonly SentLetterLine[];
  readonly language: string;
  readonly now: Instant;
}): string {
  const { sender, contact } = given;
  const words = paragraphWords(new Intl.Locale(languageOr(given.language, 'en')).language);
  const letters = given.letters.toSorted((a, b) => (a.sentAt < b.sentAt ? -1 : 1));
  const first = letters[0];
  const shown = letters.length > DATES_MAX ? [...letters.slice(0, 1), ...letters.slice(-2)] : letters;
  const dates = shown.map((letter) => dayOf(letter.sentAt, given.now, contact.zone, words.locale));
  const opening = [
    words.hello(oneLine(contact.firstName ?? '', NAME_CHARS_MAX) || undefined),
    words.who(oneLine(sender.name, NAME_CHARS_MAX), oneLine(sender.company, NAME_CHARS_MAX)),
  ];
  const closing = [
    ...(first ? [words.wrote(dates, oneLine(first.subject, SUBJECT_CHARS_MAX))] : []),
    words.ask,
  ];
  // Everything else is short by its own limits, so the why gets what is left.
  const fixed = [...opening, ...closing].join(words.between).length + 2 * words.between.length;
  const why = firstSentence(first?.why ?? contact.fields.why ?? '', words.stop, PARAGRAPH_CHARS_MAX - fixed);
  return [...opening, ...(why === '' ? [] : [why]), ...closing].join(words.between);
}

function dayOf(at: Instant, now: Instant, zone: string, locale: string): string {
  const year = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric' });
  const isThisYear = year.format(epochMs(at)) === year.format(epochMs(now));
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  });
  return format.format(epochMs(at));
}

/** A full stop, question or exclamation mark ends it; one inside "3.5" or "Acme Co. Ltd" does not. */
function firstSentence(text: string, stop: string, charsMax: number): string {
  const line = oneLine(text, 2 * PARAGRAPH_CHARS_MAX);
  const end = line.search(/[。！？]|[.!?](?=\s+\p{Lu}\p{Ll})|[.!?]$/u);
  const sentence = end < 0 ? line : line.slice(0, end + 1);
  if (charsMax < 20 || sentence === '') return '';
  const ended = /[.!?。！？]$/u.test(sentence) ? sentence : `${sentence}${stop}`;
  return oneLine(ended, charsMax);
}
