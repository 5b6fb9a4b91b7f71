/**
 * Public holidays 2026–2028, written by hand from the laws and almanacs as known, and not from the product's table.
 * `off`: nobody doubts it, a letter on this day is a fault. `doubtful`: sources, regions or the moon differ, or it is
 * a season in which first letters may wait: a letter is no fault, and none is demanded. `A..B` is a range.
 */

type Years = { readonly every?: string; readonly 2026: string; readonly 2027: string; readonly 2028: string };
export type CountryDays = { readonly off: Years; readonly doubtful: Years };

/** Christmas to Epiphany: a season in the West, the days around New Year elsewhere. */
const YEAR_END = '12-20..12-31 01-01..01-08';
const NO_EVERY = { 2026: '', 2027: '', 2028: '' } as const;

/** Ramadan and the two feasts after it, with room for the sighting of the moon. */
const RAMADAN_AND_FEASTS: Years = {
  2026: '02-16..03-28 05-23..06-03 06-14..06-19 08-23..08-28',
  2027: '02-06..03-16 05-12..05-23 06-04..06-09 08-12..08-18',
  2028: '01-26..03-04 05-01..05-12 05-23..05-28 08-01..08-06',
};

const also = (years: Years, every: string): Years => ({ ...years, every });

/** A fixed list beside the lists of each year. */
const fixed = (every: string, years: Omit<Years, 'every'> = NO_EVERY): Years => ({ ...years, every });

export const HOLIDAYS: Readonly<Record<string, CountryDays>> = {
  DE: {
    off: fixed('01-01 05-01 10-03 12-25 12-26', {
      2026: '04-03 04-06 05-14 05-25',
      2027: '03-26 03-29 05-06 05-17',
      2028: '04-14 04-17 05-25 06-05',
    }),
    // Länder differ (Epiphany, Corpus Christi, Assumption, Reformation, All Saints); Carnival in the Rhineland.
    doubtful: fixed(`${YEAR_END} 03-08 08-08 08-15 10-31 11-01`, {
      2026: '02-12..02-18 06-04 11-18',
      2027: '02-04..02-10 05-27 11-17',
      2028: '02-24..03-01 06-15 11-22',
    }),
  },
  FR: {
    off: fixed('01-01 05-01 05-08 07-14 08-15 11-01 11-11 12-25', {
      2026: '04-06 05-14 05-25',
      2027: '03-29 05-06 05-17',
      2028: '04-17 05-25 06-05',
    }),
    doubtful: fixed(`${YEAR_END} 08-01..08-31`, {
      2026: '04-03 05-15 07-13',
      2027: '03-26 05-07',
      2028: '04-14 05-26',
    }),
  },
  GB: {
    off: fixed('01-01 12-25 12-26', {
      2026: '04-03 05-04 05-25 12-28',
      2027: '03-26 05-03 05-31 12-27 12-28',
      2028: '01-03 04-14 05-01 05-29',
    }),
    // Easter Monday and the late-summer holiday are not Scotland's; 2 January and St Patrick's Day are not England's.
    doubtful: fixed(`${YEAR_END} 03-17 07-12..07-13 11-30`, {
      2026: '04-06 08-03 08-31',
      2027: '03-29 08-02 08-30',
      2028: '04-17 08-07 08-28',
    }),
  },
  US: {
    off: fixed('01-01 06-19 07-04 12-25', {
      2026: '01-19 05-25 07-03 09-07 11-26',
      2027: '01-18 05-31 06-18 07-05 09-06 11-25 12-24',
      2028: '01-17 05-29 09-04 11-23',
    }),
    // Presidents' Day, Columbus Day and Veterans Day close the banks, and only some offices.
    doubtful: fixed(`${YEAR_END} 11-10..11-12`, {
      2026: '02-16 10-12 11-03 11-27',
      2027: '02-15 10-11 11-02 11-26 12-31',
      2028: '02-21 07-03 10-09 11-07 11-24',
    }),
  },
  BR: {
    off: fixed('01-01 04-21 05-01 09-07 10-12 11-02 11-15 11-20 12-25', {
      2026: '04-03',
      2027: '03-26',
      2028: '04-14',
    }),
    // Carnival and Corpus Christi are optional days; 25 January and 9 July are São Paulo's own; elections on Sundays.
    doubtful: fixed(`${YEAR_END} 01-25 07-09 10-28`, {
      2026: '02-13..02-18 04-02 06-04..06-05 10-04 10-25',
      2027: '02-05..02-10 03-25 05-27..05-28',
      2028: '02-25..03-01 04-13 06-15..06-16 10-01 10-29',
    }),
  },
  MX: {
    off: fixed('01-01 05-01 09-16 12-25', {
      2026: '02-02 03-16 11-16',
      2027: '02-01 03-15 11-15',
      2028: '02-07 03-20 11-20',
    }),
    // Holy Week is custom, not law.
    doubtful: fixed(`${YEAR_END} 02-05 03-21 05-05 05-10 09-15 10-01 10-12 11-01..11-02 11-20 12-12`, {
      2026: '03-30..04-05',
      2027: '03-22..03-28',
      2028: '04-10..04-16',
    }),
  },
  JP: {
    off: fixed('01-01 02-11 02-23 04-29 05-03 05-04 05-05 08-11 11-03 11-23', {
      2026: '01-12 03-20 05-06 07-20 09-21 09-22 09-23 10-12',
      2027: '01-11 03-21 03-22 07-19 09-20 09-23 10-11',
      2028: '01-10 03-20 07-17 09-18 09-22 10-09',
    }),
    // Offices close around New Year, in Golden Week and at Obon without any law.
    doubtful: fixed(`${YEAR_END} 04-27..05-08 08-12..08-16`),
  },
  KR: {
    off: fixed('01-01 03-01 05-05 06-06 08-15 10-03 10-09 12-25', {
      2026: '02-17 03-02 05-25 08-17 09-25 10-05',
      2027: '05-13 08-16 09-15 10-04 10-11',
      2028: '01-27 05-02 10-05',
    }),
    // Labour Day, Constitution Day (restored), election days, and the days around the two lunar feasts.
    doubtful: fixed(`${YEAR_END} 05-01 07-17`, {
      2026: '02-14..02-21 05-24 06-03 07-20 09-22..09-28',
      2027: '02-04..02-12 06-07 07-19 09-12..09-18 12-27',
      2028: '01-24..01-31 04-12 09-30..10-07',
    }),
  },
  TR: {
    off: fixed('01-01 04-23 05-01 05-19 07-15 08-30 10-29', NO_EVERY),
    doubtful: also(RAMADAN_AND_FEASTS, `${YEAR_END} 10-28`),
  },
  SA: {
    off: fixed('02-22 09-23'),
    doubtful: also(RAMADAN_AND_FEASTS, `${YEAR_END} 02-21..02-24 03-11 09-22..09-25`),
  },
  AE: {
    off: fixed('01-01 12-02'),
    // The cabinet may move a holiday to the start or the end of the week.
    doubtful: also(RAMADAN_AND_FEASTS, `${YEAR_END} 01-14..01-17 01-28 11-29..12-05 12-12..12-15`),
  },
  IN: {
    off: fixed('01-26 08-15 10-02'),
    // The gazetted list differs by state and by the moon.
    doubtful: fixed(`${YEAR_END} 01-13..01-16 04-13..04-15 05-01`, {
      2026: '02-15 03-03..03-05 03-19..03-22 03-26 03-31 04-03 05-26..05-28 06-16..06-27 08-26..08-29 09-04 09-14 10-18..10-21 11-06..11-12 11-24',
      2027: '03-06 03-09..03-11 03-21..03-23 03-26 04-07 04-15..04-19 05-15..05-21 06-06..06-17 08-14..08-18 08-25 09-04 10-08..10-11 10-27..11-02 11-14',
      2028: '02-23 02-26..02-28 03-10..03-12 03-27 04-03..04-07 04-14 05-04..05-10 05-25..06-05 08-03..08-06 08-13..08-14 08-23 09-26..09-29 10-15..10-21 11-02',
    }),
  },
  // Only the sender's own: nothing is demanded on days on which the salesperson may be away.
  CN: {
    off: NO_EVERY,
    doubtful: fixed(`${YEAR_END} 04-03..04-07 04-30..05-06 09-28..10-09`, {
      2026: '02-12..03-01 06-18..06-22 09-24..09-28',
      2027: '02-02..02-21 06-08..06-11 09-14..09-17',
      2028: '01-22..02-09 05-27..05-30 10-02..10-05',
    }),
  },
};
