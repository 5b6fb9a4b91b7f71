// Real days from public calendars, written by hand: when does a letter go that is ready on that morning?
import { describe, expect, it } from 'vitest';
import { instant } from '../../../../shared/domain/instant.ts';
import { loadCalendar } from '../../../../shared/domain/time/calendar.ts';
import { afterAbsence, localDate, localTime, planMoment } from '../../../../shared/domain/time/plan.ts';
import { FIRST_LETTER, FOLLOW_UP, type StepRules } from '../../../../shared/domain/time/rules.ts';
import { startOfDay } from '../../../support/start-of-day.ts';

const FIRST: StepRules = { ...FIRST_LETTER, seasons: 'avoid' };
const LATER: StepRules = { ...FOLLOW_UP, seasons: 'short-hours' };
type Place = Parameters<typeof loadCalendar>[0];

async function planned(place: Place, rules: StepRules, ready: string) {
  const calendar = await loadCalendar(place);
  const plan = planMoment({ calendar, rules, earliest: startOfDay(calendar, ready), spread: 'x' });
  return {
    ...plan,
    date: localDate(place.zone, plan.at),
    time: localTime(place.zone, plan.at),
    rules: plan.because.map((one) => one.rule),
  };
}

const berlin = { zone: 'Europe/Berlin', country: 'DE' };
const place = (country: string, zone: string, region?: string): Place => ({
  country,
  zone,
  ...(region === undefined ? {} : { region }),
});

describe('a first letter', () => {
  it.each<[string, Place, string, string, string?]>([
    ['Labour Day, a Friday', berlin, '2026-05-01', '2026-05-04', 'public-holiday'],
    ['Christmas to Epiphany', berlin, '2026-12-25', '2027-01-07', 'season-christmas'],
    ['a leap day like any other', berlin, '2028-02-29', '2028-02-29'],
    [
      'carnival in Cologne',
      place('DE', 'Europe/Berlin', 'NW'),
      '2026-02-12',
      '2026-02-18',
      'season-carnival',
    ],
    ['no carnival in Hamburg', place('DE', 'Europe/Berlin', 'HH'), '2026-02-16', '2026-02-16'],
    [
      'Corpus Christi in Bavaria',
      place('DE', 'Europe/Berlin', 'BY'),
      '2026-06-04',
      '2026-06-05',
      'public-holiday',
    ],
    ['no Corpus Christi in Berlin', place('DE', 'Europe/Berlin', 'BE'), '2026-06-04', '2026-06-04'],
    ['Thanksgiving', place('US', 'America/New_York'), '2026-11-26', '2026-11-27', 'public-holiday'],
    [
      'Patriots’ Day in Boston',
      place('US', 'America/New_York', 'MA'),
      '2026-04-20',
      '2026-04-21',
      'public-holiday',
    ],
    ['no Patriots’ Day in Miami', place('US', 'America/New_York', 'FL'), '2026-04-20', '2026-04-20'],
    [
      'Christmas in the States',
      place('US', 'America/Chicago'),
      '2026-12-24',
      '2027-01-04',
      'season-christmas',
    ],
    ['Thanksgiving in Canada', place('CA', 'America/Toronto'), '2026-10-12', '2026-10-13', 'public-holiday'],
    [
      'Independence Day of Mexico',
      place('MX', 'America/Mexico_City'),
      '2026-09-16',
      '2026-09-17',
      'public-holiday',
    ],
    ['Fiestas Patrias', place('CL', 'America/Santiago'), '2026-09-18', '2026-09-21', 'public-holiday'],
    ['carnival in Brazil', place('BR', 'America/Sao_Paulo'), '2026-02-13', '2026-02-19', 'season-carnival'],
    [
      'Good Friday and Easter Monday',
      place('GB', 'Europe/London'),
      '2026-04-03',
      '2026-04-07',
      'public-holiday',
    ],
    ['Ferragosto and all August', place('IT', 'Europe/Rome'), '2026-08-14', '2026-09-01', 'season-august'],
    ['the last day of August', place('ES', 'Europe/Madrid'), '2026-08-31', '2026-09-01', 'season-august'],
    [
      'the Diada in Barcelona',
      place('ES', 'Europe/Madrid', 'CT'),
      '2026-09-11',
      '2026-09-14',
      'public-holiday',
    ],
    ['no Diada in Seville', place('ES', 'Europe/Madrid', 'AN'), '2026-09-11', '2026-09-11'],
    ['Corpus Christi in Poland', place('PL', 'Europe/Warsaw'), '2026-06-04', '2026-06-05', 'public-holiday'],
    [
      'Russian New Year',
      place('RU', 'Europe/Moscow'),
      '2026-12-31',
      '2027-01-11',
      'season-orthodox-christmas',
    ],
    [
      'Georgian Christmas',
      place('GE', 'Asia/Tbilisi'),
      '2027-01-04',
      '2027-01-11',
      'season-orthodox-christmas',
    ],
    ['Republic Day of Turkey', place('TR', 'Europe/Istanbul'), '2026-10-29', '2026-10-30', 'public-holiday'],
    ['Ramadan and Eid in Dubai', place('AE', 'Asia/Dubai'), '2026-02-18', '2026-03-23', 'season-ramadan'],
    ['a Friday morning in Dubai', place('AE', 'Asia/Dubai'), '2026-05-08', '2026-05-08'],
    ['a Friday in Riyadh', place('SA', 'Asia/Riyadh'), '2026-05-08', '2026-05-10', 'not-a-working-day'],
    ['Saudi National Day', place('SA', 'Asia/Riyadh'), '2026-09-23', '2026-09-24', 'public-holiday'],
    ['a Friday in Tel Aviv', place('IL', 'Asia/Jerusalem'), '2026-06-05', '2026-06-07', 'not-a-working-day'],
    ['Yom Kippur', place('IL', 'Asia/Jerusalem'), '2026-09-21', '2026-09-22', 'public-holiday'],
    ['a Friday in Cairo', place('EG', 'Africa/Cairo'), '2026-06-05', '2026-06-07', 'not-a-working-day'],
    ['a Thursday in Tehran', place('IR', 'Asia/Tehran'), '2026-05-14', '2026-05-16', 'not-a-working-day'],
    ['a Friday in Brunei', place('BN', 'Asia/Brunei'), '2026-06-05', '2026-06-06', 'not-a-working-day'],
    [
      'a Saturday in Kathmandu',
      place('NP', 'Asia/Kathmandu'),
      '2026-06-06',
      '2026-06-07',
      'not-a-working-day',
    ],
    ['Diwali', place('IN', 'Asia/Kolkata'), '2026-11-06', '2026-11-11', 'season-diwali'],
    ['Songkran', place('TH', 'Asia/Bangkok'), '2026-04-13', '2026-04-16', 'public-holiday'],
    ['Tết', place('VN', 'Asia/Ho_Chi_Minh'), '2027-02-04', '2027-02-15', 'season-lunar-new-year'],
    ['Chinese New Year', place('CN', 'Asia/Shanghai'), '2027-02-04', '2027-02-15', 'season-lunar-new-year'],
    ['Golden Week in China', place('CN', 'Asia/Shanghai'), '2026-10-01', '2026-10-08', 'public-holiday'],
    ['Chuseok', place('KR', 'Asia/Seoul'), '2026-09-24', '2026-09-28', 'public-holiday'],
    ['Golden Week in Japan', place('JP', 'Asia/Tokyo'), '2026-04-30', '2026-05-07', 'season-golden-week'],
    ['Obon', place('JP', 'Asia/Tokyo'), '2026-08-13', '2026-08-17', 'season-obon'],
    ['New Year in Japan', place('JP', 'Asia/Tokyo'), '2026-12-29', '2027-01-04', 'season-new-year-japan'],
    [
      'the summer closure in New Zealand',
      place('NZ', 'Pacific/Auckland'),
      '2026-12-29',
      '2027-01-11',
      'season-christmas',
    ],
    ['Heritage Day', place('ZA', 'Africa/Johannesburg'), '2026-09-24', '2026-09-25', 'public-holiday'],
    [
      'an island without a table',
      place('AQ', 'Antarctica/Vostok'),
      '2026-12-25',
      '2026-12-25',
      'holidays-assumed',
    ],
  ])('knows %s', async (_, where, ready, date, rule) => {
    const plan = await planned(where, FIRST, ready);
    expect(plan.date).toBe(date);
    expect(plan.time >= '09:00' && plan.time < '11:30').toBe(true);
    if (rule !== undefined) expect(plan.rules).toContain(rule);
  });
});

describe('a follow-up', () => {
  it.each<[string, Place, string, string, string?]>([
    ['Epiphany in Munich', place('DE', 'Europe/Berlin', 'BY'), '2027-01-06', '2027-01-07', 'public-holiday'],
    ['no Epiphany in Hamburg', place('DE', 'Europe/Berlin', 'HH'), '2027-01-06', '2027-01-06'],
    ['Ascension and its bridge', place('FR', 'Europe/Paris'), '2026-05-14', '2026-05-19', 'last-day-of-week'],
    ['Bastille Day, a Tuesday', place('FR', 'Europe/Paris'), '2026-07-14', '2026-07-15', 'public-holiday'],
    ['Easter Tuesday', place('GB', 'Europe/London'), '2026-04-03', '2026-04-08', 'first-day-of-week'],
    [
      'Thanksgiving and its Friday',
      place('US', 'America/New_York'),
      '2026-11-26',
      '2026-12-01',
      'last-day-of-week',
    ],
    ['August in Italy', place('IT', 'Europe/Rome'), '2026-08-12', '2026-08-12'],
    [
      'the day after Golden Week',
      place('CN', 'Asia/Shanghai'),
      '2026-10-01',
      '2026-10-13',
      'first-day-of-week',
    ],
    ['a working day in Golden Week', place('JP', 'Asia/Tokyo'), '2026-04-30', '2026-04-30'],
    ['a Thursday in Riyadh', place('SA', 'Asia/Riyadh'), '2026-05-07', '2026-05-11', 'last-day-of-week'],
    ['a Friday in Dubai', place('AE', 'Asia/Dubai'), '2026-05-08', '2026-05-12', 'last-day-of-week'],
    ['a Sunday in Tel Aviv', place('IL', 'Asia/Jerusalem'), '2026-06-07', '2026-06-08', 'first-day-of-week'],
  ])('knows %s', async (_, where, ready, date, rule) => {
    const plan = await planned(where, LATER, ready);
    expect(plan.date).toBe(date);
    if (rule !== undefined) expect(plan.rules).toContain(rule);
  });

  it('keeps to the short day of Ramadan', async () => {
    const plan = await planned(place('AE', 'Asia/Dubai'), LATER, '2026-02-25');
    expect(plan.date).toBe('2026-02-25');
    expect(plan.time > '10:00' && plan.time < '14:00').toBe(true);
  });

  it.each([
    ['Monday', '2026-03-09', '2026-03-10'],
    ['Wednesday', '2026-03-04', '2026-03-05'],
    ['Thursday', '2026-03-05', '2026-03-10'],
    ['Friday', '2026-03-06', '2026-03-10'],
    ['the Monday after "until Friday"', '2026-03-09', '2026-03-10'],
  ])('after an absence, back on %s', async (_, back, date) => {
    const calendar = await loadCalendar(berlin);
    const plan = planMoment({ calendar, rules: LATER, earliest: afterAbsence(calendar, back), spread: 'x' });
    expect(localDate('Europe/Berlin', plan.at)).toBe(date);
  });
});

describe('a change of the clocks', () => {
  it.each([
    ['in Santiago, forward at midnight', 'America/Santiago', 'CL', '2026-09-07', '12:00', '14:30'],
    ['in Santiago, back at midnight', 'America/Santiago', 'CL', '2026-04-06', '13:00', '15:30'],
    ['on Lord Howe, by half an hour', 'Australia/Lord_Howe', 'AU', '2026-10-06', '22:00', '24:30'],
    ['in Berlin, back', 'Europe/Berlin', 'DE', '2026-10-26', '08:00', '10:30'],
    ['in New York, forward', 'America/New_York', 'US', '2026-03-09', '13:00', '15:30'],
  ])('%s keeps the local morning', async (_, zone, country, date, from, to) => {
    const plan = await planned({ zone, country }, FIRST, date);
    expect(plan.date).toBe(date);
    const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
    const start = Date.parse(`${date}T00:00:00Z`) - (from === '22:00' ? 86_400_000 : 0);
    const at = (Date.parse(plan.at) - start) / 60_000;
    expect(at >= minutes(from) && at < minutes(to)).toBe(true);
    expect(plan.at > instant('2026-01-01')).toBe(true);
  });
});
