/**
 * The seeds' own follow-up was typed with a lower-case `l` for `I` ("but l believe", "Hopefully l can"). Practice 002:
 * check capitals and misspelt words before a letter leaves. English alone has the word.
 */
import { type LintRule, languageOf, matchesIn, withSubject } from './rule.ts';

/** Not the litre of "5 l", nor a list's "l)". */
const LOOKALIKE = /(?<![\p{L}\p{N}'’.-])(?<!\d\s)l(?=['’](?:m|ve|ll|d)\b|\s+\p{Ll})/gu;
/** "i" as a word; not "i.e." nor "(i)". */
const SMALL = /(?<![\p{L}\p{N}'’.(/-])i(?=['’](?:m|ve|ll|d)\b|\s+\p{Ll}|[,?!])/gu;

export const lowerCaseI: LintRule = {
  name: 'lower-case-i',
  severity: 'warning',
  find: ({ letter }) => {
    if (languageOf(letter) !== 'en') return [];
    const sections = withSubject(letter);
    return [
      ...matchesIn(sections, LOOKALIKE).map((found) => ({ ...found, what: 'a lower-case L' })),
      ...matchesIn(sections, SMALL).map((found) => ({ ...found, what: 'a small i' })),
    ].map(({ part, match, what }) => ({
      part,
      words: around(match),
      fix: `Write "I": here stands ${what}.`,
    }));
  },
};

/** The word before and the word after, so that one can find the place. */
function around(match: RegExpExecArray): string {
  const before = match.input
    .slice(Math.max(0, match.index - 20), match.index)
    .split(/\s/u)
    .slice(-2)
    .join(' ');
  const after = match.input
    .slice(match.index, match.index + 20)
    .split(/\s/u)
    .slice(0, 2)
    .join(' ');
  return `${before}${after}`.trim();
}
