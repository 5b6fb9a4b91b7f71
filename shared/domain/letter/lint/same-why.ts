/**
 * Practice 000: the why is what I understand of *your* company. One that fits another company as well is no why, and
 * two buyers who compare their letters will see it.
 */
import type { LintRule } from './rule.ts';
import { SAME_SHARE } from './why-book.ts';

export const sameWhy: LintRule = {
  name: 'same-why',
  severity: 'error',
  find: ({ letter, contact, whys }) => {
    const why = letter.parts?.why ?? '';
    const twin = why === '' || letter.isFollowUp ? undefined : whys?.twinOf(contact, why);
    if (twin === undefined) return [];
    const fix = `At least ${SAME_SHARE * 100} % of this stands in the letter to ${twin} as well: write what is true of this company alone.`;
    return [{ part: 'why', words: why, fix }];
  },
};
