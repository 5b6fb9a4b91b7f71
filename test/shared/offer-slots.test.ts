// Meeting hours in letters: reserved before they are written, offered once, kept on a retry, and given back.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenEnrollment } from '../../shared/domain/enrollment/state.ts';
import type { SesId } from '../../shared/domain/ids.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { letterMessageId } from '../../shared/domain/message.ts';
import { applyEvent } from '../../shared/engine.ts';
import { loadKnown } from '../../shared/known-walk.ts';
import { prepareLetter } from '../../shared/prepare-letter.ts';
import { queueEnrolling } from '../../shared/queue-pages.ts';
import { aFloor, type Floor } from '../support/sending-floor.ts';

const BODY = 'Dear {{ contact.firstName }},\n\nwould {{ "tuesday 10:00" | slot }} suit you?\n\nLin Wei';
const STEPS = [{ kind: 'letter', delay: { days: 0 }, subject: 'A meeting', body: BODY } as const];
const LATER = instant('2027-06-01T00:00:00Z');

let floor: Floor;
const began = async (count: number, steps: Parameters<typeof aFloor>[0]['steps'] = STEPS): Promise<void> => {
  floor = await aFloor({
    grades: Array.from({ length: count }, () => undefined),
    limits: { dailyQuota: 100 },
    steps: steps!,
  });
  await queueEnrolling(floor.ports, floor.campaign.id, floor.contacts);
  await floor.work(1);
};
afterEach(() => floor.close());

const reserved = () => floor.ports.store.listSlots(floor.campaign.senderId, instant(0), LATER);
const walkOf = (at: number): Promise<OpenEnrollment> => floor.walkOf(floor.contacts[at]!);
const prepared = async (at: number, ports = floor.ports) => {
  const walk = await walkOf(at);
  return prepareLetter(ports, walk, await loadKnown(ports, walk), 0);
};
const letterOf = async (at: number) => {
  const { id } = floor.contacts[at]!;
  const letter = await floor.ports.store.load('message', id, letterMessageId((await walkOf(at)).id, 0));
  if (letter?.kind !== 'out') throw new Error('no letter was prepared');
  return letter;
};
const slotOf = async (at: number): Promise<Instant> => (await letterOf(at)).slots![0]!.at;
const onDay = (now: string) => ({ ...floor.ports, clock: { now: () => instant(now) } });

describe('a letter that offers an hour', () => {
  beforeEach(() => began(6));

  it('names its date, hour and city, and keeps the instant', async () => {
    expect(await prepared(0)).toMatchObject({ kind: 'prepared' });
    const { text, slots } = await letterOf(0);
    // It is Tuesday, 2 March; the next one is far enough off. Ten in Berlin is five in the afternoon in Ningbo.
    expect(slots).toEqual([{ wish: 'tuesday 10:00', at: '2027-03-09T09:00:00.000Z' }]);
    expect(text).toContain('would Tuesday, March 9 at 10:00 am (Berlin time) suit you?');
    expect(await reserved()).toEqual(['2027-03-09T09:00:00.000Z']);
  });

  it('is kept as it went, whatever a run that stood still saves over it later', async () => {
    await prepared(0);
    const first = await letterOf(0);
    await prepared(0, onDay('2027-03-03T09:00:00Z'));
    expect((await letterOf(0)).at).toBe('2027-03-03T09:00:00.000Z');
    const gone = { ...first, sesId: 'ses-1' as SesId, sentAt: first.at };
    await floor.ports.store.put('message', gone);
    await prepared(0, onDay('2027-03-04T09:00:00Z'));
    expect(await letterOf(0)).toEqual(gone);
  });

  it('never offers one twice, however many are written at once', async () => {
    await Promise.all(floor.contacts.map((_, at) => prepared(at)));
    const offered = await Promise.all(floor.contacts.map((_, at) => slotOf(at)));
    expect(new Set(offered).size).toBe(6);
    expect((await reserved()).toSorted()).toEqual(offered.toSorted());
  });

  it('offers the same again on a retry, while it is two working days off', async () => {
    await prepared(0);
    const first = await slotOf(0);
    await prepared(0, onDay('2027-03-05T08:00:00Z'));
    expect(await slotOf(0)).toBe(first);
    await prepared(0, onDay('2027-03-08T08:00:00Z'));
    expect(await slotOf(0)).toBe('2027-03-16T09:00:00.000Z');
    expect(await reserved()).toEqual(['2027-03-16T09:00:00.000Z']);
  });

  it('gives it back when the walk stops before it went', async () => {
    await prepared(0);
    await applyEvent(floor.ports, (await walkOf(0)).id, { kind: 'stopped-by-person' });
    expect(await reserved()).toEqual([]);
  });

  it.each([
    ['declines', 'not-interested', 0],
    ['asks', 'asks', 1],
  ] as const)('once it went, a person who %s leaves %s', async (_, intent, left) => {
    await prepared(0);
    const walk = await walkOf(0);
    const { letter } = walk;
    if (letter.kind !== 'planned') throw new Error('nothing is planned');
    const minute = Math.floor(Date.parse(letter.dueAt) / 60_000).toString(36);
    const ports = { ...floor.ports, clock: { now: () => letter.dueAt } };
    const tell = (event: Parameters<typeof applyEvent>[2]) => applyEvent(ports, walk.id, event);
    await tell({ kind: 'step-due', step: 0, minute, claim: 'c1' as never });
    await tell({ kind: 'step-sent', step: 0, claim: 'c1' as never, sesId: 's1' as never });
    await tell({ kind: 'replied', mail: 'm1', messageId: 'm1' as never, says: { intent } });
    expect(await reserved()).toHaveLength(left);
  });

  it('is held for a person where six weeks are full', async () => {
    const busy = {
      ...floor.ports,
      store: {
        ...floor.ports.store,
        listSlots: async () =>
          Array.from({ length: 48 * 120 }, (_, n) =>
            instant(Date.parse('2027-03-01T00:00:00Z') + n * 1_800_000),
          ),
      },
    };
    expect(await prepared(0, busy)).toEqual({ kind: 'invalid', rule: 'no-slot' });
  });
});

it('several hours in one letter are different ones, and a timetable is refused', async () => {
  const two = { ...STEPS[0]!, body: '{{ "tuesday 10:00" | slot }} or {{ "10:00" | slot }}?' };
  await began(1, [two]);
  await prepared(0);
  const { slots, text } = await letterOf(0);
  expect(slots!.map(({ at }) => at)).toEqual(['2027-03-09T09:00:00.000Z', '2027-03-04T09:00:00.000Z']);
  expect(text).toContain('Tuesday, March 9 at 10:00 am (Berlin time) or Thursday, March 4 at 10:00 am');
  floor.close();
  const hours = ['09:00', '10:00', '11:00', '12:00'].map((hour) => `{{ "${hour}" | slot }}`).join(' ');
  await began(1, [{ ...STEPS[0]!, body: hours }]);
  expect(await prepared(0)).toEqual({ kind: 'invalid', rule: 'too-many-slots' });
  expect(await reserved()).toEqual([]);
});
