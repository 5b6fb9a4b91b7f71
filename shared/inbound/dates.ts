/**
 * Dates in a text of any of our languages, by linear patterns of our own: chrono-node lacks five of the languages,
 * and is quadratic on white space.
 */
import { Temporal } from 'temporal-polyfill';
import type { Lexicon } from './lexicon/lexicon.ts';
import { hasAny, type Span } from './phrases.ts';

export type DateFound = Span & {
  readonly year?: number;
  readonly month: number;
  readonly day: number;
  /** 05/06: the other way round is a date too. */
  readonly isAmbiguous: boolean;
};

const DATES_MAX = 40;

type Order = 'dmy' | 'mdy';
type Parts = { year?: number; month: number; day: number; isAmbiguous?: boolean };

const isDate = ({ month, day }: Parts): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;

/** Two digits mean the century nearest to the mail. */
const fullYear = (digits: string | undefined, today: Temporal.PlainDate): number | undefined => {
  if (!digits) return undefined;
  const value = Number(digits);
  if (digits.length > 2) return value;
  const century = Math.floor(today.year / 100) * 100;
  const near = [century - 100 + value, century + value, century + 100 + value];
  return near.sort((a, b) => Math.abs(a - today.year) - Math.abs(b - today.year))[0];
};

const numeric = (first: number, second: number, separator: string, order: Order): Parts => {
  // Points stand between day and month everywhere; a number above twelve is a day everywhere.
  const isDayFirst = second > 12 ? false : first > 12 || separator === '.' || order === 'dmy';
  const parts = isDayFirst ? { day: first, month: second } : { day: second, month: first };
  const isAmbiguous = separator !== '.' && first <= 12 && second <= 12 && first !== second;
  return { ...parts, isAmbiguous };
};

const monthTables = new WeakMap<Lexicon, { pattern: string; numbers: ReadonlyMap<string, number> }>();

const monthTable = (lexicon: Lexicon): { pattern: string; numbers: ReadonlyMap<string, number> } => {
  const known = monthTables.get(lexicon);
  if (known) return known;
  const names = lexicon.months.flatMap((forms, index) =>
    forms.map((form): [string, number] => [form, index + 1]),
  );
  // The longest first, or `tháng 1` would swallow the beginning of `tháng 11`.
  names.sort((a, b) => b[0].length - a[0].length);
  const table = { pattern: names.map(([name]) => name).join('|'), numbers: new Map(names) };
  monthTables.set(lexicon, table);
  return table;
};

const stems = new WeakMap<Lexicon, readonly string[]>();
/** Suffixes may follow a month's name. */
const monthStems = (lexicon: Lexicon): readonly string[] => {
  const known = stems.get(lexicon) ?? lexicon.months.flat().map((name) => `${name}*`);
  stems.set(lexicon, known);
  return known;
};

const YEAR = String.raw`(?:[,.]?\s(?:(?:de|del|von|г\.?)\s)?(\d{4}|'\d{2})(?!\d))?`;
const BOUND = String.raw`(?![\p{L}\p{M}\d])`;
const SUFFIX_FREE = new Set(['tr', 'ar', 'vi']);

type Rule = {
  readonly pattern: RegExp;
  readonly read: (groups: readonly (string | undefined)[], today: Temporal.PlainDate, order: Order) => Parts;
};

const NUMERIC_RULES: readonly Rule[] = [
  {
    pattern: /(?<!\d)(\d{4})\s?([-/.年년])\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)\s?[日号號일]?/gu,
    read: ([year, , month, day]) => ({ year: Number(year), month: Number(month), day: Number(day) }),
  },
  {
    pattern: /(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号號일]/gu,
    read: ([month, day]) => ({ month: Number(month), day: Number(day) }),
  },
  {
    pattern:
      /(?<![\d.,:/]|(?<!\d[./]\d{1,2}\.?)-)(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?![\d:/]|-(?!\d{1,2}[./]))/gu,
    read: ([first, separator, second, year], today, order) => ({
      ...numeric(Number(first), Number(second), separator ?? '', order),
      year: fullYear(year, today),
    }),
  },
  {
    pattern: /(?<![\d.,:/]|(?<!\d[./]\d{1,2}\.?)-)(\d{1,2})\.\s?(\d{1,2})\.(?!\d)/gu,
    read: ([day, month]) => ({ day: Number(day), month: Number(month) }),
  },
  {
    pattern:
      /(?<![\d.,:/]|(?<!\d[./]\d{1,2}\.?)-)(\d{1,2})([/.])(\d{1,2})(?![\d:/%]|[.,]\d|\s?(?:uhr|h\b|am\b|pm\b|%|€|\$))/gu,
    read: ([first, separator, second], _, order) =>
      numeric(Number(first), Number(second), separator ?? '', order),
  },
];

/** What every numeric rule begins with: one look instead of five. */
const MAY_BE_NUMERIC = /\d\s?[-/.年년月월]/;

const wordedRules = (lexicon: Lexicon): readonly Rule[] => {
  const { pattern, numbers } = monthTable(lexicon);
  const bound = SUFFIX_FREE.has(lexicon.language) ? String.raw`(?!\d)` : BOUND;
  const dayMonth = String.raw`(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|°|ª|\.|-го)?,?\s(?:(?:de|of|di|den)\s)?(${pattern})${bound}\.?${YEAR}`;
  const monthDay = String.raw`(?<![\p{L}\d])(${pattern})\.?\s(?:the\s)?(\d{1,2})(?:st|nd|rd|th)?(?![\d:])${YEAR}`;
  const year = (text: string | undefined, today: Temporal.PlainDate): number | undefined =>
    fullYear(text?.replace("'", ''), today);
  return [
    {
      pattern: new RegExp(dayMonth, 'gu'),
      read: ([day, month, stated], today) => ({
        day: Number(day),
        month: numbers.get(month ?? '') ?? 0,
        year: year(stated, today),
      }),
    },
    {
      pattern: new RegExp(monthDay, 'gu'),
      read: ([month, day, stated], today) => ({
        day: Number(day),
        month: numbers.get(month ?? '') ?? 0,
        year: year(stated, today),
      }),
    },
  ];
};

const ruleCache = new WeakMap<Lexicon, readonly Rule[]>();
const rulesOf = (lexicon: Lexicon): readonly Rule[] => {
  const known = ruleCache.get(lexicon) ?? wordedRules(lexicon);
  ruleCache.set(lexicon, known);
  return known;
};

/** "26日（木）まで", "27号回公司": a day without month, where a word of time or a weekday follows. */
const DAY_ALONE =
  /(?<![\d.,:/月第-])(\d{1,2})[日号號](?=\s?(?:[（(][月火水木金土日一二三四五六]|周|まで|より|から|以降|に|回|返|上班|恢复|恢復|起|复工|才))/gu;

/** The next such day from the mail's own on; read only where no other date stands. */
const daysOfMonth = (folded: string, today: Temporal.PlainDate): readonly DateFound[] =>
  [...folded.matchAll(DAY_ALONE)].slice(0, DATES_MAX).flatMap((match): DateFound[] => {
    const day = Number(match[1]);
    const { month, year } = day < today.day ? today.add({ months: 1 }) : today;
    const end = match.index + match[0].length;
    return isDate({ day, month }) ? [{ day, month, year, start: match.index, end, isAmbiguous: false }] : [];
  });

/**
 * All dates in order of appearance, without overlaps. `folded` comes from `fold` and is at most `READ_CHARS_MAX`
 * long; `order` reads 05/06; `today` is the day of the mail.
 */
export const findDates = (
  folded: string,
  lexicons: readonly Lexicon[],
  order: Order,
  today: Temporal.PlainDate,
): readonly DateFound[] => {
  const found: DateFound[] = [];
  if (!/\d/.test(folded)) return found;
  // A pattern of twenty month names costs more than knowing that none of them is there.
  const named = lexicons.filter((lexicon) => hasAny(folded, monthStems(lexicon)));
  const numeric = MAY_BE_NUMERIC.test(folded) ? NUMERIC_RULES : [];
  for (const rule of [...named.flatMap(rulesOf), ...numeric]) {
    let count = 0;
    for (const match of folded.matchAll(rule.pattern)) {
      if (++count > DATES_MAX) break;
      const parts = rule.read(match.slice(1), today, order);
      const start = match.index;
      const end = start + match[0].replace(/[\s.,]+$/, '').length;
      const isFree = found.every((other) => end <= other.start || start >= other.end);
      if (isDate(parts) && isFree) found.push({ isAmbiguous: false, ...parts, start, end });
    }
  }
  if (found.length === 0) found.push(...daysOfMonth(folded, today));
  return found.sort((a, b) => a.start - b.start).slice(0, DATES_MAX);
};

const plain = (year: number, month: number, day: number): Temporal.PlainDate | undefined => {
  try {
    return new Temporal.PlainDate(year, month, day);
  } catch {
    // The 31st of February: written by somebody, but no day.
    return undefined;
  }
};

/** With its year, or the next such day from `today` on. */
export const resolveDate = (
  found: Pick<DateFound, 'year' | 'month' | 'day'>,
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined => {
  if (found.year !== undefined) return plain(found.year, found.month, found.day);
  const thisYear = plain(today.year, found.month, found.day);
  const isPast = !thisYear || Temporal.PlainDate.compare(thisYear, today) < 0;
  return isPast ? plain(today.year + 1, found.month, found.day) : thisYear;
};
