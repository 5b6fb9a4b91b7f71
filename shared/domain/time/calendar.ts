/** A prospect's calendar: their zone, their working week, their country's holidays. */
import covered from './holidays/covered.json' with { type: 'json' };
import { nameKey } from './name-key.ts';
import { type SeasonSpan, seasonsOf } from './seasons.ts';
import { halfDaysOf, workingDaysOf } from './week.ts';

/** One prospect's days: everything that the timing rules need to know, loaded before they run. */
export type Calendar = {
  /** IANA name. */
  readonly zone: string;
  /** ISO 3166-1 alpha-2 where known. */
  readonly country?: string;
  /** ISO weekdays, 1 = Monday … 7 = Sunday. */
  readonly workingDays: readonly number[];
  /** ISO date → the holiday's name. Empty where the country is unknown. */
  readonly holidays: Readonly<Record<string, string>>;
  /** Years that `holidays` covers; a date outside is `assumed` a working day and says so. */
  readonly coveredYears: readonly [from: number, to: number];
  /** Weeks in which nobody there decides; none where left out. */
  readonly seasons?: readonly SeasonSpan[];
  /** ISO weekday → when that short day ends, `HH:MM`. */
  readonly halfDays?: Readonly<Record<number, string>>;
};

/** One generated file; see `infra/cli/holidays.ts`. */
type HolidayFile = {
  readonly years: readonly [number, number];
  readonly days: HolidayDates;
  readonly regions?: Readonly<
    Record<string, { readonly names: readonly string[]; readonly days: HolidayDates }>
  >;
};
/** Holiday's name → its ISO dates. */
type HolidayDates = Readonly<Record<string, readonly string[]>>;

type Days = Pick<Calendar, 'holidays' | 'coveredYears'>;

/** No table at all: every year is an assumption. */
const UNKNOWN: Days = { holidays: {}, coveredYears: [0, 0] };

/** ISO 3166-1 alpha-2 as of 2026, and XK, which Kosovo uses and ISO leaves to users. */
const COUNTRIES = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY ' +
    'BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK ' +
    'FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR ' +
    'IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ' +
    'ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM ' +
    'PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF ' +
    'TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK'
  ).split(' '),
);
const WITH_TABLE = new Set(covered);

/** Upper case only: `de` is none. */
export const isKnownCountry = (code: string): boolean => COUNTRIES.has(code);

/** By country and region: at most as many entries as there are tables. */
const loaded = new Map<string, Days>();

/**
 * Reads the country's holiday table, which is part of the program. `region` is an ISO 3166-2 code with or without
 * its country (`BY`, `DE-BY`) or the region's name; one that the table does not know adds no days. A country
 * without a table has no holidays and covers no year, so that every plan says so.
 */
export async function loadCalendar(place: {
  zone: string;
  country?: string;
  region?: string;
  city?: string;
}): Promise<Calendar> {
  const { zone, country, region } = place;
  const workingDays = workingDaysOf(country);
  if (country === undefined) return { zone, workingDays, ...UNKNOWN };
  // The code becomes part of a path: nothing but a table that exists may pass.
  const week = { workingDays, halfDays: halfDaysOf(country) };
  if (!WITH_TABLE.has(country)) return { zone, country, ...week, ...UNKNOWN, seasons: seasonsOf(place) };
  const file: HolidayFile = (await import(`./holidays/${country}.json`, { with: { type: 'json' } })).default;
  const code = region === undefined ? undefined : regionCode(file, country, region);
  const seasons = seasonsOf(code === undefined ? place : { ...place, region: code });
  return { zone, country, ...week, ...daysOf(file, country, code), seasons };
}

function daysOf(file: HolidayFile, country: string, code: string | undefined): Days {
  const key = `${country}-${code ?? ''}`;
  const known = loaded.get(key);
  if (known !== undefined) return known;
  const regional = code === undefined ? {} : (file.regions?.[code]?.days ?? {});
  const days: Days = { holidays: { ...byDate(regional), ...byDate(file.days) }, coveredYears: file.years };
  loaded.set(key, days);
  return days;
}

function byDate(dates: HolidayDates): Record<string, string> {
  return Object.fromEntries(Object.entries(dates).flatMap(([name, days]) => days.map((day) => [day, name])));
}

function regionCode(file: HolidayFile, country: string, region: string): string | undefined {
  const regions = Object.entries(file.regions ?? {});
  const asked = nameKey(region);
  const short = asked.startsWith(`${country.toLowerCase()} `) ? asked.slice(3) : asked;
  const found = regions.find(
    ([code, one]) => nameKey(code) === short || one.names.some((name) => nameKey(name) === asked),
  );
  return found?.[0];
}
