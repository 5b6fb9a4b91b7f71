/** Inbound SMTP, spoken to by a real mail client, and the notification that SES would send of it. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeClock } from '../../../infra/local/clock.ts';
import {
  type LocalSmtp,
  type ReceivedMail,
  receivedNotification,
  startSmtp,
} from '../../../infra/local/smtp.ts';

const NOW = Date.UTC(2026, 10, 23, 9, 31, 0);
const TOKEN = 'r+abc123@reply.agency.test';

let smtp: LocalSmtp;
let received: ReceivedMail[];
let isBroken: boolean;

beforeEach(async () => {
  received = [];
  isBroken = false;
  smtp = await startSmtp({
    port: 0,
    clock: makeClock({ mode: 'turned', start: NOW }),
    domains: () => ['reply.agency.test'],
    accept: async (mail) => {
      if (isBroken) throw new Error('bucket is down');
      received.push(mail);
    },
  });
});
afterEach(() => smtp.close());

const deliver = async (raw: string | Buffer, to: string | string[] = TOKEN, from = 'ana@acme.test') => {
  const client = createTransport({ host: '127.0.0.1', port: smtp.port, ignoreTLS: true, logger: false });
  try {
    return await client.sendMail({ envelope: { from, to }, raw });
  } finally {
    client.close();
  }
};
const MAIL = 'From: Ana <ana@acme.test>\r\nTo: x@y.test\r\nSubject: Re: Lamps\r\n\r\nYes, send a sample.\r\n';

describe('receiving', () => {
  it('hands over the envelope, an id like those of SES and every byte below SES trace fields', async () => {
    const binary = Buffer.from(`${MAIL}\u00e9\r\n..leading dots\r\n`, 'latin1');
    await deliver(binary, [TOKEN, 'in+s1@reply.agency.test']);
    const [mail] = received;
    expect(mail).toMatchObject({ from: 'ana@acme.test', recipients: [TOKEN, 'in+s1@reply.agency.test'] });
    expect(mail?.id).toMatch(/^[a-z0-9]{40}$/);
    const raw = Buffer.from(mail?.raw ?? []);
    expect(raw.subarray(-binary.length)).toEqual(binary);
    const trace = raw.toString('latin1').slice(0, -binary.length);
    expect(trace).toMatch(/^Return-Path: <ana@acme\.test>\r\nReceived: from /);
    expect(trace).toContain(' Mon, 23 Nov 2026 09:31:00 +0000\r\n');
    expect(trace.endsWith('\r\n')).toBe(true);
  });

  it('takes the null sender, which every bounce has', async () => {
    await deliver(MAIL, TOKEN, '');
    expect(received[0]?.from).toBe('');
    expect(Buffer.from(received[0]?.raw ?? []).toString()).toMatch(/^Return-Path: <>\r\n/);
  });

  it('claims no check that nobody made', async () => {
    await deliver(MAIL);
    expect(received[0]?.verdicts).toEqual({
      spf: 'GRAY',
      dkim: 'GRAY',
      dmarc: 'GRAY',
      spam: 'DISABLED',
      virus: 'DISABLED',
    });
  });

  it.each(['x@elsewhere.test', 'x@sub.reply.agency.test', 'x@agency.test'])(
    'refuses %s with 550',
    async (to) => {
      await expect(deliver(MAIL, to)).rejects.toMatchObject({ responseCode: 550 });
      expect(received).toEqual([]);
    },
  );

  it('takes a recipient in whatever case its domain is written', async () => {
    await deliver(MAIL, 'R+ABC123@Reply.Agency.TEST');
    expect(received[0]?.recipients).toEqual([expect.stringMatching(/^R\+ABC123@reply\.agency\.test$/i)]);
  });

  it('refuses a mail over 40 MB with 552, announced or not, and keeps nothing of it', async () => {
    const announced = deliver(Buffer.alloc(41_943_041, 'x\r\n'));
    await expect(announced).rejects.toMatchObject({ responseCode: 552 });
    const socket = connect(smtp.port, '127.0.0.1');
    socket.setEncoding('latin1');
    const say = async (line: string | Buffer) => {
      socket.write(line);
      const [answer] = (await once(socket, 'data')) as [string];
      return answer.slice(0, 3);
    };
    await once(socket, 'data');
    expect(await say('HELO peer.test\r\n')).toBe('250');
    expect(await say('MAIL FROM:<ana@acme.test>\r\n')).toBe('250');
    expect(await say(`RCPT TO:<${TOKEN}>\r\n`)).toBe('250');
    expect(await say('DATA\r\n')).toBe('354');
    expect(await say(Buffer.concat([Buffer.alloc(41_943_050, 'x\r\n'), Buffer.from('\r\n.\r\n')]))).toBe(
      '552',
    );
    socket.destroy();
    expect(received).toEqual([]);
  });

  it('tells the client to come again when the mail could not be stored', async () => {
    isBroken = true;
    await expect(deliver(MAIL)).rejects.toMatchObject({ responseCode: 451 });
    isBroken = false;
    await deliver(MAIL);
    expect(received).toHaveLength(1);
  });

  it('counts the sessions that are open', async () => {
    expect(smtp.openSessions()).toBe(0);
    const socket = connect(smtp.port, '127.0.0.1');
    await once(socket, 'data');
    expect(smtp.openSessions()).toBe(1);
    socket.write('QUIT\r\n');
    await expect.poll(() => smtp.openSessions()).toBe(0);
  });
});

describe('the notification', () => {
  const notify = (raw: string, more = {}) =>
    receivedNotification({
      id: 'a1',
      bucket: 'inbound-mail',
      key: 'inbound/a1',
      at: NOW,
      from: 'ana@acme.test',
      recipients: [TOKEN],
      raw: Buffer.from(raw),
      verdicts: { spf: 'PASS', dkim: 'GRAY', dmarc: 'FAIL', spam: 'PASS', virus: 'PASS' },
      ...more,
    });

  it('is what SES sends for an S3 action with a topic', () => {
    const raw =
      'Return-Path: <ana@acme.test>\r\nFrom: "Silva, Ana" <ana@acme.test>\r\nTo: Anne <anne@agency.test>\r\n' +
      'Message-ID: <m1@acme.test>\r\nSubject: Re:\r\n Lamps\r\nDate: Mon, 23 Nov 2026 09:30:00 +0000\r\n\r\nBody: no\r\n';
    expect(notify(raw)).toEqual({
      notificationType: 'Received',
      mail: {
        timestamp: '2026-11-23T09:31:00.000Z',
        source: 'ana@acme.test',
        messageId: 'a1',
        destination: ['anne@agency.test'],
        headersTruncated: false,
        headers: [
          { name: 'Return-Path', value: '<ana@acme.test>' },
          { name: 'From', value: '"Silva, Ana" <ana@acme.test>' },
          { name: 'To', value: 'Anne <anne@agency.test>' },
          { name: 'Message-ID', value: '<m1@acme.test>' },
          { name: 'Subject', value: 'Re: Lamps' },
          { name: 'Date', value: 'Mon, 23 Nov 2026 09:30:00 +0000' },
        ],
        commonHeaders: {
          returnPath: 'ana@acme.test',
          from: ['"Silva, Ana" <ana@acme.test>'],
          to: ['Anne <anne@agency.test>'],
          date: 'Mon, 23 Nov 2026 09:30:00 +0000',
          messageId: '<m1@acme.test>',
          subject: 'Re: Lamps',
        },
      },
      receipt: {
        timestamp: '2026-11-23T09:31:00.000Z',
        processingTimeMillis: 1,
        recipients: [TOKEN],
        spamVerdict: { status: 'PASS' },
        virusVerdict: { status: 'PASS' },
        spfVerdict: { status: 'PASS' },
        dkimVerdict: { status: 'GRAY' },
        dmarcVerdict: { status: 'FAIL' },
        action: {
          type: 'S3',
          topicArn: 'arn:aws:sns:us-east-1:000000000000:inbound',
          bucketName: 'inbound-mail',
          objectKeyPrefix: 'inbound/',
          objectKey: 'inbound/a1',
        },
      },
    });
  });

  it('cuts its header copies at 10 KB and says so', () => {
    const { mail } = notify(`X-Long: ${'x'.repeat(10_300)}\r\nTo: a@b.test\r\n\r\n`);
    expect(mail.headersTruncated).toBe(true);
    expect(mail.headers).toEqual([]);
    expect(mail.destination).toEqual(['a@b.test']);
  });

  it.each([
    ['an empty mail', ''],
    ['a mail without headers', '\r\nonly a body'],
    ['lines that are no headers', 'what is this\r\n folded?\r\n: none\r\n\r\n'],
    ['a mail that ends within its headers', 'Subject: cut'],
    ['a million line feeds', '\n'.repeat(1_000_000)],
    ['a header section without end', 'A: b\r\n'.repeat(300_000)],
    ['a From field of quotes', `From: ${'"'.repeat(200_000)}\r\n\r\n`],
  ])('is made of %s', (_name, raw) => {
    expect(notify(raw).receipt.recipients).toEqual([TOKEN]);
  });
});
