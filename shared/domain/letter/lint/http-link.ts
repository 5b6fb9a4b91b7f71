/**
 * Practice 000 wants a product URL in the letter, and it is the first thing a stranger looks at. Browsers call a page without TLS "not secure": a stranger's link that says so is not opened twice.
 */
import { type LintRule, matchesIn, withSubject } from './rule.ts';

const HTTP = /\bhttp:\/\/[^\s<>"')\]]{1,300}/giu;

export const httpLink: LintRule = {
  name: 'http-link',
  severity: 'warning',
  find: ({ letter }) =>
    matchesIn([...withSubject(letter), { part: 'footer', text: letter.signature }], HTTP).map(
      ({ part, words }) => ({
        part,
        words,
        fix: `Write ${words.replace(/^http:/iu, 'https:')}, if the page has it.`,
      }),
    ),
};
