/**
 * Countries whose law asks for consent, or an exception that must be provable, before advertising mail to a business.
 * Whoever launches either records the basis on the contact or accepts the warning, and knows what they accepted.
 */
import type { LintRule } from './rule.ts';

const LAWS: Readonly<Record<string, string>> = {
  DE: 'UWG §7(2) no. 2 asks for prior express consent, to businesses as well; §7(3) spares existing customers',
  AT: 'TKG 2021 §174(3) asks for prior consent, to businesses as well; §174(4) spares existing customers',
  CA: 'CASL s. 6 asks for express or implied consent; s. 10(9)(b) takes an address conspicuously published for business as implied',
  IT: 'Codice privacy (D.Lgs. 196/2003) art. 130 asks for prior consent, of companies as well; par. 4 spares existing customers',
  PL: 'Prawo komunikacji elektronicznej art. 398 asks for prior consent of the subscriber, companies included',
};

export const lawfulBasis: LintRule = {
  name: 'lawful-basis',
  severity: 'warning',
  find: ({ contact }) => {
    const law = contact.country === undefined ? undefined : LAWS[contact.country];
    if (law === undefined || (contact.lawfulBasis ?? '').trim() !== '') return [];
    const fix = `${law}. Record what you rely on as the contact's lawfulBasis, or leave the contact out.`;
    return [{ part: 'footer', words: contact.country ?? '', fix }];
  },
};
