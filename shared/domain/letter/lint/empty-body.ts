/** Nothing but a signature is no letter. */
import type { LintRule } from './rule.ts';

export const emptyBody: LintRule = {
  name: 'empty-body',
  severity: 'error',
  find: ({ letter }) =>
    letter.body.trim() === '' ? [{ part: 'body', words: '', fix: 'Write the letter.' }] : [],
};
