/** Who is told next while an answer waits, over both people's hours, weekends and holidays. */
import { expect, it } from 'vitest';
import type { SenderId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/instant.ts';
import { type ReplyClock, ringsAfter } from '../../../shared/domain/reply-clock.ts';
import { loadDuty } from '../../../shared/domain/time/duty.ts';

const BOB = 'bob' as SenderId;
const LI = 'lili' as SenderId;
/** Both in Shanghai's zone unless said otherwise: 09:00 there is 01:00 UTC. */
const SHENZHEN = { zone: 'Asia/Shanghai', country: 'CN' } as const;
const LISBON = { zone: 'Europe/Lisbon', country: 'PT' } as const;

const CLOCK: ReplyClock = { minutes: 30, escalation: [{ channel: 'group' }, { sender: BOB }] };
const COVERED: ReplyClock = { ...CLOCK, cover: LI };

/** `HH:MM whom` in UTC, with the day where it is another than the alert's. */
async function told(
  at: string,
  clock: ReplyClock,
  own: Parameters<typeof loadDuty>[0] = SHENZHEN,
  cover?: Parameters<typeof loadDuty>[0],
) {
  const duty = { sender: await loadDuty(own), ...(cover ? { cover: await loadDuty(cover) } : {}) };
  return ringsAfter(instant(at), clock, duty).map((ring) => {
    const whom =
      ring.whom.kind === 'own'
        ? 'own'
        : ring.whom.kind === 'channel'
          ? `#${ring.whom.channelId}`
          : ring.whom.senderId;
    return `${ring.at.slice(5, 16).replace('T', ' ')} ${whom}`;
  });
}

it.each<[string, string, Parameters<typeof told>[2], readonly string[]]>([
  // 2026-12-01 is a Tuesday; 10:00 in Shanghai.
  [
    'on duty: every half hour the next',
    '2026-12-01T02:00:00Z',
    SHENZHEN,
    ['12-01 02:30 #group', '12-01 03:00 bob'],
  ],
  [
    'ten minutes before closing: the morning, then the twenty minutes that are left',
    '2026-12-01T09:50:00Z',
    SHENZHEN,
    ['12-02 01:00 own', '12-02 01:20 #group', '12-02 01:50 bob'],
  ],
  [
    'at night: not before the morning',
    '2026-12-01T16:00:00Z',
    SHENZHEN,
    ['12-02 01:00 own', '12-02 01:30 #group', '12-02 02:00 bob'],
  ],
  [
    'on a Friday evening: Monday',
    '2026-12-04T12:00:00Z',
    SHENZHEN,
    ['12-07 01:00 own', '12-07 01:30 #group', '12-07 02:00 bob'],
  ],
  [
    'in Golden Week: when it is over',
    '2026-10-01T02:00:00Z',
    SHENZHEN,
    ['10-08 01:00 own', '10-08 01:30 #group', '10-08 02:00 bob'],
  ],
  [
    'on a day off of their own: the day after',
    '2026-12-01T02:00:00Z',
    { ...SHENZHEN, daysOff: ['2026-12-01'] },
    ['12-02 01:00 own', '12-02 01:30 #group', '12-02 02:00 bob'],
  ],
  [
    'in the evening, where they can be reached until ten',
    '2026-12-01T12:00:00Z',
    { ...SHENZHEN, eveningUntil: '22:00' },
    ['12-01 12:30 #group', '12-01 13:00 bob'],
  ],
  [
    'where the week begins on Sunday',
    '2026-12-03T16:00:00Z',
    { zone: 'Asia/Riyadh', country: 'SA' },
    ['12-06 06:00 own', '12-06 06:30 #group', '12-06 07:00 bob'],
  ],
])('without a cover, %s', async (_what, at, own, rings) => {
  expect((await told(at, CLOCK, own)).slice(0, rings.length)).toEqual(rings);
});

it.each<[string, string, readonly string[]]>([
  // Lisbon keeps UTC in December: 09:00 to 18:00, when Shanghai has gone home at 10:00 UTC.
  [
    'nobody else while the sender is there',
    '2026-12-01T02:00:00Z',
    ['12-01 02:30 #group', '12-01 03:00 bob'],
  ],
  [
    'at once, after hours',
    '2026-12-02T12:00:00Z',
    ['12-02 12:00 lili', '12-02 12:30 #group', '12-02 13:00 bob'],
  ],
  [
    'when the sender goes home in the middle of it',
    '2026-12-02T09:50:00Z',
    ['12-02 10:00 lili', '12-02 10:20 #group', '12-02 10:50 bob'],
  ],
  [
    'the sender again in the morning, when the cover had ten minutes only',
    '2026-12-02T17:50:00Z',
    ['12-02 17:50 lili', '12-03 01:00 own', '12-03 01:20 #group', '12-03 01:50 bob'],
  ],
  // Tuesday 8 December is a holiday in Portugal, and not in China.
  [
    'not on the cover’s own holiday',
    '2026-12-08T12:00:00Z',
    ['12-09 01:00 own', '12-09 01:30 #group', '12-09 02:00 bob'],
  ],
  // The first of October is a holiday in China, and not in Portugal.
  [
    'on the sender’s holiday',
    '2026-10-01T02:00:00Z',
    ['10-01 08:00 lili', '10-01 08:30 #group', '10-01 09:00 bob'],
  ],
])('a cover in Lisbon is told %s', async (_what, at, rings) => {
  expect((await told(at, COVERED, SHENZHEN, LISBON)).slice(0, rings.length)).toEqual(rings);
});

it('rings four mornings at most, however long nobody answers', async () => {
  const rings = await told('2026-12-01T16:00:00Z', { minutes: 30, escalation: [] });
  expect(rings).toEqual(['12-02 01:00 own', '12-03 01:00 own', '12-04 01:00 own', '12-07 01:00 own']);
});

it('tells nobody further who is told at once and has an empty list', async () => {
  const rings = await told('2026-12-01T02:00:00Z', { minutes: 30, escalation: [] });
  expect(rings[0]).toBe('12-02 01:00 own');
});

it('lets a clock that is longer than a working day run out on a later one', async () => {
  const rings = await told('2026-12-01T02:00:00Z', { minutes: 600, escalation: [{ sender: BOB }] });
  // Eight hours on the first day, of which five count on the second, when five more are to go.
  expect(rings.slice(0, 2)).toEqual(['12-02 01:00 own', '12-02 06:00 bob']);
});

it('gives whoever comes on duty half the minutes at least', async () => {
  const rings = await told('2026-12-02T09:31:00Z', COVERED, SHENZHEN, LISBON);
  expect(rings.slice(0, 2)).toEqual(['12-02 10:00 lili', '12-02 10:15 #group']);
});
