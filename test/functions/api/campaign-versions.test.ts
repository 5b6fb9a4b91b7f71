// A campaign over time: what its launches took and refused, where its enrollments stand, and the next version of its letters.
import { beforeEach, describe, expect, it } from 'vitest';
import { LaunchReportPage } from '../../../shared/api/campaigns.ts';
import { EnrollmentPage, EnrollmentView } from '../../../shared/api/contacts.ts';
import { ANA, CAMPAIGN, idOf, START, useWorld } from './api-fixture.ts';

const world = useWorld();
const ask = (method: string, path: string, body?: unknown) => world.now().ask(method, path, body);
const ana = 'ana.silva@ferragens.example';
const bea = 'bea@drogaria.example';
const ID = 'autumn';

const STEPS = [
  {
    kind: 'letter',
    subject: 'Hand tools',
    body: 'Dear {{ contact.firstName }},\n\nfirst words.\n\nKind regards,\nJane Doe',
  },
  {
    kind: 'letter',
    delay: { days: 7 },
    body: 'Dear {{ contact.firstName }},\n\nmay I ask again?\n\nKind regards,\nJane Doe',
  },
];
const saveVersion = (steps: unknown) =>
  ask('POST', '/v1/sequences', { id: 'tools', name: 'Tools', language: 'en', steps });

beforeEach(async () => {
  await saveVersion(STEPS);
  await ask('POST', '/v1/suppressions', { address: 'never@again.example' });
  const contacts = [
    ANA,
    { ...ANA, address: 'never@again.example' },
    { ...ANA, address: 'no address' },
    { ...ANA, address: bea, firstName: 'Bea' },
  ];
  const given = {
    ...CAMPAIGN,
    id: ID,
    sequence: 'tools',
    contacts,
    skipRefused: true,
    acceptWarnings: 'all',
  };
  const made = await ask('POST', '/v1/campaigns', given);
  expect(made.status, await made.clone().text()).toBe(202);
  await world.now().workOff();
});

describe('the report of a launch', () => {
  it('is kept: everybody who was refused and why, by id and code alone', async () => {
    const response = await ask('GET', `/v1/campaigns/${ID}/reports`);
    const text = await response.text();
    expect(LaunchReportPage.parse(JSON.parse(text)).items).toMatchObject([
      {
        id: 'create',
        at: START,
        call: 'create',
        accepted: 2,
        refusedCount: 2,
        refused: [
          { index: 1, contactId: idOf('never@again.example'), reason: 'suppressed', pointer: '/address' },
          { index: 2, reason: 'invalid-address', pointer: '/address' },
        ],
      },
    ]);
    expect(text).not.toContain('@');
  });

  it('is one for each call that brought contacts, and none of what was refused whole', async () => {
    const contacts = [{ ...ANA, address: 'never@again.example' }];
    expect((await ask('POST', `/v1/campaigns/${ID}/contacts`, { contacts })).status).toBe(422);
    const more = [...contacts, { ...ANA, address: 'carla@loja.example', firstName: 'Carla' }];
    await ask('POST', `/v1/campaigns/${ID}/contacts`, {
      contacts: more,
      skipRefused: true,
      acceptWarnings: 'all',
    });
    const { items } = LaunchReportPage.parse(await (await ask('GET', `/v1/campaigns/${ID}/reports`)).json());
    expect(items.map(({ call, accepted, refusedCount }) => [call, accepted, refusedCount]).sort()).toEqual([
      ['add', 1, 1],
      ['create', 2, 2],
    ]);
  });
});

describe('enrollments of one state', () => {
  it('are listed page by page', async () => {
    await ask('POST', `/v1/enrollments/${idOf(bea)}-1/hold`, {});
    const found: Record<string, string[]> = {};
    for (const state of ['planned', 'held', 'stopped']) {
      const ids: string[] = [];
      let after = '';
      for (let page = 0; page < 10; page++) {
        const path = `/v1/campaigns/${ID}/enrollments?state=${state}&limit=1${after && `&after=${after}`}`;
        const { items, next } = EnrollmentPage.parse(await (await ask('GET', path)).json());
        expect(items.length).toBeLessThanOrEqual(1);
        ids.push(...items.map(({ contactId }) => contactId));
        if (!next) break;
        after = next;
      }
      found[state] = ids;
    }
    expect(found).toEqual({ planned: [idOf(ana)], held: [idOf(bea)], stopped: [] });
    expect((await ask('GET', `/v1/campaigns/${ID}/enrollments?state=lost`)).status).toBe(422);
  });
});

describe('the next version of a sequence', () => {
  const move = (version: number, more = {}) =>
    ask('POST', `/v1/campaigns/${ID}/version`, { version, acceptWarnings: 'all', ...more });
  const letter = async () =>
    JSON.stringify(await (await ask('GET', `/v1/enrollments/${idOf(ana)}-1/letter`)).json());

  it('writes the letters that have not gone; their minute stays', async () => {
    const before = EnrollmentView.parse(await (await ask('GET', `/v1/enrollments/${idOf(ana)}-1`)).json());
    expect(await letter()).toContain('first words');
    const [first, second] = STEPS;
    await saveVersion([{ ...first, body: first?.body.replace('first words', 'better words') }, second]);
    for (const status of ['done', 'again']) {
      const moved = await move(2);
      expect(moved.status, status).toBe(200);
      expect(await moved.json()).toMatchObject({ campaign: { sequenceVersion: 2 } });
    }
    expect(await letter()).toContain('better words');
    const after = EnrollmentView.parse(await (await ask('GET', `/v1/enrollments/${idOf(ana)}-1`)).json());
    expect(after).toMatchObject({ step: 0, dueAt: before.dueAt });
  });

  it('is refused where a letter of it cannot be written, and names whose', async () => {
    const [first, second] = STEPS;
    await saveVersion([{ ...first, body: `${first?.body} {{ contact.nickname }}` }, second]);
    const refused = await move(2);
    expect(refused.status).toBe(422);
    const { errors } = (await refused.json()) as { errors: { contactId: string; detail: string }[] };
    expect(errors.map(({ contactId }) => contactId).sort()).toEqual([idOf(ana), idOf(bea)].sort());
    expect(errors[0]?.detail).toContain('nickname');
    expect(await letter()).toContain('first words');
  });

  it.each([
    ['with a step less', [STEPS[0]], 'Step 1'],
    [
      'with another kind of step',
      [STEPS[0], { kind: 'task', delay: { days: 7 }, channel: 'call', text: 'Call' }],
      'Step 1',
    ],
  ])('%s is another campaign', async (_what, steps, words) => {
    await saveVersion(steps);
    expect(await (await move(2)).json()).toMatchObject({
      errors: [{ pointer: '/version', detail: expect.stringContaining(words) }],
    });
  });

  it('that does not exist, or of a campaign that is over, is refused', async () => {
    expect((await move(7)).status).toBe(422);
    await ask('POST', `/v1/campaigns/${ID}/stop`);
    expect((await move(2)).status).toBe(409);
  });
});
