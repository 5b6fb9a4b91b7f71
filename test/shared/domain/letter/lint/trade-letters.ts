/** What the letters of one trade in one language share, and the letters that follow: each with a why of its own. */
import type { Contact } from '../../../../../shared/domain/contact.ts';
import type { ContactId } from '../../../../../shared/domain/ids.ts';
import { instant } from '../../../../../shared/domain/instant.ts';
import type { HonestLetter } from './honest-letters.ts';

/** first name, last name, company, country, city, the sentence that is true of this company alone. */
export type Prospect = readonly [string, string, string, string, string, string];
export type Trade = {
  readonly language: string;
  /** `{company}` and `{last}` stand for the prospect's. */
  readonly subject: string;
  readonly greeting: string;
  readonly who: string;
  readonly how: string;
  readonly close: string;
  readonly prospects: readonly Prospect[];
};

export const lettersOf = (trade: Trade): readonly HonestLetter[] =>
  trade.prospects.map(([firstName, lastName, company, country, city, why], at) => {
    const domain = `${trade.language}${at}${country.toLowerCase()}.example`;
    const contact: Contact = {
      id: domain
        .replace(/[^a-z]/gu, '')
        .padEnd(26, 'a')
        .slice(0, 26) as ContactId,
      address: `office@${domain}`,
      firstName,
      lastName,
      company,
      companyDomain: domain,
      country,
      city,
      zone: 'Europe/London',
      zoneSource: 'country',
      phones: [],
      lawfulBasis: 'Asked for our catalogue at the fair',
      fields: {},
      createdAt: instant('2026-11-01T00:00:00Z'),
    };
    const filled = (text: string): string =>
      text.replaceAll('{company}', company).replaceAll('{last}', lastName).replaceAll('{first}', firstName);
    const parts = {
      who: `${filled(trade.greeting)}\n\n${trade.who}`,
      why,
      how: trade.how,
      contact: trade.close,
    };
    return { language: trade.language, contact, subject: filled(trade.subject), parts };
  });
