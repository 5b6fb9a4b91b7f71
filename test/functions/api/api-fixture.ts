// The API over the real store and the embedded DynamoDB, in memory; only queues are fakes, and they remember.

import { isDeepStrictEqual } from 'node:util';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach } from 'vitest';
import { apiApp } from '../../../functions/api.ts';
import { dynamoClient } from '../../../functions/aws/dynamo-client.ts';
import { awsStore } from '../../../functions/aws/store.ts';
import { createTableInput } from '../../../functions/aws/table.ts';
import { enrollContacts } from '../../../functions/enroll-contacts.ts';
import { startDynamo } from '../../../infra/local/dynamo.ts';
import {
  type CampaignId,
  type ContactId,
  contactIdOf,
  type EnrollmentId,
  readEnrollmentId,
  type SenderId,
  type TaskId,
} from '../../../shared/domain/ids.ts';
import { epochMs, HOUR, type Instant, instant, plus } from '../../../shared/domain/instant.ts';
import type { Task, TaskKind } from '../../../shared/domain/task.ts';
import type { CampaignPage, Ports, Timers } from '../../../shared/ports.ts';

/** A Monday morning in Lisbon. */
export const START = instant('2026-11-23T08:00:00Z');
export const TOKEN = 'a-token-of-this-test-0123456789abcdef';
export const CONTACT_SECRET = 'the contact secret of this test, never rotated';

export type World = Awaited<ReturnType<typeof openWorld>>;

/** A fresh world before each test. */
export function useWorld(): { readonly now: () => World } {
  let world: World | undefined;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(async () => world?.close());
  return {
    now: () => {
      if (!world) throw new Error('No world outside a test');
      return world;
    },
  };
}

/** `over`: ports that the test is about. */
function filesInMemory(): Ports['files'] {
  const files = new Map<string, Uint8Array>();
  return {
    read: async (key, from, bytesMax) => files.get(key)?.subarray(from, from + bytesMax),
    write: async (key, bytes) => void files.set(key, bytes),
    remove: async (key) => void files.delete(key),
    list: async (prefix) => ({ keys: [...files.keys()].filter((key) => key.startsWith(prefix)).sort() }),
    uploadLink: async (key, { type }) => ({
      url: `https://files.example/${key}?signed`,
      headers: { 'content-type': type },
    }),
    downloadLink: async (key) => `https://files.example/${key}?signed`,
  };
}

export async function openWorld(over: Partial<Ports> = {}) {
  let now: Instant = START;
  let drawn = 0;
  const dynamo = await startDynamo({ now: () => epochMs(now) });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const raw = new DynamoDBClient({ region: 'us-east-1', endpoint: dynamo.endpoint, credentials });
  await raw.send(new CreateTableCommand(createTableInput('relance')));
  const place = {
    region: 'us-east-1',
    connection: { endpoints: { dynamodb: dynamo.endpoint }, credentials },
  };
  const pages: CampaignPage[] = [];
  const timers: Parameters<Timers['setStep']>[0][] = [];
  const queued: string[] = [];
  const ports: Ports = {
    store: awsStore({ name: 'relance', client: () => dynamoClient(place) }),
    timers: {
      setStep: async (timer) => void timers.push(timer),
      queuePage: async (page) => void pages.push(page),
      queueImport: notHere('timers.queueImport'),
    },
    mailer: { send: notHere('mailer.send'), allowance: async () => undefined },
    mailbox: {
      read: notHere('mailbox.read'),
      remove: async () => {},
      sendMark: notHere('mailbox.sendMark'),
      countDeadLetters: notHere('mailbox.countDeadLetters'),
      requeue: notHere('mailbox.requeue'),
    },
    files: filesInMemory(),
    alerts: {
      queue: async (message) => void queued.push(Object.values(message).slice(0, 2).join(' ')),
      post: notHere('alerts.post'),
    },
    clock: { now: () => now },
    ids: {
      fresh: () =>
        `id${(drawn++).toString(8).padStart(6, '0')}`.replaceAll(
          /[0189]/g,
          (digit) => 'abcd'['0189'.indexOf(digit)] ?? '',
        ),
      contactSecret: CONTACT_SECRET,
      tokenKeys: { k: 'the token key of this test, long enough' },
    },
    settings: {
      replyDomain: 'reply.example.com',
      publicUrl: 'https://relance.example.com',
      alertAddress: 'alerts@example.com',
      operatorAddress: 'operator@example.com',
      region: 'us-east-1',
      apiToken: TOKEN,
    },
  };
  Object.assign(ports, over);
  const app = apiApp(ports);
  return {
    ports,
    app,
    pages,
    timers,
    queued,
    /** Every item of the table but the log of who did what: the same before and after means that nothing was written. */
    async items(): Promise<Record<string, unknown>[]> {
      const scan = await dynamoClient(place).send(
        new ScanCommand({ TableName: 'relance', ConsistentRead: true }),
      );
      return (scan.Items ?? []).filter((item) => !String(item.pk).startsWith('audit#'));
    },
    /** Puts the table back to what `items` answered. */
    async putBack(before: readonly Record<string, unknown>[]): Promise<void> {
      const name = ({ pk, sk }: Record<string, unknown>) => `${pk}\n${sk}`;
      const kept = new Map(before.map((item) => [name(item), item]));
      const table = dynamoClient(place);
      for (const item of await this.items()) {
        const was = kept.get(name(item));
        if (was && isDeepStrictEqual(was, item)) kept.delete(name(item));
        else if (!was) {
          const { pk, sk } = item;
          await table.send(new DeleteCommand({ TableName: 'relance', Key: { pk, sk } }));
        }
      }
      for (const Item of kept.values()) await table.send(new PutCommand({ TableName: 'relance', Item }));
      now = START;
      pages.length = 0;
    },
    /** A JSON request with the token. */
    ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const content =
        body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
      const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
      return app.request(path, {
        method,
        headers: { Authorization: `Bearer ${TOKEN}`, ...type, ...headers },
        ...content,
      });
    },
    /** Handles every queued page once, also those that are queued meanwhile; answers how many came back. */
    async workOff(): Promise<number> {
      let failed = 0;
      for (let page = pages.shift(); page; page = pages.shift()) {
        const event = { Records: [{ messageId: 'm', body: JSON.stringify(page) }] };
        failed += (await enrollContacts(ports)(event)).batchItemFailures.length;
      }
      return failed;
    },
    /** An open task of the walk, due in an hour; answers its path. */
    async addTask(enrollmentId: EnrollmentId, kind: TaskKind, over: Partial<Task> = {}): Promise<string> {
      const contactId = readEnrollmentId(enrollmentId)?.contactId as ContactId;
      const task: Task = {
        id: `task-${kind}` as TaskId,
        kind,
        contactId,
        enrollmentId,
        campaignId: 'autumn' as CampaignId,
        senderId: 'jane' as SenderId,
        dueAt: plus(START, HOUR),
        createdAt: START,
        status: 'open',
        ...over,
      };
      await ports.store.putNew('task', task);
      return `/v1/tasks/${contactId}/${task.id}`;
    },
    pass: (ms: number) => {
      now = plus(now, ms);
    },
    async close() {
      dynamoClient(place).destroy();
      raw.destroy();
      await dynamo.close();
    },
  };
}

const notHere = (name: string) => () => Promise.reject(new Error(`${name} is no business of the API`));

export const idOf = (address: string): ContactId => contactIdOf(CONTACT_SECRET, address);

export const SENDER = {
  id: 'jane',
  name: 'Jane Doe',
  company: 'Acme Tools',
  address: 'jane@acme.example',
  phone: '+862112345678',
  postalAddress: '1 Harbour Road, Shanghai 200000, China',
  zone: 'Asia/Shanghai',
};

export const SEQUENCE = {
  id: 'first-contact',
  name: 'First contact',
  language: 'en',
  steps: [
    {
      kind: 'letter',
      subject: 'Hand tools for {{ contact.company }}',
      body: 'Dear {{ contact.firstName }},\n\n{{ contact.why }}\n\nWould you like to see our catalogue?\n\nJane Doe',
    },
    {
      kind: 'letter',
      delay: { days: 7 },
      body: 'Dear {{ contact.firstName }},\n\nIs there a better moment to talk?\n\nJane Doe',
    },
  ],
} as const;

export const ANA = {
  address: 'Ana.Silva@Ferragens.Example',
  firstName: 'Ana',
  lastName: 'Silva',
  company: 'Ferragens Lda',
  country: 'PT',
  phones: ['912 345 678'],
  grade: 'B',
  fields: { why: 'Your new shop in Porto sells what we make.' },
};
export const BEN = {
  address: 'ben@baumarkt.example',
  firstName: 'Ben',
  lastName: 'Braun',
  company: 'Baumarkt GmbH',
  country: 'DE',
  lawfulBasis: 'Asked for our catalogue at the Cologne fair',
  grade: 'A',
  fields: { why: 'Your catalogue lists forty kinds of pliers.' },
};

export const CAMPAIGN = {
  id: 'autumn',
  name: 'Autumn',
  sender: SENDER,
  sequence: SEQUENCE,
  contacts: [ANA, BEN],
  launch: true,
};
