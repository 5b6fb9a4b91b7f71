/**
 * What must never go out under a salesperson's name. Runs at preview, at launch and before every send; an error
 * refuses the letter, which is then held until a person has mended it. The rules stand one by one in `lint/`.
 */
import { type LetterFinding, WORDS_CHARS_MAX } from './finding.ts';
import { LINT_RULES } from './lint/registry.ts';
import type { LintGiven, LintRule } from './lint/rule.ts';

/** Nobody mends more of one kind in one go. */
const FINDINGS_PER_RULE_MAX = 10;

/** Every finding of one letter, errors first. Pure; linear in the letter. */
export const lintLetter = (given: LintGiven): readonly LetterFinding[] =>
  LINT_RULES.flatMap((rule) => findingsOf(rule, given));

function findingsOf(rule: LintRule, given: LintGiven): readonly LetterFinding[] {
  const { name, severity } = rule;
  const found = rule.find(given).map(
    ({ part, words, fix }): LetterFinding => ({
      rule: name,
      severity,
      part,
      words: cutWords(words),
      fix,
    }),
  );
  const first = new Map(found.toReversed().map((finding) => [`${finding.part} ${finding.words}`, finding]));
  return [...first.values()].toReversed().slice(0, FINDINGS_PER_RULE_MAX);
}

/** By code point: half an emoji is no word. */
const cutWords = (words: string): string =>
  words.length <= WORDS_CHARS_MAX ? words : [...words].slice(0, WORDS_CHARS_MAX).join('');
