/**
 * "Back on Monday", "until next week", "tomorrow": weekdays by our own lexicon, the rest by chrono-node where it
 * knows the language, on one sentence at a time because it is quadratic.
 */
import * as chronoDe from 'chrono-node/de';
import * as chronoEn from 'chrono-node/en';
import * as chronoEs from 'chrono-node/es';
import * as chronoFr from 'chrono-node/fr';
import * as chronoIt from 'chrono-node/it';
import * as chronoJa from 'chrono-node/ja';
import * as chronoNl from 'chrono-node/nl';
import * as chronoPt from 'chrono-node/pt';
import * as chronoRu from 'chrono-node/ru';
import * as chronoSv from 'chrono-node/sv';
import * as chronoVi from 'chrono-node/vi';
import * as chronoZh from 'chrono-node/zh';
import { Temporal } from 'temporal-polyfill';
import type { Lexicon } from './lexicon/lexicon.ts';
import { findFirst, fold, type Span } from './phrases.ts';

type Parser = { readonly parse: typeof chronoEn.parse };
const PARSERS: Readonly<Record<string, Parser>> = {
  de: chronoDe,
  en: chronoEn,
  es: chronoEs,
  fr: chronoFr,
  it: chronoIt as Parser,
  ja: chronoJa,
  nl: chronoNl,
  pt: chronoPt,
  ru: chronoRu,
  sv: chronoSv as Parser,
  vi: chronoVi as Parser,
  zh: chronoZh as Parser,
};

/** What follows a cue and is shown to chrono. */
const CHRONO_CHARS_MAX = 60;
const CUES_MAX = 6;
/** Stretches shown to chrono for one mail: a note names its return in the first two or three. */
const CHRONO_TRIES_MAX = 16;

export type RelativeReturn = Span & { readonly day: Temporal.PlainDate };

type Words = { readonly weekdays: readonly string[]; readonly returns: readonly string[] };
const words = new WeakMap<Lexicon, Words>();
/** Always the same arrays, so that `phrases.ts` prepares them but once. */
const wordsOf = (lexicon: Lexicon): Words => {
  const known = words.get(lexicon);
  if (known) return known;
  const { weekdays, after } = lexicon;
  const made = { weekdays: weekdays.flat(), returns: [...(after.back ?? []), ...(after.until ?? [])] };
  words.set(lexicon, made);
  return made;
};

const weekdayAfter = (
  window: string,
  lexicon: Lexicon,
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined => {
  const found = findFirst(window, wordsOf(lexicon).weekdays);
  const index = found ? lexicon.weekdays.findIndex((names) => names.includes(found.phrase)) : -1;
  if (index < 0) return undefined;
  const ahead = (index + 1 - today.dayOfWeek + 7) % 7;
  return today.add({ days: ahead === 0 ? 7 : ahead });
};

const byChrono = (
  window: string,
  language: string,
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined => {
  // Noon UTC keeps the calendar day whatever zone this process runs in.
  const reference = { instant: new Date(`${today.toString()}T12:00:00Z`), timezone: 0 };
  const result = PARSERS[language]?.parse(window, reference, { forwardDate: true })[0];
  if (!result || result.index > 20) return undefined;
  const part = (name: 'year' | 'month' | 'day'): number => result.start.get(name) ?? 0;
  try {
    const day = Temporal.PlainDate.from({ year: part('year'), month: part('month'), day: part('day') });
    return Temporal.PlainDate.compare(day, today) > 0 ? day : undefined;
  } catch {
    return undefined;
  }
};

/** The day after a return word, where no calendar date stands. */
export const relativeReturn = (
  text: string,
  lexicons: readonly Lexicon[],
  today: Temporal.PlainDate,
): RelativeReturn | undefined => {
  const folded = fold(text);
  const shown = new Set<string>();
  /** `undefined` too for a stretch that was shown before: it said nothing then. */
  const ask = (window: string, language: string): Temporal.PlainDate | undefined => {
    const key = `${language} ${window}`;
    if (window === '' || shown.has(key) || shown.size >= CHRONO_TRIES_MAX) return undefined;
    shown.add(key);
    return byChrono(window, language, today);
  };
  for (const lexicon of lexicons) {
    for (const role of ['back', 'through', 'until'] as const) {
      const cues = lexicon.before[role] ?? [];
      let cue = findFirst(folded, cues);
      for (let tries = 0; cue && tries < CUES_MAX; tries++) {
        const end = Math.min(cue.end + CHRONO_CHARS_MAX, folded.length);
        const window =
          folded
            .slice(cue.end, end)
            .split(/[.!?。！？]/)[0]
            ?.replace(/ +/g, ' ')
            .trim() ?? '';
        const day = weekdayAfter(window, lexicon, today) ?? ask(window, lexicon.language);
        const days = role === 'through' ? 1 : 0;
        if (day)
          return {
            day: day.add({ days }),
            start: cue.start,
            end: Math.min(cue.end + window.length + 1, end),
          };
        cue = findFirst(folded, cues, cue.end);
      }
    }
    const behind = weekdayBefore(folded, lexicon, today);
    if (behind) return behind;
  }
  return undefined;
};

/** "am Montag wieder", "月曜日に戻ります", "pazartesi günü döneceğim": the return word follows the day. */
const weekdayBefore = (
  folded: string,
  lexicon: Lexicon,
  today: Temporal.PlainDate,
): RelativeReturn | undefined => {
  const day = findFirst(folded, wordsOf(lexicon).weekdays);
  if (!day) return undefined;
  const after = folded.slice(day.end, day.end + 20);
  const isReturn = findFirst(after, wordsOf(lexicon).returns);
  const resolved = isReturn && weekdayAfter(day.phrase, lexicon, today);
  return resolved && { day: resolved, start: day.start, end: day.end + isReturn.end };
};
