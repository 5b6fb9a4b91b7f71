/**
 * Practice 000: a first letter says who I am, why I write to *you*, how we could work together, and where to find the
 * product and me. A letter that is written in these parts has all four.
 */
import { FIRST_PARTS, type FirstPart } from '../finding.ts';
import type { LintRule } from './rule.ts';

const ASKED: Readonly<Record<FirstPart, string>> = {
  who: 'Say who you are, for which company, and what it makes.',
  why: 'Say something true about their company, and why you write to them of all people.',
  how: 'Say how you could work together in their market.',
  contact: 'Give the link to the product and a way to reach you yourself.',
};

export const missingPart: LintRule = {
  name: 'missing-part',
  severity: 'error',
  find: ({ letter }) =>
    FIRST_PARTS.filter((part) => letter.parts?.[part] === '').map((part) => ({
      part,
      words: part,
      fix: ASKED[part],
    })),
};
