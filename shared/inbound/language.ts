/** Which language a text is in: by its script, else by its frequent small words. No model, no dependency, linear. */
import { ENGLISH, LEXICONS } from './lexicon/all.ts';
import type { Lexicon } from './lexicon/lexicon.ts';

const LOOKED_AT_MAX = 4_096;
const WORDS_MAX = 600;
/** Fewer small words than this prove nothing. */
const HITS_MIN = 2;

/** Small words, months and weekdays, what a short note is made of: each with the places of its languages. */
const WORDS: ReadonlyMap<string, readonly number[]> = (() => {
  const places = new Map<string, number[]>();
  for (const [index, { common, months, weekdays }] of LEXICONS.entries()) {
    for (const word of new Set([...common, ...months.flat(), ...weekdays.flat()]))
      places.set(word, [...(places.get(word) ?? []), index]);
  }
  return places;
})();

/** Letters that, among our languages, one alone writes. */
const LETTERS: Readonly<Record<string, RegExp | undefined>> = {
  tr: /[ğış]/,
  pt: /[ãõ]/,
  es: /[ñ¿¡]/,
  de: /ß/,
  sv: /å/,
  pl: /[ąćęłńśźż]/,
  vi: /[đơư]/,
};
const HITS_BY_LETTER = 1;

type Scripts = { kana: number; hangul: number; han: number; arabic: number; cyrillic: number; latin: number };

/** By code point ranges, in one pass: six regular expressions over every mail would cost more than all other rules. */
const scriptOf = (code: number): keyof Scripts | undefined => {
  if (code < 0x250)
    return (code | 0x20) >= 0x61 && ((code | 0x20) <= 0x7a || code >= 0xc0) ? 'latin' : undefined;
  if (code >= 0x400 && code < 0x530) return 'cyrillic';
  if (code >= 0x600 && code < 0x780) return 'arabic';
  if (code >= 0x1e00 && code < 0x1f00) return 'latin';
  if (code >= 0x3040 && code < 0x3100) return 'kana';
  if ((code >= 0x3400 && code < 0xa000) || (code >= 0xf900 && code < 0xfb00)) return 'han';
  return (code >= 0xac00 && code < 0xd7b0) || (code >= 0x1100 && code < 0x1200) ? 'hangul' : undefined;
};

const countScripts = (text: string): Scripts => {
  const counts: Scripts = { kana: 0, hangul: 0, han: 0, arabic: 0, cyrillic: 0, latin: 0 };
  for (let at = 0; at < text.length; at++) {
    const script = scriptOf(text.charCodeAt(at));
    if (script) counts[script]++;
  }
  return counts;
};

const byScript = ({ kana, hangul, han, arabic, cyrillic, latin }: Scripts): string | undefined => {
  // One Han character says about as much as three letters; Japanese mixes Han with kana.
  const weights: readonly (readonly [string, number])[] = [
    ['ja', kana > 0 && kana * 6 >= han ? (kana + han) * 3 : 0],
    ['ko', hangul * 3],
    ['zh', kana * 6 < han ? han * 3 : 0],
    ['ar', arabic],
    ['ru', cyrillic],
  ];
  const [best] = [...weights].sort((a, b) => b[1] - a[1]);
  return best && best[1] > 0 && best[1] >= latin / 2 ? best[0] : undefined;
};

const BEYOND_ASCII = /[^\0-\x7f]/;
const LETTER = /[\p{L}\p{M}]/u;
/** What `LETTER` says of each code unit, once asked: 1 for letters and marks, 2 for others. */
const letters = new Uint8Array(0x10000);

const isLetter = (head: string, at: number): boolean => {
  const code = head.charCodeAt(at);
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || code === 0x27;
  // Halves of a pair are judged by what they are halves of.
  if (code >= 0xd800 && code < 0xe000) {
    const whole = head.codePointAt(code < 0xdc00 ? at : at - 1) ?? 0;
    return whole > 0xffff && LETTER.test(String.fromCodePoint(whole));
  }
  if (letters[code] === 0) letters[code] = LETTER.test(String.fromCharCode(code)) ? 1 : 2;
  return letters[code] === 1;
};

/** Lower case words in order, as far as `WORDS_MAX` gaps go. */
const wordsOf = (head: string): readonly string[] => {
  const words: string[] = [];
  let start = 0;
  for (let at = 0, gaps = 0; at <= head.length && gaps < WORDS_MAX; at++) {
    if (at < head.length && isLetter(head, at)) continue;
    if (at > start) words.push(head.slice(start, at));
    start = at + 1;
    gaps++;
  }
  return words;
};

/** What a text shows of each language, by its place in `LEXICONS`. */
type Tally = {
  readonly scripts: Scripts;
  /** Small words that occur. */
  readonly hits: readonly number[];
  /** Whether a letter occurs that this language alone writes. */
  readonly hasLetter: readonly boolean[];
  /** Languages whose script occurs at all. */
  readonly present: readonly string[];
};

const tallyNow = (text: string): Tally => {
  const head = text.slice(0, LOOKED_AT_MAX).toLowerCase();
  const isAscii = !BEYOND_ASCII.test(head);
  const hits = LEXICONS.map(() => 0);
  for (const word of wordsOf(head))
    for (const place of WORDS.get(word) ?? []) hits[place] = (hits[place] ?? 0) + 1;
  return {
    scripts: countScripts(head),
    hits,
    hasLetter: LEXICONS.map(({ language }) => !isAscii && LETTERS[language]?.test(head) === true),
    present:
      isAscii || !BEYOND_LATIN.test(head)
        ? []
        : SCRIPTS.filter(([, pattern]) => pattern.test(head)).map(([language]) => language),
  };
};

/** A mail's text is asked about twice: for its language, and with its subject for the lexicons. */
let last: { readonly text: string; readonly tally: Tally } | undefined;
const tally = (text: string): Tally => {
  if (last?.text !== text) last = { text, tally: tallyNow(text) };
  return last.tally;
};

const joined = (one: Tally, other: Tally): Tally => ({
  scripts: Object.fromEntries(
    Object.entries(one.scripts).map(([name, count]) => [name, count + other.scripts[name as keyof Scripts]]),
  ) as Scripts,
  hits: one.hits.map((count, place) => count + (other.hits[place] ?? 0)),
  hasLetter: one.hasLetter.map((has, place) => has || other.hasLetter[place] === true),
  present: SCRIPTS.map(([language]) => language).filter(
    (language) => one.present.includes(language) || other.present.includes(language),
  ),
});

const scores = ({ hits, hasLetter }: Tally): readonly (readonly [Lexicon, number])[] =>
  LEXICONS.map((lexicon, place): readonly [Lexicon, number] => [
    lexicon,
    (hits[place] ?? 0) + (hasLetter[place] ? HITS_BY_LETTER : 0),
  ]).sort((a, b) => b[1] - a[1]);

const languageOf = (found: Tally): string => {
  const script = byScript(found.scripts);
  if (script) return script;
  const [best] = scores(found);
  return best && best[1] >= HITS_MIN ? best[0].language : 'und';
};

/** ISO 639-1, `und` where too little text; the subject counts where the text says nothing. */
export const detectLanguage = (text: string, subject = ''): string => {
  const detected = languageOf(tally(text));
  return detected === 'und' && subject !== '' ? languageOf(joined(tally(text), tallyNow(subject))) : detected;
};

/** Any letter but Latin ones. */
const BEYOND_LATIN = /[^\0-\u036f\u1e00-\u206f]/;
const SCRIPTS = [
  ['zh', /\p{Script=Han}/u],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['ko', /\p{Script=Hangul}/u],
  ['ar', /\p{Script=Arabic}/u],
  ['ru', /\p{Script=Cyrillic}/u],
] as const;

/** Three or four languages out of sixteen: most combinations never meet. */
const COMBINATIONS_MAX = 5_000;
const combinations = new Map<string, readonly Lexicon[]>();

/** The lexicons to read a mail with: its language, the runner-up, any whose script occurs, and English. */
export const lexiconsFor = (text: string, subject = ''): readonly Lexicon[] => {
  const found = joined(tally(text), tallyNow(subject));
  const ranked = scores(found)
    .filter(([, hits]) => hits > 0)
    .slice(0, 3);
  const names = [byScript(found.scripts), ...ranked.map(([lexicon]) => lexicon.language), ...found.present];
  const chosen = [...new Set(names.filter((name) => name !== undefined))];
  const key = chosen.join(' ');
  const known = combinations.get(key);
  if (known) return known;
  const lexicons = chosen.flatMap((name) => LEXICONS.filter((lexicon) => lexicon.language === name));
  const withEnglish = lexicons.includes(ENGLISH) ? lexicons : [...lexicons, ENGLISH];
  if (combinations.size < COMBINATIONS_MAX) combinations.set(key, withEnglish);
  return withEnglish;
};
