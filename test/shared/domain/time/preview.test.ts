import { describe, expect, it } from 'vitest';
import { planNext, planStep } from '../../../../shared/domain/enrollment/planning.ts';
import { contactIdOf, type EnrollmentId, enrollmentIdOf } from '../../../../shared/domain/ids.ts';
import { instant } from '../../../../shared/domain/instant.ts';
import type { Places } from '../../../../shared/domain/place.ts';
import type { Step } from '../../../../shared/domain/sequence.ts';
import { loadCalendar } from '../../../../shared/domain/time/calendar.ts';
import { loadDuty } from '../../../../shared/domain/time/duty.ts';
import { explainNextLetter, joinedRuns } from '../../../../shared/domain/time/next-letter.ts';
import { localDate, localTime } from '../../../../shared/domain/time/plan.ts';
import { type PreviewContact, previewSchedule } from '../../../../shared/domain/time/preview.ts';
import { someCalendar } from './some-calendar.ts';

const walk = (n: number): EnrollmentId => enrollmentIdOf(contactIdOf('secret', `p${n}@example.com`), 1);
const steps: readonly Step[] = [
  { kind: 'letter', delay: { days: 0 }, subject: 'Hello', body: 'Hello' },
  { kind: 'letter', delay: { days: 7 }, body: 'Hello again' },
  { kind: 'task', delay: { workingDays: 3 }, channel: 'call', text: 'Call' },
];
const LAUNCH = instant('2026-11-23T07:00:00Z');
const berlin = someCalendar({ zone: 'Europe/Berlin' });
const places = (perDay: number, perHour: number): Places => ({
  zone: 'Asia/Shanghai',
  limits: { perDay, perHour },
  taken: {},
});

describe('"next letter: why then?"', () => {
  it('names the very moment that the state machine plans', () => {
    const plan = { steps, calendar: berlin, senderZone: 'Asia/Shanghai' };
    for (let n = 0; n < 50; n += 1) {
      const ask = { walkId: walk(n), steps, calendar: berlin, from: LAUNCH, now: LAUNCH };
      expect(explainNextLetter({ ...ask, step: 0 }).at).toBe(planStep(walk(n), 0, LAUNCH, plan).letter.dueAt);
      expect(explainNextLetter({ ...ask, step: 1 }).at).toBe(
        planNext(walk(n), 1, LAUNCH, LAUNCH, plan)?.letter.dueAt,
      );
    }
  });

  it('gives the whole chain of reasons: the wait, the absence, each day passed over, the spread', () => {
    const next = explainNextLetter({
      walkId: walk(1),
      steps,
      step: 1,
      calendar: someCalendar({ zone: 'Europe/Berlin', off: ['2026-12-08'] }),
      from: LAUNCH,
      now: instant('2026-11-25T10:00:00Z'),
      heldUntil: [instant('2026-12-03T23:00:00Z')],
    });
    expect(next.at.slice(0, 10)).toBe('2026-12-09');
    expect(next.reasons).toEqual([
      { rule: 'wait-over', args: { until: '2026-11-30 08:00' } },
      { rule: 'absent', args: { until: '2026-12-04 00:00' } },
      { rule: 'last-day-of-week', args: { from: '2026-12-04' } },
      { rule: 'not-a-working-day', args: { from: '2026-12-05 – 2026-12-06' } },
      { rule: 'first-day-of-week', args: { from: '2026-12-07' } },
      { rule: 'public-holiday', args: { from: '2026-12-08', name: 'Day off' } },
      { rule: 'spread' },
    ]);
  });

  it('joins a month of one reason into one line, and never two reasons', () => {
    const ramadan = (from: string) => ({ rule: 'season-ramadan', args: { from } }) as const;
    expect(joinedRuns(['2026-02-18', '2026-02-19', '2026-02-22', '2026-02-23'].map(ramadan))).toEqual([
      ramadan('2026-02-18 – 2026-02-19'),
      ramadan('2026-02-22 – 2026-02-23'),
    ]);
  });

  it('refuses a step that does not exist', () => {
    const ask = { walkId: walk(1), steps, step: 3, calendar: berlin, from: LAUNCH, now: LAUNCH };
    expect(() => explainNextLetter(ask)).toThrow(RangeError);
  });

  it('lets a campaign say no to seasons', async () => {
    const calendar = await loadCalendar({ zone: 'Asia/Dubai', country: 'AE' });
    const from = instant('2026-02-25T04:00:00Z');
    const ask = { walkId: walk(1), steps, step: 0, calendar, from, now: from };
    const dates = (['avoid', 'ignore'] as const).map((seasons) =>
      explainNextLetter({ ...ask, overrides: { seasons } }).at.slice(0, 10),
    );
    expect(dates).toEqual(['2026-03-23', '2026-02-25']);
  });
});

describe('the plan before launch', () => {
  const contacts = (count: number): PreviewContact[] =>
    Array.from({ length: count }, (_, n) => ({
      walkId: walk(n),
      calendar: berlin,
      grade: (['D', 'C', 'B', 'A'] as const)[n % 4] ?? 'D',
    }));

  it('gives the first days to the best contacts', () => {
    const all = contacts(40);
    const preview = previewSchedule({ steps, contacts: all, launchAt: LAUNCH, places: places(10, 10) });
    const dayOf = (id: EnrollmentId) =>
      preview.steps.find((one) => one.walkId === id && one.step === 0)?.at.slice(0, 10);
    const days = all.map(({ walkId, grade }) => `${grade} ${dayOf(walkId)}`);
    expect([...new Set(days)].sort()).toEqual([
      'A 2026-11-23',
      'B 2026-11-24',
      'C 2026-11-25',
      'D 2026-11-26',
    ]);
  });

  it('holds the quota with the follow-ups in it, and hands back the places', () => {
    const preview = previewSchedule({
      steps,
      contacts: contacts(60),
      launchAt: LAUNCH,
      places: places(8, 3),
    });
    expect(preview.steps).toHaveLength(180);
    const used = Object.values(preview.places?.taken ?? {});
    expect(used.reduce((sum, day) => sum + day.used, 0)).toBe(120);
    expect(Math.max(...used.map((day) => day.used))).toBeLessThanOrEqual(8);
    expect(Math.max(...used.flatMap((day) => Object.values(day.hours)))).toBeLessThanOrEqual(3);
  });

  it('waits for each delay, in their order', () => {
    const { steps: planned } = previewSchedule({ steps, contacts: contacts(5), launchAt: LAUNCH });
    for (let n = 0; n < 5; n += 1) {
      const [first, second, call] = planned.filter((one) => one.walkId === walk(n)).map((one) => one.at);
      expect(Date.parse(second ?? '') - Date.parse(first ?? '')).toBeGreaterThanOrEqual(7 * 86_400_000);
      expect((call ?? '') > (second ?? '')).toBe(true);
    }
    expect(planned.map((one) => one.at)).toEqual(planned.map((one) => one.at).toSorted());
  });

  it('does not bunch up what a long holiday has moved', () => {
    const off = Array.from({ length: 10 }, (_, n) => `2026-11-${23 + n}`).filter(
      (date) => date < '2026-11-31',
    );
    const calendar = someCalendar({ zone: 'Europe/Berlin', off });
    const moved = previewSchedule({
      steps: steps.slice(0, 1),
      contacts: contacts(300).map((one) => ({ ...one, calendar })),
      launchAt: LAUNCH,
    }).steps;
    const perMinute = new Map<string, number>();
    for (const { at } of moved) perMinute.set(at, (perMinute.get(at) ?? 0) + 1);
    expect(moved.every(({ at }) => localDate('Europe/Berlin', at) === '2026-12-01')).toBe(true);
    // 148 minutes take 300 letters: two each, give or take what a hash gives.
    expect(perMinute.size).toBeGreaterThan(110);
    expect(Math.max(...perMinute.values())).toBeLessThanOrEqual(9);
  });

  it('keeps nobody two letters in one day, however short the delay', () => {
    const quick: readonly Step[] = [
      { kind: 'letter', delay: { days: 0 }, subject: 's', body: 'b' },
      { kind: 'letter', delay: { days: 0 }, body: 'b', rules: { avoidWeekEdges: false } },
    ];
    const { steps: planned } = previewSchedule({ steps: quick, contacts: contacts(20), launchAt: LAUNCH });
    for (let n = 0; n < 20; n += 1) {
      const [first, second] = planned
        .filter((one) => one.walkId === walk(n))
        .map((one) => Date.parse(one.at));
      expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(86_400_000);
    }
  });

  it('plans a Shenzhen sender’s letters into three days of the world', async () => {
    const duty = await loadDuty({ zone: 'Asia/Shanghai', country: 'CN', eveningUntil: '22:00' });
    const world = [
      { zone: 'America/Los_Angeles', country: 'US' },
      { zone: 'America/Sao_Paulo', country: 'BR' },
      { zone: 'Europe/Berlin', country: 'DE' },
    ];
    const all = await Promise.all(
      world.map(async (place, n) => ({ walkId: walk(n), calendar: await loadCalendar(place) })),
    );
    const launchAt = instant('2026-11-20T12:00:00Z');
    const { steps: planned } = previewSchedule({ steps: steps.slice(0, 1), contacts: all, launchAt, duty });
    const shown = world.map(({ zone }, n) => {
      const at = planned.find((one) => one.walkId === walk(n))?.at ?? launchAt;
      expect(localTime(zone, at) >= '09:00' && localTime(zone, at) < '11:30').toBe(true);
      return localDate(zone, at);
    });
    // Friday morning in America is Saturday for Shenzhen; in Berlin Friday's window is over.
    expect(shown).toEqual(['2026-11-23', '2026-11-23', '2026-11-23']);
  });
});
