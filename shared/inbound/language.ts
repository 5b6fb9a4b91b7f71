/** Which language a text is in: by its script, else by its frequent small words. No model, no dependency, linear. */
import { ENGLISH, LEXICONS } from './lexicon/all.ts';
import type { Lexicon } from './lexicon/lexicon.ts';

const LOOKED_AT_MAX = 4_096;
const WORDS_MAX = 600;
/** Fewer small words than this prove nothing. */
const HITS_MIN = 2;

/** Small words, months and weekdays: what a short note is made of. */
const WORDS: ReadonlyMap<Lexicon, ReadonlySet<string>> = new Map(
  LEXICONS.map((lexicon) => [
    lexicon,
    new Set([...lexicon.common, ...lexicon.months.flat(), ...lexicon.weekdays.flat()]),
  ]),
);

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

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

const byScript = (text: string): string | undefined => {
  const kana = count(text, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const hangul = count(text, /\p{Script=Hangul}/gu);
  const han = count(text, /\p{Script=Han}/gu);
  const arabic = count(text, /\p{Script=Arabic}/gu);
  const cyrillic = count(text, /\p{Script=Cyrillic}/gu);
  const latin = count(text, /\p{Script=Latin}/gu);
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
  return LEXICONS.map((lexicon): readonly [Lexicon, number] => {
    const known = WORDS.get(lexicon);
    const hits = words.filter((word) => known?.has(word)).length;
    return [lexicon, hits + (LETTERS[lexicon.language]?.test(head) ? HITS_BY_LETTER : 0)];
  }).sort((a, b) => b[1] - a[1]);
};

/** ISO 639-1, `und` where too little text. */
export const detectLanguage = (text: string): string => {
  const script = byScript(text.slice(0, LOOKED_AT_MAX));
  if (script) return script;
  const [best] = scores(text);
  return best && best[1] >= HITS_MIN ? best[0].language : 'und';
};

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
  const chosen = [...new Set(names)].flatMap((name) =>
    LEXICONS.filter((lexicon) => lexicon.language === name),
  );
  return chosen.includes(ENGLISH) ? chosen : [...chosen, ENGLISH];
};
