/**
 * Words that wait for the real ones. Practice 000 asks for a customised letter; "[Name]" in it says the opposite of
 * everything else that it says.
 */
import { type LintRule, matchesIn, withSubject } from './rule.ts';

const PLACEHOLDERS = [
  // `[Name]` and `[Company 2]`, not the `[text](link)` of Markdown nor a footnote's `[1]`.
  /\[\p{L}[^[\]\n]{0,40}\](?!\()/gu,
  // `<Name>` and `<<company>>`, not a link in angle brackets.
  /<{1,2}\p{L}[\p{L}\p{N} _-]{0,30}>{1,2}/gu,
  /\{\{|\}\}|\{%|%\}|\$\{[^}\n]{0,40}\}|%[A-Z][A-Z_]{1,20}%/gu,
  /\bTB[DCA]\b/gu,
  // XL sizes have no third X in front of nothing.
  /\bX{3,20}\b/giu,
  /_{4,40}/gu,
  /\blorem ipsum\b/giu,
] as const;

export const placeholder: LintRule = {
  name: 'placeholder',
  severity: 'error',
  find: ({ letter }) =>
    PLACEHOLDERS.flatMap((pattern) => matchesIn(withSubject(letter), pattern)).map(({ part, words }) => ({
      part,
      words,
      fix: `Put the real words where "${words}" stands.`,
    })),
};
