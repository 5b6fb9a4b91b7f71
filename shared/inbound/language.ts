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
const LETTERS: Readonly<Record<string, RegExp>> = {
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

const byScript = (text: string): string | undefined => {
  const { kana, hangul, han, arabic, cyrillic, latin } = countScripts(text);
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

const scores = (text: string): readonly (readonly [Lexicon, number])[] => {
  const head = text.slice(0, LOOKED_AT_MAX).toLowerCase();
  const words = head.split(/[^\p{L}\p{M}']/u).slice(0, WORDS_MAX);
  const hits = LEXICONS.map(({ language }): number => (LETTERS[language]?.test(head) ? HITS_BY_LETTER : 0));
  for (const word of words) for (const place of WORDS.get(word) ?? []) hits[place] = (hits[place] ?? 0) + 1;
  return LEXICONS.map((lexicon, place): readonly [Lexicon, number] => [lexicon, hits[place] ?? 0]).sort(
    (a, b) => b[1] - a[1],
  );
};

/** ISO 639-1, `und` where too little text. */
export const detectLanguage = (text: string): string => {
  const script = byScript(text.slice(0, LOOKED_AT_MAX));
  if (script) return script;
  const [best] = scores(text);
  return best && best[1] >= HITS_MIN ? best[0].language : 'und';
};

/** Three or four languages out of sixteen: most combinations never meet. */
const COMBINATIONS_MAX = 5_000;
const combinations = new Map<string, readonly Lexicon[]>();

/** The lexicons to read a text with: its language, the runner-up, any language whose script occurs, and English. */
export const lexiconsFor = (text: string): readonly Lexicon[] => {
  const head = text.slice(0, LOOKED_AT_MAX);
  const script = byScript(head);
  const ranked = scores(text)
    .filter(([, hits]) => hits > 0)
    .slice(0, 3);
  const present = [
    ['zh', /\p{Script=Han}/u],
    ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
    ['ko', /\p{Script=Hangul}/u],
    ['ar', /\p{Script=Arabic}/u],
    ['ru', /\p{Script=Cyrillic}/u],
  ] as const;
  const names = [
    script,
    ...ranked.map(([lexicon]) => lexicon.language),
    ...present.filter(([, pattern]) => pattern.test(head)).map(([language]) => language),
  ];
  const chosen = [...new Set(names.filter((name) => name !== undefined))];
  const key = chosen.join(' ');
  const known = combinations.get(key);
  if (known) return known;
  const lexicons = chosen.flatMap((name) => LEXICONS.filter((lexicon) => lexicon.language === name));
  const withEnglish = lexicons.includes(ENGLISH) ? lexicons : [...lexicons, ENGLISH];
  if (combinations.size < COMBINATIONS_MAX) combinations.set(key, withEnglish);
  return withEnglish;
};
