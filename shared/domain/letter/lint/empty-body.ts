/** Nothing but a signature is no letter: practice 000 asks for who, why, how and contact. */
import type { LintRule } from './rule.ts';

export const emptyBody: LintRule = {
  name: 'empty-body',
  severity: 'error',
  find: ({ letter }) =>
    letter.body.trim() === '' ? [{ part: 'body', words: '', fix: 'Write the letter.' }] : [],
};
