// Letters that really leave, and what survives the end of the process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  clock,
  close,
  events,
  folder,
  index,
  letter,
  open,
  openForEachTest,
  outbox,
  START,
  send,
  ses,
  tagged,
  types,
} from './ses-fixture.ts';

openForEachTest();

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
