/** What parse-mail promises: every byte string becomes a value, and the values are those of the mail. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWords } from '../../shared/inbound/encoded-words.ts';
import { htmlToText } from '../../shared/inbound/html-text.ts';
import { MAIL_BYTES_MAX, TEXT_CHARS_MAX } from '../../shared/inbound/mail-limits.ts';
import { headerOf } from '../../shared/inbound/parsed-mail.ts';
import { parseMail } from '../../shared/parse-mail.ts';

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../fixtures/mail/reading/${name}`, import.meta.url));
const mail = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'));

describe('headers', () => {
  it('stand in order, unfolded and decoded', async () => {
    const parsed = await parseMail(
      mail(
        'Received: one',
        'Received: two',
        'Subject: =?utf-8?B?w4RuZGU=?= =?utf-8?Q?rung_?=',
        ' =?iso-8859-1?Q?f=FCr_Sie?=',
        'From: =?gb2312?B?wO7D9w==?= <li@acme.example>',
        '',
        'x',
      ),
    );
    expect(parsed.headers.map((header) => header.name)).toEqual(['received', 'received', 'subject', 'from']);
    expect(parsed.subject).toBe('Änderung für Sie');
    expect(parsed.from).toEqual([{ name: '李明', address: 'li@acme.example' }]);
    expect(headerOf(parsed, 'received')).toBe('one');
  });

  it('a multi-byte character cut between two encoded words is whole again', () => {
    expect(decodeWords('=?utf-8?B?5pel5g==?= =?utf-8?B?nKw=?=')).toBe('日本');
    expect(decodeWords('a =?x?Z?b?= =? c')).toBe('a =?x?Z?b?= =? c');
  });

  it('raw eight-bit headers are read in the charset of the body', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Content-Type: text/plain; charset=koi8-r\nSubject: '),
      Buffer.from([0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4]),
      Buffer.from('\n\nx'),
    ]);
    expect((await parseMail(bytes)).subject).toBe('Привет');
  });

  it.each([
    ['two From headers', 'From: a@b.example\nFrom: c@d.example\n\nx', ['from']],
    ['two subjects', 'Subject: a\nsubject : b\n\nx', ['subject']],
    ['two content types', 'Content-Type: text/plain\nContent-Type: text/html\n\nx', ['content-type']],
    ['several Received headers are no duplicate', 'Received: a\nReceived: b\n\nx', []],
  ])('%s are named', async (_, raw, duplicates) => {
    expect((await parseMail(Buffer.from(raw))).duplicates).toEqual(duplicates);
  });

  it('dates carry their offset; nonsense is no date', async () => {
    const dated = await parseMail(mail('Date: Mon, 23 Nov 2026 09:15:00 +0530', '', 'x'));
    expect([dated.date, dated.dateOffset]).toEqual(['2026-11-23T03:45:00.000Z', 330]);
    expect((await parseMail(mail('Date: soon', '', 'x'))).date).toBeUndefined();
  });

  it('ids come without brackets, from both threading headers', async () => {
    const parsed = await parseMail(
      mail('Message-ID: <m@x>', 'In-Reply-To: <a@x>', 'References: <a@x>', ' <b@y> junk <c@z>', '', 'x'),
    );
    expect([parsed.messageId, parsed.inReplyTo, parsed.references]).toEqual([
      'm@x',
      ['a@x'],
      ['a@x', 'b@y', 'c@z'],
    ]);
  });

  it('a mail without headers is a body, an mbox line in front is none', async () => {
    expect((await parseMail(Buffer.from('I am away.\nBob\n'))).text).toBe('I am away.\nBob\n');
    const mbox = await parseMail(Buffer.from('From bob Mon Nov 23 2026\nSubject: hi\n\nx'));
    expect([mbox.subject, mbox.text]).toEqual(['hi', 'x']);
  });
});

describe('text', () => {
  it('comes from the plain part where there is one, else from the HTML', async () => {
    const both = mail(
      'Content-Type: multipart/alternative; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'plain',
      '--b',
      'Content-Type: text/html',
      '',
      '<p>html</p>',
      '--b--',
    );
    expect((await parseMail(both)).text.trim()).toBe('plain');
    const html = mail('Content-Type: text/html; charset=utf-8', '', '<p>Grüße,<br>Ana &amp; Co</p>');
    expect((await parseMail(html)).text).toBe('Grüße,\nAna & Co');
  });

  it.each([
    ['<p>one</p><p>two <b>bold</b>face</p>', 'one\n\ntwo boldface'],
    ['<div>a</div><div>b<br>c</div>', 'a\nb\nc'],
    ['<style>x{}</style><script>1</script>seen', 'seen'],
    ['New<blockquote>old<br>older</blockquote>', 'New\n> old\n> older'],
    ['<blockquote style="margin:0 0 0 40px;border:none">indented</blockquote>', 'indented'],
    ['<table><tr><td>Tel</td><td>+1 2</td></tr></table>', 'Tel +1 2'],
    ['a&nbsp;b\n   c', 'a b c'],
  ])('HTML %s', (html, text) => {
    expect(htmlToText(html).text).toBe(text);
  });
});

describe('reports', () => {
  it('a delivery report gives its recipients and the id of the returned letter', async () => {
    const parsed = await parseMail(fixture('postfix-dsn.eml'));
    expect(parsed.report).toEqual({
      type: 'delivery-status',
      recipients: [
        {
          action: 'failed',
          status: '5.1.1',
          finalRecipient: 'gone@remote.test',
          diagnostic: 'smtp; 550 5.1.1 The email account that you tried to reach does not exist',
        },
      ],
      returned: {
        messageId: '0100019ab-1795298409291@email.amazonses.com',
        inReplyTo: [],
        references: [],
        subject: 'Quick question about your link page',
      },
    });
    expect(parsed.attached).toBeUndefined();
  });

  it('a feedback report is told from a delivery report', async () => {
    const parsed = await parseMail(
      mail(
        'Content-Type: multipart/report; report-type=feedback-report; boundary=b',
        '',
        '--b',
        'Content-Type: message/feedback-report',
        '',
        'Feedback-Type: abuse',
        'Original-Rcpt-To: <ana@acme.example>',
        '--b',
        'Content-Type: text/rfc822-headers',
        '',
        'Message-ID: <ours@email.amazonses.com>',
        '--b--',
      ),
    );
    expect(parsed.feedbackReport).toMatchObject({
      type: 'abuse',
      originalRecipient: 'ana@acme.example',
      returned: { messageId: 'ours@email.amazonses.com' },
    });
  });

  it('an attached message outside of a report is a forwarded mail', async () => {
    const parsed = await parseMail(
      mail(
        'From: anne@agency.example',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: message/rfc822',
        '',
        'From: ana@acme.example',
        'In-Reply-To: <ours@x>',
        '',
        'Please send prices.',
        '--b--',
      ),
    );
    expect(parsed.attached).toMatchObject({ from: [{ address: 'ana@acme.example' }], inReplyTo: ['ours@x'] });
    expect(parsed.attached?.text.trim()).toBe('Please send prices.');
  });
});

describe('hostile mails become values with flags', () => {
  const head = 'From: a@b.example\n';
  it.each<[string, string | Buffer, object]>([
    [
      'a megabyte of blank lines',
      `${head}\n${'\n'.repeat(1 << 20)}`,
      { truncated: { bytes: true, text: false } },
    ],
    [
      'a megabyte of "> a"',
      `${head}\n${'> a\n'.repeat(1 << 18)}`,
      { truncated: { bytes: true, text: true } },
    ],
    [
      '900 multiparts within 43 KB',
      `${head}${'Content-Type: multipart/mixed; boundary=b\n\n--b\n'.repeat(900)}`,
      { unread: 'too-many-parts', from: [{ address: 'a@b.example' }] },
    ],
    [
      '100,000 empty parts',
      `${head}Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\n'.repeat(100_000)}`,
      { unread: 'too-many-parts', from: [{ address: 'a@b.example' }] },
    ],
    [
      '85 KB of messages in messages',
      head + 'Content-Type: message/rfc822\n\n'.repeat(2_900),
      { unread: 'too-deep' },
    ],
    [
      'multiparts 150 deep',
      head +
        Array.from(
          { length: 150 },
          (_, n) => `Content-Type: multipart/mixed; boundary="b${n}"\n\n--b${n}\n`,
        ).join(''),
      { unread: 'too-deep' },
    ],
    ['200,000 header lines', head + 'X-A: b\n'.repeat(200_000), { unread: 'headers-too-large' }],
    ['a header of 200 KB', `${head}X-A: ${'b'.repeat(200_000)}\n\nx`, { unread: 'headers-too-large' }],
    [
      'half a megabyte of open divs',
      `${head}Content-Type: text/html\n\n${'<div>'.repeat(100_000)}`,
      { truncated: { bytes: false, text: true } },
    ],
    [
      'more than we fetch',
      Buffer.alloc(MAIL_BYTES_MAX + 1, `${head}\n${'x'.repeat(70)}`),
      { truncated: { bytes: true, text: true } },
    ],
    ['nothing at all', '', { text: '', from: [] }],
    ['a lone nul', '\0', { text: '' }],
  ])('%s', async (_, raw, expected) => {
    const parsed = await parseMail(Buffer.from(raw));
    expect(parsed).toMatchObject(expected);
    expect(parsed.text.length).toBeLessThanOrEqual(TEXT_CHARS_MAX);
  });

  it('random bytes never throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
        expect(await parseMail(bytes)).toHaveProperty('text');
      }),
      { numRuns: 100 },
    );
  });

  it('random mutations of a real report never throw', async () => {
    const report = fixture('postfix-dsn.eml');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(report.length - 1), fc.nat(255)), { maxLength: 40 }),
        async (changes) => {
          const bytes = Uint8Array.from(report);
          for (const [at, byte] of changes) bytes[at] = byte;
          expect(await parseMail(bytes)).toHaveProperty('headers');
        },
      ),
      { numRuns: 60 },
    );
  });
});
