/** When somebody who is away comes back, and why he is away. */
import { Temporal } from 'temporal-polyfill';
import { type Dated, withRoles } from './date-roles.ts';
import { type DateFound, findDates, resolveDate } from './dates.ts';
import type { DateRole, Lexicon } from './lexicon/lexicon.ts';
import { wordsOf } from './lexicon/phrase-lists.ts';
import { fold, hasAny } from './phrases.ts';
import type { Absence, Evidence, Finding } from './reading.ts';
import { relativeReturn } from './relative-date.ts';

/** A day of the note more than this many days ahead loses against its reading the other way round. */
const PLAUSIBLE_DAYS = 180;

export type AbsenceContext = {
  readonly today: Temporal.PlainDate;
  readonly lexicons: readonly Lexicon[];
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
};

const MONTH_FIRST = new Set(['US', 'PH', 'FM', 'MH', 'PW', 'GU', 'PR']);

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
        const day = days === 0 ? resolved.day : resolved.day.add({ days });
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

/** `places` are the folded subject and text. */
const reasonOf = (places: readonly string[], lexicons: readonly Lexicon[]): Absence['reason'] => {
  // The name of the oldest responder, which answers for any reason.
  const said = places.map((place) => place.replaceAll('vacation(1)', ''));
  const speaksOf = (list: 'private' | 'trip' | 'leave'): boolean =>
    said.some((place) => hasAny(place, wordsOf(lexicons, list)));
  // Private reasons come first: a sick colleague "on leave" is away, and no more is stored.
  if (speaksOf('private')) return 'other';
  if (speaksOf('trip')) return 'trip';
  return speaksOf('leave') ? 'leave' : 'other';
};

/** `text` is the new text of a mail already known to be an absence; the subject is read where the text has no date. */
export const readAbsence = (text: string, subject: string, context: AbsenceContext): Finding<Absence> => {
  const { lexicons, today } = context;
  const folded = fold(text);
  const order = context.country && MONTH_FIRST.has(context.country) ? 'mdy' : (lexicons[0]?.order ?? 'dmy');
  const datesIn = (source: string): readonly Dated[] =>
    withRoles(source, findDates(source, lexicons, order, today), lexicons);
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
      reason: reasonOf([fold(subject), folded], lexicons),
      invitesContact: hasAny(folded, wordsOf(lexicons, 'ownNumber')),
    },
    evidence,
    confidence: back?.confidence ?? inSubject?.confidence ?? (relative ? 0.6 : 0.5),
  };
};
