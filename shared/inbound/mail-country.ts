/** Which country's numbers and dates a mail means, where nobody has said so: by its address, its language, its clock. */
import type { ParsedMail } from './parsed-mail.ts';

/** Two-letter top-level domains that are sold as words and say nothing of a country. */
const WORD_DOMAINS = new Set(['io', 'co', 'ai', 'me', 'tv', 'cc', 'eu', 'ws', 'fm', 'to', 'ly', 'gg']);

const LANGUAGE_COUNTRY: Readonly<Record<string, string>> = {
  zh: 'CN',
  pl: 'PL',
  tr: 'TR',
  ja: 'JP',
  ko: 'KR',
  vi: 'VN',
  sv: 'SE',
  it: 'IT',
  nl: 'NL',
  de: 'DE',
  fr: 'FR',
  es: 'ES',
  ru: 'RU',
};

/** Countries of a language, by the minutes east of UTC at which their clocks stand, summer time included. */
const CLOCK_COUNTRIES: Readonly<
  Record<string, readonly (readonly [from: number, to: number, ...string[]])[]>
> = {
  en: [
    [-480, -240, 'US', 'CA'],
    [0, 60, 'GB', 'IE'],
    [120, 120, 'ZA'],
    [330, 330, 'IN'],
    [480, 660, 'AU', 'SG'],
    [720, 780, 'NZ'],
  ],
  es: [
    [-480, -360, 'MX'],
    [-300, -300, 'CO', 'PE'],
    [-240, -180, 'AR', 'CL'],
    [60, 120, 'ES'],
  ],
  pt: [
    [-240, -120, 'BR'],
    [0, 60, 'PT'],
  ],
};

/** Who writes these lives, with few exceptions, in one country: its numbers need no word beside them. */
const ONE_COUNTRY = new Set(['ja', 'ko', 'vi', 'pl', 'tr']);
export const isOfOneCountry = (language: string): boolean => ONE_COUNTRY.has(language);

/** For `und` and languages of one country none. */
export const countriesOfClock = (language: string, offset: number | undefined): readonly string[] =>
  (CLOCK_COUNTRIES[language] ?? []).flatMap(([from, to, ...countries]) =>
    offset !== undefined && offset >= from && offset <= to ? countries : [],
  );

/** By the top-level domain of the writer's address. */
export const countryOfAddress = (mail: ParsedMail): string | undefined => {
  const top = mail.from[0]?.address.split('.').at(-1)?.toLowerCase() ?? '';
  if (top === 'edu' || top === 'gov' || top === 'mil') return 'US';
  if (!/^[a-z]{2}$/.test(top) || WORD_DOMAINS.has(top)) return undefined;
  return top === 'uk' ? 'GB' : top.toUpperCase();
};

/** English alone suggests the United States: nobody else writes ten digits without a prefix as often. */
export const countryOfLanguage = (language: string): string | undefined =>
  LANGUAGE_COUNTRY[language] ?? (language === 'en' ? 'US' : undefined);
