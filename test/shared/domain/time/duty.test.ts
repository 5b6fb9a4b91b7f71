import { describe, expect, it } from 'vitest';
import { instant } from '../../../../shared/domain/instant.ts';
import { isOnDuty, loadDuty, nextDuty } from '../../../../shared/domain/time/duty.ts';
import { isAllowedMoment, planMoment } from '../../../../shared/domain/time/plan.ts';
import { FIRST_LETTER, FOLLOW_UP, type StepRules } from '../../../../shared/domain/time/rules.ts';
import { someCalendar } from './some-calendar.ts';

const shenzhen = { zone: 'Asia/Shanghai', country: 'CN' };
const losAngeles = someCalendar({ zone: 'America/Los_Angeles' });
const FIRST: StepRules = { ...FIRST_LETTER, onDuty: true };

describe('the hours of duty', () => {
  it.each([
    ['in the morning', {}, '2026-11-24T01:00:00Z', true],
    ['before they begin', {}, '2026-11-24T00:59:00Z', false],
    ['when they end', {}, '2026-11-24T10:00:00Z', false],
    ['in the evening until which one is reachable', { eveningUntil: '21:30' }, '2026-11-24T13:29:00Z', true],
    ['after that evening', { eveningUntil: '21:30' }, '2026-11-24T13:30:00Z', false],
    ['in an "evening" before the end of the day', { eveningUntil: '17:00' }, '2026-11-24T09:30:00Z', true],
    ['on a Saturday', {}, '2026-11-28T03:00:00Z', false],
    ['on a Saturday that is worked', { workingDays: [1, 2, 3, 4, 5, 6] }, '2026-11-28T03:00:00Z', true],
    ['on National Day', {}, '2026-10-01T03:00:00Z', false],
    ['on a day of leave', { daysOff: ['2026-11-24'] }, '2026-11-24T03:00:00Z', false],
    ['in hours of one’s own', { hours: { from: '07:00', to: '11:00' } }, '2026-11-23T23:30:00Z', true],
  ])('%s', async (_, own, at, expected) => {
    expect(isOnDuty(await loadDuty({ ...shenzhen, ...own }), instant(at))).toBe(expected);
  });

  it('begin again after the night, the weekend and the holidays', async () => {
    const duty = await loadDuty(shenzhen);
    expect(nextDuty(duty, instant('2026-11-24T03:12:00Z'))).toBe('2026-11-24T03:12:00.000Z');
    expect(nextDuty(duty, instant('2026-11-27T10:00:00Z'))).toBe('2026-11-30T01:00:00.000Z');
    expect(nextDuty(duty, instant('2026-09-30T11:00:00Z'))).toBe('2026-10-08T01:00:00.000Z');
  });

  it('never begin again for somebody who is always away', async () => {
    const daysOff = Array.from({ length: 500 }, (_, n) =>
      new Date(Date.UTC(2026, 10, 1 + n)).toISOString().slice(0, 10),
    );
    expect(nextDuty(await loadDuty({ ...shenzhen, daysOff }), instant('2026-11-24T03:00:00Z'))).toBe(
      undefined,
    );
  });
});

describe('a first letter', () => {
  const planned = async (earliest: string, rules = FIRST, daysOff: string[] = []) =>
    planMoment({
      calendar: losAngeles,
      rules,
      earliest: instant(earliest),
      spread: 'x',
      duty: await loadDuty({ ...shenzhen, daysOff }),
    });

  it('goes on a Thursday in Los Angeles: Shenzhen is there on Friday', async () => {
    const plan = await planned('2026-11-19T16:00:00Z');
    expect(plan.at.slice(0, 10)).toBe('2026-11-19');
    expect(plan.because.some(({ rule }) => rule === 'nobody-on-duty')).toBe(false);
  });

  it('does not go on a Friday in Los Angeles: nobody is in Shenzhen before Monday', async () => {
    const plan = await planned('2026-11-20T16:00:00Z');
    expect(plan.at.slice(0, 10)).toBe('2026-11-23');
    expect(plan.because).toContainEqual({ rule: 'nobody-on-duty', args: { from: '2026-11-20' } });
  });

  it('waits for the end of the leave, less 24 hours', async () => {
    const plan = await planned('2026-11-23T16:00:00Z', FIRST, ['2026-11-24', '2026-11-25']);
    expect(plan.at.slice(0, 10)).toBe('2026-11-25');
  });

  it('is not sent late either, when nobody is there', async () => {
    const duty = await loadDuty(shenzhen);
    const at = instant('2026-11-20T17:30:00Z');
    expect(isAllowedMoment({ calendar: losAngeles, rules: FIRST, at })).toBe(true);
    expect(isAllowedMoment({ calendar: losAngeles, rules: FIRST, at, duty })).toBe(false);
  });

  it('is alone in this: a follow-up goes whoever is there', async () => {
    const rules: StepRules = { ...FOLLOW_UP, avoidWeekEdges: false };
    expect((await planned('2026-11-20T17:30:00Z', rules)).at.slice(0, 10)).toBe('2026-11-20');
  });
});
