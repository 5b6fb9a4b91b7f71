// The customer file through the API: grade, dossier, and suggestions that a person accepts or dismisses.
import { beforeEach, describe, expect, it } from 'vitest';
import { ContactAnswer } from '../../../shared/api/contacts.ts';
import type { Suggestion } from '../../../shared/domain/contact.ts';
import type { MessageId } from '../../../shared/domain/ids.ts';
import { ANA, CAMPAIGN, idOf, START, useWorld } from './api-fixture.ts';

const ana = idOf('ana.silva@ferragens.example');
const world = useWorld();
const ask = (method: string, path: string, body?: unknown) =>
  world.now().ask(method, `/v1/contacts/${ana}${path}`, body);
const contactAfter = async (method: string, path: string, body?: unknown) => {
  const response = await ask(method, path, body);
  expect(response.status, await response.clone().text()).toBe(200);
  return ContactAnswer.parse(await response.json()).contact;
};
const { grade: _given, ...UNGRADED } = ANA;
const launch = (over: object = {}) =>
  world.now().ask('POST', '/v1/campaigns', { ...CAMPAIGN, contacts: [{ ...UNGRADED, ...over }] });

describe('a grade', () => {
  it('is reckoned from factors, follows them, and gives way to a given one', async () => {
    await launch({ factors: { share: 5, value: 5 } });
    expect(await contactAfter('GET', '')).toMatchObject({ grade: 'A', gradeFrom: 'factors' });
    const worse = { factors: { share: 1, risk: 5 } };
    expect(await contactAfter('PATCH', '', worse)).toMatchObject({
      grade: 'C',
      factors: { value: 5, risk: 5 },
    });
    expect(await contactAfter('PATCH', '', { grade: 'A' })).toMatchObject({ grade: 'A', gradeFrom: 'given' });
    expect(await contactAfter('PATCH', '', { factors: { value: 1 } })).toMatchObject({ grade: 'A' });
    expect(await contactAfter('PATCH', '', { grade: null })).toMatchObject({
      grade: 'D',
      gradeFrom: 'factors',
    });
  });

  it('may stay open where too little is known', async () => {
    await launch({ factors: { risk: 2 } });
    expect((await contactAfter('GET', '')).grade).toBeUndefined();
    expect((await ask('PATCH', '', { factors: { risk: 6 } })).status).toBe(422);
  });
});

describe('a dossier', () => {
  beforeEach(() => launch({ source: 'Canton fair 2026', dossier: { company: { age: '40 years' } } }));

  it('keeps known and free fields of four sections, and where the contact comes from', async () => {
    const dossier = { company: { fairs: 'Hannover' }, negotiation: { payment: '30 % down' } };
    await contactAfter('PATCH', '', { dossier: { ...dossier, contact: { 'his dog': 'Rex' } } });
    expect(await contactAfter('GET', '')).toMatchObject({
      source: 'Canton fair 2026',
      dossier: {
        company: { age: '40 years', fairs: 'Hannover' },
        negotiation: { payment: '30 % down' },
        contact: { 'his dog': 'Rex' },
      },
    });
  });

  it('loses a field that is null, and a section that is empty', async () => {
    const { dossier } = await contactAfter('PATCH', '', { dossier: { company: { age: null } } });
    expect(dossier).toEqual({});
    expect((await ask('PATCH', '', { dossier: { family: {} } })).status).toBe(422);
  });
});

describe('a suggestion', () => {
  const suggestion = (field: Suggestion['field'], value: string): Suggestion => ({
    field,
    value,
    confidence: 0.9,
    messageId: 'm' as MessageId,
    at: START,
  });
  beforeEach(async () => {
    await launch();
    const { store } = world.now().ports;
    const contact = await store.load('contact', ana);
    if (!contact) throw new Error('launched before');
    const suggestions = [
      suggestion('title', 'Head of Purchasing'),
      suggestion('phone', '+351213456789'),
      suggestion('authority', 'decides up to 50,000 EUR'),
      suggestion('address', 'ana@new.example'),
      suggestion('company', 'Ferragens SA'),
    ];
    await store.put('contact', { ...contact, suggestions });
  });

  it.each([
    ['title', 'Head of Purchasing', { title: 'Head of Purchasing' }],
    ['company', 'Ferragens SA', { company: 'Ferragens SA' }],
    ['phone', '+351213456789', { phones: ['+351912345678', '+351213456789'] }],
    [
      'authority',
      'decides up to 50,000 EUR',
      { dossier: { contact: { authority: 'decides up to 50,000 EUR' } } },
    ],
    ['address', 'ana@new.example', { dossier: { contact: { otherAddress: 'ana@new.example' } } }],
  ] as const)('of a %s goes where it belongs once accepted', async (field, value, expected) => {
    const before = await contactAfter('GET', '');
    const dismissed = await contactAfter('POST', '/suggestions', { field, value, accept: false });
    expect({ ...dismissed, suggestions: [] }).toEqual({ ...before, suggestions: [] });
    const accepted = await contactAfter('POST', '/suggestions', { field, value, accept: true });
    expect(accepted).toMatchObject({ ...expected, address: before.address });
    expect(accepted.suggestions?.find((one) => one.field === field)?.settled).toBe('accepted');
  });

  it('that nobody made is not found', async () => {
    const response = await ask('POST', '/suggestions', { field: 'title', value: 'Queen', accept: true });
    expect(response.status).toBe(404);
  });
});
