// The world that the examples of the API's reference speak of, seeded in the embedded table once per test file.
import { afterAll, afterEach, beforeAll } from 'vitest';
import {
  EXAMPLE_ALERT_ID,
  EXAMPLE_CAMPAIGN,
  EXAMPLE_COLLEAGUE,
  EXAMPLE_CONTACT,
  EXAMPLE_CONTACT_ID,
  EXAMPLE_DRAFT,
  EXAMPLE_ENDPOINT_ID,
  EXAMPLE_ENROLLMENT_ID,
  EXAMPLE_IMPORT_ID,
  EXAMPLE_NOTICE_ID,
  EXAMPLE_REPLY_ID,
  EXAMPLE_SECOND_CONTACT,
  EXAMPLE_SENDER,
  EXAMPLE_SEQUENCE,
  EXAMPLE_TASK_ID,
  EXAMPLE_UNMATCHED_ID,
} from '../../../shared/api/examples.ts';
import type { OperationId } from '../../../shared/api/routes.ts';
import type {
  AlertId,
  CampaignId,
  ClaimId,
  ContactId,
  EnrollmentId,
  MessageId,
  SenderId,
  SesId,
  TaskId,
} from '../../../shared/domain/ids.ts';
import { HOUR, plus } from '../../../shared/domain/instant.ts';
import type { IncomingMessage } from '../../../shared/domain/message.ts';
import type { Reading } from '../../../shared/inbound/reading.ts';
import type { OutgoingMail } from '../../../shared/ports.ts';
import { openWorld, START } from './api-fixture.ts';

const contactId = EXAMPLE_CONTACT_ID as ContactId;
const enrollmentId = EXAMPLE_ENROLLMENT_ID as EnrollmentId;
const campaignId = EXAMPLE_CAMPAIGN as CampaignId;
const senderId = EXAMPLE_SENDER.id as SenderId;
const ofAna = { contactId, enrollmentId, campaignId, senderId };

export const EXAMPLE_RAW = [
  'From: Ana Silva <ana.silva@ferragens.example>',
  'To: r+token@reply.example.com',
  'Subject: Re: Hand tools for Ferragens Lda',
  'Message-ID: <ana-1@ferragens.example>',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Please send me your price list.',
  '',
].join('\r\n');

const readingOf = (replyText: string): Reading => ({
  kind: { value: 'reply', evidence: [{ from: 'header', name: 'Subject', value: 'Re:' }], confidence: 0.9 },
  replyText,
  phones: [],
  people: [],
  language: 'en',
  ambiguous: [],
});

const mailOf = (id: string, over: Partial<IncomingMessage>): IncomingMessage => ({
  kind: 'in',
  id: id as MessageId,
  at: START,
  from: 'ana.silva@ferragens.example',
  subject: 'Re: Hand tools for Ferragens Lda',
  rawKey: `inbound/${id}`,
  reading: readingOf('Please send me your price list.'),
  rfcMessageId: 'ana-1@ferragens.example',
  ...over,
});

export type ExampleWorld = Awaited<ReturnType<typeof openExampleWorld>>;

export async function openExampleWorld() {
  const mails: OutgoingMail[] = [];
  const world = await openWorld({
    mailer: {
      allowance: async () => undefined,
      send: async (mail) => {
        mails.push(mail);
        return { kind: 'accepted', sesId: `ses-${mails.length}` as SesId };
      },
    },
    mailbox: {
      read: async () => new TextEncoder().encode(EXAMPLE_RAW),
      sendMark: async () => undefined,
      countDeadLetters: async () => 0,
      requeue: async () => undefined,
      remove: async () => undefined,
    },
  });
  const { ports, ask, workOff } = world;
  const made = async (path: string, body: unknown): Promise<void> => {
    const response = await ask('POST', path, body);
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  };
  await made('/v1/senders', EXAMPLE_SENDER);
  await made('/v1/senders', EXAMPLE_COLLEAGUE);
  await made('/v1/sequences', EXAMPLE_SEQUENCE);
  const parts = { sender: EXAMPLE_SENDER.id, sequence: EXAMPLE_SEQUENCE.id, acceptWarnings: 'all' };
  const draft = { ...EXAMPLE_SECOND_CONTACT, address: 'joana@drogaria.example' };
  await made('/v1/campaigns', { id: EXAMPLE_DRAFT, name: 'Dealers in Lisbon', ...parts, contacts: [draft] });
  const launched = { id: EXAMPLE_CAMPAIGN, name: 'Dealers in Porto', ...parts, launch: true };
  await made('/v1/campaigns', { ...launched, contacts: [EXAMPLE_CONTACT] });
  await workOff();
  await ports.store.putNew('message', mailOf(EXAMPLE_REPLY_ID, { contactId, enrollmentId }));
  await ports.store.putNew('message', mailOf(EXAMPLE_UNMATCHED_ID, { from: 'ana@home.example' }));
  const task = { kind: 'whatsapp', status: 'open', dueAt: plus(START, HOUR), createdAt: START } as const;
  await ports.store.putNew('task', {
    ...task,
    id: EXAMPLE_TASK_ID as TaskId,
    ...ofAna,
    phone: '+351912345678',
  });
  const alert = { id: EXAMPLE_ALERT_ID as AlertId, kind: 'reply', at: START, delivered: {} } as const;
  await ports.store.putNew('alert', { ...alert, ...ofAna, messageId: EXAMPLE_REPLY_ID as MessageId });
  await suggestTitle(ports.store);
  await deadNotice(ports.store);
  return { ...world, mails };
}

async function deadNotice(store: ExampleWorld['ports']['store']): Promise<void> {
  const endpoint = {
    id: EXAMPLE_ENDPOINT_ID,
    url: 'https://crm.example.com/relance',
    secret: `whsec_${Buffer.from('a secret of the examples, 32 byte').toString('base64')}`,
    createdAt: START,
  };
  await store.putNew('endpoints', { id: 'all', items: [endpoint], revision: 1 });
  await store.putNew('notice', {
    id: EXAMPLE_NOTICE_ID,
    type: 'reply.received',
    at: START,
    ...ofAna,
    messageId: EXAMPLE_REPLY_ID as MessageId,
    sequence: 2,
    waiting: [],
    dead: [EXAMPLE_ENDPOINT_ID],
    delivered: {},
    tried: { [EXAMPLE_ENDPOINT_ID]: { at: START, count: 101, why: '503', isGivenUp: true } },
  });
}

async function suggestTitle(store: ExampleWorld['ports']['store']): Promise<void> {
  const contact = await store.load('contact', contactId);
  if (!contact) throw new Error('The example contact was not launched: is its id still derived so?');
  const suggestion = { field: 'title', value: 'Store manager', confidence: 0.8, at: START } as const;
  const suggestions = [{ ...suggestion, messageId: EXAMPLE_REPLY_ID as MessageId }];
  await store.put('contact', { ...contact, suggestions });
}

/** What must have happened before an example makes sense, beyond the common world. */
export const BEFORE: Partial<Record<OperationId, (world: ExampleWorld) => unknown>> = {
  'people.erasure': ({ ask }) => ask('DELETE', `/v1/contacts/${contactId}`),
  'imports.get': ({ ports }) =>
    ports.store.put('import', {
      id: EXAMPLE_IMPORT_ID,
      createdAt: START,
      status: 'done',
      rows: 2,
      done: 2,
      accepted: 1,
      refused: 1,
      badBatches: [1],
      reported: 1,
    }),
  'campaigns.resume': ({ ask }) => ask('POST', `/v1/campaigns/${EXAMPLE_CAMPAIGN}/pause`),
  'channels.remove': ({ ask }) =>
    ask('POST', `/v1/senders/${EXAMPLE_SENDER.id}/channels`, {
      kind: 'mail',
      id: 'desk',
      address: 'lin.wei@desk.example',
    }),
  'enrollments.release': ({ ask }) => ask('POST', `/v1/enrollments/${enrollmentId}/hold`),
  'enrollments.resume': ({ ask }) => ask('POST', `/v1/enrollments/${enrollmentId}/stop`),
  'enrollments.decide': async ({ ports }) => {
    const walk = (await ports.store.loadState(contactId))?.state;
    const loaded = await ports.store.loadState(contactId);
    if (!walk?.enrollment || !loaded) throw new Error('The example walk is missing');
    const letter = {
      kind: 'unknown',
      step: 0,
      claim: 'k7q2m5x3' as ClaimId,
      claimedAt: START,
      since: START,
    } as const;
    const enrollment = { ...walk.enrollment, letter } as typeof walk.enrollment;
    await ports.store.saveState({ ...walk, enrollment }, loaded.version, 'unknown');
  },
};

/** One world for a file, put back after each test. */
export function useExampleWorld(): { readonly now: () => ExampleWorld } {
  let world: ExampleWorld | undefined;
  let seeded: Record<string, unknown>[] = [];
  beforeAll(async () => {
    world = await openExampleWorld();
    seeded = await world.items();
  });
  afterEach(() => world?.putBack(seeded));
  afterAll(() => world?.close());
  return {
    now: () => {
      if (!world) throw new Error('No world outside a test');
      return world;
    },
  };
}
