// "Why then?" through the API: one step of a running walk, and the whole plan before a launch, by the calls that send.
import { describe, expect, it } from 'vitest';
import { EnrollmentPage, NextStepView } from '../../../shared/api/contacts.ts';
import { PreviewAnswer } from '../../../shared/api/previews.ts';
import { SENDER, START, useWorld } from './api-fixture.ts';

const world = useWorld();
const STEPS = [
  {
    kind: 'letter',
    subject: 'Tools',
    body: 'Dear {{ contact.firstName }},\n\ndo you need some?\n\nJane Doe',
  },
  {
    kind: 'letter',
    delay: { days: 7 },
    body: 'Dear {{ contact.firstName }},\n\nwould {{ "tuesday 10:00" | slot }} suit you?\n\nJane Doe',
  },
];
const SEQUENCE = { id: 'two', name: 'Two letters', language: 'en', steps: STEPS };
const people = (country: string, ...names: readonly string[]) =>
  names.map((name) => ({
    address: `${name.toLowerCase()}@${name.toLowerCase()}.example`,
    firstName: name,
    company: name,
    country,
  }));

async function launched(contacts: readonly object[], given: object = {}) {
  const { ask, workOff } = world.now();
  const body = { id: 'autumn', name: 'Autumn', launch: true, acceptWarnings: 'all', contacts };
  const made = await ask('POST', '/v1/campaigns', { sender: SENDER, sequence: SEQUENCE, ...body, ...given });
  expect(made.status, await made.clone().text()).toBe(202);
  expect(await workOff()).toBe(0);
  const listed = await ask('GET', '/v1/campaigns/autumn/enrollments');
  return EnrollmentPage.parse(await listed.json()).items;
}
const nextOf = async (id: string) =>
  NextStepView.parse(await (await world.now().ask('GET', `/v1/enrollments/${id}/next`)).json());
async function previewed(contacts: readonly object[], given: object = {}) {
  const body = { sender: SENDER, sequence: SEQUENCE, contacts, ...given };
  const answer = await world.now().ask('POST', '/v1/campaigns/preview', body);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return PreviewAnswer.parse(await answer.json()).contacts;
}

describe('the next step of a walk', () => {
  it('is told with both walls and its reasons in both languages', async () => {
    const [walk] = await launched(people('DE', 'Ana'));
    const next = await nextOf(walk!.id);
    expect(next).toMatchObject({ enrollmentId: walk!.id, state: 'planned', step: 0, at: walk!.dueAt });
    expect(next.theirs!.zone).toBe('Europe/Berlin');
    expect(next.theirs!.time >= '09:00' && next.theirs!.time < '11:30').toBe(true);
    expect(next.ours).toMatchObject({ zone: 'Asia/Shanghai', date: next.theirs!.date });
    expect(next.reasons.at(-1)).toEqual({
      rule: 'spread',
      en: 'spread over what is open on that day',
      zh: '在当天可用时间内错开',
    });
  });

  it('is held by a person without a moment, and over where the walk has ended', async () => {
    const [walk] = await launched(people('DE', 'Ana'));
    const { ask } = world.now();
    await ask('POST', `/v1/enrollments/${walk!.id}/hold`, {});
    const held = await nextOf(walk!.id);
    expect(held.at).toBeUndefined();
    expect(held.reasons).toMatchObject([{ rule: 'held', en: 'held: person' }]);
    await ask('POST', `/v1/enrollments/${walk!.id}/stop`);
    expect(await nextOf(walk!.id)).toEqual({ enrollmentId: walk!.id, state: 'stopped', reasons: [] });
    expect((await ask('GET', '/v1/enrollments/nobody-1/next')).status).toBe(404);
  });
});

describe('the plan before a launch', () => {
  it('is what the launch then does, within the quota and by grade', async () => {
    const [ana, bea, eva] = people('DE', 'Ana', 'Bea', 'Eva');
    const contacts = [{ ...ana, grade: 'C' }, { ...bea, grade: 'A' }, { ...eva }];
    const sender = { ...SENDER, dailyQuota: 1 };
    const plans = await previewed(contacts, { sender });
    const firsts = plans.map(({ plan }) => plan[0]!.at);
    expect(firsts[1]! < firsts[0]! && firsts[0]! < firsts[2]!).toBe(true);
    expect(plans.map(({ plan }) => plan.map(({ step, kind }) => `${step} ${kind}`))).toEqual(
      Array.from({ length: 3 }, () => ['0 letter', '1 letter']),
    );
    expect(plans[0]!.plan[0]!.reasons.map(({ rule }) => rule)).toContain('day-full');
    const walks = await launched(contacts, { sender });
    expect(walks.map(({ dueAt }) => dueAt).toSorted()).toEqual(firsts.toSorted());
  });

  it('asks the seasons, unless the campaign ignores them', async () => {
    world.now().pass(Date.parse('2026-12-28T06:00:00Z') - Date.parse(START));
    const careful = await previewed(people('DE', 'Ana'));
    expect(careful[0]!.plan[0]!.reasons.map(({ rule }) => rule)).toContain('season-christmas');
    const blunt = await previewed(people('DE', 'Ana'), { seasons: 'ignore' });
    expect(blunt[0]!.plan[0]!.at < careful[0]!.plan[0]!.at).toBe(true);
    const [walk] = await launched(people('DE', 'Ana'), { seasons: 'ignore' });
    expect(walk!.dueAt).toBe(blunt[0]!.plan[0]!.at);
  });

  it('shows the hour that a letter would offer now, and reserves nothing', async () => {
    const { ports } = world.now();
    const [before] = await previewed(people('DE', 'Ana'));
    expect(before!.letters[1]!.text).toContain(
      'would Tuesday, December 1 at 10:00 am (Berlin time) suit you?',
    );
    await ports.store.reserveSlot(
      'jane' as never,
      '2026-12-01T09:00:00.000Z' as never,
      'somebody',
      '2026-12-01T09:00:00.000Z' as never,
    );
    const [after] = await previewed(people('DE', 'Ana'));
    expect(after!.letters[1]!.text).toContain('would Tuesday, December 1 at 9:30 am (Berlin time) suit you?');
  });
});
