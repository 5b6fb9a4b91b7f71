/** CAN-SPAM §5(a)(5) asks for a valid postal address in every commercial letter, to a business as well; so does §5 DDG. */
import type { LintRule } from './rule.ts';

export const noPostalAddress: LintRule = {
  name: 'no-postal-address',
  severity: 'error',
  find: ({ letter, sender }) => {
    const address = squeeze(sender.postalAddress);
    if (address !== '' && squeeze(letter.text).includes(address)) return [];
    const fix = "Enter the sender's postal address: the law asks for it in every letter.";
    return [{ part: 'footer', words: '', fix }];
  },
};

const squeeze = (text: string): string => text.replace(/\s+/gu, ' ').trim();
