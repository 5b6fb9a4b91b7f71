/** Practice 002 names the form of address (称谓) first among the things to check: a wrong name ends the conversation. */
import { findStrangerGreeted } from '../salutation.ts';
import type { LintRule } from './rule.ts';

export const greetsSomeoneElse: LintRule = {
  name: 'greets-someone-else',
  severity: 'error',
  find: ({ letter, contact }) => {
    const stranger = findStrangerGreeted(letter.body, contact);
    if (!stranger) return [];
    const name = [contact.firstName, contact.lastName].filter(Boolean).join(' ');
    const part = letter.parts ? 'who' : 'body';
    return [{ part, words: stranger, fix: `This letter goes to ${name}: greet them.` }];
  },
};
