/** The bytes that go to SES, judged by parsing them back: the headers we meant, and never one more. */
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import {
  type AlertMail,
  composeAlert,
  composeLetter,
  type LetterMail,
  ORIGINAL_BYTES_MAX,
} from '../../shared/compose-mail.ts';
import { instant } from '../../shared/domain/instant.ts';
import { writeLetter } from '../../shared/domain/letter/write-letter.ts';
import { ANA, JANE, letterStep, OPT_OUT_URL, sentLetter, sequenceOf } from './domain/letter/people.ts';

const TOKEN_ADDRESS = `r+${'a'.repeat(45)}@reply.example.com`;
const OWN_ID = `<${ANA.id}-1-1@reply.example.com>`;
const FIRST_ID = '<0100019aa-c0-000000@eu-west-1.amazonses.com>';
const LETTER_HEADERS = [
  'content-type',
  'date',
  'from',
  'in-reply-to',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'message-id',
  'mime-version',
  'references',
  'reply-to',
  'return-path',
  'subject',
  'to',
];

function followUp(subject: string, body: string): LetterMail {
  const sequence = sequenceOf(
    letterStep({}),
    letterStep({ subject: '{{ fields.subject }}', body: '{{ fields.body }}' }),
  );
  const contact = { ...ANA, fields: { subject, body } };
  const answer = writeLetter({
    sequence,
    step: 1,
    contact,
    sender: JANE,
    earlier: [sentLetter({})],
    wasAbsent: false,
    optOutUrl: OPT_OUT_URL,
  });
  if (answer.kind !== 'written') throw new Error(JSON.stringify(answer.findings));
  return {
    letter: answer.letter,
    sender: JANE,
    contact,
    replyTo: TOKEN_ADDRESS,
    returnPath: TOKEN_ADDRESS,
    ownMessageId: OWN_ID,
    inReplyTo: FIRST_ID,
    references: [FIRST_ID],
    listUnsubscribe: { url: OPT_OUT_URL },
    date: instant('2026-12-01T09:31:00Z'),
  };
}

const FOLLOW_UP = followUp('Re: Tableware for Acme', 'Dear Ana,\n\nDid my letter reach you?');

const ALERT: AlertMail = {
  messageId: '<alert-1-m@reply.example.com>',
  fromName: 'Ana Silva (Acme) via Relance',
  alertAddress: 'alerts@relance.example.com',
  to: 'jane@doe.example',
  replyTo: ['ana@acme.example', 'in+abc234@reply.example.com'],
  inReplyTo: '<theirs-2@acme.example>',
  references: [FIRST_ID, '<theirs-2@acme.example>'],
  subject: 'A · Ana Silva, Acme PT 10:12 · ‘please send prices’',
  text: 'Ana answered.\n\n> please send prices\n\ntel:+351912345678 https://wa.me/351912345678\n',
  date: instant('2026-12-01T09:31:00Z'),
};

/** Field names of the top header block, and the block's unfolded fields, read without any mail library. */
function headerBlock(raw: Uint8Array): { names: string[]; fields: Map<string, string> } {
  const head = Buffer.from(raw).toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
  const fields = head
    .replace(/\r\n[ \t]/g, ' ')
    .split('\r\n')
    .map((line) => line.split(/:\s*/));
  const pairs = fields.map(([name, ...rest]) => [(name ?? '').toLowerCase(), rest.join(':')] as const);
  return { names: pairs.map(([name]) => name).toSorted(), fields: new Map(pairs) };
}

function expectCleanBytes(raw: Uint8Array): void {
  const text = Buffer.from(raw).toString('latin1');
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
}

describe('a letter', () => {
  it('parses back to what was written', async () => {
    const raw = await composeLetter(FOLLOW_UP);
    const mail = await simpleParser(Buffer.from(raw));
    expect(mail.from?.value).toEqual([{ name: 'Jane Doe', address: 'jane@doe.example' }]);
    expect(mail.to).toMatchObject({ value: [{ name: 'Ana Silva', address: 'ana@acme.example' }] });
    expect(mail.replyTo?.value[0]?.address).toBe(TOKEN_ADDRESS);
    expect(headerBlock(raw).fields.get('return-path')).toBe(`<${TOKEN_ADDRESS}>`);
    expect(mail.messageId).toBe(OWN_ID);
    expect(mail.inReplyTo).toBe(FIRST_ID);
    expect(mail.references).toEqual([FIRST_ID, OWN_ID]);
    expect(mail.date?.toISOString()).toBe('2026-12-01T09:31:00.000Z');
    expect(mail.text).toBe(FOLLOW_UP.letter.text);
    expect(mail.html).toContain('<blockquote>');
    expect(headerBlock(raw).fields.get('content-type')).toMatch(/^multipart\/alternative/);
    expectCleanBytes(raw);
  });

  it('carries its own id in References even when it is the first', async () => {
    const { inReplyTo: _, ...first } = FOLLOW_UP;
    const mail = await simpleParser(Buffer.from(await composeLetter({ ...first, references: [] })));
    expect(mail.references).toBe(OWN_ID);
    expect(mail.inReplyTo).toBeUndefined();
  });

  it('has the one-click headers when asked and no List-* header otherwise', async () => {
    const asked = headerBlock(await composeLetter(FOLLOW_UP));
    expect(asked.fields.get('list-unsubscribe')).toBe(`<${OPT_OUT_URL}>`);
    expect(asked.fields.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const { listUnsubscribe: _, ...plain } = FOLLOW_UP;
    expect(headerBlock(await composeLetter(plain)).names.filter((name) => name.startsWith('list-'))).toEqual(
      [],
    );
    const both = { url: OPT_OUT_URL, mailto: 'u+abc@reply.example.com' };
    expect(
      headerBlock(await composeLetter({ ...plain, listUnsubscribe: both })).fields.get('list-unsubscribe'),
    ).toBe(`<${OPT_OUT_URL}>, <mailto:u+abc@reply.example.com>`);
  });

  it('is the same bytes every time', async () => {
    expect(await composeLetter(FOLLOW_UP)).toEqual(await composeLetter(FOLLOW_UP));
  });

  it('has exactly the headers that were meant, whatever its texts are made of', async () => {
    const wild = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.constantFrom(
        'x\r\nBcc: eve@evil.example',
        'x\n\n<html>',
        '\u2028Bcc: e',
        '=?utf-8?q?=0D=0ABcc:_e?=',
        '"><',
        'a\u0000b',
        '\ud800',
        ',;<e@x.example>',
      ),
      fc.string({ maxLength: 3000 }).map((text) => `${text}${'y'.repeat(2000)}`),
    );
    await fc.assert(
      fc.asyncProperty(wild, wild, wild, wild, async (subject, body, name, company) => {
        const mail = followUp(`S ${subject.slice(0, 2500)}`, `B ${body}`);
        const raw = await composeLetter({
          ...mail,
          sender: { ...mail.sender, name: `N ${name}`, company },
          contact: { ...mail.contact, firstName: `F ${name}`, lastName: company },
        });
        expect(headerBlock(raw).names).toEqual(LETTER_HEADERS);
        expectCleanBytes(raw);
        const parsed = await simpleParser(Buffer.from(raw));
        expect([...parsed.headers.keys()].filter((key) => key !== 'list').toSorted()).toEqual(
          LETTER_HEADERS.filter((key) => !key.startsWith('list-')),
        );
        expect(parsed.from?.value.map((one) => one.address)).toEqual(['jane@doe.example']);
        expect(
          [parsed.to]
            .flat()
            .flatMap((to) => to?.value ?? [])
            .map((one) => one.address),
        ).toEqual(['ana@acme.example']);
        expect(parsed.attachments).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps every word of its text through the encoding', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), async (words) => {
        const mail = followUp('Subject', `B ${words} E`);
        const parsed = await simpleParser(Buffer.from(await composeLetter(mail)));
        expect(parsed.text).toBe(mail.letter.text);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    { replyTo: 'r+x@reply.example.com\r\nBcc: e@x.example' },
    { returnPath: 'no address' },
    { ownMessageId: '<a b@x>' },
    { sender: { ...JANE, address: 'jane@doe.example, eve@evil.example' } },
    { contact: { ...ANA, address: 'ana@acme.example>' } },
    { listUnsubscribe: { url: 'javascript:alert(1)' } },
  ])('is never made of an address or link that is none: %j', async (wrong) => {
    await expect((async () => composeLetter({ ...FOLLOW_UP, ...wrong }))()).rejects.toThrow();
  });
});

describe('an alert', () => {
  it('threads at the prospect, says that it is automatic, and parses back', async () => {
    const raw = await composeAlert(ALERT);
    const mail = await simpleParser(Buffer.from(raw));
    expect(mail.from?.value).toEqual([{ name: ALERT.fromName, address: ALERT.alertAddress }]);
    expect(mail.replyTo?.value.map((one) => one.address)).toEqual(ALERT.replyTo);
    expect(mail.inReplyTo).toBe(ALERT.inReplyTo);
    expect(mail.references).toEqual(ALERT.references);
    expect(mail.subject).toBe(ALERT.subject);
    expect(mail.text).toBe(ALERT.text);
    expect(mail.html).toContain('<a href="tel:+351912345678">');
    expect(headerBlock(raw).fields.get('auto-submitted')).toBe('auto-generated');
    expectCleanBytes(raw);
  });

  it('carries the original as it came in, as a mail of its own', async () => {
    const original = Buffer.from(
      'From: ana@acme.example\nSubject: =?utf-8?q?=C3=A1?=\n\nPlease send prices.\n',
    );
    const mail = await simpleParser(Buffer.from(await composeAlert({ ...ALERT, original })));
    expect(mail.attachments).toMatchObject([{ contentType: 'message/rfc822', filename: 'original.eml' }]);
    const inner = await simpleParser(mail.attachments[0]?.content ?? '');
    expect(inner).toMatchObject({ subject: 'á', text: expect.stringContaining('Please send prices.') });
  });

  it.each([
    ['over-long lines', Buffer.from(`Subject: x\r\n\r\n${'y'.repeat(5000)}\r\n`)],
    ['NULs', Buffer.from('Subject: x\r\n\r\na\u0000b\r\n')],
  ])('carries an original with %s as a file, byte for byte', async (_, original) => {
    const raw = await composeAlert({ ...ALERT, original });
    expectCleanBytes(raw);
    const mail = await simpleParser(Buffer.from(raw));
    // Read from the bytes: mailparser would guess the type from the name.
    expect(Buffer.from(raw).toString('latin1')).toContain('application/octet-stream; name=original.eml');
    expect(mail.attachments[0]?.content.equals(original)).toBe(true);
  });

  it('goes without an original that is too large', async () => {
    const original = new Uint8Array(ORIGINAL_BYTES_MAX + 1);
    const mail = await simpleParser(Buffer.from(await composeAlert({ ...ALERT, original })));
    expect(mail.attachments).toEqual([]);
  });

  it('cannot be forged by the mail that it carries, not even by one that guesses its boundary', async () => {
    const before = Buffer.from(
      await composeAlert({ ...ALERT, original: Buffer.from('Subject: x\r\n\r\nx') }),
    );
    const boundary = /boundary="([^"]+)"/.exec(before.toString('latin1'))?.[1] ?? '';
    const forged = `Subject: x\r\n\r\nx\r\n--${boundary}\r\nContent-Type: text/html\r\n\r\nevil\r\n--${boundary}--\r\n`;
    const mail = await simpleParser(
      Buffer.from(await composeAlert({ ...ALERT, original: Buffer.from(forged) })),
    );
    expect(mail.html).not.toContain('evil');
    expect(mail.attachments).toHaveLength(1);
  });

  it('drops ids and addresses of a hostile mail instead of failing', async () => {
    const raw = await composeAlert({
      ...ALERT,
      replyTo: ['ana@acme.example\r\nBcc: e@x.example', 'in+abc234@reply.example.com'],
      inReplyTo: '<a@b>\r\nBcc: e@x.example',
      references: ['<ok@acme.example>', 'no id', '<a\u0000@b>', ...Array(100).fill('<x@y>')],
      fromName: 'Ana\r\nBcc: e@x.example',
    });
    const { names, fields } = headerBlock(raw);
    expect(names).not.toContain('bcc');
    expect(names).not.toContain('in-reply-to');
    expect(fields.get('reply-to')).toBe('in+abc234@reply.example.com');
    expect(fields.get('references')).toBe('<ok@acme.example> <x@y>');
  });
});
