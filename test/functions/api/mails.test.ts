// Mails through the API: answered in their thread, given to whom they belong, downloaded and never shown.
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_CONTACT_ID, EXAMPLE_REPLY_ID, EXAMPLE_UNMATCHED_ID } from '../../../shared/api/examples.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { parseMail } from '../../../shared/parse-mail.ts';
import { EXAMPLE_RAW, useExampleWorld } from './example-world.ts';

const world = useExampleWorld();
const contactId = EXAMPLE_CONTACT_ID as ContactId;
const REPLY = `/v1/messages/${contactId}/${EXAMPLE_REPLY_ID}`;
const walk = async () => (await world.now().ports.store.loadState(contactId))?.state.enrollment;
const answer = (headers: Record<string, string> = {}) =>
  world.now().ask('POST', `${REPLY}/answer`, { text: 'The list is on its way.' }, headers);

describe('an answer', () => {
  it('leaves into the prospect’s thread, is kept, and holds the follow-up', async () => {
    const { mails } = world.now();
    const sent = mails.length;
    expect((await answer()).status).toBe(201);
    const mail = await parseMail(mails[sent]?.raw ?? new Uint8Array());
    expect(mail).toMatchObject({
      subject: 'Re: Hand tools for Ferragens Lda',
      inReplyTo: ['ana-1@ferragens.example'],
    });
    expect(mail.from[0]?.address).toBe('lin.wei@export.example');
    expect(mail.replyTo[0]?.address).toMatch(/^r\+[a-z2-7]+@reply\.example\.com$/);
    expect(mail.text).toContain('The list is on its way.');
    expect(await walk()).toMatchObject({ kind: 'open', holds: [{ kind: 'answered-by-sender' }] });
    const { items } = await world.now().ports.store.listMessages(contactId);
    expect(items.find((one) => one.kind === 'out' && one.answers === EXAMPLE_REPLY_ID)).toBeDefined();
  });

  it('leaves once, however often it is asked for under one key', async () => {
    const { mails } = world.now();
    const sent = mails.length;
    const key = { 'Idempotency-Key': 'answer-1' };
    expect(await (await answer(key)).text()).toBe(await (await answer(key)).text());
    expect(mails).toHaveLength(sent + 1);
  });

  it('whose run died before the walk heard of it is heard when it is asked for again, and leaves once', async () => {
    const { mails, ports } = world.now();
    const sent = mails.length;
    const key = { 'Idempotency-Key': 'answer-2' };
    const { store } = ports;
    const saveState = (): Promise<never> => Promise.reject(new Error('The table is away.'));
    Object.assign(ports, { store: { ...store, saveState } });
    expect((await answer(key)).status).toBe(500);
    Object.assign(ports, { store });
    expect((await answer(key)).status).toBe(201);
    expect(mails).toHaveLength(sent + 1);
    expect(await walk()).toMatchObject({ kind: 'open', holds: [{ kind: 'answered-by-sender' }] });
  });

  it('that SES refuses leaves nothing behind', async () => {
    const { ports } = world.now();
    const { mailer } = ports;
    Object.assign(ports, {
      mailer: { send: async () => ({ kind: 'refused', why: 'rejected', detail: '' }) },
    });
    const before = await world.now().items();
    expect((await answer()).status).toBe(409);
    Object.assign(ports, { mailer });
    expect(await world.now().items()).toEqual(before);
  });

  it('never goes to somebody suppressed', async () => {
    await world.now().ask('POST', `/v1/contacts/${contactId}/suppress`);
    expect((await answer()).status).toBe(409);
  });
});

describe('an unmatched mail', () => {
  it('is given to a contact, whose enrollment hears it', async () => {
    const path = `/v1/messages/unmatched/${EXAMPLE_UNMATCHED_ID}/assign`;
    const { ask, ports } = world.now();
    expect((await ask('POST', path, { contactId: 'nobody' })).status).toBe(422);
    expect(await (await ask('POST', path, { contactId })).json()).toMatchObject({
      contactId,
      matchedBy: 'person',
    });
    expect((await ports.store.listMessages('unmatched')).items).toEqual([]);
    expect(await walk()).toMatchObject({ kind: 'ended', end: { why: 'replied' } });
    // A client whose answer was lost asks again; for anybody else there is no such mail.
    expect((await ask('POST', path, { contactId })).status).toBe(200);
    expect((await ask('POST', path, { contactId: 'a'.repeat(26) })).status).toBe(404);
  });
});

it('gives an original as an attachment, byte for byte', async () => {
  const response = await world.now().ask('GET', `${REPLY}/raw`);
  expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(response.headers.get('content-type')).toBe('message/rfc822');
  expect(await response.text()).toBe(EXAMPLE_RAW);
});

it('hands on no original in which a virus was found, neither alone nor with the person', async () => {
  const { ask, ports } = world.now();
  const { items } = await ports.store.listMessages(contactId);
  for (const one of items)
    if (one.kind === 'in') await ports.store.put('message', { ...one, hasVirus: true });
  const refused = await ask('GET', `${REPLY}/raw`);
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('virus') });
  expect((await ask('GET', REPLY)).status).toBe(200);
  const zip = unzipSync(
    new Uint8Array(await (await ask('GET', `/v1/contacts/${contactId}/export`)).arrayBuffer()),
  );
  expect(Object.keys(zip)).toEqual(['person.json']);
  expect(JSON.parse(Buffer.from(zip['person.json'] ?? []).toString()).leftOut).toHaveLength(1);
});

describe('contacts', () => {
  const RUI = { address: 'Rui@Ferragens.example', firstName: 'Rui', country: 'PT' };
  it('are saved in no campaign, found by address and by company, and merged', async () => {
    const { ask } = world.now();
    expect((await ask('POST', '/v1/contacts', RUI)).status).toBe(200);
    expect((await ask('POST', '/v1/contacts', { address: RUI.address, title: 'Buyer' })).status).toBe(200);
    const found = await ask('GET', '/v1/contacts?search=rui@ferragens.example');
    expect(await found.json()).toMatchObject({ items: [{ firstName: 'Rui', title: 'Buyer' }] });
    const company = (await (await ask('GET', '/v1/contacts?search=ferragens.example')).json()) as {
      items: unknown[];
    };
    expect(company.items).toHaveLength(2);
    expect((await ask('GET', '/v1/contacts?search=Rui')).status).toBe(422);
  });

  it('are refused one by one, each with its place', async () => {
    const contacts = [RUI, { ...RUI, address: 'nobody' }];
    expect(await (await world.now().ask('POST', '/v1/contacts/batch', { contacts })).json()).toMatchObject({
      saved: [expect.any(String)],
      refused: [{ pointer: '/contacts/1/address', reason: 'invalid-address' }],
    });
    expect((await world.now().ask('POST', '/v1/contacts', contacts[1])).status).toBe(422);
  });
});
