// One caller who asks too fast is told when to come back; nobody else notices.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePace } from '../../../functions/api/pace.ts';
import { ApiProblem } from '../../../functions/api/problem.ts';
import { apiApp } from '../../../functions/api.ts';
import { Problem } from '../../../shared/api.ts';
import { plus } from '../../../shared/domain/instant.ts';
import type { Ports } from '../../../shared/ports.ts';
import { openWorld, START, TOKEN, type World } from './api-fixture.ts';

function paceOf(requestsPerSecond: number | undefined) {
  let now = START;
  const settings = requestsPerSecond === undefined ? {} : { requestsPerSecond };
  const pace = makePace({ settings: settings as Ports['settings'], clock: { now: () => now } });
  const waits = (caller: string): number => {
    try {
      pace(caller);
      return 0;
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 429) throw error;
      return Number(error.headers['Retry-After']);
    }
  };
  return { waits, pass: (ms: number) => (now = plus(now, ms)) };
}
const times = (count: number, run: () => number) => Array.from({ length: count }, run);

describe('the pace of a caller', () => {
  it('allows two seconds at once, then one request for each that has been earned', () => {
    const { waits, pass } = paceOf(5);
    expect(times(11, () => waits('a'))).toEqual([...Array(10).fill(0), 1]);
    pass(200);
    expect(times(2, () => waits('a'))).toEqual([0, 1]);
    pass(60_000);
    expect(times(11, () => waits('a'))).toEqual([...Array(10).fill(0), 1]);
  });

  it('is nobody else’s', () => {
    const { waits } = paceOf(1);
    times(9, () => waits('a'));
    expect(waits('b')).toBe(0);
  });

  it('says how long to wait, and whoever waits so long is heard', () => {
    const { waits, pass } = paceOf(0.1);
    const wait = times(2, () => waits('a'))[1] ?? 0;
    expect(wait).toBeGreaterThan(1);
    pass(wait * 1_000);
    expect(waits('a')).toBe(0);
  });

  it('of a thousand others makes nobody wait who has not asked', () => {
    const { waits } = paceOf(1);
    for (let n = 0; n < 3_000; n++) expect(waits(`c${n}`)).toBe(0);
  });

  it('is as they like where nothing is said', () => {
    const { waits } = paceOf(undefined);
    expect(new Set(times(1_000, () => waits('a')))).toEqual(new Set([0]));
  });
});

describe('the API', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it('answers 429 as a problem with Retry-After, before it reads or writes anything', async () => {
    const settings = { ...world.ports.settings, requestsPerSecond: 1 };
    const app = apiApp({ ...world.ports, settings });
    const ask = () => app.request('/v1/senders', { headers: { Authorization: `Bearer ${TOKEN}` } });
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('Retry-After')).toBe('1');
    expect(Problem.parse(await refused.json())).toMatchObject({ status: 429 });
  });
});
