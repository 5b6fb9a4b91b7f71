/** "the the": what stays behind when a sentence is edited (practice 002: read the letter once more before it goes). */
import { type LintRule, languageOf, matchesIn, ownSections } from './rule.ts';

const TWICE = /(?<![\p{L}\p{M}'’-])([\p{L}\p{M}]{2,30})\s+\1(?![\p{L}\p{M}'’-])/giu;

/** Said twice on purpose, by language. */
const MEANT: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set(['had', 'that', 'very', 'so', 'many']),
  de: new Set(['die', 'der', 'das', 'sie', 'den', 'dem', 'sehr']),
  fr: new Set(['nous', 'vous', 'très']),
  es: new Set(['muy', 'poco']),
  pt: new Set(['muito']),
  it: new Set(['poco', 'molto', 'via']),
  nl: new Set(['die', 'dat', 'zij', 'ze']),
};
/** Doubling is grammar in these. */
const DOUBLING = new Set(['zh', 'ja', 'vi', 'id', 'ms', 'tr', 'th', 'ko']);

export const repeatedWord: LintRule = {
  name: 'repeated-word',
  severity: 'warning',
  find: ({ letter }) => {
    const language = languageOf(letter);
    if (DOUBLING.has(language)) return [];
    return (
      matchesIn(ownSections(letter), TWICE)
        .filter(
          ({ words, match }) =>
            !MEANT[language]?.has((match[1] ?? '').toLowerCase()) && !words.includes('\n'),
        )
        // "Tsai Tsai" and "Walla Walla" are names.
        .filter(({ words }) => !/^\p{Lu}.*\s\p{Lu}/u.test(words))
        .map(({ part, words, match }) => ({
          part,
          words,
          fix: `"${match[1]}" stands here twice: once is enough.`,
        }))
    );
  },
};
