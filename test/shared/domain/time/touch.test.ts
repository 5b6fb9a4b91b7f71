import { describe, expect, it } from 'vitest';
import { instant } from '../../../../shared/domain/instant.ts';
import { localTime, planTouch } from '../../../../shared/domain/time/plan.ts';
import { someCalendar } from './some-calendar.ts';

const berlin = { zone: 'Europe/Berlin' };
const saoPaulo = { zone: 'America/Sao_Paulo' };
const mexico = { zone: 'America/Mexico_City' };

describe('a call or chat', () => {
  it.each([
    [
      'is due at once in their daytime, to the second',
      berlin,
      '2026-03-03T13:12:45.678Z',
      '2026-03-03T13:12:45.678Z',
    ],
    ['waits for 10:00 in the morning', berlin, '2026-03-03T05:00:00Z', '2026-03-03T09:00:00.000Z'],
    ['waits for tomorrow after 17:00', berlin, '2026-03-03T16:00:00Z', '2026-03-04T09:00:00.000Z'],
    ['avoids the first working day before noon', berlin, '2026-03-02T09:30:00Z', '2026-03-02T11:00:00.000Z'],
    ['takes the last working day before noon', berlin, '2026-03-06T10:30:00Z', '2026-03-06T10:30:00.000Z'],
    ['avoids the last working day after noon', berlin, '2026-03-06T11:00:00Z', '2026-03-09T11:00:00.000Z'],
    [
      'knows that a holiday Friday makes Thursday the last day',
      { ...berlin, off: ['2026-03-06'] },
      '2026-03-05T12:00:00Z',
      '2026-03-09T11:00:00.000Z',
    ],
    [
      'takes the whole of a week that has one day',
      { ...berlin, off: ['2026-03-02', '2026-03-03', '2026-03-05', '2026-03-06'] },
      '2026-03-02T12:00:00Z',
      '2026-03-04T09:00:00.000Z',
    ],
    [
      'skips holidays',
      { ...berlin, off: ['2026-03-04'] },
      '2026-03-03T17:00:00Z',
      '2026-03-05T09:00:00.000Z',
    ],
    [
      'knows that Sunday is the first day in Riyadh',
      { zone: 'Asia/Riyadh', country: 'SA' },
      '2026-02-28T06:00:00Z',
      '2026-03-01T09:00:00.000Z',
    ],
  ])('%s', (_, of, earliest, expected) => {
    const { at } = planTouch({ calendar: someCalendar(of), earliest: instant(earliest) });
    expect(at).toBe(expected);
  });

  it.each([
    ['ends with the evening in Shanghai', berlin, '2026-03-03T14:30:00Z', '2026-03-04T09:00:00.000Z'],
    [
      'uses the one hour that São Paulo and Shanghai share',
      saoPaulo,
      '2026-03-03T14:30:00Z',
      '2026-03-04T13:00:00.000Z',
    ],
    [
      'leaves out a Monday whose afternoon there is night in Shanghai',
      saoPaulo,
      '2026-03-02T05:00:00Z',
      '2026-03-03T13:00:00.000Z',
    ],
    [
      'keeps their daytime where the days never meet',
      mexico,
      '2026-03-03T05:00:00Z',
      '2026-03-03T16:00:00.000Z',
    ],
    [
      'meets the Californian afternoon with the next morning in Shanghai',
      { zone: 'America/Los_Angeles' },
      '2026-03-03T12:00:00Z',
      '2026-03-04T00:00:00.000Z',
    ],
  ])('%s', (_, of, earliest, expected) => {
    const ask = { calendar: someCalendar(of), earliest: instant(earliest), senderZone: 'Asia/Shanghai' };
    expect(planTouch(ask).at).toBe(expected);
  });

  it('is spread over the first hour when asked, so that ten tasks do not ring at once', () => {
    const calendar = someCalendar();
    const planned = Array.from({ length: 40 }, (_, n) => {
      const { at } = planTouch({ calendar, earliest: instant('2026-03-03T05:00:00Z'), spread: `t${n}` });
      return localTime(calendar.zone, at);
    });
    expect(planned.every((wall) => wall > '10:00' && wall < '11:00')).toBe(true);
    expect(new Set(planned).size).toBeGreaterThan(15);
  });

  it('says which hours it kept to', () => {
    const calendar = someCalendar();
    const { because } = planTouch({
      calendar,
      earliest: instant('2026-03-03T16:30:00Z'),
      senderZone: 'Asia/Shanghai',
    });
    expect(because).toEqual([
      { rule: 'outside-window', args: { from: '2026-03-03', window: '10:00–15:00' } },
    ]);
  });
});
