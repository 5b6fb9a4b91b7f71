/** What the words around a date make of it: the first day away, the last one, or the day of return. */
import { Temporal } from 'temporal-polyfill';
import { type DateFound, findDates } from './dates.ts';
import type { DateRole, Lexicon } from './lexicon/lexicon.ts';
import { cuesOf, weekdaysOf } from './lexicon/phrase-lists.ts';
import { findFirst, findLast, lastSentenceStart } from './phrases.ts';

/** How far a cue may stand before and behind its date. */
const BEFORE_MAX = 45;
const AFTER_MAX = 40;
/** Behind a date the cue follows at once, give or take a weekday or a bracket. */
const AFTER_START_MAX = 12;
/** How far behind a date a bare day may stand, and how many are read. */
const BARE_DAY_MAX = 40;
const BARE_DAYS_MAX = 10;
const WEEKDAY_START_MAX = 3;
/** Both ends of a range stand close together. */
const RANGE_GAP_MAX = 25;

/** Years of two digits need some day to be near to. */
const NO_DAY = Temporal.PlainDate.from('2026-01-01');

export type Dated = DateFound & { readonly role: DateRole | undefined };

type Around = { readonly previous?: Dated; readonly nextStart: number };

/** A cue counts up to the previous date only, and not across a sentence. */
const cueBefore = (
  folded: string,
  date: DateFound,
  { previous }: Around,
  lexicons: readonly Lexicon[],
): DateRole | undefined => {
  const start = Math.max(previous?.end ?? 0, date.start - BEFORE_MAX);
  const near = folded.slice(start, date.start);
  const window = near.slice(Math.max(lastSentenceStart(near), near.lastIndexOf('; ', near.length - 2) + 1));
  const isRange =
    previous !== undefined &&
    date.start - previous.end <= RANGE_GAP_MAX &&
    (previous.role === 'from' || previous.role === undefined);
  let best: { end: number; start: number; role: DateRole } | undefined;
  // "vom … bis …" is a range, "bis …" alone a return day: the order settles what ties.
  for (const role of ['through', 'back', ...(isRange ? (['to'] as const) : []), 'until', 'from'] as const) {
    const found = findLast(window, cuesOf(lexicons, 'before', role));
    if (!found) continue;
    const isBetter = !best || found.end > best.end || (found.end === best.end && found.start < best.start);
    if (isBetter) best = { ...found, role };
  }
  return best?.role;
};

const cueAfter = (
  folded: string,
  date: DateFound,
  { nextStart }: Around,
  lexicons: readonly Lexicon[],
): DateRole | undefined => {
  // A full stop of Chinese and Japanese ends what is said of a date; Latin points also abbreviate.
  const stretch =
    folded.slice(date.end, Math.min(nextStart, date.end + AFTER_MAX)).split(/[。！？]/, 1)[0] ?? '';
  const day = findFirst(stretch, weekdaysOf(lexicons));
  // "30 Kasım Pazartesi günü döneceğim": the weekday is part of the date.
  const lead = day && day.start <= WEEKDAY_START_MAX ? day.end : 0;
  const range = [cuesOf(lexicons, 'before', 'through'), cuesOf(lexicons, 'before', 'to')]
    .flatMap((cues) => findFirst(stretch, cues) ?? [])
    .sort((one, other) => one.start - other.start)[0];
  // "vom 23.11. bis einschließlich 04.12.": what begins the next date says nothing of this one.
  const isNext = range !== undefined && range.end < stretch.length && nextStart - date.end <= AFTER_MAX;
  let best: { start: number; end: number; role: DateRole } | undefined;
  for (const role of ['through', 'until', 'back', 'from'] as const) {
    const found = findFirst(stretch, cuesOf(lexicons, 'after', role), lead);
    if (!found || found.start - lead > (role === 'through' ? AFTER_MAX : AFTER_START_MAX)) continue;
    if (role === 'through' && isNext && found.start > (range?.start ?? 0)) continue;
    // "… tarihine kadar (dahil)": inclusive is inclusive, wherever it stands behind its date.
    const isBetter =
      !best ||
      (best.role !== 'through' &&
        (found.start < best.start || (found.start === best.start && found.end > best.end)));
    if (isBetter) best = { ...found, role };
  }
  return best?.role;
};

const roleOf = (
  folded: string,
  date: DateFound,
  around: Around,
  lexicons: readonly Lexicon[],
): DateRole | undefined => {
  const after = cueAfter(folded, date, around, lexicons);
  const before = cueBefore(folded, date, around, lexicons);
  const gap = around.previous ? folded.slice(around.previous.end, date.start) : '';
  const isRangeEnd = before === 'to' || /^\.?\s?[-–—~～〜]\s?$/.test(gap);
  // "inclusive" behind a date beats the word before it; so does a return word ("将于11月30日返回").
  if (after === 'through') return after;
  if (isRangeEnd && after !== 'back') return 'to';
  if (before === 'back' || before === 'through') return before;
  return after === 'from' ? (before ?? after) : (after ?? before);
};

/** "10.–20. August", "du 10 au 20 août": the first day borrows the month of the second. */
const bareStart = (
  folded: string,
  end: DateFound,
): { readonly day: number; readonly start: number } | undefined => {
  const before = folded.slice(Math.max(0, end.start - 24), end.start);
  const match =
    /(?<![\d./:])(\d{1,2})(?:st|nd|rd|th|er|º|\.|日)?\s?(?:to the|to|bis zum|bis|au|al|a|ao|tot en met|t\/m|tot|по|do|till|đến|and|-|–|—|~|至|到)\s?$/u.exec(
      before,
    );
  const day = Number(match?.[1]);
  return match && day >= 1 && day <= 31 ? { day, start: end.start - before.length + match.index } : undefined;
};

/** "11月23日-27日…，30日回公司": a bare day behind a date is of the same month, or of the next one. */
const bareDays = (folded: string, dates: readonly DateFound[]): readonly DateFound[] => {
  const found: DateFound[] = [];
  for (const match of folded.matchAll(/(?<![\d月월]\s?)(\d{1,2})\s?[日號号일](?!间|間)/gu)) {
    const end = match.index + match[0].length;
    if (found.length >= BARE_DAYS_MAX) break;
    const previous = [...dates, ...found]
      .filter((date) => date.end <= match.index)
      .sort((a, b) => b.end - a.end)[0];
    const isOwn = dates.some((date) => match.index < date.end && end > date.start);
    const day = Number(match[1]);
    if (isOwn || !previous || match.index - previous.end > BARE_DAY_MAX || day < 1 || day > 31) continue;
    const isNext = day < previous.day;
    const month = isNext ? (previous.month % 12) + 1 : previous.month;
    const year = previous.year === undefined || !isNext || month > 1 ? previous.year : previous.year + 1;
    found.push({ ...previous, year, month, day, start: match.index, end, isAmbiguous: false });
  }
  return [...dates, ...found].sort((a, b) => a.start - b.start);
};

const expandRanges = (folded: string, dates: readonly DateFound[]): readonly DateFound[] =>
  dates.flatMap((date) => {
    const first = bareStart(folded, date);
    if (
      !first ||
      dates.some((other) => other !== date && other.end > first.start && other.start < date.start)
    )
      return [date];
    return [
      { ...date, day: first.day, start: first.start, end: first.start + String(first.day).length },
      date,
    ];
  });

/** "ab dem 23.11. bis 4.12." means a beginning, "zurück am 23.11. …" does not. */
const STARTS: readonly string[] = [
  'ab',
  'ab dem',
  'à partir du',
  'a partir de',
  'a partir del',
  'a partir do dia',
  'a partire dal',
  'från och med',
  'fr.o.m.',
  'начиная с',
  'vanaf',
  'od',
  'ابتداء من',
  'ابتداءً من',
  'اعتبارا من',
  'اعتباراً من',
  'bắt đầu từ ngày',
  'starting',
  'starting on',
  'beginning',
];

const startsRange = (folded: string, date: DateFound): boolean => {
  const near = folded.slice(Math.max(0, date.start - 24), date.start).trimEnd();
  return findLast(near, STARTS)?.end === near.length;
};

/** Dates in order, each with its role; the short first day of a range ("10.–20. August") becomes a date of its own. */
export const withRoles = (
  folded: string,
  found: readonly DateFound[],
  lexicons: readonly Lexicon[],
): readonly Dated[] => {
  const dates = bareDays(folded, expandRanges(folded, found));
  const dated: Dated[] = [];
  for (const [index, date] of dates.entries()) {
    const previous = dated.at(-1);
    const nextStart = dates[index + 1]?.start ?? folded.length;
    const role = roleOf(folded, date, { previous, nextStart }, lexicons);
    if (role === 'to' && previous && previous.role === undefined)
      dated[index - 1] = { ...previous, role: 'from' };
    // "från och med 23 november till och med 4 december": the first day of a range is no return.
    const isEnd =
      role === 'to' || role === 'through' || (role === 'until' && previous && startsRange(folded, previous));
    const isClose = previous && date.start - previous.end <= RANGE_GAP_MAX;
    if (
      isEnd &&
      isClose &&
      previous.role === 'back' &&
      !/[.;。]/.test(folded.slice(previous.end + 1, date.start))
    )
      dated[index - 1] = { ...previous, role: 'from' };
    dated.push({ ...date, role });
  }
  return dated;
};

/** True where a date is said to end an absence; which day exactly does not matter here. */
export const namesPeriod = (folded: string, lexicons: readonly Lexicon[]): boolean => {
  const dates = findDates(folded, lexicons, 'dmy', NO_DAY);
  return withRoles(folded, dates, lexicons).some(({ role }) => role !== undefined && role !== 'from');
};
