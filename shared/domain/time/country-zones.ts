/** Which zones a country has, and which of them its business runs on. The map itself comes with the runtime's ICU. */
import { instant } from '../instant.ts';
import { offsetMinutes } from './wall.ts';

/** ICU keeps names that IANA has renamed; both are understood, people should see today's. */
const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** Zones that ICU lists but business does not keep, or that it does not list. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  // One legal time for the whole country; Urumqi's is custom.
  CN: ['Asia/Shanghai'],
  // Simferopol follows Moscow's clock under occupation.
  UA: ['Europe/Kyiv'],
  XK: ['Europe/Belgrade'],
};

/**
 * Of countries with several zones, the ones where most companies sit, the business capital's first. Where an
 * offset fits more than one zone, the earlier is taken.
 */
const MAIN: Readonly<Record<string, readonly string[]>> = {
  AR: ['America/Argentina/Buenos_Aires'],
  AU: ['Australia/Sydney', 'Australia/Brisbane', 'Australia/Perth', 'Australia/Adelaide', 'Australia/Darwin'],
  BR: ['America/Sao_Paulo', 'America/Manaus', 'America/Rio_Branco'],
  CA: [
    'America/Toronto',
    'America/Vancouver',
    'America/Edmonton',
    'America/Winnipeg',
    'America/Halifax',
    'America/Regina',
    'America/St_Johns',
  ],
  CD: ['Africa/Kinshasa', 'Africa/Lubumbashi'],
  CL: ['America/Santiago'],
  CY: ['Asia/Nicosia'],
  DE: ['Europe/Berlin'],
  EC: ['America/Guayaquil'],
  ES: ['Europe/Madrid', 'Atlantic/Canary'],
  FM: ['Pacific/Pohnpei'],
  GL: ['America/Nuuk'],
  ID: ['Asia/Jakarta', 'Asia/Makassar'],
  KI: ['Pacific/Tarawa'],
  KZ: ['Asia/Almaty'],
  MH: ['Pacific/Majuro'],
  MN: ['Asia/Ulaanbaatar'],
  MX: ['America/Mexico_City', 'America/Tijuana', 'America/Hermosillo', 'America/Cancun'],
  MY: ['Asia/Kuala_Lumpur'],
  NZ: ['Pacific/Auckland'],
  PF: ['Pacific/Tahiti'],
  PG: ['Pacific/Port_Moresby'],
  PS: ['Asia/Hebron'],
  PT: ['Europe/Lisbon', 'Atlantic/Azores'],
  RU: [
    'Europe/Moscow',
    'Asia/Yekaterinburg',
    'Asia/Novosibirsk',
    'Europe/Samara',
    'Asia/Krasnoyarsk',
    'Asia/Vladivostok',
    'Asia/Irkutsk',
    'Europe/Kaliningrad',
  ],
  US: [
    'America/New_York',
    'America/Chicago',
    'America/Los_Angeles',
    'America/Denver',
    'America/Phoenix',
    'America/Anchorage',
    'Pacific/Honolulu',
  ],
  UZ: ['Asia/Tashkent'],
};

export type CountryZones = {
  /** Main zones first; empty where nobody lives by one. */
  readonly zones: readonly string[];
  /** All its clocks show the same all year, whatever the number of names. */
  readonly isOne: boolean;
};

/** A winter and a summer day of any one year tell apart what people mean by "another time zone". */
const PROBES = [instant('2026-01-15T12:00:00Z'), instant('2026-07-15T12:00:00Z')];

/** By country code: at most as many as there are countries with zones. */
const cache = new Map<string, CountryZones>();

/** Zones of an ISO 3166-1 alpha-2 country; none for what is no country. */
export function zonesOf(country: string): CountryZones {
  const known = cache.get(country);
  if (known !== undefined) return known;
  const zones = [...new Set([...(MAIN[country] ?? []), ...(FIXED[country] ?? fromIcu(country))])];
  const clocks = new Set(zones.map((zone) => PROBES.map((at) => offsetMinutes(zone, at)).join()));
  const answer = { zones, isOne: clocks.size === 1 };
  if (zones.length > 0) cache.set(country, answer);
  return answer;
}

/** `getTimeZones` (ECMA-402 Intl.Locale Info) is in Node 24 but not yet in TypeScript's es2024. */
type LocaleWithZones = Intl.Locale & { getTimeZones(): string[] | undefined };

function fromIcu(country: string): readonly string[] {
  if (!/^[A-Z]{2}$/.test(country)) return [];
  const zones = (new Intl.Locale(`und-${country}`) as LocaleWithZones).getTimeZones() ?? [];
  return zones.map((zone) => RENAMED[zone] ?? zone);
}
