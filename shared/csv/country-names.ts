/** Countries as spreadsheets name them, in English, Chinese or as a code, become ISO 3166-1 alpha-2. */
import { isKnownCountry } from '../domain/time/calendar.ts';

/** What neither ICU's English nor its Chinese names say, and exports do. */
const ALIASES: Readonly<Record<string, string>> = {
  usa: 'US',
  us: 'US',
  'u.s.': 'US',
  'u.s.a.': 'US',
  'united states of america': 'US',
  america: 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  uae: 'AE',
  korea: 'KR',
  'korea, republic of': 'KR',
  'republic of korea': 'KR',
  'russian federation': 'RU',
  'viet nam': 'VN',
  'czech republic': 'CZ',
  holland: 'NL',
  'the netherlands': 'NL',
  turkey: 'TR',
  'ivory coast': 'CI',
  'hong kong': 'HK',
  macau: 'MO',
  deutschland: 'DE',
  españa: 'ES',
  brasil: 'BR',
  italia: 'IT',
  österreich: 'AT',
  schweiz: 'CH',
  polska: 'PL',
  'people’s republic of china': 'CN',
  "people's republic of china": 'CN',
  中国大陆: 'CN',
  中华人民共和国: 'CN',
  香港: 'HK',
  澳门: 'MO',
  台湾: 'TW',
  台灣: 'TW',
  美國: 'US',
  德國: 'DE',
  法國: 'FR',
  英國: 'GB',
  韓國: 'KR',
  阿联酋: 'AE',
  捷克共和国: 'CZ',
};

let byName: ReadonlyMap<string, string> | undefined;

/** `undefined` where it is no country that is known by this name. */
export function countryOf(name: string): string | undefined {
  const folded = name.trim().toLowerCase();
  const code = folded.toUpperCase();
  if (/^[A-Z]{2}$/.test(code) && isKnownCountry(code)) return code;
  byName ??= namesOfCountries();
  return ALIASES[folded] ?? byName.get(folded);
}

function namesOfCountries(): ReadonlyMap<string, string> {
  const letters = Array.from({ length: 26 }, (_, n) => String.fromCharCode(65 + n));
  const codes = letters.flatMap((a) => letters.map((b) => a + b)).filter(isKnownCountry);
  const languages = ['en', 'zh-Hans', 'zh-Hant', 'de', 'es', 'fr', 'pt', 'it'];
  const names = languages.map((language) => new Intl.DisplayNames(language, { type: 'region' }));
  return new Map(
    codes.flatMap((code) => names.map((words) => [(words.of(code) ?? code).toLowerCase(), code] as const)),
  );
}
