// What the embedded SES takes, and what it refuses as AWS would.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  GetAccountSendingEnabledCommand,
  GetSendQuotaCommand,
  type SendRawEmailCommandInput,
} from '@aws-sdk/client-ses';
import { describe, expect, it } from 'vitest';

import {
  client,
  clock,
  close,
  delivered,
  events,
  folder,
  index,
  letter,
  open,
  openForEachTest,
  outbox,
  RETURN_PATH,
  START,
  send,
  ses,
} from './ses-fixture.ts';

openForEachTest();

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
