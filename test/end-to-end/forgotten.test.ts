/**
 * Forgetting a person. They go through everything that the product does, then one call forgets them, and every store is
 * searched for each of their words. Others are forgotten by runs that leave one store out: the search must find those.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replyDomainOf } from '../../infra/local/local-config.ts';
import type { SenderGiven } from '../../shared/api/senders.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { erasePerson } from '../../shared/erase-person.ts';
import type { Ports } from '../../shared/ports.ts';
import { type Canary, canary, hits, STORES, type StoreName, storesOf } from '../support/canaries.ts';
import {
  aCampaign,
  answerTo,
  aWorld,
  MINUTE_MS,
  replyToOf,
  SALESPERSON,
  type World,
} from '../support/world.ts';
import { FIRST_LETTERS_MS, letterOf, QUICK_SEQUENCE, START } from './scene.ts';

const WHOLE = canary(0);
const nothing = async (): Promise<void> => undefined;
/** What a run that leaves something out would forget to do, and where it then shows. */
const LEFT_OUT: readonly (readonly [string, Canary, readonly StoreName[], (ports: Ports) => Ports])[] = [
  [
    'mails and exported files',
    canary(1),
    ['mail bucket', 'files bucket'],
    ({ files, mailbox, ...ports }) => ({
      ...ports,
      files: { ...files, remove: nothing },
      mailbox: { ...mailbox, remove: nothing },
    }),
  ],
  [
    'rows of reports, mails of nobody and answers under a key',
    canary(2),
    ['files bucket', 'table'],
    ({ files, store, ...ports }) => ({
      ...ports,
      files: { ...files, write: nothing },
      store: { ...store, remove: nothing },
    }),
  ],
  [
    'what hangs on the contact',
    canary(3),
    ['table'],
    (ports) => ({ ...ports, store: { ...ports.store, clearContact: async () => 0 } }),
  ],
];
const PEOPLE = [WHOLE, ...LEFT_OUT.map(([, person]) => person)];
/** Where people's data is never written at all, not even for a moment. */
const OPAQUE = ['list index', 'due index', 'schedules', 'tags', 'other files'] as const;

let world: World;
let receiver: Server;
let isDeaf = true;
const told: string[] = [];
const said: string[] = [];
const unsaid: (() => void)[] = [];
/** Everything that any store has held at the moments of looking, and the log. */
const seen = new Map<StoreName, string>();
let ids: ReadonlyMap<Canary, ContactId>;

beforeAll(async () => {
  listen();
  let isBroken = true;
  const around = (ports: Ports): Ports => {
    const putNew: Ports['store']['putNew'] = (kind, document) => {
      // One run that breaks off while it has a mail in its hands: what is logged then is searched, too.
      const isTheirs = kind === 'message' && 'rawKey' in document && 'contactId' in document;
      if (!isTheirs || !isBroken) return ports.store.putNew(kind, document);
      isBroken = false;
      throw new Error(`The table does not take ${JSON.stringify(document)}`);
    };
    return { ...ports, store: { ...ports.store, putNew } };
  };
  world = await aWorld(START, { around });
  receiver = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => {
      if (!isDeaf) told.push(chunk.toString());
    });
    request.on('end', () => response.writeHead(isDeaf ? 503 : 204).end());
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  await goThroughEverything(url);
}, 120_000);
afterAll(async () => {
  for (const undo of unsaid) undo();
  await world.close();
  await new Promise((resolve) => receiver.close(resolve));
});

/** What the functions write is their log. */
function listen(): void {
  for (const name of ['log', 'info', 'warn', 'error'] as const) {
    const before = console[name];
    console[name] = (...given: unknown[]) => said.push(given.map(String).join(' '));
    unsaid.push(() => {
      console[name] = before;
    });
  }
  for (const stream of [process.stdout, process.stderr]) {
    const before = stream.write;
    stream.write = (text: unknown) => said.push(String(text)) > 0;
    unsaid.push(() => {
      stream.write = before;
    });
  }
}

async function look(): Promise<Readonly<Record<StoreName, string>>> {
  const stores = await storesOf(world.runtime, world.dir);
  for (const name of STORES) seen.set(name, `${seen.get(name) ?? ''}\n${stores[name]}`);
  return stores;
}

async function goThroughEverything(url: string): Promise<void> {
  const { client } = world;
  const toNobody = `sales@${replyDomainOf(world.runtime.config.domain)}`;
  // Before anybody knows them.
  for (const person of PEOPLE) {
    await world.send({
      from: person.address,
      to: toNobody,
      raw: plain(person, toNobody, person.words.stranger),
    });
  }
  await client.webhooks.add({ url });
  const sender = {
    ...(aCampaign().sender as SenderGiven),
    channels: [
      { kind: 'mail' as const, id: 'desk', address: SALESPERSON },
      { kind: 'webhook' as const, id: 'crm', url, secret: `whsec_${'A'.repeat(43)}=` },
    ],
  };
  await client.campaigns.create({
    ...aCampaign({ sender, sequence: QUICK_SEQUENCE, contacts: [], launch: false }),
    id: 'fair',
  });
  for (const person of PEOPLE) {
    const again = client.with({ idempotencyKey: `save-${person.firstName}` });
    await again.contacts.save({ address: person.address, firstName: person.firstName });
  }
  const imported = await client.imports.small({
    csv: sheetOf(PEOPLE),
    campaignId: 'fair',
    launch: true,
    acceptWarnings: 'all',
  });
  await world.pass(FIRST_LETTERS_MS);
  expect(await client.imports.get(imported.id)).toMatchObject({ status: 'done', refused: PEOPLE.length });
  const walks = (await client.campaigns.enrollments('fair')).items;
  const contacts = await Promise.all(walks.map(({ contactId }) => client.contacts.get(contactId)));
  const idOf = (person: Canary) =>
    contacts.find(({ contact }) => contact.address === person.address)?.contact.id as ContactId;
  ids = new Map(PEOPLE.map((person) => [person, idOf(person)]));
  await look();
  for (const person of PEOPLE) await converse(person, idOf(person));
  for (const what of ['contacts', 'enrollments'] as const) {
    await client.exports.create({ what, campaignId: 'fair' });
    await client.exports.create({ what, campaignId: 'fair', format: 'json' });
  }
  // SES's own events of the answers wait a minute in their queue, addresses and all.
  await look();
  await world.pass(2 * MINUTE_MS);
}

/** They are away and name a number, they answer, they are answered; somebody edits their file and their next letter. */
async function converse(person: Canary, id: ContactId): Promise<void> {
  const { client } = world;
  await client.contacts.edit(id, { dossier: { contact: { manner: person.dossier } } });
  const { enrollment } = await client.contacts.get(id);
  const letter = letterOf(world, person.address);
  const own = { body: `Dear ${person.firstName},\n\n${person.why}\n\nKind regards,\nLin Wei` };
  await client.enrollments.editLetter(enrollment?.id ?? '', 1, own);
  const to = replyToOf(letter);
  const away = `${person.words.away}: I am out of the office until 27 November 2026. In urgent cases: ${person.phone}.`;
  const note = { text: away, id: `away-${person.firstName}`, headers: ['Auto-Submitted: auto-replied'] };
  await world.send({ from: person.address, to, raw: answerTo(letter, note) });
  const answer = {
    text: `${person.words.reply}: please send your price list.`,
    id: `reply-${person.firstName}`,
  };
  await world.send({ from: person.address, to, raw: answerTo(letter, answer) });
  const { items } = await client.contacts.messages(id);
  const reply = items.find(({ text }) => text.includes(person.words.reply));
  const keyed = client.with({ idempotencyKey: `answer-${person.firstName}` });
  await keyed.messages.answer(id, reply?.id ?? '', { text: `Dear ${person.firstName}, here it is.` });
  await client.people.export(id);
}

const plain = (person: Canary, to: string, text: string): string =>
  [
    `From: ${person.firstName} ${person.lastName} <${person.address}>`,
    `To: ${to}`,
    'Subject: A question',
    `Message-ID: <stranger-${person.firstName}@mail.example>`,
    'Date: Tue, 17 Nov 2026 08:30:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '',
  ].join('\r\n');

/** Each once well, and once in a row that stands in the report. */
const sheetOf = (people: readonly Canary[]): string =>
  [
    'Email,First Name,Last Name,Company Name,Country,Phone Number,why',
    ...people.map((one, n) =>
      [one.address, one.firstName, one.lastName, `Firm ${n}`, 'PT', one.phone, one.why].join(','),
    ),
    ...people.map((one, n) =>
      [one.address, one.firstName, one.lastName, `Firm ${n}`, 'PT', '', 'x'].join(','),
    ),
    '',
  ].join('\r\n');

const found = (stores: Readonly<Record<StoreName, string>>, person: Canary): Record<string, number> =>
  Object.fromEntries(STORES.map((name) => [name, hits(stores[name], person)]));
const none = Object.fromEntries(STORES.map((name) => [name, 0]));

describe('before anybody is forgotten', () => {
  it.each(STORES.filter((name) => !(OPAQUE as readonly string[]).includes(name)))(
    'each of them is found: %s',
    (name) => {
      for (const person of PEOPLE) expect(hits(seen.get(name) ?? '', person)).toBeGreaterThan(0);
    },
  );

  it.each(OPAQUE)('there is something, but nobody’s data: %s', (name) => {
    expect(seen.get(name)?.trim()).not.toBe('');
    for (const person of PEOPLE) expect(hits(seen.get(name) ?? '', person)).toBe(0);
  });
});

describe('a run of forgetting that leaves something out', () => {
  it.each(LEFT_OUT)('is found out by the search: %s', async (_what, person, stores, leave) => {
    await erasePerson(leave(world.runtime.ports), ids.get(person) as ContactId);
    const left = found(await look(), person);
    for (const store of stores) expect(left[store], store).toBeGreaterThan(0);
  });
});

describe('a person who is forgotten', () => {
  beforeAll(async () => {
    await world.client.people.erase(ids.get(WHOLE) as ContactId);
    isDeaf = false;
  });

  it('is nowhere to be found at once, but for what is under way', async () => {
    expect(found(await look(), WHOLE)).toEqual(none);
  });

  it('is nowhere to be found after the last sweep, and a tombstone alone says that nobody writes to them', async () => {
    await world.pass(46 * MINUTE_MS);
    const id = ids.get(WHOLE) as ContactId;
    expect(await world.client.people.erasure(id)).toMatchObject({ doneAt: expect.any(String) });
    const stores = await look();
    expect(found(stores, WHOLE)).toEqual(none);
    expect((await world.runtime.ports.store.loadState(id))?.state.standing).toMatchObject({ why: 'erased' });
    const { items } = await world.client.suppressions.list({ limit: 200 });
    expect(items.find(({ contactId }) => contactId === id)).toMatchObject({ why: 'erased' });
    const again = world.client.contacts.save({ address: WHOLE.address });
    await expect(again).rejects.toMatchObject({ status: 422 });
  });

  it('is in none of the news and alerts that were waiting for their receiver', () => {
    expect(told.length).toBeGreaterThan(0);
    expect(hits(told.join('\n'), WHOLE)).toBe(0);
  });

  it('was never in the log', () => {
    expect(said.length).toBeGreaterThan(0);
    for (const person of PEOPLE) expect(hits(said.join('\n'), person)).toBe(0);
  });
});
