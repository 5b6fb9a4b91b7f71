/**
 * Countries whose law asks for consent, or an exception that must be provable, before advertising mail to a business.
 * Whoever launches either records the basis on the contact or accepts the warning, and knows what they accepted.
 */
import type { LintRule } from './rule.ts';

/**
 * Checked in November 2026 against the published texts (DE, IT) and what chambers and lawyers publish of them (AT, CA, PL):
 * DE: § 7 UWG (gesetze-im-internet.de/uwg_2004/__7.html); e-mail stands in (2) no. 2 since 28 May 2022, no. 3 before.
 * AT: § 174 TKG 2021 (ris.bka.gv.at), before it § 107 TKG 2003; (4) no. 4 excepts whoever is on the list of § 7 (2) ECG.
 * CA: S.C. 2010, c. 23 (laws-lois.justice.gc.ca): consent s. 6(1), implied s. 10(9), the sender's to prove s. 13. CRTC
 *     2016-428 (Blackstone): an address that can be found is not yet one that was published for such mail.
 * IT: D.Lgs. 196/2003 art. 130 (1), (2) and (4) (normattiva.it); `contraente` includes companies, art. 121 (1-bis) f.
 * PL: ustawa z 12 lipca 2024 r. – Prawo komunikacji elektronicznej art. 398 (Dz.U. 2024 poz. 1221), since 10 November 2024
 *     in the place of art. 172 Prawo telekomunikacyjne and art. 10 UŚUDE; no exception for customers.
 */
const LAWS: Readonly<Record<string, string>> = {
  DE: 'UWG §7(2) no. 2 asks for prior express consent, of businesses as well; §7(3) spares customers whose address came with a sale, for similar goods',
  AT: 'TKG 2021 §174(3) asks for prior consent, of businesses as well; §174(4) spares customers whose address came with a sale, for similar goods',
  CA: 'CASL s. 6 asks for express or implied consent, and for proof of it; s. 10(9)(b) takes it as implied where the address is conspicuously published without a refusal and the letter concerns their role',
  IT: 'Codice privacy (D.Lgs. 196/2003) art. 130(1)–(2) asks for prior consent, of companies as well; art. 130(4) spares customers who gave the address with a sale, for similar goods',
  PL: 'Prawo komunikacji elektronicznej art. 398 asks for prior consent of the subscriber or end user, companies included',
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
