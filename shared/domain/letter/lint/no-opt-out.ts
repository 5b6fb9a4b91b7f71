/** CAN-SPAM §5(a)(3), GDPR Art. 21(4): whoever gets a letter must be told, in it, how to get no more. */
import type { LintRule } from './rule.ts';

export const noOptOut: LintRule = {
  name: 'no-opt-out',
  severity: 'error',
  find: ({ letter, optOutUrl }) =>
    /^https?:\/\/\S/u.test(optOutUrl) && letter.text.includes(optOutUrl)
      ? []
      : [{ part: 'footer', words: '', fix: 'The opt-out link must stand in the letter.' }],
};
