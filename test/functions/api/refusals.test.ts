// Bad input: each gets a clear answer that names the field and the fix, and leaves the table as it was.
import { describe, expect, it } from 'vitest';
import { BODY_BYTES_MAX, CONTACTS_PER_CALL_MAX, Problem } from '../../../shared/api.ts';
import { ANA, BEN, CAMPAIGN, idOf, SENDER, SEQUENCE, useWorld } from './api-fixture.ts';

const world = useWorld();

/** Asks, and proves that nothing was written, queued or timed. */
async function refused(path: string, body: unknown, headers: Record<string, string> = {}) {
  const before = await world.now().items();
  const queued = world.now().pages.length;
  const response = await world.now().ask('POST', path, body, headers);
  expect(response.headers.get('content-type'), await response.clone().text()).toBe(
    'application/problem+json',
  );
  const problem = Problem.parse(await response.json());
  expect(problem.requestId).toBe(response.headers.get('relance-request-id'));
  expect(await world.now().items()).toEqual(before);
  expect(world.now().pages).toHaveLength(queued);
  expect(world.now().timers).toEqual([]);
  return { status: response.status, problem, errors: problem.errors ?? [] };
}

const withAna = (over: object) => ({ ...CAMPAIGN, contacts: [BEN, { ...ANA, ...over }] });
const withStep = (step: object) => ({
  ...CAMPAIGN,
  sequence: { ...SEQUENCE, steps: [{ ...SEQUENCE.steps[0], ...step }] },
});

const BAD: readonly (readonly [what: string, body: object, pointer: string, fix: RegExp])[] = [
  ['an invalid address', withAna({ address: 'ana@@ferragens' }), '/contacts/1/address', /name@example\.com/],
  ['a display name', withAna({ address: 'Ana <ana@f.example>' }), '/contacts/1/address', /bare address/],
  ['an unknown zone', withAna({ zone: 'Europe/Lisboa' }), '/contacts/1/zone', /Europe\/Lisbon/],
  ['an unknown country', withAna({ country: 'Portugal' }), '/contacts/1/country', /two letters/],
  [
    'no phone number',
    withAna({ phones: ['+351912345678', 'call me'] }),
    '/contacts/1/phones/1',
    /country code/,
  ],
  ['an unknown language', withAna({ language: 'not a tag' }), '/contacts/1/language', /BCP 47/],
  [
    'a missing field of a letter',
    withAna({ fields: {} }),
    '/contacts/1/fields/why',
    /\{\{ contact\.why \}\}/,
  ],
  ['an empty field of a letter', withAna({ fields: { why: ' ' } }), '/contacts/1/fields/why', /no value/],
  [
    'a missing name in a letter',
    withAna({ firstName: undefined }),
    '/contacts/1/firstName',
    /contact\.firstName/,
  ],
  ['a misspelt field', withAna({ adress: 'x' }), '/contacts/1/adress', /spelling/],
  ['a wrong type', withAna({ firstName: 7 }), '/contacts/1/firstName', /expected string/],
  ['a line break in a name', withAna({ firstName: 'Ana\nBcc: x' }), '/contacts/1/firstName', /one line/],
  [
    'a field that no template can name',
    withAna({ fields: { 'why now': 'x' } }),
    '/contacts/1/fields/why now',
    /letter/,
  ],
  [
    'the same contact twice',
    { ...CAMPAIGN, contacts: [ANA, BEN, { ...ANA, address: 'ana.silva@FERRAGENS.example' }] },
    '/contacts/2/address',
    /\/contacts\/0/,
  ],
  [
    'a template variable of no letter',
    withStep({ body: 'Dear {{ contcat.firstName }}' }),
    '/sequence/steps/0/body',
    /contcat\.firstName/,
  ],
  ['a broken template', withStep({ body: 'Dear {{ contact.firstName' }), '/sequence/steps/0/body', /Line 1/],
  [
    'a first letter without subject',
    withStep({ subject: undefined }),
    '/sequence/steps/0/subject',
    /subject/,
  ],
  [
    'a letter with a placeholder',
    withStep({ body: 'Dear [Name], {{ contact.why }}' }),
    '/contacts/0',
    /\[Name\]/,
  ],
  ['an unknown sender', { ...CAMPAIGN, sender: 'nobody' }, '/sender', /create it/],
  ['an unknown sequence', { ...CAMPAIGN, sequence: 'nothing' }, '/sequence', /create it/],
  [
    'a sender in an unknown zone',
    { ...CAMPAIGN, sender: { ...SENDER, zone: 'China' } },
    '/sender/zone',
    /IANA/,
  ],
  [
    'a sender without postal address',
    { ...CAMPAIGN, sender: { ...SENDER, postalAddress: undefined } },
    '/sender/postalAddress',
    /missing/,
  ],
  [
    'a sender id that no token can carry',
    { ...CAMPAIGN, sender: { ...SENDER, id: 'jane-1' } },
    '/sender/id',
    /2-7/,
  ],
  ['a campaign id with a slash', { ...CAMPAIGN, id: 'a/b' }, '/id', /a-z/],
  ['no name', { ...CAMPAIGN, name: undefined }, '/name', /missing/],
  ['a launch without contacts', { ...CAMPAIGN, contacts: [] }, '/contacts', /at least one/],
  [
    'too many contacts',
    { ...CAMPAIGN, contacts: Array.from({ length: CONTACTS_PER_CALL_MAX + 1 }, () => ANA) },
    '/contacts',
    /at most/,
  ],
  ['unknown fields of the call', { ...CAMPAIGN, lunch: true }, '/lunch', /spelling/],
];

describe('a launch is refused and nothing written', () => {
  it.each(BAD)('for %s', async (_what, body, pointer, fix) => {
    const { status, errors } = await refused('/v1/campaigns', body);
    expect(status).toBe(422);
    const fault = errors.find((one) => one.pointer === pointer);
    expect(fault, JSON.stringify(errors)).toBeDefined();
    expect(fault?.detail).toMatch(fix);
  });

  it('naming every contact at fault at once, and counting those it does not name', async () => {
    const contacts = Array.from({ length: 150 }, (_, at) => ({ ...ANA, address: `nobody-${at}` }));
    const { problem, errors } = await refused('/v1/campaigns', { ...CAMPAIGN, contacts });
    expect(errors).toHaveLength(100);
    expect(problem.errorCount).toBe(150);
    expect(errors[99]?.pointer).toBe('/contacts/99/address');
  });

  it("never for a field named __proto__, which is nobody's field", async () => {
    const text = JSON.stringify(CAMPAIGN).replace('"fields":{', '"fields":{"__proto__":"x",');
    const response = await world.now().ask('POST', '/v1/campaigns', text);
    expect(response.status).toBe(202);
    const contact = await world.now().ports.store.load('contact', idOf('ana.silva@ferragens.example'));
    expect(contact?.fields).toEqual(ANA.fields);
  });

  it('for a suppressed contact', async () => {
    await world.now().ask('POST', '/v1/campaigns', { ...CAMPAIGN, id: 'before', launch: false });
    await world.now().ask('POST', `/v1/contacts/${idOf('ben@baumarkt.example')}/suppress`);
    const { errors } = await refused('/v1/campaigns', CAMPAIGN);
    expect(errors).toMatchObject([{ pointer: '/contacts/1/address', reason: 'suppressed' }]);
  });

  it('for a contact of a suppressed company', async () => {
    await world.now().ask('POST', '/v1/suppressions', { domain: 'Baumarkt.Example' });
    const { errors } = await refused('/v1/campaigns', CAMPAIGN);
    expect(errors).toMatchObject([{ pointer: '/contacts/1/address', reason: 'suppressed-domain' }]);
  });

  it('for a contact in an open enrollment elsewhere, unless asked to leave out such contacts', async () => {
    const { ask, timers, workOff } = world.now();
    await ask('POST', '/v1/campaigns', { ...CAMPAIGN, contacts: [BEN] });
    await workOff();
    timers.length = 0;
    const second = { ...CAMPAIGN, id: 'winter', sender: 'jane' };
    const { errors } = await refused('/v1/campaigns', second);
    expect(errors).toMatchObject([{ pointer: '/contacts/1/address', reason: 'in-another-campaign' }]);
    expect(errors[0]?.detail).toContain('/stop');

    const response = await ask('POST', '/v1/campaigns', { ...second, skipRefused: true });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({
      accepted: 1,
      refused: [{ pointer: '/contacts/1/address', reason: 'in-another-campaign' }],
    });
  });

  it('for a contact that is in this campaign already', async () => {
    const { ask, timers, workOff } = world.now();
    await ask('POST', '/v1/campaigns', CAMPAIGN);
    await workOff();
    timers.length = 0;
    const { errors } = await refused('/v1/campaigns/autumn/contacts', { contacts: [ANA] });
    expect(errors).toMatchObject([{ pointer: '/contacts/0/address', reason: 'in-this-campaign' }]);
  });

  it('where every contact is refused, although asked to skip them', async () => {
    const body = { ...CAMPAIGN, contacts: [{ ...ANA, address: 'nobody' }], skipRefused: true };
    expect((await refused('/v1/campaigns', body)).status).toBe(422);
  });

  it('for contacts added to a paused campaign', async () => {
    const { ask, timers, workOff } = world.now();
    await ask('POST', '/v1/campaigns', { ...CAMPAIGN, contacts: [BEN] });
    await workOff();
    timers.length = 0;
    await ask('POST', '/v1/campaigns/autumn/pause');
    const { status, problem } = await refused('/v1/campaigns/autumn/contacts', { contacts: [ANA] });
    expect(status).toBe(409);
    expect(problem.detail).toContain('/v1/campaigns/autumn/resume');
  });
});

describe('a body that cannot be read is refused', () => {
  it.each([
    ['{"name": "Autumn",\n "contacts": [}', /line 2, column 15: expected a value or "\]"/],
    ['{"name": "Autumn"', /line 1, column 18: expected "," or the closing bracket/],
    ["{'name': 1}", /line 1, column 2: expected a field name in double quotes/],
    ['', /line 1, column 1: expected a value/],
  ])('as malformed JSON, saying where: %j', async (body, where) => {
    const { status, problem } = await refused('/v1/campaigns', body);
    expect(status).toBe(400);
    expect(problem.detail).toMatch(where);
  });

  it('where it is larger than 5 MB, whether or not its length is announced', async () => {
    const body = JSON.stringify({ ...CAMPAIGN, name: 'x'.repeat(BODY_BYTES_MAX) });
    const announced = await refused('/v1/campaigns', body);
    expect(announced.status).toBe(413);
    expect(announced.problem.detail).toContain(String(BODY_BYTES_MAX));
    expect(
      (await refused('/v1/campaigns', '{}', { 'Content-Length': String(BODY_BYTES_MAX + 1) })).status,
    ).toBe(413);
  });

  it('where it says that it is something else', async () => {
    const { status, problem } = await refused('/v1/campaigns', 'a=b', {
      'Content-Type': 'application/x-www-form-urlencoded',
    });
    expect(status).toBe(415);
    expect(problem.detail).toContain('application/json');
  });

  it('where it is no object', async () => {
    expect((await refused('/v1/campaigns', [])).status).toBe(422);
    expect((await refused('/v1/senders', null)).status).toBe(422);
  });
});
