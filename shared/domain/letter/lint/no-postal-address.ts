/**
 * CAN-SPAM §5(a)(5)(A)(iii), 15 U.S.C. 7704: a valid physical postal address in every commercial mail, to a business as well.
 * CASL s. 6(2) with SOR/2012-36 s. 2(1)(d): a mailing address. German companies name their seat in every business letter
 * "of whatever form" (§ 35a GmbHG, § 37a HGB); the imprint of § 5 DDG is for websites.
 */
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
