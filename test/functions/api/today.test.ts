// The plan of one day through the API: whom I can reach when, what goes out by itself, and that something has changed.
import { beforeEach, describe, expect, it } from 'vitest';
import { PulseAnswer, TodayAnswer } from '../../../shared/api/today.ts';
import type { EnrollmentId, SenderId } from '../../../shared/domain/ids.ts';
import { DAY, HOUR, plus } from '../../../shared/domain/instant.ts';
import type { TaskKind } from '../../../shared/domain/task.ts';
import { ANA, BEN, CAMPAIGN, idOf, START, useWorld } from './api-fixture.ts';

// Monday, 08:00 in Lisbon, 09:00 in Berlin, 16:00 for Jane in Shanghai, 03:00 in New York.
const DANA = {
  ...ANA,
  address: 'dana@fleet.example',
  firstName: 'Dana',
  country: 'US',
  phones: ['+12125550123'],
  zone: 'America/New_York',
};
const LUPE = {
  ...ANA,
  address: 'lupe@isla.example',
  firstName: 'Lupe',
  country: 'US',
  phones: ['+12125550123'],
  zone: 'Pacific/Honolulu',
};
const walkOf = (address: string) => `${idOf(address.toLowerCase())}-1` as EnrollmentId;

const world = useWorld();
const today = async (query = '') =>
  TodayAnswer.parse(await (await world.now().ask('GET', `/v1/today${query}`)).json());
const pulse = async () => PulseAnswer.parse(await (await world.now().ask('GET', '/v1/pulse')).json());
const addTask = (address: string, kind: TaskKind, over: object = {}) =>
  world.now().addTask(walkOf(address), kind, { id: `${kind}-${address}` as never, dueAt: START, ...over });

beforeEach(async () => {
  const contacts = [ANA, BEN, DANA, LUPE];
  const answer = await world
    .now()
    .ask('POST', '/v1/campaigns', { ...CAMPAIGN, contacts, acceptWarnings: 'all' });
  expect(answer.status, await answer.clone().text()).toBe(202);
  await world.now().workOff();
});

describe('whom to reach', () => {
  it('is told by their own daytime, and where the two days do not meet, that they do not', async () => {
    for (const { address } of [ANA, BEN, DANA, LUPE]) await addTask(address, 'call');
    const { at, tasks } = await today();
    expect(at).toBe(START);
    const reach = Object.fromEntries(
      tasks.map(({ name, reachAt, noSharedHour }) => [name?.split(' ')[0], [reachAt, noSharedHour]]),
    );
    // Their week's first working day opens at noon.
    expect(reach.Ana).toEqual(['2026-11-23T12:00:00.000Z', undefined]);
    expect(reach.Ben).toEqual(['2026-11-23T11:00:00.000Z', undefined]);
    expect(reach.Dana?.[1]).toBe(true);
    // 14:00 in Honolulu, when Jane's own day has begun.
    expect(reach.Lupe).toEqual(['2026-11-24T00:00:00.000Z', undefined]);
  });

  it('names nobody for work that no telephone does', async () => {
    await addTask(ANA.address, 'find-another-way');
    const [task] = (await today()).tasks;
    expect(task).toMatchObject({ kind: 'find-another-way', name: 'Ana Silva', company: 'Ferragens Lda' });
    expect(task?.reachAt).toBe(undefined);
    expect(task?.outcomes).toContain('found');
  });
});

describe('what goes out', () => {
  it('is what leaves before my own midnight, with the minute on both walls and the reasons', async () => {
    const at = START;
    const { letters } = await today();
    for (const letter of letters) {
      expect(letter.at > at && letter.at < plus(at, DAY)).toBe(true);
      expect(letter.ours).toMatchObject({ zone: 'Asia/Shanghai', date: '2026-11-23' });
      expect(letter.reasons.length).toBeGreaterThan(0);
      expect(letter.reasons.every(({ en, zh }) => en !== zh)).toBe(true);
    }
    expect(letters.map(({ at }) => at)).toEqual(letters.map(({ at }) => at).toSorted());
    expect(letters.map(({ name }) => name)).toContain('Ana Silva');
  });

  it('is mine only, where one sender asks', async () => {
    await addTask(ANA.address, 'call');
    await addTask(BEN.address, 'call', { senderId: 'lee' as SenderId });
    expect((await today('?sender=jane')).tasks.map(({ name }) => name)).toEqual(['Ana Silva']);
    const lee = await today('?sender=lee');
    expect(lee.tasks.map(({ name }) => name)).toEqual(['Ben Braun']);
    expect(lee.letters).toEqual([]);
  });
});

describe('the pulse', () => {
  it('beats otherwise when work comes, moves or goes, and only then', async () => {
    const quiet = await pulse();
    world.now().pass(HOUR);
    expect((await pulse()).mark).toBe(quiet.mark);
    const path = await addTask(ANA.address, 'custom');
    const busy = await pulse();
    expect(busy).toMatchObject({ openTasks: 1 });
    expect(busy.mark).not.toBe(quiet.mark);
    expect((await world.now().ask('POST', `${path}/outcome`, { outcome: 'done' })).status).toBe(200);
    expect(await pulse()).toMatchObject({ openTasks: 0, mark: quiet.mark });
  });
});
