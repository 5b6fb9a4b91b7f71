/**
 * `npm run holidays`: writes the public holidays of every country that `date-holidays` knows (and of some that it
 * does not) into `shared/domain/time/holidays/`, one file per country, so that no running function computes or
 * downloads a calendar. Run it once a year and commit what changes. The library's data come from Wikipedia
 * (CC BY-SA 3.0) and keep that licence.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Holidays from 'date-holidays';

const FIRST_YEAR = 2024;
const LAST_YEAR = 2031;
const HOUR_MS = 3_600_000;
const FOLDER = join(import.meta.dirname, '../../shared/domain/time/holidays');

type Rule = readonly [grammar: string, name: string];
type Correction = { readonly drop: readonly string[]; readonly add: readonly Rule[] };
/** Holiday's name → its ISO dates. */
type Dates = Map<string, string[]>;

const NO_CORRECTION: Correction = { drop: [], add: [] };
/**
 * Where the library is known to differ from the law of the land. `drop` names holidays on which offices work or
 * that stand on a wrong day.
 */
const CORRECTIONS: Readonly<Record<string, Correction>> = {
  // State Council order 795 (2024-11-10) and each year's notice, which joins the statutory days and the weekends
  // around them (hence other names: the library drops a second holiday of one name on one day): eve to the 7th day at New Year, 1–5 May, 1–7 October. The dropped ones are half days for some.
  CN: {
    drop: ["International Women's Day", 'Youth Day', "Children's Day", 'Army Day'],
    add: [
      ['1 day before chinese 01-0-01 P8D', 'Spring Festival holiday'],
      ['05-01 P5D', 'Labour Day holiday'],
      ['10-01 P7D', 'National Day holiday'],
    ],
  },
  // Canada Labour Code, section 166: both are general holidays; the library gives them to provinces only.
  CA: {
    drop: [],
    add: [
      ['monday before 05-25', 'Victoria Day'],
      ['2nd monday in October', 'Thanksgiving'],
    ],
  },
  // Seollal is the eve, the day and the day after (Presidential decree on public holidays, article 2).
  KR: { drop: ['Korean New Year'], add: [['1 day before korean 01-0-01 P3D', 'Korean New Year']] },
};

const EID_AL_FITR = 'End of Ramadan (Eid al-Fitr)';
const EID_AL_ADHA = 'Feast of the Sacrifice (Eid al-Adha)';
const ISLAMIC_NEW_YEAR: Rule = ['1 Muharram', 'Islamic New Year'];
const MAWLID: Rule = ['12 Rabi al-awwal', 'Birthday of Muhammad (Mawlid)'];
const NEW_YEAR: Rule = ['01-01', "New Year's Day"];
const LABOUR_DAY: Rule = ['05-01', 'Labour Day'];
const CHRISTMAS: Rule = ['12-25', 'Christmas Day'];

/** Export markets that the library leaves out, from their own holiday laws. Moon sighting may move an Eid by a day. */
const ADDED: Readonly<Record<string, { readonly zone: string; readonly rules: readonly Rule[] }>> = {
  KW: {
    zone: 'Asia/Kuwait',
    rules: [
      NEW_YEAR,
      ['02-25', 'National Day'],
      ['02-26', 'Liberation Day'],
      ['27 Rajab', "Laylat al-Mi'raj"],
      ['1 Shawwal P3D', EID_AL_FITR],
      ['9 Dhu al-Hijjah P4D', EID_AL_ADHA],
      ISLAMIC_NEW_YEAR,
      MAWLID,
    ],
  },
  QA: {
    zone: 'Asia/Qatar',
    rules: [
      ['2nd tuesday in February', 'National Sport Day'],
      ['1 Shawwal P3D', EID_AL_FITR],
      ['9 Dhu al-Hijjah P4D', EID_AL_ADHA],
      ['12-18', 'National Day'],
    ],
  },
  OM: {
    zone: 'Asia/Muscat',
    rules: [
      ['01-11', 'Accession Day'],
      ['27 Rajab', "Laylat al-Mi'raj"],
      ['1 Shawwal P3D', EID_AL_FITR],
      ['9 Dhu al-Hijjah P4D', EID_AL_ADHA],
      ISLAMIC_NEW_YEAR,
      MAWLID,
      ['11-20 P2D', 'National Day'],
    ],
  },
  JO: {
    zone: 'Asia/Amman',
    rules: [
      NEW_YEAR,
      LABOUR_DAY,
      ['05-25', 'Independence Day'],
      ['1 Shawwal P3D', EID_AL_FITR],
      ['9 Dhu al-Hijjah P5D', EID_AL_ADHA],
      ISLAMIC_NEW_YEAR,
      MAWLID,
      CHRISTMAS,
    ],
  },
  LB: {
    zone: 'Asia/Beirut',
    rules: [
      NEW_YEAR,
      ['01-06', 'Armenian Christmas'],
      ['02-09', "Saint Maron's Day"],
      ['03-25', 'Annunciation'],
      ['easter -2', 'Good Friday'],
      ['easter 1', 'Easter Monday'],
      ['orthodox -2', 'Orthodox Good Friday'],
      ['orthodox 1', 'Orthodox Easter Monday'],
      LABOUR_DAY,
      ['05-25', 'Resistance and Liberation Day'],
      ['1 Shawwal P2D', EID_AL_FITR],
      ['10 Dhu al-Hijjah P2D', EID_AL_ADHA],
      ISLAMIC_NEW_YEAR,
      ['10 Muharram', 'Ashura'],
      MAWLID,
      ['08-15', 'Assumption'],
      ['11-22', 'Independence Day'],
      CHRISTMAS,
    ],
  },
  IQ: {
    zone: 'Asia/Baghdad',
    rules: [
      NEW_YEAR,
      ['01-06', 'Army Day'],
      ['03-21', 'Nowruz'],
      LABOUR_DAY,
      ['1 Shawwal P3D', EID_AL_FITR],
      ['10 Dhu al-Hijjah P4D', EID_AL_ADHA],
      ['18 Dhu al-Hijjah', 'Eid al-Ghadir'],
      ISLAMIC_NEW_YEAR,
      ['10 Muharram', 'Ashura'],
      MAWLID,
      CHRISTMAS,
    ],
  },
};

/** The library's holidays of a country or region with our corrections among them. */
function holidaysOf(country: string, region: string | undefined, add: readonly Rule[]): Holidays {
  const holidays = region === undefined ? new Holidays(country) : new Holidays(country, region);
  return withRules(holidays, add);
}

function withRules(holidays: Holidays, rules: readonly Rule[]): Holidays {
  for (const [grammar, name] of rules) holidays.setHoliday(grammar, { name: { en: name }, type: 'public' });
  return holidays;
}

/** Every ISO date of the covered years on which these holidays keep offices closed, each under one name. */
function datesOf(holidays: Holidays, correction: Correction, except?: ReadonlySet<string>): Dates {
  const isDropped = (name: string, grammar: string) =>
    correction.drop.includes(name) && !correction.add.some(([added]) => added === grammar);
  const nameOf = new Map<string, string>();
  // One year more at the front: a holiday of several days may reach over New Year.
  for (let year = FIRST_YEAR - 1; year <= LAST_YEAR; year += 1) {
    for (const one of holidays.getHolidays(year, 'en') ?? []) {
      if (one.type !== 'public' || isDropped(one.name, one.rule)) continue;
      for (const date of daysOf(one)) {
        const isCovered = date >= `${FIRST_YEAR}-01-01` && date <= `${LAST_YEAR}-12-31`;
        if (isCovered && !except?.has(date) && !nameOf.has(date)) nameOf.set(date, one.name);
      }
    }
  }
  const dates: Dates = new Map();
  for (const [date, name] of [...nameOf].sort()) dates.set(name, [...(dates.get(name) ?? []), date]);
  return dates;
}

/**
 * The civil days of one holiday. `date` begins with the first of them, even where `start` is the evening before
 * (Islamic and Hebrew days). A half day counts as a day; two hours' grace absorb a change of the clocks.
 */
function daysOf(holiday: { date: string; start: Date; end: Date }): string[] {
  const hours = (holiday.end.getTime() - holiday.start.getTime()) / HOUR_MS;
  const count = Math.max(1, Math.floor((hours + 2) / 24));
  const first = Date.parse(`${holiday.date.slice(0, 10)}T00:00:00Z`);
  return Array.from({ length: count }, (_, day) =>
    new Date(first + day * 24 * HOUR_MS).toISOString().slice(0, 10),
  );
}

/** English names that people write and the library lacks. */
const ALSO_CALLED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  DE: {
    BY: 'Bavaria',
    HB: 'Bremen',
    HE: 'Hesse',
    HH: 'Hamburg',
    MV: 'Mecklenburg-Western Pomerania',
    NI: 'Lower Saxony',
    NW: 'North Rhine-Westphalia',
    RP: 'Rhineland-Palatinate',
    SN: 'Saxony',
    ST: 'Saxony-Anhalt',
    TH: 'Thuringia',
  },
  ES: {
    AN: 'Andalusia',
    CL: 'Castile and Leon',
    CN: 'Canary Islands',
    CT: 'Catalonia',
    IB: 'Balearic Islands',
    MC: 'Murcia',
    MD: 'Madrid',
    NC: 'Navarre',
    PV: 'Basque Country',
    VC: 'Valencia',
  },
  US: { DC: 'Washington, D.C.' },
};

type Region = { names: readonly string[]; days: Record<string, readonly string[]> };

/** What each region (state, Land, canton) keeps beyond its country, and the names it goes by. */
function regionsOf(country: string, correction: Correction, national: Dates): Record<string, Region> {
  const english = new Holidays().getStates(country, 'en') ?? {};
  const native = new Holidays().getStates(country) ?? {};
  const nationalDates = new Set([...national.values()].flat());
  const regions: Record<string, Region> = {};
  for (const [code, name] of Object.entries(english)) {
    const dates = datesOf(holidaysOf(country, code, correction.add), correction, nationalDates);
    const names = [name, native[code], ALSO_CALLED[country]?.[code]];
    regions[code] = {
      names: [...new Set(names.filter((one) => one !== undefined))],
      days: Object.fromEntries(dates),
    };
  }
  return regions;
}

/** One line per holiday and region, so that next year's difference can be read. */
function write(country: string, dates: Dates, regions: Record<string, Region>): Promise<void> {
  const lines = (entries: Iterable<readonly [string, unknown]>) =>
    [...entries].map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',\n');
  const parts = [`"years":[${FIRST_YEAR},${LAST_YEAR}]`, `"days":{\n${lines(dates)}}`];
  if (Object.keys(regions).length > 0) parts.push(`"regions":{\n${lines(Object.entries(regions))}}`);
  return writeFile(join(FOLDER, `${country}.json`), `{${parts.join(',\n')}}\n`);
}

async function main(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  for (const file of await readdir(FOLDER)) await rm(join(FOLDER, file));
  const covered: string[] = [];
  for (const country of Object.keys(new Holidays().getCountries())) {
    // The Canary Islands are a region of ES; every other code is ISO 3166-1 or Kosovo's.
    if (country === 'IC') continue;
    const correction = CORRECTIONS[country] ?? NO_CORRECTION;
    const dates = datesOf(holidaysOf(country, undefined, correction.add), correction);
    await write(country, dates, regionsOf(country, correction, dates));
    covered.push(country);
  }
  for (const [country, { zone, rules }] of Object.entries(ADDED)) {
    const holidays = new Holidays();
    holidays.setTimezone(zone);
    await write(country, datesOf(withRules(holidays, rules), NO_CORRECTION), {});
    covered.push(country);
  }
  await writeFile(join(FOLDER, 'covered.json'), `${JSON.stringify(covered.sort())}\n`);
  console.log(`${covered.length} countries, ${FIRST_YEAR}–${LAST_YEAR}, in ${FOLDER}`);
}

await main();
