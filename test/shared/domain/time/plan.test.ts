import { describe, expect, it } from 'vitest';
import { instant, MINUTE, plus } from '../../../../shared/domain/instant.ts';
import {
  afterAbsence,
  afterDelay,
  isAllowedMoment,
  isBelievableReturn,
  localDate,
  localTime,
  planMoment,
} from '../../../../shared/domain/time/plan.ts';
import { FIRST_LETTER, FOLLOW_UP, type StepRules } from '../../../../shared/domain/time/rules.ts';
import { startOfDay } from '../../../support/start-of-day.ts';
import { someCalendar } from './some-calendar.ts';

/** Monday 2 March 2026 begins a plain week. */
const dayPlanned = (calendar: ReturnType<typeof someCalendar>, earliest: string, rules: StepRules) => {
  const plan = planMoment({ calendar, rules, earliest: startOfDay(calendar, earliest), spread: 'x' });
  return { day: localDate(calendar.zone, plan.at), rules: plan.because.map((one) => one.rule) };
};

const OUTSIDE = 'outside-window';
const OFF = 'not-a-working-day';
const HOLIDAY = 'public-holiday';
const FIRST = 'first-day-of-week';
const LAST = 'last-day-of-week';
const BACK = 'first-day-back';

describe('the day of a follow-up', () => {
  it.each([
    ['a Tuesday is taken', {}, '2026-03-03', '2026-03-03', [OUTSIDE]],
    ['a Thursday is taken', {}, '2026-03-05', '2026-03-05', [OUTSIDE]],
    ['Monday moves to Tuesday', {}, '2026-03-02', '2026-03-03', [FIRST]],
    ['Friday moves to Tuesday', {}, '2026-03-06', '2026-03-10', [LAST, OFF, OFF, FIRST]],
    [
      'a holiday Monday makes Tuesday the first day',
      { off: ['2026-03-09'] },
      '2026-03-07',
      '2026-03-11',
      [OFF, OFF, HOLIDAY, FIRST],
    ],
    [
      'a holiday Friday makes Thursday the last day, and Monday stays the first',
      { off: ['2026-03-13'] },
      '2026-03-12',
      '2026-03-17',
      [LAST, HOLIDAY, OFF, OFF, FIRST],
    ],
    [
      'of a week that begins on Thursday nothing is used: its first day is the first back',
      { off: ['2026-03-09', '2026-03-10', '2026-03-11'] },
      '2026-03-09',
      '2026-03-17',
      [HOLIDAY, HOLIDAY, HOLIDAY, BACK, LAST, OFF, OFF, FIRST],
    ],
    [
      'in a week of Monday and Tuesday the Tuesday is taken, or the week would have no day',
      { off: ['2026-03-11', '2026-03-12', '2026-03-13'] },
      '2026-03-09',
      '2026-03-10',
      [FIRST],
    ],
    [
      'a week with only its edges left is skipped',
      { off: ['2026-03-10', '2026-03-11', '2026-03-12'] },
      '2026-03-09',
      '2026-03-17',
      [FIRST, HOLIDAY, HOLIDAY, HOLIDAY, LAST, OFF, OFF, FIRST],
    ],
    ['a holiday midweek moves by a day', { off: ['2026-03-04'] }, '2026-03-04', '2026-03-05', [HOLIDAY]],
    [
      'Thursday is the last day in Riyadh',
      { country: 'SA' },
      '2026-03-05',
      '2026-03-09',
      [LAST, OFF, OFF, FIRST],
    ],
    ['Monday is an ordinary day in Riyadh', { country: 'SA' }, '2026-03-02', '2026-03-02', [OUTSIDE]],
    [
      'Sunday is an ordinary day in Tehran',
      { country: 'IR' },
      '2026-03-04',
      '2026-03-08',
      [LAST, OFF, OFF, FIRST],
    ],
    [
      'Saturday ends the week in Brunei',
      { country: 'BN' },
      '2026-03-06',
      '2026-03-10',
      [OFF, LAST, OFF, FIRST],
    ],
    [
      'the first day after three days off is not used, even midweek',
      { country: 'NP', off: ['2026-03-02', '2026-03-03', '2026-03-04'] },
      '2026-03-04',
      '2026-03-09',
      [HOLIDAY, BACK, LAST, OFF, FIRST],
    ],
  ] as const)('%s', (_, of, earliest, expected, reasons) => {
    const { day, rules } = dayPlanned(someCalendar(of), earliest, FOLLOW_UP);
    expect(day).toBe(expected);
    expect(rules).toEqual(reasons);
  });
});

describe('the day of a first letter', () => {
  it.each([
    ['Monday is fine', {}, '2026-03-02', '2026-03-02'],
    ['Friday is fine', {}, '2026-03-06', '2026-03-06'],
    ['a weekend moves to Monday', {}, '2026-03-07', '2026-03-09'],
    ['a holiday moves it', { off: ['2026-03-09'] }, '2026-03-07', '2026-03-10'],
    ['Saturday is a working day in Tehran', { country: 'IR' }, '2026-03-05', '2026-03-07'],
  ] as const)('%s', (_, of, earliest, expected) => {
    expect(dayPlanned(someCalendar(of), earliest, FIRST_LETTER).day).toBe(expected);
  });

  it('obeys blackout dates, and ignores holidays only where told to', () => {
    const calendar = someCalendar({ off: ['2026-03-03'] });
    const rules = { ...FIRST_LETTER, blackoutDates: ['2026-03-02'] };
    expect(dayPlanned(calendar, '2026-03-02', rules)).toEqual({
      day: '2026-03-04',
      rules: ['blackout-date', HOLIDAY],
    });
    expect(dayPlanned(calendar, '2026-03-02', { ...rules, avoidHolidays: false }).day).toBe('2026-03-03');
  });

  it('takes the first minute of the window where a step does not want to be spread', () => {
    const rules = { ...FIRST_LETTER, spread: false };
    const ask = { calendar: someCalendar({}), rules, spread: 'any' };
    const early = planMoment({ ...ask, earliest: instant('2026-03-03T01:00:00Z') }).at;
    expect(planMoment({ ...ask, earliest: early }).at).toBe(early);
    expect(isAllowedMoment({ ...ask, at: plus(early, -MINUTE) })).toBe(false);
  });

  it('takes any day at all where a step says so, but never a blackout date', () => {
    const calendar = someCalendar({ off: ['2026-03-07'] });
    const rules = { ...FOLLOW_UP, anyDay: true, blackoutDates: ['2026-03-08'] };
    expect(dayPlanned(calendar, '2026-03-07', rules).day).toBe('2026-03-07');
    expect(dayPlanned(calendar, '2026-03-08', rules).day).toBe('2026-03-09');
  });

  it('names the holiday and the dates in its reasons', () => {
    const calendar = someCalendar({ off: ['2026-03-03'] });
    const { because } = planMoment({
      calendar,
      rules: FIRST_LETTER,
      earliest: instant('2026-03-03T07:00:00Z'),
      spread: '',
    });
    expect(because).toEqual([{ rule: 'public-holiday', args: { from: '2026-03-03', name: 'Day off' } }]);
  });

  it('says once that the holidays of a far year are assumed', () => {
    const calendar = someCalendar();
    const { because } = planMoment({
      calendar,
      rules: FIRST_LETTER,
      earliest: instant('2032-03-02T08:30:00Z'),
      spread: '',
    });
    expect(because).toEqual([{ rule: 'holidays-assumed', args: { year: 2032 } }]);
  });

  it('throws rather than search for ever', () => {
    const never = { ...FIRST_LETTER, window: { from: '11:00', to: '11:00' } };
    expect(() => dayPlanned(someCalendar(), '2026-03-02', never)).toThrow(/400 days/);
    expect(() => dayPlanned({ ...someCalendar(), workingDays: [] }, '2026-03-02', FIRST_LETTER)).toThrow();
    const nonsense = { ...FIRST_LETTER, window: { from: '9:00', to: '11:00' } };
    expect(() => dayPlanned(someCalendar(), '2026-03-02', nonsense)).toThrow(/9:00/);
  });
});

describe('the minute', () => {
  const calendar = someCalendar();
  const at = (earliest: string, spread = 'x') =>
    planMoment({ calendar, rules: FIRST_LETTER, earliest: instant(earliest), spread });

  it('lies in what is left of the window', () => {
    for (const spread of 'abcdefghijklmnop') {
      const planned = at('2026-03-03T10:20:30Z', spread).at;
      expect(planned >= '2026-03-03T10:21:00.000Z' && planned < '2026-03-03T10:30:00.000Z').toBe(true);
      expect(planned).toMatch(/:00\.000Z$/);
    }
  });

  it('goes to the next day when fewer than two minutes are left, and says why', () => {
    expect(at('2026-03-03T10:28:00Z').at).toMatch(/^2026-03-03T10:2[89]/);
    const late = at('2026-03-03T10:28:01Z');
    expect(localDate(calendar.zone, late.at)).toBe('2026-03-04');
    expect(late.because).toEqual([
      { rule: 'outside-window', args: { from: '2026-03-03', window: '09:00–11:30' } },
    ]);
  });

  it('gives no reason where nothing moved', () => {
    expect(at('2026-03-03T08:30:00Z').because).toEqual([]);
  });

  it('differs between enrollments and between days, and spreads over the window', () => {
    const minutes = Array.from({ length: 300 }, (_, n) => at('2026-03-03T00:00:00Z', `e-${n}`).at);
    expect(new Set(minutes).size).toBeGreaterThan(110);
    expect(localTime(calendar.zone, at('2026-03-03T00:00:00Z').at)).not.toBe(
      localTime(calendar.zone, at('2026-03-04T00:00:00Z').at),
    );
  });

  it('is allowed up to the end of the window, which is exclusive', () => {
    const isAllowed = (moment: string) =>
      isAllowedMoment({ calendar, rules: FIRST_LETTER, at: instant(moment) });
    expect(isAllowed('2026-03-03T07:59:59Z')).toBe(false);
    expect(isAllowed('2026-03-03T08:00:00Z')).toBe(true);
    expect(isAllowed('2026-03-03T10:29:59Z')).toBe(true);
    expect(isAllowed('2026-03-03T10:30:00Z')).toBe(false);
    expect(isAllowed('2026-03-07T09:00:00Z')).toBe(false);
  });
});

describe('a delay', () => {
  const calendar = someCalendar({ off: ['2026-03-10'] });

  it.each([
    [{ days: 7 }, '2026-03-03T09:13:00Z', '2026-03-10T09:13:00.000Z'],
    [{ days: 0 }, '2026-03-03T09:13:00Z', '2026-03-03T09:13:00.000Z'],
    [{ workingDays: 0 }, '2026-03-07T09:13:00Z', '2026-03-07T09:13:00.000Z'],
    [{ workingDays: 1 }, '2026-03-06T09:13:07Z', '2026-03-09T09:13:07.000Z'],
    [{ workingDays: 3 }, '2026-03-06T09:13:00Z', '2026-03-12T09:13:00.000Z'],
    [{ workingDays: 2 }, '2026-03-07T23:30:00Z', '2026-03-10T23:30:00.000Z'],
  ])('of %j from %s ends at %s', (delay, from, expected) => {
    expect(afterDelay(calendar, instant(from), delay)).toBe(expected);
  });

  it.each([-1, 1.5, 367, Number.NaN])('of %s working days is refused', (workingDays) => {
    expect(() => afterDelay(calendar, instant('2026-03-03'), { workingDays })).toThrow(RangeError);
  });
});

describe('after an absence', () => {
  it.each([
    ['back on Monday: Tuesday', {}, '2026-03-02', '2026-03-03'],
    ['back on Wednesday: Thursday', {}, '2026-03-04', '2026-03-05'],
    ['back on Thursday: not Friday but Tuesday', {}, '2026-03-05', '2026-03-10'],
    ['back on Friday: not Monday but Tuesday', {}, '2026-03-06', '2026-03-10'],
    ['back on Saturday counts as Monday', {}, '2026-03-07', '2026-03-10'],
    ['back on a holiday counts as the day after', { off: ['2026-03-03'] }, '2026-03-03', '2026-03-05'],
    ['back on Sunday in Riyadh: Monday', { country: 'SA' }, '2026-03-01', '2026-03-02'],
  ] as const)('%s', (_, of, returnOn, expected) => {
    const calendar = someCalendar(of);
    const earliest = afterAbsence(calendar, returnOn);
    const { at } = planMoment({ calendar, rules: FOLLOW_UP, earliest, spread: 'x' });
    expect(localDate(calendar.zone, at)).toBe(expected);
  });

  it.each([
    ['2026-03-02', true],
    ['2026-03-01', false],
    ['2026-08-29', true],
    ['2026-08-30', false],
    ['2026-02-30', false],
    ['next Monday', false],
    ['', false],
  ])('the return day %s is believed on 2 March: %s', (returnOn, expected) => {
    expect(isBelievableReturn(returnOn, '2026-03-02')).toBe(expected);
  });
});
