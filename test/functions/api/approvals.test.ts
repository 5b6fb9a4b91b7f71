// Approval through the API: what waits is listed, seen, edited, approved by its very words, or declined.
import { beforeEach, describe, expect, it } from 'vitest';
import { ApprovalsAnswer, LetterToApprove, LetterToApprovePage } from '../../../shared/api/approvals.ts';
import { CampaignAnswer } from '../../../shared/api/campaigns.ts';
import { EnrollmentView } from '../../../shared/api/contacts.ts';
import {
  EXAMPLE_CAMPAIGN,
  EXAMPLE_CONTACT,
  EXAMPLE_PRINT,
  EXAMPLE_SENDER,
  EXAMPLE_SEQUENCE,
} from '../../../shared/api/examples.ts';
import { idOf, useWorld } from './api-fixture.ts';

const world = useWorld();
const ana = `${idOf('ana.silva@ferragens.example')}-1`;

async function answered<Answer>(
  schema: { parse(given: unknown): Answer },
  method: string,
  path: string,
  body?: unknown,
) {
  const response = await world.now().ask(method, path, body);
  expect(response.status, await response.clone().text()).toBeLessThan(300);
  return schema.parse(await response.json());
}
const refused = async (method: string, path: string, body?: unknown) => {
  const response = await world.now().ask(method, path, body);
  return {
    status: response.status,
    ...((await response.json()) as { detail: string; errors?: readonly { pointer: string }[] }),
  };
};

beforeEach(async () => {
  const campaign = await answered(CampaignAnswer, 'POST', '/v1/campaigns', {
    id: EXAMPLE_CAMPAIGN,
    name: 'Porto dealers',
    sender: EXAMPLE_SENDER,
    sequence: EXAMPLE_SEQUENCE,
    contacts: [EXAMPLE_CONTACT],
    approval: 'each',
    launch: true,
  });
  expect(campaign.campaign.approval).toBe('each');
  await world.now().workOff();
});

describe('approval', () => {
  it('lists what waits, and lets it go by its print', async () => {
    const page = await answered(LetterToApprovePage, 'GET', '/v1/approvals?senderId=linwei');
    expect(page.items).toMatchObject([
      {
        enrollmentId: ana,
        name: 'Ana Silva',
        step: 0,
        waits: true,
        print: EXAMPLE_PRINT,
        theirs: { zone: 'Europe/Lisbon' },
      },
    ]);
    const approve = [{ enrollmentId: ana, step: 0, print: EXAMPLE_PRINT }];
    const answer = await answered(ApprovalsAnswer, 'POST', '/v1/approvals', { approve });
    expect(answer.items).toEqual([{ enrollmentId: ana, step: 0, outcome: 'approved' }]);
    const left = await answered(LetterToApprovePage, 'GET', `/v1/approvals?campaignId=${EXAMPLE_CAMPAIGN}`);
    expect(left.items).toEqual([]);
  });

  it('asks for a campaign or a sender, and for one of the two', async () => {
    for (const query of ['', '?campaignId=abc&senderId=abc'])
      expect(await refused('GET', `/v1/approvals${query}`)).toMatchObject({ status: 422 });
  });

  it('writes a letter for one contact and lets it go in one call', async () => {
    const body = { body: 'Dear Ana,\n\nmay I call you on Tuesday?\n\nKind regards,\nLin Wei', approve: true };
    const shown = await answered(LetterToApprove, 'PUT', `/v1/enrollments/${ana}/letters/0`, body);
    expect(shown).toMatchObject({ waits: false, letter: { subject: 'Hand tools for Ferragens Lda' } });
    expect(shown.letter.text).toContain('may I call you on Tuesday?');
  });

  it('refuses words that were not seen, words that the lint refuses, and a letter that is not next', async () => {
    const path = `/v1/enrollments/${ana}`;
    const other = { step: 0, print: 'b'.repeat(20) };
    expect(await refused('POST', `${path}/approve`, other)).toMatchObject({ status: 409 });
    const bad = await refused('PUT', `${path}/letters/0`, { body: 'Dear {{ contact.nickname }},' });
    expect(bad).toMatchObject({ status: 422, errors: [{ pointer: '/body' }] });
    expect(await refused('PUT', `${path}/letters/1`, { body: 'Dear Ana,' })).toMatchObject({ status: 409 });
    const skip = { step: 0, instead: 'skip', reason: 'Too long' };
    expect(await refused('POST', `${path}/decline`, skip)).toMatchObject({ status: 409 });
  });

  it('ends the walk on "not this one"', async () => {
    const body = { step: 0, reason: 'Met them at the fair yesterday' };
    const view = await answered(EnrollmentView, 'POST', `/v1/enrollments/${ana}/decline`, body);
    expect(view).toMatchObject({ state: 'stopped', stopped: 'by-person' });
    expect(await refused('GET', `/v1/enrollments/${ana}/letter`)).toMatchObject({ status: 409 });
  });
});
