/** The embedded SES, spoken to by the real client as the product's mailer does. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetAccountSendingEnabledCommand,
  GetSendQuotaCommand,
  SESClient,
  SendRawEmailCommand,
  type SendRawEmailCommandInput,
} from '@aws-sdk/client-ses';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalClock, makeClock } from '../../../infra/local/clock.ts';
import {
  type DeliveredMail,
  type LocalSes,
  type OutboxEntry,
  type SesEvent,
  type SesOptions,
  startSes,
} from '../../../infra/local/ses.ts';

const START = Date.UTC(2026, 10, 23, 9, 31, 0);
const RETURN_PATH = 'r+token@reply.agency.test';

let folder: string;
let clock: LocalClock;
let ses: LocalSes;
let client: SESClient;
let events: SesEvent[];
let delivered: DeliveredMail[];
let forwarded: { to: string; raw: Buffer }[];

const options = (): SesOptions => ({
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
const open = async (more: Partial<SesOptions> = {}) => {
  ses = await startSes({ ...options(), ...more });
  client = new SESClient({
    endpoint: ses.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
};
const close = async () => {
  client.destroy();
  await ses.close();
};

type Letter = { headers?: Record<string, string | undefined>; extra?: readonly string[]; body?: string };
function letter({
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
const send = async (raw: Buffer, more: Partial<SendRawEmailCommandInput> = {}) => {
  const { MessageId } = await client.send(new SendRawEmailCommand({ RawMessage: { Data: raw }, ...more }));
  await ses.settle();
  return String(MessageId);
};
const tagged = (more: Partial<SendRawEmailCommandInput> = {}) => ({
  ConfigurationSetName: 'letters',
  Tags: [{ Name: 'claim', Value: 'c1' }],
  ...more,
});
const index = (): OutboxEntry[] =>
  readFileSync(join(folder, 'outbox', 'index.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as OutboxEntry);
const outbox = () => readdirSync(join(folder, 'outbox')).filter((name) => name.endsWith('.eml'));
const types = () => events.map(({ eventType }) => eventType);

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

describe('accepting', () => {
  it('puts the mail into the outbox as its recipient sees it and lists its envelope', async () => {
    const body = 'Café\nbare line feed\r\n.dot\r\n';
    const extra = ['Bcc: boss@agency.test', 'X-SES-CONFIGURATION-SET: letters', 'X-Kept: a', '\tfolded'];
    const sesId = await send(letter({ extra, body }), { Destinations: ['ana@acme.test'] });
    expect(sesId).toMatch(/^0100[0-9a-f]{12}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-000000$/);
    const [entry] = index();
    expect(entry).toEqual({
      sesId,
      at: '2026-11-23T09:31:00.000Z',
      to: ['ana@acme.test'],
      from: 'anne@agency.test',
      returnPath: RETURN_PATH,
      file: expect.stringMatching(/^2026-11-23T0931-ana@acme\.test-[0-9a-f]{8}\.eml$/),
    });
    expect(outbox()).toEqual([entry?.file]);
    const [head = '', ...rest] = readFileSync(join(folder, 'outbox', entry?.file ?? ''), 'utf8').split(
      '\r\n\r\n',
    );
    expect(rest.join('\r\n\r\n')).toBe('Café\r\nbare line feed\r\n.dot\r\n');
    expect(head.split('\r\n')).toEqual([
      'From: Anne <anne@agency.test>',
      'To: Ana Silva <ana@acme.test>',
      'Subject: Lamps',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'X-Kept: a',
      '\tfolded',
      `Message-ID: <${sesId}@email.amazonses.com>`,
      'Date: Mon, 23 Nov 2026 09:31:00 +0000',
      'Feedback-ID: ::1.us-east-1.local:AmazonSES',
      'X-SES-Outgoing: 2026.11.23-127.0.0.1',
    ]);
  });

  it('takes the recipients from To, Cc and Bcc when none are given', async () => {
    await send(letter({ headers: { Cc: '"Doe, J" <jd@acme.test>', Bcc: 'b@acme.test' } }));
    expect(index()[0]?.to).toEqual(['ana@acme.test', 'jd@acme.test', 'b@acme.test']);
    expect(delivered.map(({ to }) => to)).toEqual(['ana@acme.test', 'jd@acme.test', 'b@acme.test']);
  });

  it.each([
    ['Source before the header', { Source: 'bounces@agency.test' }, {}, 'bounces@agency.test'],
    ['the header', {}, {}, RETURN_PATH],
    ['From when there is neither', {}, { 'Return-Path': undefined }, 'anne@agency.test'],
  ])('sends feedback to %s', async (_name, more, headers, expected) => {
    await send(letter({ headers }), more);
    expect(index()[0]?.returnPath).toBe(expected);
  });

  it('takes mails of 10 MB and names the limit above', async () => {
    const line = `${'x'.repeat(76)}\r\n`;
    const small = letter({ body: '' }).length;
    const fits = line.repeat(Math.floor((10_485_760 - small) / line.length));
    await send(letter({ body: fits }));
    await expect(send(letter({ body: fits + line }))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: expect.stringContaining('10485760'),
    });
  });
});

describe('refusing', () => {
  const headers = (more: Record<string, string | undefined>) => letter({ headers: more });
  const fifty = Array.from({ length: 51 }, (_, number) => `p${number}@acme.test`);
  it.each<[string, string, Buffer, Partial<SendRawEmailCommandInput>]>([
    ['MessageRejected', 'an unverified From', headers({ From: 'x@elsewhere.test' }), {}],
    ['MessageRejected', 'a domain that only ends alike', headers({ From: 'x@notagency.test' }), {}],
    ['MessageRejected', 'an unverified Return-Path', headers({ 'Return-Path': 'x@elsewhere.test' }), {}],
    ['MessageRejected', 'an unverified Source', letter(), { Source: 'x@elsewhere.test' }],
    ['InvalidParameterValue', 'no From', headers({ From: undefined }), {}],
    ['InvalidParameterValue', 'no recipient', headers({ To: undefined }), {}],
    ['InvalidParameterValue', '51 recipients', letter(), { Destinations: fifty }],
    ['InvalidParameterValue', 'a local part beyond ASCII', headers({ To: 'jürgen@acme.test' }), {}],
    ['InvalidParameterValue', 'a domain beyond ASCII', headers({ To: 'j@müller.test' }), {}],
    ['InvalidParameterValue', 'an address without a domain', letter(), { Destinations: ['ana'] }],
    ['InvalidParameterValue', 'a field twice', letter({ extra: ['Subject: again'] }), {}],
    ['InvalidParameterValue', 'a line of 999 bytes', letter({ body: 'x'.repeat(999) }), {}],
    ['InvalidParameterValue', 'a header line without a colon', letter({ extra: ['nonsense'] }), {}],
    ['InvalidParameterValue', 'a tag name with a dot', letter(), { Tags: [{ Name: 'a.b', Value: 'c' }] }],
    ['InvalidParameterValue', 'a tag of 257', letter(), { Tags: [{ Name: 'a', Value: 'x'.repeat(257) }] }],
    ['ConfigurationSetDoesNotExistException', 'an unknown set', letter(), { ConfigurationSetName: 'nope' }],
  ])('answers %s for %s, and keeps nothing', async (name, _what, raw, more) => {
    await expect(send(raw, more)).rejects.toMatchObject({ name });
    expect([index(), outbox(), events]).toEqual([[], [], []]);
  });

  it('takes lines of 998 bytes and subdomains of a verified domain', async () => {
    await send(letter({ headers: { From: 'x@sub.agency.test' }, body: `${'x'.repeat(998)}\r\n` }));
    expect(index()).toHaveLength(1);
  });

  it('throttles by the second and counts recipients, and takes more when the clock has moved on', async () => {
    await send(letter({ headers: { Cc: 'b@acme.test' } }));
    await send(letter());
    await expect(send(letter())).rejects.toMatchObject({
      name: 'Throttling',
      message: 'Maximum sending rate exceeded.',
    });
    clock.set(START + 1000);
    await send(letter());
  });

  it('stops at the daily quota of a rolling day, in which the simulator does not count', async () => {
    await close();
    await open({ quota: { max24HourSend: 1, maxSendRate: 100 } });
    await send(letter({ headers: { To: 'success@simulator.amazonses.com' } }));
    await send(letter());
    await expect(send(letter())).rejects.toMatchObject({
      name: 'Throttling',
      message: 'Daily message quota exceeded.',
    });
    const asked = await client.send(new GetSendQuotaCommand({}));
    expect(asked).toMatchObject({ Max24HourSend: 1, MaxSendRate: 100, SentLast24Hours: 1 });
    clock.set(START + 24 * 3600_000);
    await send(letter());
  });

  it('refuses everything while sending is paused, and says so when asked', async () => {
    const isEnabled = async () => (await client.send(new GetAccountSendingEnabledCommand({}))).Enabled;
    expect(await isEnabled()).toBe(true);
    ses.pauseSending(true);
    expect(await isEnabled()).toBe(false);
    await expect(send(letter())).rejects.toMatchObject({ name: 'AccountSendingPausedException' });
  });
});

describe('events', () => {
  it('publishes Send and Delivery with the tags of the call and the headers as they were passed', async () => {
    const sesId = await send(letter(), tagged());
    expect(types()).toEqual(['Send', 'Delivery']);
    expect(events[0]).toMatchObject({
      eventType: 'Send',
      send: {},
      mail: {
        timestamp: '2026-11-23T09:31:00.000Z',
        source: 'Anne <anne@agency.test>',
        messageId: sesId,
        destination: ['ana@acme.test'],
        headersTruncated: false,
        commonHeaders: {
          from: ['Anne <anne@agency.test>'],
          to: ['Ana Silva <ana@acme.test>'],
          messageId: '<own@agency.test>',
          subject: 'Lamps',
        },
        tags: { claim: ['c1'], 'ses:configuration-set': ['letters'], 'ses:from-domain': ['agency.test'] },
      },
    });
    expect(events[0]?.mail.headers).toContainEqual({ name: 'Message-ID', value: '<own@agency.test>' });
    expect(events[1]).toMatchObject({ delivery: { recipients: ['ana@acme.test'] } });
  });

  it('reads tags and configuration set from the headers when the call has none', async () => {
    await send(
      letter({ extra: ['X-SES-CONFIGURATION-SET: letters', 'X-SES-MESSAGE-TAGS: step=2, claim=c2'] }),
    );
    expect(events[0]?.mail.tags).toMatchObject({ step: ['2'], claim: ['c2'] });
  });

  it('publishes nothing without a configuration set', async () => {
    await send(letter());
    expect(events).toEqual([]);
    expect(delivered).toHaveLength(1);
  });

  it('cuts the copied headers at 10 KB and says so', async () => {
    const extra = Array.from({ length: 200 }, (_, number) => `X-Long-${number}: ${'x'.repeat(90)}`);
    await send(letter({ extra }), tagged());
    expect(events[0]?.mail.headersTruncated).toBe(true);
    expect(JSON.stringify(events[0]?.mail.headers).length).toBeLessThan(16_000);
  });

  it.each([
    ['success', 'success@simulator.amazonses.com', ['Send', 'Delivery']],
    ['bounce', 'bounce+label@simulator.amazonses.com', ['Send', 'Bounce']],
    ['suppressionlist', 'suppressionlist@simulator.amazonses.com', ['Send', 'Bounce']],
    ['complaint', 'complaint@simulator.amazonses.com', ['Send', 'Delivery', 'Complaint']],
    ['ooto', 'ooto@simulator.amazonses.com', ['Send', 'Delivery', 'Bounce']],
    ['an address that does not exist', 'who@gone.test', ['Send', 'Bounce']],
  ])('reports %s as SES does', async (_name, To, expected) => {
    await send(letter({ headers: { To } }), tagged());
    expect(types()).toEqual(expected);
    const bounce = events.find((event) => event.eventType === 'Bounce')?.bounce;
    if (To.startsWith('ooto'))
      expect(bounce).toMatchObject({ bounceType: 'Transient', bounceSubType: 'General' });
    else if (bounce) {
      expect(bounce).toMatchObject({
        bounceType: 'Permanent',
        bouncedRecipients: [{ emailAddress: To, action: 'failed', status: '5.1.1' }],
      });
    }
  });

  it('rejects a virus after accepting it, without delivering', async () => {
    const eicar = String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`;
    await send(letter({ body: eicar }), tagged());
    expect(events).toMatchObject([{ eventType: 'Reject', reject: { reason: 'Bad content' } }]);
    expect(delivered).toEqual([]);
  });

  it('publishes again, when the clock is turned, what could not be published', async () => {
    await close();
    let down = true;
    await open({
      publish: async (event) => {
        if (down) throw new Error('queue is down');
        events.push(event);
      },
    });
    await send(letter(), tagged());
    expect(events).toEqual([]);
    down = false;
    clock.set(ses.nextMoment() ?? 0);
    await ses.settle();
    expect(types().sort()).toEqual(['Delivery', 'Send']);
    expect(ses.nextMoment()).toBeUndefined();
  });
});

describe('feedback forwarding', () => {
  it('mails a bounce to the Return-Path as a delivery status report with the original inside', async () => {
    const sesId = await send(letter({ headers: { To: 'who@gone.test' } }));
    const [report] = forwarded;
    expect(report?.to).toBe(RETURN_PATH);
    const parsed = await simpleParser(report?.raw ?? '', { keepDeliveryStatus: true });
    expect(parsed.from?.value[0]?.address).toBe('MAILER-DAEMON@amazonses.com');
    expect(parsed.headers.get('content-type')).toMatchObject({
      value: 'multipart/report',
      params: { 'report-type': 'delivery-status' },
    });
    const status = parsed.attachments.find(({ contentType }) => contentType === 'message/delivery-status');
    expect(status?.content.toString()).toContain('Final-Recipient: rfc822; who@gone.test');
    expect(status?.content.toString()).toContain('Status: 5.1.1');
    expect(report?.raw.toString()).toContain(`Message-ID: <${sesId}@email.amazonses.com>`);
  });

  it('mails a complaint as a feedback report, and an absence note as an automatic reply', async () => {
    await send(letter({ headers: { To: 'complaint@simulator.amazonses.com' } }));
    const sesId = await send(letter({ headers: { To: 'ooto@simulator.amazonses.com' } }));
    const [complaint, absence] = forwarded.map(({ raw }) => raw.toString());
    expect(complaint).toContain('report-type=feedback-report');
    expect(complaint).toContain('Feedback-Type: abuse');
    expect(absence).toContain('Auto-Submitted: auto-replied');
    expect(absence).toContain(`In-Reply-To: <${sesId}@email.amazonses.com>`);
  });
});

describe('relaying to a real mail server', () => {
  let server: SMTPServer;
  let got: string[];
  let refusal: Error | undefined;

  beforeEach(async () => {
    got = [];
    refusal = undefined;
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      onRcptTo: (_address, _session, callback) => callback(refusal),
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
          got.push(`${from}\n${Buffer.concat(chunks)}`);
          callback();
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    await close();
    await open({ relay: `smtp://127.0.0.1:${port}` });
  });
  afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

  it('delivers the rewritten mail with our Return-Path as its envelope sender', async () => {
    const sesId = await send(letter(), tagged());
    expect(types()).toEqual(['Send', 'Delivery']);
    expect(got).toHaveLength(1);
    expect(got[0]).toMatch(/^r\+token@reply\.agency\.test\n/);
    expect(got[0]).toContain(`Message-ID: <${sesId}@email.amazonses.com>`);
  });

  it('reports a 5xx of the recipient as a permanent bounce', async () => {
    refusal = Object.assign(new Error('5.1.1 no such user'), { responseCode: 550 });
    await send(letter(), tagged());
    expect(types()).toEqual(['Send', 'Bounce']);
    expect(events[1]).toMatchObject({
      bounce: { bounceType: 'Permanent', bouncedRecipients: [{ status: '5.1.1' }] },
    });
  });

  it('reports a 4xx as one delay, tries again, and delivers when the server takes it', async () => {
    refusal = Object.assign(new Error('4.2.0 greylisted'), { responseCode: 451 });
    await send(letter(), tagged());
    clock.set(ses.nextMoment() ?? 0);
    await ses.settle();
    expect(types()).toEqual(['Send', 'DeliveryDelay']);
    refusal = undefined;
    clock.set(ses.nextMoment() ?? 0);
    await ses.settle();
    expect(types()).toEqual(['Send', 'DeliveryDelay', 'Delivery']);
  });

  it('gives up with a transient bounce after 14 hours', async () => {
    refusal = Object.assign(new Error('4.2.0 greylisted'), { responseCode: 451 });
    await send(letter(), tagged());
    for (let tries = 0; ses.nextMoment() !== undefined && tries < 50; tries += 1) {
      clock.set(ses.nextMoment() ?? 0);
      await ses.settle();
    }
    expect(types()).toEqual(['Send', 'DeliveryDelay', 'Bounce']);
    expect(events[2]).toMatchObject({ bounce: { bounceType: 'Transient' } });
    expect(clock.now()).toBe(START + 14 * 3600_000);
  });
});

describe('durability', () => {
  it('removes an outbox file without a row at the next start and touches no other', async () => {
    await send(letter());
    const orphan = '2026-11-23T0931-ana@acme.test-00000000.eml';
    writeFileSync(join(folder, 'outbox', orphan), 'half a letter');
    writeFileSync(join(folder, 'outbox', 'notes.eml'), 'mine');
    const listed = index();
    rmSync(join(folder, 'outbox', 'index.jsonl'));
    await close();
    await open();
    expect(outbox().sort()).toEqual([listed[0]?.file, 'notes.eml'].sort());
    expect(index()).toEqual(listed);
  });

  it('publishes, after kill -9, the Send event of every mail it had accepted', async () => {
    const module = (path: string) => new URL(`../../../infra/local/${path}`, import.meta.url).href;
    const program = `
      import { startSes } from '${module('ses.ts')}';
      import { makeClock } from '${module('clock.ts')}';
      import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
      const ses = await startSes({ dir: process.argv[1] + '/outbox', file: process.argv[1] + '/killed.db',
        clock: makeClock({ mode: 'turned', start: ${START} }), identities: () => ['agency.test'],
        configurationSets: ['letters'], quota: { max24HourSend: -1, maxSendRate: 1e6 },
        publish: () => new Promise(() => {}) });
      const client = new SESClient({ endpoint: ses.endpoint, region: 'us-east-1',
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
      const Data = Buffer.from('From: anne@agency.test\\r\\nTo: ana@acme.test\\r\\n\\r\\nHello\\r\\n');
      for (;;) {
        const sent = await client.send(new SendRawEmailCommand({ RawMessage: { Data }, ConfigurationSetName: 'letters' }));
        process.stdout.write(sent.MessageId + '\\n');
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
      if (said.split('\n').length > 20) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const acknowledged = said.split('\n').slice(0, -1);
    await close();
    await open({ file: join(folder, 'killed.db') });
    await ses.settle();
    const sent = events.filter(({ eventType }) => eventType === 'Send').map(({ mail }) => mail.messageId);
    expect(sent).toEqual(expect.arrayContaining(acknowledged));
    expect(new Set(index().map(({ sesId }) => sesId))).toEqual(new Set(sent));
    for (const { file } of index()) expect(existsSync(join(folder, 'outbox', file))).toBe(true);
  });
});
