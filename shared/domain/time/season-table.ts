/**
 * Weeks in which offices are open and nobody decides: who lives through which, and on which days, 2024–2035. Public
 * holidays inside them stand in the holiday tables; here is what lies around them.
 */
import { dayOf } from './days.ts';
import type { Window } from './rules.ts';

export type Season =
  | 'ramadan'
  | 'august'
  | 'christmas'
  | 'orthodox-christmas'
  | 'lunar-new-year'
  | 'diwali'
  | 'carnival'
  | 'golden-week'
  | 'obon'
  | 'new-year-japan';

/** Days since 1970, both included. */
export type SeasonDays = { readonly from: number; readonly to: number };

type SeasonSpec = {
  readonly countries: string;
  /** Only there: ISO 3166-2 codes without their country, and names of cities in `nameKey` form. */
  readonly within?: { readonly country: string; readonly regions: string; readonly cities: string };
  /** Follow-ups keep to these hours; without, the season does not concern them. */
  readonly shortHours?: Window;
  readonly days: readonly SeasonDays[];
};

export const SEASON_YEARS = [2024, 2035] as const;
const YEARS = Array.from(
  { length: SEASON_YEARS[1] - SEASON_YEARS[0] + 1 },
  (_, year) => SEASON_YEARS[0] + year,
);

const dates = (from: string, to: string): SeasonDays => ({ from: dayOf(from), to: dayOf(to) });
/** The same days of every year; an end before its beginning lies in the next year. */
const yearly = (from: string, to: string): readonly SeasonDays[] =>
  [SEASON_YEARS[0] - 1, ...YEARS].map((year) =>
    dates(`${year}-${from}`, `${to < from ? year + 1 : year}-${to}`),
  );
/** A stretch around one moving day of each year. */
const around = (days: readonly number[], before: number, after: number): readonly SeasonDays[] =>
  days.map((day) => ({ from: day - before, to: day + after }));
const isoDays = (text: string): readonly number[] => text.split(' ').map(dayOf);

/** Western Easter Sunday: the Gregorian computus of Meeus, Jones and Butcher ("Astronomical Algorithms", chapter 8). */
export function easterOf(year: number): number {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const date = (h + l - 7 * m + 33 * month + 19) % 32;
  return dayOf(`${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`);
}

export const SEASONS: Readonly<Record<Season, SeasonSpec>> = {
  // Where labour law or decree shortens the working day (UAE Federal Decree-Law 33/2021 art. 17, Saudi Labour Law
  // art. 98, Indonesia Perpres 21/2023, …). Turkey, Albania and Central Asia keep their hours. Days of the
  // Umm al-Qura calendar (KACST), which Gulf offices go by; the sighted moon may move a country by a day.
  ramadan: {
    countries: 'AE AF BD BH BN DJ DZ EG ID IQ IR JO KM KW LB LY MA MR MV MY OM PK PS QA SA SD SO SY TN YE',
    shortHours: { from: '10:00', to: '14:00' },
    days: [
      dates('2024-03-11', '2024-04-09'),
      dates('2025-03-01', '2025-03-29'),
      dates('2026-02-18', '2026-03-19'),
      dates('2027-02-08', '2027-03-08'),
      dates('2028-01-28', '2028-02-25'),
      dates('2029-01-16', '2029-02-13'),
      dates('2030-01-05', '2030-02-03'),
      dates('2030-12-26', '2031-01-23'),
      dates('2031-12-16', '2032-01-13'),
      dates('2032-12-04', '2033-01-02'),
      dates('2033-11-23', '2033-12-22'),
      dates('2034-11-12', '2034-12-11'),
      dates('2035-11-01', '2035-11-30'),
    ],
  },
  // "Chiuso per ferie", "fermeture annuelle", "cerrado por vacaciones": works and their offices close around 15 August.
  august: { countries: 'IT FR ES', days: yearly('08-01', '08-31') },
  // Where Epiphany is a holiday (Austria, Italy, Spain, Poland, the Nordic two, Greece, …) or school holidays reach
  // it, offices come back after 6 January; see `christmasUntil` for those that come back sooner or later.
  christmas: {
    countries:
      'AD AT BG CH CO CY CZ DE DO ES FI GR HR HU IT LI LT LU PL PR RO SE SI SK SM UY VA ' +
      'AR AU BE BR CA CL CR DK EC EE FR GB GT IE IS LV MT MX NL NO NZ PA PE PT UA US ZA',
    days: yearly('12-24', '01-06'),
  },
  // Julian Christmas on 7 January; Russia's labour code art. 112 frees 1–8 January, Georgia and Serbia stay closed alike.
  'orthodox-christmas': { countries: 'AM BY GE MD ME MK RS RU', days: yearly('12-31', '01-08') },
  // First day: the tables of the Hong Kong Observatory. Korea and Vietnam count in their own zone and differ by a day
  // now and then; travel begins two days before, offices come back after the seventh day.
  'lunar-new-year': {
    countries: 'CN HK KR MO SG TW VN',
    days: around(
      isoDays(
        '2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 ' +
          '2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08',
      ),
      2,
      7,
    ),
  },
  // Lakshmi Puja, from the Rashtriya Panchang (Government of India); Dhanteras two days before, Bhai Dooj two after.
  diwali: {
    countries: 'IN',
    days: around(
      isoDays(
        '2024-10-31 2025-10-20 2026-11-08 2027-10-29 2028-10-17 2029-11-05 ' +
          '2030-10-26 2031-11-14 2032-11-02 2033-10-22 2034-11-10 2035-10-30',
      ),
      2,
      2,
    ),
  },
  // Brazil from Friday to Ash Wednesday, 46 days before Easter (yearly ordinance on "ponto facultativo"); on the Rhine
  // from Weiberfastnacht, the Thursday before, to the Tuesday.
  carnival: {
    countries: 'BR DE',
    within: {
      country: 'DE',
      regions: 'NW RP',
      cities: 'koln,cologne,dusseldorf,bonn,aachen,mainz,koblenz,krefeld,monchengladbach,leverkusen,neuss',
    },
    days: YEARS.map((year) => ({ from: easterOf(year) - 52, to: easterOf(year) - 46 })),
  },
  // Showa Day to Children's Day, National Holidays Act (Act 178 of 1948); many firms close right through.
  'golden-week': { countries: 'JP', days: yearly('04-29', '05-06') },
  // No holiday by law: the works' summer closure around the Bon festival, 13–16 August in most prefectures.
  obon: { countries: 'JP', days: yearly('08-13', '08-16') },
  // 29 December to 3 January: Act on Holidays of Administrative Organs (Act 91 of 1988), which business follows.
  'new-year-japan': { countries: 'JP', days: yearly('12-29', '01-03') },
};

/** Back on the first working day of the year. */
const SOONER = 'AR BE BR CA CL CR DK EC EE FR GB GT IE IS LV MT MX NL NO PA PE PT UA US ZA'.split(' ');
/** Closed for the summer (Employment New Zealand, "Annual closedowns"; Australia's awards allow the same). */
const LATER = ['AU', 'NZ'];

/** `MM-DD`, the last day of a country's Christmas: Epiphany, or sooner, or later. */
export function christmasUntil(country: string): string {
  if (LATER.includes(country)) return '01-10';
  return SOONER.includes(country) ? '01-02' : '01-06';
}
