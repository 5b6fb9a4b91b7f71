/** When somebody who is away comes back, and why he is away. */
import { Temporal } from 'temporal-polyfill';
import { type DateFound, findDates, resolveDate } from './dates.ts';
import type { DateRole, Lexicon } from './lexicon/lexicon.ts';
import { findFirst, findLast, fold, hasAny } from './phrases.ts';
import type { Absence, Evidence, Finding } from './reading.ts';
import { relativeReturn } from './relative-date.ts';

/** How far a cue may stand before and behind its date. */
const BEFORE_MAX = 45;
const AFTER_MAX = 18;
/** A day of the note more than this many days ahead loses against its reading the other way round. */
const PLAUSIBLE_DAYS = 180;

export type AbsenceContext = {
  readonly today: Temporal.PlainDate;
  readonly lexicons: readonly Lexicon[];
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
};

type Dated = DateFound & { readonly role: DateRole | undefined };

const MONTH_FIRST = new Set(['US', 'PH', 'FM', 'MH', 'PW', 'GU', 'PR']);

/** A cue counts up to the next date only, and not across a sentence. */
const cueBefore = (
  folded: string,
  date: DateFound,
  previousEnd: number,
  lexicons: readonly Lexicon[],
): DateRole | undefined => {
  const start = Math.max(previousEnd, date.start - BEFORE_MAX);
  const stop = Math.max(...['. ', '! ', '。', '; '].map((mark) => folded.lastIndexOf(mark, date.start - 2)));
  const window = folded.slice(Math.max(start, stop < 0 ? 0 : stop + 1), date.start);
  let best: { end: number; start: number; role: DateRole } | undefined;
  for (const role of ['through', 'back', 'until', 'from', 'to'] as const) {
    const found = findLast(
      window,
      lexicons.flatMap((lexicon) => lexicon.before[role] ?? []),
    );
    if (!found || (role === 'to' && previousEnd < start)) continue;
    const isBetter = !best || found.end > best.end || (found.end === best.end && found.start < best.start);
    if (isBetter) best = { ...found, role };
  }
  return best?.role;
};

const cueAfter = (
  folded: string,
  date: DateFound,
  nextStart: number,
  lexicons: readonly Lexicon[],
): DateRole | undefined => {
  const window = folded.slice(date.end, Math.min(nextStart, date.end + AFTER_MAX));
  let best: { start: number; end: number; role: DateRole } | undefined;
  for (const role of ['through', 'until', 'back', 'from'] as const) {
    const found = findFirst(
      window,
      lexicons.flatMap((lexicon) => lexicon.after[role] ?? []),
    );
    if (!found || found.start > 12) continue;
    const isBetter =
      !best || found.start < best.start || (found.start === best.start && found.end > best.end);
    if (isBetter) best = { ...found, role };
  }
  return best?.role;
};

const withRoles = (
  folded: string,
  dates: readonly DateFound[],
  lexicons: readonly Lexicon[],
): readonly Dated[] =>
  dates.map((date, index) => {
    const previousEnd = dates[index - 1]?.end ?? 0;
    const nextStart = dates[index + 1]?.start ?? folded.length;
    const after = cueAfter(folded, date, nextStart, lexicons);
    const before = cueBefore(folded, date, previousEnd, lexicons);
    const isRangeEnd =
      before === 'to' || (index > 0 && /^\s?[-–—~～〜]\s?$/.test(folded.slice(previousEnd, date.start)));
    // "inclusive" behind a date beats the word before it; so does a return word ("将于11月30日返回").
    if (after === 'through') return { ...date, role: after };
    if (isRangeEnd && after !== 'back') return { ...date, role: 'to' };
    const isSettled = before === 'back' || before === 'through';
    return { ...date, role: isSettled ? before : after === 'from' ? (before ?? after) : (after ?? before) };
  });

const swapped = (date: DateFound): DateFound => ({ ...date, day: date.month, month: date.day });

const isPlausible = (day: Temporal.PlainDate | undefined, today: Temporal.PlainDate): boolean => {
  const ahead = day ? today.until(day, { largestUnit: 'days' }).days : -1;
  return ahead >= 0 && ahead <= PLAUSIBLE_DAYS;
};

type Resolved = { readonly day: Temporal.PlainDate; readonly isSure: boolean; readonly date: Dated };

/** 05/06 the way round that lies ahead; unsure where both do and neither country nor language tells. */
const resolve = (date: Dated, context: AbsenceContext): Resolved | undefined => {
  const stated = resolveDate(date, context.today);
  if (!date.isAmbiguous) return stated && { day: stated, isSure: true, date };
  const other = resolveDate(swapped(date), context.today);
  const isFirst = isPlausible(stated, context.today);
  const isOther = isPlausible(other, context.today);
  const isTold = context.country !== undefined || context.lexicons[0]?.language !== 'en';
  if (isFirst !== isOther) {
    const day = isFirst ? stated : other;
    return day && { day, isSure: true, date };
  }
  if (!stated) return other && { day: other, isSure: false, date };
  if (isTold || !other) return { day: stated, isSure: isTold, date };
  const nearer = Temporal.PlainDate.compare(stated, other) <= 0 ? stated : other;
  return { day: nearer, isSure: false, date };
};

const RETURNS: readonly (readonly [DateRole, days: number, confidence: number])[] = [
  ['back', 0, 0.95],
  ['through', 1, 0.9],
  ['to', 1, 0.85],
  ['until', 0, 0.85],
];

const findReturn = (
  dated: readonly Dated[],
  context: AbsenceContext,
): (Resolved & { confidence: number }) | undefined => {
  for (const [role, days, confidence] of RETURNS) {
    for (const date of dated.filter((candidate) => candidate.role === role)) {
      const resolved = resolve(date, context);
      if (resolved) {
        const day = resolved.day.add({ days });
        return { ...resolved, day, confidence: resolved.isSure ? confidence : 0.5 };
      }
    }
  }
  return undefined;
};

/** The absence began near the mail, so a day without a year is the one nearest to the return. */
const findFrom = (
  dated: readonly Dated[],
  context: AbsenceContext,
  back?: Temporal.PlainDate,
): Temporal.PlainDate | undefined => {
  const date = dated.find((candidate) => candidate.role === 'from');
  const day = date && resolve(date, context)?.day;
  if (!day || !back || Temporal.PlainDate.compare(day, back) <= 0) return day;
  return date.year === undefined ? day.subtract({ years: 1 }) : undefined;
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

const reasonOf = (folded: string, lexicons: readonly Lexicon[]): Absence['reason'] => {
  // Private reasons come first: a sick colleague "on leave" is away, and no more is stored.
  if (lexicons.some((lexicon) => hasAny(folded, lexicon.private))) return 'other';
  if (lexicons.some((lexicon) => hasAny(folded, lexicon.trip))) return 'trip';
  return lexicons.some((lexicon) => hasAny(folded, lexicon.leave)) ? 'leave' : 'other';
};

/** `text` is the new text of a mail already known to be an absence; the subject is read where the text has no date. */
export const readAbsence = (text: string, subject: string, context: AbsenceContext): Finding<Absence> => {
  const { lexicons, today } = context;
  const folded = fold(text);
  const order = context.country && MONTH_FIRST.has(context.country) ? 'mdy' : (lexicons[0]?.order ?? 'dmy');
  const datesIn = (source: string): readonly Dated[] =>
    withRoles(source, expandRanges(source, findDates(source, lexicons, order, today)), lexicons);
  const inText = datesIn(folded);
  const back = findReturn(inText, context);
  const inSubject = back ? undefined : findReturn(datesIn(fold(subject)), context);
  const relative = (back ?? inSubject) ? undefined : relativeReturn(text, lexicons, today);
  const day = back?.day ?? inSubject?.day ?? relative?.day;
  const from = findFrom(inText, context, day);
  const evidence: Evidence[] = [];
  if (back) {
    const { start, end } = back.date;
    evidence.push({ from: 'text', words: text.slice(start, end), start, end });
  } else if (inSubject) evidence.push({ from: 'header', name: 'subject', value: subject });
  else if (relative)
    evidence.push({
      from: 'text',
      words: text.slice(relative.start, relative.end),
      start: relative.start,
      end: relative.end,
    });
  return {
    value: {
      ...(from ? { from: from.toString() } : {}),
      ...(day ? { returnOn: day.toString() } : {}),
      reason: reasonOf(`${fold(subject)}  ${folded}`, lexicons),
      invitesContact: lexicons.some((lexicon) => hasAny(folded, lexicon.ownNumber)),
    },
    evidence,
    confidence: back?.confidence ?? inSubject?.confidence ?? (relative ? 0.6 : 0.5),
  };
};
