/** What a reading says beside kind and absence: forwards, receipts, signatures, wishes, doubtful opt-outs. */
import { describe, expect, it } from 'vitest';
import { readMail } from '../../../shared/inbound/read-mail.ts';
import type { Reading } from '../../../shared/inbound/reading.ts';
import { parseMail } from '../../../shared/parse-mail.ts';

const NOW = '2026-11-23T12:00:00.000Z';
const HEAD =
  'From: Ana Silva <ana@acme.example>\nTo: r+token@reply.example\nDate: Mon, 23 Nov 2026 10:00:00 +0000\n';

const readRaw = async (raw: string): Promise<Reading> =>
  readMail(await parseMail(Buffer.from(raw)), { now: NOW });
const read = (text: string, headers = 'Subject: Re: Linen\nIn-Reply-To: <ours@x>\n'): Promise<Reading> =>
  readRaw(`${HEAD}${headers}Content-Type: text/plain; charset=utf-8\n\n${text}\n`);

const NOTE = 'I am out of the office until 30 November 2026. I will reply when I return.';

describe('a mail that carries another one', () => {
  const forward = (mark: string, cover = ''): string =>
    `${cover}${mark}\nFrom: Ana Silva <ana@acme.example>\nDate: Mon, 23 Nov 2026 at 09:00\nSubject: Automatic reply: Linen\nTo: Lin Wei <lin@harbour.example>\n\n${NOTE}\n`;
  const head = 'From: Lin Wei <lin@harbour.example>\nTo: in+sender@reply.example\n';

  it.each([
    ['Gmail', 'Subject: Fwd: Automatic reply: Linen\n', '---------- Forwarded message ---------'],
    ['Apple Mail', 'Subject: Fwd: Automatic reply: Linen\n', 'Begin forwarded message:\n'],
    ['Outlook', 'Subject: FW: Automatic reply: Linen\n', '________________________________'],
    ['German Outlook', 'Subject: WG: Automatic reply: Linen\n', '-----Ursprüngliche Nachricht-----'],
  ])('is read as the one that %s forwards inline', async (_, subject, mark) => {
    const reading = await readRaw(
      `${head}${subject}Content-Type: text/plain; charset=utf-8\n\n${forward(mark)}`,
    );
    expect(reading).toMatchObject({
      kind: { value: 'absence' },
      absence: { value: { returnOn: '2026-11-30' } },
      forwarded: {
        value: { by: 'inline', hasCover: false, from: { name: 'Ana Silva', address: 'ana@acme.example' } },
      },
    });
  });

  it('is read as the attached one, whose ids it names', async () => {
    const inner = `${HEAD}Message-ID: <inner@acme.example>\nIn-Reply-To: <ours@x>\nSubject: Re: Linen\n\nYes, please send your price list.\n`;
    const reading = await readRaw(
      `${head}Subject: FW: Re: Linen\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n\n--b\nContent-Type: message/rfc822\n\n${inner}\n--b--\n`,
    );
    expect(reading).toMatchObject({
      kind: { value: 'reply' },
      replyText: 'Yes, please send your price list.',
      intent: { value: { kind: 'asks', asksFor: ['price'] } },
      forwarded: {
        value: { by: 'attached', messageId: 'inner@acme.example', from: { address: 'ana@acme.example' } },
      },
    });
  });

  it('is read by the words above it where there are any', async () => {
    const text = forward(
      '---------- Forwarded message ---------',
      'Please look at this, I think they are interested.\n\n',
    );
    const reading = await readRaw(`${head}Subject: Fwd: Linen\nContent-Type: text/plain\n\n${text}`);
    expect(reading.kind.value).toBe('reply');
    expect(reading.replyText).toBe('Please look at this, I think they are interested.');
    expect(reading.forwarded?.value.hasCover).toBe(true);
  });

  it('is not read as our own letter when a prospect sends it back', async () => {
    const text =
      '---------- Forwarded message ---------\nFrom: Lin Wei <lin@harbour.example>\nSubject: Linen\n\nMay I send you samples?\n';
    const reading = await readRaw(
      `From: ana@acme.example\nTo: Lin Wei <lin@harbour.example>\nSubject: Fwd: Linen\nContent-Type: text/plain\n\n${text}`,
    );
    expect(reading.forwarded).toBeUndefined();
  });

  it('is not looked for in what a mail system returns', async () => {
    const reading = await readRaw(
      `From: MAILER-DAEMON@mx.example\nSubject: failure notice\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nUser unknown\n--b\nContent-Type: message/rfc822\n\n${HEAD}Subject: Linen\n\nMay I send samples?\n--b--\n`,
    );
    expect(reading.kind.value).toBe('bounce');
    expect(reading.forwarded).toBeUndefined();
  });
});

describe('an answer by machine says which sort of machine', () => {
  const report = (disposition: string, words: string): string =>
    `${HEAD}Subject: Read: Linen\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\nContent-Type: text/plain\n\n${words}\n--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; ana@acme.example\nDisposition: ${disposition}\n--b--\n`;

  it('a read receipt (RFC 8098)', async () => {
    const reading = await readRaw(
      report('manual-action/MDN-sent-manually; displayed', 'Your message was read.'),
    );
    expect(reading).toMatchObject({ kind: { value: 'auto-reply' }, automatic: { value: 'read-receipt' } });
  });

  it('a refusal dressed as a receipt (RFC 5429) is a bounce', async () => {
    const words = 'Your message to <ana@acme.example> was automatically rejected: Quota exceeded';
    const reading = await readRaw(report('automatic-action/MDN-sent-automatically; deleted', words));
    expect(reading).toMatchObject({ kind: { value: 'bounce' }, bounce: { value: { class: 'transient' } } });
  });

  it('a calendar', async () => {
    const reading = await readRaw(
      `${HEAD}Auto-Submitted: auto-generated\nSubject: Accepted: Call\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nThis event has been updated.\n--b\nContent-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n--b--\n`,
    );
    expect(reading.automatic?.value).toBe('calendar');
  });

  it('a help desk', async () => {
    const reading = await read(
      'Thank you for contacting us. Your ticket number is 4711.',
      'Subject: [#4711] Linen\nAuto-Submitted: auto-replied\n',
    );
    expect(reading.automatic?.value).toBe('ticket');
  });
});

describe('an opt-out in words', () => {
  it.each([
    'Please remove me from your mailing list.',
    'Bitte streichen Sie mich aus Ihrem Verteiler.',
    '请不要再发邮件给我。',
  ])('is certain: %s', async (text) => {
    const reading = await read(text);
    expect(reading).toMatchObject({ kind: { value: 'unsubscribe' }, optOut: { value: { isCertain: true } } });
    expect(reading.intent?.value.kind).toBe('unsubscribe');
  });

  it.each([
    'Please unsubscribe my colleague, but send me your price list.',
    `Please unsubscribe. ${'We have read your letter with great care and talked about it. '.repeat(5)}`,
    'Please do not unsubscribe me, I read your letters.',
  ])('is left to a person: %s', async (text) => {
    expect(await read(text)).toMatchObject({
      kind: { value: 'reply' },
      optOut: { value: { isCertain: false } },
    });
  });

  it.each([
    'Please remove the 5 kW model from the offer.',
    'Bitte löschen Sie die zweite Position aus dem Angebot.',
  ])('is none: %s', async (text) => {
    const reading = await read(text);
    expect(reading.kind.value).toBe('reply');
    expect(reading.optOut).toBeUndefined();
  });
});

describe('a signature', () => {
  it.each([
    ['Ana Silva\nOwner\nAcme Ltd', { title: 'Owner', authority: 'owner', company: 'Acme Ltd' }],
    [
      'Ana Silva\nPurchasing Manager | Acme',
      { title: 'Purchasing Manager', authority: 'buyer', company: 'Acme' },
    ],
    ['Ana Silva\nAssistant to the Managing Director', { authority: 'assistant' }],
    ['Ana Silva\nDirector of Operations', { authority: 'director' }],
  ])('%s', async (signature, value) => {
    const reading = await read(`Thank you, we will see.\n\nBest regards,\n${signature}`);
    expect(reading.signature?.value).toMatchObject(value);
  });

  it('is not made of sentences', async () => {
    expect(
      (await read('I spoke with the owner. The director will decide on Monday.')).signature,
    ).toBeUndefined();
  });
});

it.each([
  ['My new email address is ana.silva@neu.example, please update your records.', 'ana.silva@neu.example'],
  ['Meine neue E-Mail-Adresse lautet ana@neu.example.', 'ana@neu.example'],
])("a new address is the writer's own: %s", async (text, address) => {
  const reading = await read(text);
  expect(reading.newAddress?.value).toBe(address);
  expect(reading.people).toEqual([]);
});

it.each([
  ['您好，我正在出差，12月2日返回。\n\nI am on a business trip until 2 December.', '2026-12-02'],
  ['أنا في إجازة حتى 2 ديسمبر.\n\nI am on leave until 2 December 2026.', '2026-12-02'],
])('a mail in two languages is read in both: %s', async (text, returnOn) => {
  const reading = await read(text, 'Subject: Linen\nAuto-Submitted: auto-replied\n');
  expect(reading).toMatchObject({ kind: { value: 'absence' }, absence: { value: { returnOn } } });
});
