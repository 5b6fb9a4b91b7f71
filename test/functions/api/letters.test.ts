// Letters through the API: looked at before anything is saved, tried on oneself, written for one contact, and warned about once.
import { describe, expect, it } from 'vitest';
import { CampaignAnswer } from '../../../shared/api/campaigns.ts';
import { PreviewAnswer, TestLetterAnswer } from '../../../shared/api/previews.ts';
import { Problem } from '../../../shared/api.ts';
import type { CampaignId, SequenceId } from '../../../shared/domain/ids.ts';
import type { OutgoingMail } from '../../../shared/ports.ts';
import { ANA, BEN, CAMPAIGN, idOf, SENDER, SEQUENCE, useWorld } from './api-fixture.ts';

const world = useWorld();
const ana = idOf('ana.silva@ferragens.example');

const PARTS = {
  who: 'Dear {{ contact.firstName }},\n\nI am {{ sender.name }} of {{ sender.company }}.',
  why: '{{ contact.why }}',
  how: 'We look for one partner in {{ contact.country }}.',
  contact: 'See [our catalogue](https://acme.example/catalogue).\n\nKind regards,\nJane Doe',
};
const IN_PARTS = {
  id: 'in-parts',
  name: 'In parts',
  language: 'en',
  steps: [
    { kind: 'letter', subject: 'Hand tools for {{ contact.company }}', ...PARTS },
    { ...SEQUENCE.steps[1], bodyAfterAbsence: 'Dear {{ contact.firstName }},\n\nWelcome back.\n\nJane Doe' },
  ],
};
const WITH_PARTS = { ...CAMPAIGN, sequence: IN_PARTS };

async function previewed(body: object) {
  const before = await world.now().items();
  const response = await world.now().ask('POST', '/v1/campaigns/preview', body);
  expect(response.status, await response.clone().text()).toBe(200);
  expect(await world.now().items(), 'a preview saves nothing').toEqual(before);
  return PreviewAnswer.parse(await response.json()).contacts;
}
async function launched(body: object, path = '/v1/campaigns') {
  const response = await world.now().ask('POST', path, body);
  expect(response.status, await response.clone().text()).toBeLessThan(300);
  return CampaignAnswer.parse(await response.json());
}
async function refused(body: object, path = '/v1/campaigns') {
  const before = await world.now().items();
  const response = await world.now().ask('POST', path, body);
  expect(response.status).toBe(422);
  expect(await world.now().items()).toEqual(before);
  return Problem.parse(await response.json()).errors ?? [];
}

describe('a preview', () => {
  it('shows every letter to every contact as it would go out, with what the lint says', async () => {
    const [first, second] = await previewed({
      sender: SENDER,
      sequence: IN_PARTS,
      contacts: [ANA, { ...BEN, lawfulBasis: undefined }],
    });
    expect(first?.letters.map(({ step, context }) => [step, context])).toEqual([
      [0, 'no-answer'],
      [1, 'no-answer'],
      [1, 'back-from-absence'],
    ]);
    const [letter, followUp, back] = first?.letters ?? [];
    expect(letter).toMatchObject({
      subject: 'Hand tools for Ferragens Lda',
      spelling: 'checked',
      findings: [],
    });
    expect(letter?.text).toContain('We look for one partner in Portugal.');
    expect(letter?.text).toContain('our catalogue (https://acme.example/catalogue)');
    expect(letter?.html).toContain('<a href="https://acme.example/catalogue">our catalogue</a>');
    expect(letter?.text).toContain('https://relance.example.com/u/preview');
    expect(followUp?.text).toContain('> Dear Ana,');
    expect(back?.text).toContain('Welcome back.');
    expect(second?.letters[0]?.findings).toMatchObject([
      { rule: 'lawful-basis', severity: 'warning', fingerprint: expect.stringMatching(/^[a-z2-7]{20}$/) },
    ]);
  });

  it('says what is wrong with a contact or a letter instead of refusing to show the others', async () => {
    const contacts = [
      { ...ANA, address: 'nobody' },
      { ...ANA, fields: {} },
      { ...BEN, firstName: 'Bob' },
    ];
    const [nobody, holey, bob] = await previewed({ sender: SENDER, sequence: SEQUENCE, contacts });
    expect(nobody).toMatchObject({ letters: [], refused: [{ pointer: '/contacts/0/address' }] });
    expect(holey?.letters[0]).toMatchObject({ findings: [{ rule: 'missing-value', words: 'contact.why' }] });
    expect(holey?.letters[0]?.text).toBeUndefined();
    expect(bob?.letters).toHaveLength(2);
  });

  it('compares the whys of different companies', async () => {
    const contacts = [ANA, { ...BEN, fields: ANA.fields }];
    const answers = await previewed({ sender: SENDER, sequence: IN_PARTS, contacts });
    for (const { letters } of answers)
      expect(letters[0]?.findings).toMatchObject([{ rule: 'same-why', part: 'why' }]);
  });

  it('says that nobody reads the spelling of a language without a dictionary', async () => {
    const sequence = { ...SEQUENCE, language: 'fi' };
    const [one] = await previewed({ sender: SENDER, sequence, contacts: [ANA] });
    expect(one?.letters[0]).toMatchObject({ language: 'fi', spelling: 'no-dictionary' });
  });
});

describe('a test letter', () => {
  const sent: OutgoingMail[] = [];
  const asking = async (body: object) => {
    sent.length = 0;
    Object.assign(world.now().ports.mailer, {
      send: async (mail: OutgoingMail) => {
        sent.push(mail);
        return { kind: 'accepted', sesId: 'ses-1' };
      },
    });
    return world.now().ask('POST', '/v1/campaigns/test-letter', body);
  };

  it("goes to the sender's own address alone, marked, and is recorded nowhere", async () => {
    const before = await world.now().items();
    const response = await asking({ sender: SENDER, sequence: IN_PARTS, contact: ANA });
    const answer = TestLetterAnswer.parse(await response.json());
    expect(answer).toMatchObject({ sentTo: 'jane@acme.example', letter: { step: 0, findings: [] } });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ from: 'jane@acme.example', to: ['jane@acme.example'] });
    expect(Object.keys(sent[0]?.tags ?? {})).toEqual(['test']);
    const raw = new TextDecoder().decode(sent[0]?.raw);
    expect(raw).toContain('Subject: [Test] Hand tools for Ferragens Lda');
    expect(raw).not.toContain('ana.silva@');
    expect(raw).not.toMatch(/List-Unsubscribe|reply\.example\.com>?\r\nReply-To/);
    expect(await world.now().items()).toEqual(before);
  });

  it('of a follow-up takes the words for whoever was away, where it has some', async () => {
    const context = 'back-from-absence';
    const response = await asking({ sender: SENDER, sequence: IN_PARTS, contact: ANA, step: 1, context });
    expect(TestLetterAnswer.parse(await response.json()).letter.text).toContain('Welcome back.');
  });

  it.each([
    ['a step that is no letter', { step: 7 }, '/step'],
    ['a letter that cannot be written', { contact: { ...ANA, fields: {} } }, '/contact'],
    ['an address that is none', { contact: { ...ANA, address: 'x' } }, '/contact/address'],
  ])('is refused for %s, and nothing is sent', async (_what, over, pointer) => {
    const response = await asking({ sender: SENDER, sequence: IN_PARTS, contact: ANA, ...over });
    expect(response.status).toBe(422);
    expect(Problem.parse(await response.json()).errors).toMatchObject([{ pointer }]);
    expect(sent).toEqual([]);
  });
});

describe('a letter written for one contact', () => {
  const OWN = {
    ...ANA,
    letters: { '0': { why: 'Your window in Rua de Cedofeita shows {{ contact.company }} pliers.' } },
  };
  const stored = () => world.now().ports.store.load('letters', ana, 'autumn' as CampaignId);

  it('overrides the template part by part, and is frozen as it was read', async () => {
    await launched({ ...WITH_PARTS, contacts: [OWN, BEN] });
    expect(await stored()).toMatchObject({
      steps: {
        '0': {
          subject: 'Hand tools for Ferragens Lda',
          why: 'Your window in Rua de Cedofeita shows Ferragens Lda pliers.',
          how: 'We look for one partner in Portugal.',
          language: 'en',
        },
      },
    });
    const campaign = await world.now().ports.store.load('campaign', 'autumn' as CampaignId);
    expect(campaign?.hasOwnLetters).toBe(true);
    const contact = await world.now().ports.store.load('contact', ana);
    expect(contact).not.toHaveProperty('letters');
  });

  it('stays as it is when the contact is added again without it', async () => {
    await launched({ ...WITH_PARTS, contacts: [OWN, BEN], launch: false });
    const before = await stored();
    await launched({ contacts: [{ ...ANA, title: 'Owner' }] }, '/v1/campaigns/autumn/contacts');
    expect(await stored()).toEqual(before);
  });

  it('fills a part that the template leaves to it, and is asked for where it is missing', async () => {
    const { why: _why, ...rest } = PARTS;
    const steps = [{ kind: 'letter', subject: 'Tools', ...rest }];
    const body = { ...CAMPAIGN, sequence: { ...IN_PARTS, steps }, contacts: [OWN, BEN] };
    expect(await refused(body)).toMatchObject([{ pointer: '/contacts/1', reason: 'letter' }]);
    await launched({ ...body, contacts: [OWN] });
  });

  it.each([
    ['a step that is none', { '7': { body: 'x' } }, '/contacts/0/letters/7'],
    ['a variable that nobody knows', { '0': { why: '{{ contcat.x }}' } }, '/contacts/0/letters/0/why'],
    ['a broken template', { '0': { how: '{{ contact.why' } }, '/contacts/0/letters/0/how'],
    ['a missing value', { '0': { how: '{{ contact.plan }}' } }, '/contacts/0/letters/0/how'],
    ['a body and parts at once', { '1': { body: 'x', why: 'y' } }, '/contacts/0/letters/1/body'],
    ['a placeholder', { '0': { why: 'Dear [Name]' } }, '/contacts/0'],
    ['a key that is no step', { first: { why: 'x' } }, '/contacts/0/letters/first'],
  ])('is refused for %s', async (_what, letters, pointer) => {
    const errors = await refused({ ...WITH_PARTS, contacts: [{ ...ANA, letters }] });
    expect(errors[0]?.pointer).toBe(pointer);
  });
});

describe('a warning', () => {
  const DOUBTFUL = {
    ...CAMPAIGN,
    sequence: {
      ...SEQUENCE,
      steps: [
        {
          ...SEQUENCE.steps[0],
          body: 'Dear {{ contact.firstName }},\n\nplease recieve our offer!!!\n\nJane Doe',
        },
      ],
    },
  };

  it('keeps a launch waiting, each once with its number of contacts, until it is accepted', async () => {
    const errors = await refused(DOUBTFUL);
    expect(errors.map(({ reason }) => reason)).toEqual(['warning:spelling', 'warning:repeated-punctuation']);
    expect(errors[0]).toMatchObject({
      pointer: '/contacts/0',
      detail: expect.stringContaining('2 contacts have it'),
    });
    const acceptWarnings = errors.map(({ fingerprint }) => fingerprint);
    expect(await refused({ ...DOUBTFUL, acceptWarnings: acceptWarnings.slice(0, 1) })).toHaveLength(1);
    await launched({ ...DOUBTFUL, acceptWarnings });
  });

  it('is accepted once: neither the launch of the draft nor a later contact asks again', async () => {
    const draft = await launched({ ...DOUBTFUL, contacts: [ANA], launch: false });
    expect(draft.warnings).toHaveLength(2);
    expect(await refused({}, '/v1/campaigns/autumn/launch')).toHaveLength(2);
    await launched({ acceptWarnings: 'all' }, '/v1/campaigns/autumn/launch');
    const { lawfulBasis: _basis, ...ben } = BEN;
    const errors = await refused({ contacts: [ben] }, '/v1/campaigns/autumn/contacts');
    expect(errors).toMatchObject([
      { reason: 'warning:lawful-basis', detail: expect.stringContaining('UWG') },
    ]);
    await launched({ contacts: [BEN] }, '/v1/campaigns/autumn/contacts');
  });

  it('never counts as a reason to leave a contact out', async () => {
    expect(await refused({ ...DOUBTFUL, skipRefused: true })).toHaveLength(2);
  });
});

describe('a campaign that names no sequence', () => {
  const fields = {
    product: 'hand tools for workshops',
    why: 'Your new shop in Porto sells what we make.',
    how: 'We look for one partner in Portugal and would begin with a sample set.',
    productUrl: 'https://acme.example/tools',
  };
  const { sequence: _sequence, ...UNNAMED } = { ...CAMPAIGN, contacts: [{ ...ANA, fields }] };

  it('takes the built-in one: the four parts, and a week later the follow-up, and calls by grade', async () => {
    const answer = await launched(UNNAMED);
    const { store } = world.now().ports;
    const sequence = await store.load('sequence', answer.campaign.sequenceId as SequenceId, 1);
    const letters = sequence?.steps.filter((step) => step.kind === 'letter');
    expect(letters?.map((step) => step.delay)).toEqual([{ days: 0 }, { days: 7 }]);
    const calls = sequence?.steps.flatMap((step) =>
      step.kind === 'task' ? [[step.grades, step.delay]] : [],
    );
    expect(calls).toEqual([
      [['A'], { workingDays: 2 }],
      [['A'], { workingDays: 2 }],
      [['B', 'C'], { workingDays: 3 }],
    ]);
    expect(sequence?.steps[0]).toHaveProperty('why');
    const again = await launched({ ...UNNAMED, id: 'winter', sender: 'jane', launch: false, contacts: [] });
    expect(again.campaign).toMatchObject({ sequenceId: answer.campaign.sequenceId, sequenceVersion: 1 });
  });

  it('writes letters that the lint has nothing to say about', async () => {
    const { launch: _launch, id: _id, name: _name, ...asked } = UNNAMED;
    const [one] = await previewed({ ...asked, sender: { ...SENDER, whatsapp: '+8613912345678' } });
    expect(one?.letters.map(({ findings }) => findings)).toEqual([[], [], []]);
    expect(one?.letters[0]?.subject).toBe('Hand tools for workshops for Ferragens Lda');
    expect(one?.letters[1]?.text).toContain('WhatsApp: +8613912345678');
    expect(one?.letters[2]?.text).toContain('while you were away');
  });

  it('asks each contact for what it needs', async () => {
    const errors = await refused({ ...UNNAMED, contacts: [ANA] });
    expect(errors.map(({ pointer }) => pointer)).toContain('/contacts/0/fields/product');
  });
});
