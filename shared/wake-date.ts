/** "Write to me again on 3 March", "after 15 January", "in September": the day on which "later" begins. */
import { Temporal } from 'temporal-polyfill';
import { findDates, resolveDate } from './inbound/dates.ts';
import { lexiconsFor } from './inbound/language.ts';
import type { Lexicon } from './inbound/lexicon/lexicon.ts';
import { findFirst, fold, sentencesOf } from './inbound/phrases.ts';
import type { Reading } from './inbound/reading.ts';

/** Whoever puts it off further than this has not named a day of this conversation. */
const AHEAD_DAYS_MAX = 400;
/** The date may stand in the sentence after the one that says "later". */
const SENTENCES_LOOKED_AT = 2;
/** "may" is a verb, "mar" and "set" are words of their own: a month by itself must be written out. */
const MONTH_CHARS_MIN = 4;

/**
 * ISO date, or `undefined` where the mail puts nothing off or names no day after `day` (its arrival, ISO). A month
 * alone begins on its first day; 05/06 is not guessed.
 */
export function wakeDateOf(reading: Reading, day: string): string | undefined {
  const { intent, replyText } = reading;
  const words =
    intent?.value.kind === 'later' ? intent.evidence.find((one) => one.from === 'text') : undefined;
  if (!words) return undefined;
  const sentences = sentencesOf(replyText);
  const first = sentences.findIndex(({ end }) => end > words.start);
  const start = sentences[first]?.start;
  const end = sentences[Math.min(first + SENTENCES_LOOKED_AT, sentences.length) - 1]?.end;
  if (start === undefined || end === undefined) return undefined;
  const text = fold(replyText.slice(start, end));
  const lexicons = lexiconsFor(replyText);
  const today = Temporal.PlainDate.from(day);
  const dates = findDates(text, lexicons, 'dmy', today);
  const days = dates
    .filter(({ isAmbiguous }) => !isAmbiguous)
    .flatMap((found) => resolveDate(found, today) ?? []);
  const wanted = (dates.length > 0 ? days : monthIn(text, lexicons, today)).find((one) =>
    isAhead(one, today),
  );
  return wanted?.toString();
}

function monthIn(
  text: string,
  lexicons: readonly Lexicon[],
  today: Temporal.PlainDate,
): readonly Temporal.PlainDate[] {
  for (const { months } of lexicons) {
    const names = months.map((forms) => forms.filter((form) => isWrittenOut(form)));
    const found = findFirst(text, names.flat());
    const month = found ? names.findIndex((forms) => forms.includes(found.phrase)) + 1 : 0;
    if (month === 0) continue;
    const first = Temporal.PlainDate.from({ year: today.year, month, day: 1 });
    return [Temporal.PlainDate.compare(first, today) > 0 ? first : first.add({ years: 1 })];
  }
  return [];
}

/** Chinese, Japanese and Korean write a month in two characters. */
const isWrittenOut = (name: string): boolean =>
  name.length >= MONTH_CHARS_MIN || /[\p{Script=Han}\p{Script=Hangul}\p{Script=Arabic}]/u.test(name);

const isAhead = (date: Temporal.PlainDate, today: Temporal.PlainDate): boolean => {
  const days = today.until(date, { largestUnit: 'day' }).days;
  return days > 0 && days <= AHEAD_DAYS_MAX;
};
