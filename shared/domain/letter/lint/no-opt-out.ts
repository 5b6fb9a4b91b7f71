/**
 * Whoever gets a letter must be told, in it, how to get no more: CAN-SPAM §5(a)(3) and §5(a)(5)(A)(ii), CASL s. 6(2)(c) and
 * s. 11, UWG § 7(2) no. 3 c, and GDPR Art. 21(4) at the first contact at the latest.
 */
import type { LintRule } from './rule.ts';

export const noOptOut: LintRule = {
  name: 'no-opt-out',
  severity: 'error',
  find: ({ letter, optOutUrl }) =>
    /^https?:\/\/\S/u.test(optOutUrl) && letter.text.includes(optOutUrl)
      ? []
      : [{ part: 'footer', words: '', fix: 'The opt-out link must stand in the letter.' }],
};
