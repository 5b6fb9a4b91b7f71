/**
 * On which days a country works. Sources: Unicode CLDR `weekData` (weekends by territory), Wikipedia "Workweek and
 * weekend", and the decree named where a country changed its week lately.
 */

const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5] as const;
const SUNDAY_TO_THURSDAY = [7, 1, 2, 3, 4] as const;
const SATURDAY_TO_WEDNESDAY = [6, 7, 1, 2, 3] as const;

/** Everyone else works Monday to Friday, the Emirates since 2022 and Mauritania since 2014 included. */
const OTHER_WEEKS: Readonly<Record<string, readonly number[]>> = {
  // Offices close on Thursday and Friday.
  AF: SATURDAY_TO_WEDNESDAY,
  IR: SATURDAY_TO_WEDNESDAY,
  SO: SATURDAY_TO_WEDNESDAY,
  // Friday and Saturday off.
  BD: SUNDAY_TO_THURSDAY,
  BH: SUNDAY_TO_THURSDAY,
  DJ: SUNDAY_TO_THURSDAY,
  DZ: SUNDAY_TO_THURSDAY,
  EG: SUNDAY_TO_THURSDAY,
  IL: SUNDAY_TO_THURSDAY,
  IQ: SUNDAY_TO_THURSDAY,
  JO: SUNDAY_TO_THURSDAY,
  KW: SUNDAY_TO_THURSDAY,
  LY: SUNDAY_TO_THURSDAY,
  MV: SUNDAY_TO_THURSDAY,
  OM: SUNDAY_TO_THURSDAY,
  PS: SUNDAY_TO_THURSDAY,
  QA: SUNDAY_TO_THURSDAY,
  // Royal order of 23 June 2013.
  SA: SUNDAY_TO_THURSDAY,
  SD: SUNDAY_TO_THURSDAY,
  SY: SUNDAY_TO_THURSDAY,
  YE: SUNDAY_TO_THURSDAY,
  // Friday and Sunday off.
  BN: [1, 2, 3, 4, 6],
  // Only Saturday off; the two-day weekend tried in May 2022 was withdrawn within a month.
  NP: [7, 1, 2, 3, 4, 5],
};

/**
 * ISO weekdays (1 = Monday … 7 = Sunday) in the order in which that country's week runs. Where custom allows a
 * short sixth day (India, much of Latin America), it is left out: offices that buy are closed or half-staffed.
 */
export const workingDaysOf = (country?: string): readonly number[] =>
  (country === undefined ? undefined : OTHER_WEEKS[country]) ?? MONDAY_TO_FRIDAY;

/**
 * Working days that end at noon. The Emirates' federal government works Fridays until 12:00 (Cabinet decision of
 * 7 December 2021) and most of its business does the same.
 */
const HALF_DAYS: Readonly<Record<string, Readonly<Record<number, string>>>> = { AE: { 5: '12:00' } };
const NONE: Readonly<Record<number, string>> = {};

/** ISO weekday → the end of that country's short day, `HH:MM`. */
export const halfDaysOf = (country?: string): Readonly<Record<number, string>> =>
  (country === undefined ? undefined : HALF_DAYS[country]) ?? NONE;
