// One embedded SES per test: what it accepted, published, delivered and forwarded, within reach.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SESClient, SendRawEmailCommand, type SendRawEmailCommandInput } from '@aws-sdk/client-ses';
import { afterEach, beforeEach } from 'vitest';
import { type LocalClock, makeClock } from '../../../infra/local/clock.ts';
import {
  type DeliveredMail,
  type LocalSes,
  type OutboxEntry,
  type SesEvent,
  type SesOptions,
  startSes,
} from '../../../infra/local/ses.ts';

export const START = Date.UTC(2026, 10, 23, 9, 31, 0);
export const RETURN_PATH = 'r+token@reply.agency.test';

export let folder: string;
export let clock: LocalClock;
export let ses: LocalSes;
export let client: SESClient;
export let events: SesEvent[];
export let delivered: DeliveredMail[];
export let forwarded: { to: string; raw: Buffer }[];

export const options = (): SesOptions => ({
  dir: join(folder, 'outbox'),
  file: join(folder, 'ses.db'),
  clock,
  identities: () => ['agency.test'],
  configurationSets: ['letters'],
  quota: { max24HourSend: 100, maxSendRate: 3 },
  publish: async (event) => void events.push(event),
  onDelivered: (mail) => void delivered.push(mail),
  forward: async (to, raw) => void forwarded.push({ to, raw }),
  bounces: (address) => address.endsWith('@gone.test'),
});
export const open = async (more: Partial<SesOptions> = {}) => {
  ses = await startSes({ ...options(), ...more });
  client = new SESClient({
    endpoint: ses.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
};
export const close = async () => {
  client.destroy();
  await ses.close();
};

export type Letter = {
  headers?: Record<string, string | undefined>;
  extra?: readonly string[];
  body?: string;
};
export function letter({
  headers = {},
  extra = [],
  body = 'Dear Ana,\r\n\r\nwe make lamps.\r\n',
}: Letter = {}): Buffer {
  const all: Record<string, string | undefined> = {
    From: 'Anne <anne@agency.test>',
    To: 'Ana Silva <ana@acme.test>',
    Subject: 'Lamps',
    'Return-Path': RETURN_PATH,
    'Message-ID': '<own@agency.test>',
    Date: 'Thu, 01 Jan 1970 00:00:00 +0000',
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  return Buffer.from(`${[...lines, ...extra].join('\r\n')}\r\n\r\n${body}`);
}
export const send = async (raw: Buffer, more: Partial<SendRawEmailCommandInput> = {}) => {
  const { MessageId } = await client.send(new SendRawEmailCommand({ RawMessage: { Data: raw }, ...more }));
  await ses.settle();
  return String(MessageId);
};
export const tagged = (more: Partial<SendRawEmailCommandInput> = {}) => ({
  ConfigurationSetName: 'letters',
  Tags: [{ Name: 'claim', Value: 'c1' }],
  ...more,
});
export const index = (): OutboxEntry[] =>
  readFileSync(join(folder, 'outbox', 'index.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as OutboxEntry);
export const outbox = () => readdirSync(join(folder, 'outbox')).filter((name) => name.endsWith('.eml'));
export const types = () => events.map(({ eventType }) => eventType);

/** Called by each file: hooks of a module that several files share would be those of the first alone. */
export function openForEachTest(): void {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'relance-ses-'));
    clock = makeClock({ mode: 'turned', start: START });
    events = [];
    delivered = [];
    forwarded = [];
    await open();
  });
  afterEach(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });
}
