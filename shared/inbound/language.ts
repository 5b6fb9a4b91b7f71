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

/** Places in a tally's `scripts`. */
const KANA = 0;
const HANGUL = 1;
const HAN = 2;
const ARABIC = 3;
const CYRILLIC = 4;
const LATIN = 5;
const NONE = 6;

/** By code point ranges, in one pass: six regular expressions over every mail would cost more than all other rules. */
const scriptOf = (code: number): number => {
  if (code < 0x250) return (code | 0x20) >= 0x61 && ((code | 0x20) <= 0x7a || code >= 0xc0) ? LATIN : NONE;
  if (code >= 0x400 && code < 0x530) return CYRILLIC;
  if (code >= 0x600 && code < 0x780) return ARABIC;
  if (code >= 0x1e00 && code < 0x1f00) return LATIN;
  if (code >= 0x3040 && code < 0x3100) return KANA;
  if ((code >= 0x3400 && code < 0xa000) || (code >= 0xf900 && code < 0xfb00)) return HAN;
  return (code >= 0xac00 && code < 0xd7b0) || (code >= 0x1100 && code < 0x1200) ? HANGUL : NONE;
};

type Scripts = readonly number[];

const byScript = (scripts: Scripts): string | undefined => {
  const [kana = 0, hangul = 0, han = 0, arabic = 0, cyrillic = 0, latin = 0] = scripts;
  if (kana + hangul + han + arabic + cyrillic === 0) return undefined;
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

const LETTER = /[\p{L}\p{M}]/u;
/** What `LETTER` says of each code unit, once asked: 1 for letters and marks, 2 for others. */
const letters = new Uint8Array(0x10000);

const isLetter = (head: string, at: number, code: number): boolean => {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || code === 0x27;
  // Halves of a pair are judged by what they are halves of.
  if (code >= 0xd800 && code < 0xe000) {
    const whole = head.codePointAt(code < 0xdc00 ? at : at - 1) ?? 0;
    return whole > 0xffff && LETTER.test(String.fromCodePoint(whole));
  }
  if (letters[code] === 0) letters[code] = LETTER.test(String.fromCharCode(code)) ? 1 : 2;
  return letters[code] === 1;
};

const hashOn = (hash: number, code: number): number => (hash * 31 + code) & 0xffff;
/** Hashes of the small words: most words of a text are none, and need not be cut out of it. */
const HASHES = new Uint8Array(0x10000);
for (const word of WORDS.keys()) {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = hashOn(hash, word.charCodeAt(at));
  HASHES[hash] = 1;
}

/** What a text shows of each language, by its place in `LEXICONS`. */
type Tally = {
  readonly scripts: Scripts;
  /** Small words that occur. */
  readonly hits: readonly number[];
  /** Whether a letter occurs that this language alone writes; empty where none does. */
  readonly hasLetter: readonly boolean[];
  /** Languages whose script occurs at all. */
  readonly present: readonly string[];
};

const tallyNow = (text: string): Tally => {
  const head = text.slice(0, LOOKED_AT_MAX).toLowerCase();
  const scripts = [0, 0, 0, 0, 0, 0, 0];
  const hits: number[] = new Array(LEXICONS.length).fill(0);
  let isAscii = true;
  let start = 0;
  let hash = 0;
  // Words in order, as far as `WORDS_MAX` gaps go.
  for (let at = 0, gaps = 0; at <= head.length; at++) {
    const code = at < head.length ? head.charCodeAt(at) : 0;
    if (code > 0x7f) isAscii = false;
    const script = scriptOf(code);
    scripts[script] = (scripts[script] as number) + 1;
    if (gaps >= WORDS_MAX) continue;
    if (isLetter(head, at, code)) {
      hash = hashOn(hash, code);
      continue;
    }
    if (at > start && HASHES[hash] === 1)
      for (const place of WORDS.get(head.slice(start, at)) ?? []) hits[place] = (hits[place] as number) + 1;
    start = at + 1;
    hash = 0;
    gaps++;
  }
  return {
    scripts,
    hits,
    hasLetter: isAscii ? [] : LEXICONS.map(({ language }) => LETTERS[language]?.test(head) === true),
    present:
      isAscii || !BEYOND_LATIN.test(head)
        ? []
        : SCRIPTS.filter(([, pattern]) => pattern.test(head)).map(([language]) => language),
  };
};

/** A mail's text and its subject are each asked about twice: for its language, and for the lexicons. */
const TALLIES_MAX = 2;
const tallies: { readonly text: string; readonly tally: Tally }[] = [];
const tallyOf = (text: string): Tally => {
  for (const known of tallies) if (known.text === text) return known.tally;
  const tally = tallyNow(text);
  if (tallies.length >= TALLIES_MAX) tallies.shift();
  tallies.push({ text, tally });
  return tally;
};

const joined = (one: Tally, other: Tally): Tally => ({
  scripts: one.scripts.map((count, place) => count + (other.scripts[place] as number)),
  hits: one.hits.map((count, place) => count + (other.hits[place] as number)),
  hasLetter:
    one.hasLetter.length + other.hasLetter.length === 0
      ? []
      : LEXICONS.map((_, place) => one.hasLetter[place] === true || other.hasLetter[place] === true),
  present:
    one.present.length + other.present.length === 0
      ? []
      : SCRIPTS.map(([language]) => language).filter(
          (language) => one.present.includes(language) || other.present.includes(language),
        ),
});

/** The best `count` languages that score at all, best first; of equal ones the first of `LEXICONS`. */
const bestOf = ({ hits, hasLetter }: Tally, count: number): readonly (readonly [Lexicon, number])[] => {
  const best: (readonly [Lexicon, number])[] = [];
  for (const [place, lexicon] of LEXICONS.entries()) {
    const score = (hits[place] as number) + (hasLetter[place] ? HITS_BY_LETTER : 0);
    if (score === 0) continue;
    let rank = best.length;
    while (rank > 0 && (best[rank - 1]?.[1] ?? 0) < score) rank--;
    if (rank >= count) continue;
    best.splice(rank, 0, [lexicon, score]);
    best.length = Math.min(best.length, count);
  }
  return best;
};

const languageOf = (found: Tally): string => {
  const script = byScript(found.scripts);
  if (script) return script;
  const [best] = bestOf(found, 1);
  return best && best[1] >= HITS_MIN ? best[0].language : 'und';
};

/** A text alone is joined with nothing; most subjects say less than the text, but all are asked about twice. */
const joinedLast: { text: string; subject: string; tally: Tally } = {
  text: '',
  subject: '',
  tally: tallyNow(''),
};
const joinedOf = (text: string, subject: string): Tally => {
  if (joinedLast.text !== text || joinedLast.subject !== subject)
    Object.assign(joinedLast, { text, subject, tally: joined(tallyOf(text), tallyOf(subject)) });
  return joinedLast.tally;
};

/** ISO 639-1, `und` where too little text; the subject counts where the text says nothing. */
export const detectLanguage = (text: string, subject = ''): string => {
  const detected = languageOf(tallyOf(text));
  return detected === 'und' && subject !== '' ? languageOf(joinedOf(text, subject)) : detected;
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

/** The best languages of a text, by their small words. */
const RANKED_MAX = 3;
/** Three or four languages out of sixteen: most combinations never meet. */
const COMBINATIONS_MAX = 5_000;
const combinations = new Map<string, readonly Lexicon[]>();

/** The lexicons to read a mail with: its language, the runner-up, any whose script occurs, and English. */
export const lexiconsFor = (text: string, subject = ''): readonly Lexicon[] => {
  const found = joinedOf(text, subject);
  const ranked = bestOf(found, RANKED_MAX);
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
