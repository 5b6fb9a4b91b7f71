/** The short way into a mail and the library's way lead to the same words, files and bytes. */
import { readdirSync, readFileSync } from 'node:fs';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { headersStart, splitHeaders } from '../../../shared/inbound/mail-headers.ts';
import { readSimpleBody } from '../../../shared/inbound/simple-body.ts';
import { mutate, randomFrom } from '../../corpus/mutate.ts';

const FOLDER = new URL('../../fixtures/mail/own/', import.meta.url);
const mails = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => ({ name, raw: readFileSync(new URL(name, FOLDER)) }));
const multiparts = mails.filter(({ raw }) => /^content-type: multipart/im.test(raw.toString('latin1')));
const MUTANTS = 150;

const OPTIONS = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
  skipTextLinks: true,
  keepCidLinks: true,
  keepDeliveryStatus: true,
  ignoreEmbedded: true,
};

type Part = { contentType: string; filename?: string | undefined; size: number; content: Uint8Array };
type Whole = { text?: string | undefined; html?: string | false | undefined; attachments: readonly Part[] };

const view = ({ text, html, attachments }: Whole): string =>
  JSON.stringify([
    text ?? '',
    html || '',
    attachments.map((part) => [
      part.contentType,
      part.filename,
      part.size,
      Buffer.from(part.content).toString('base64'),
    ]),
  ]);

/** `undefined` where the short way declines. */
const bothWays = async (raw: Buffer): Promise<{ ours: string; theirs: string } | undefined> => {
  const mail = raw.subarray(headersStart(raw));
  const { headers, bodyStart } = splitHeaders(mail);
  const body = readSimpleBody(headers, mail.subarray(bodyStart));
  return body && { ours: view(body), theirs: view(await simpleParser(mail, OPTIONS)) };
};

const mail = (...lines: readonly string[]): Buffer =>
  Buffer.from(`From: a@b.example\r\n${lines.join('\r\n')}`);
const MIXED = 'Content-Type: multipart/mixed; boundary="b"\r\n';

const TAKEN: readonly (readonly [string, Buffer])[] = [
  [
    'text above a file in base64',
    mail(
      MIXED,
      '--b',
      '',
      'Hello',
      '--b',
      'Content-Type: application/pdf; name=a.pdf',
      'Content-Transfer-Encoding: base64',
      '',
      'aGVsbG8=',
      '--b--',
      '',
    ),
  ],
  [
    'text, HTML and a picture in three levels',
    mail(
      MIXED,
      '--b',
      'Content-Type: multipart/related; boundary=c',
      '',
      '--c',
      'Content-Type: multipart/alternative; boundary=d',
      '',
      '--d',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Gr=C3=BC=C3=9Fe =',
      'und =20',
      'mehr  ',
      '--d',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>Grüße</p>',
      '--d--',
      '',
      '--c',
      'Content-Type: image/png',
      'Content-Disposition: inline; filename="a b.png"',
      'Content-Transfer-Encoding: base64',
      '',
      'AAAA',
      'AAA=',
      '--c--',
      '--b--',
    ),
  ],
  [
    'a delivery report with the returned message',
    mail(
      'Content-Type: multipart/report; report-type=delivery-status;',
      '\tboundary="b"',
      '',
      'preamble',
      '--b',
      '',
      'It failed.',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Final-Recipient: rfc822; x@y.example',
      'Action: failed',
      'Status: 5.1.1',
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      'Subject: Hi',
      'Content-Type: multipart/mixed; boundary=inner',
      '',
      '--inner',
      '',
      'x',
      '--inner--',
      '',
      '--b--',
      'epilogue',
    ),
  ],
  [
    'two texts and an HTML foot, no alternatives',
    mail(MIXED, '--b', '', 'One', '--b', '', '', '--b', 'Content-Type: text/html', '', '<i>x</i>', '--b--'),
  ],
  [
    'flowed text in one part',
    mail(
      'Content-Type: text/plain; charset=utf-8; format=flowed',
      '',
      'a ',
      'b',
      '',
      '> c',
      '> d',
      '-- ',
      'e',
      '',
    ),
  ],
  [
    'flowed text without blanks among parts',
    mail(
      MIXED,
      '--b',
      'Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '=E4=BD=A0 ',
      '=E5=A5=BD',
      '--b--',
    ),
  ],
  [
    'a mail that only wraps another',
    mail('Content-Type: message/rfc822', '', 'From: c@d.example', 'Subject: Hi', '', 'x', ''),
  ],
];

const DECLINED: readonly (readonly [string, Buffer])[] = [
  ['HTML that says it flows', mail(MIXED, '--b', 'Content-Type: text/html; format=flowed', '', 'a', '--b--')],
  ['text in a format that nobody knows', mail('Content-Type: text/plain; format=wrapped', '', 'a ', 'b')],
  [
    'a name in continuations (RFC 2231)',
    mail(MIXED, '--b', "Content-Disposition: attachment; filename*=utf-8''%e2%82%ac", '', 'x', '--b--'),
  ],
  [
    'base64 with an end in the middle',
    mail('Content-Type: text/plain', 'Content-Transfer-Encoding: base64', '', 'aGVsbG8=', 'aGVsbG8='),
  ],
  [
    'a wrapped mail with a name of its own',
    mail('Content-Type: message/rfc822; name=a.eml', '', 'From: c@d.example', '', 'x'),
  ],
  ['an unclosed multipart', mail(MIXED, '--b', '', 'x', '--b', '', 'y')],
  ['a part without the blank line', mail(MIXED, '--b', 'X-Note: y', '--b', '', 'y', '--b--')],
  [
    'base64 with other letters in between',
    mail(
      MIXED,
      '--b',
      'Content-Type: image/png',
      'Content-Transfer-Encoding: base64',
      '',
      'AA_A',
      'AA==AA',
      '--b--',
    ),
  ],
];

describe('the short way into a mail', () => {
  it.each(TAKEN)('reads %s as the library does', async (_, raw) => {
    const both = await bothWays(raw);
    expect(both).toBeDefined();
    expect(both?.ours).toBe(both?.theirs);
  });

  it.each(DECLINED)('leaves %s to the library', async (_, raw) => {
    expect(await bothWays(raw)).toBeUndefined();
  });

  it('reads every mail of our own as the library does, and declines next to none', async () => {
    let declined = 0;
    for (const { name, raw } of mails) {
      const both = await bothWays(raw);
      if (!both) declined++;
      else expect(both.ours, name).toBe(both.theirs);
    }
    expect(declined).toBeLessThan(mails.length / 50);
  });

  it('reads broken multiparts as the library does, or leaves them to it', async () => {
    for (let number = 0; number < MUTANTS; number++) {
      const seed = multiparts[number % multiparts.length] as { raw: Buffer };
      const both = await bothWays(mutate(seed.raw, randomFrom(5_000 + number)));
      // Bytes that no charset explains are guessed by each in its own way.
      if (!both || /\ufffd/.test(both.theirs + both.ours)) continue;
      expect(both.ours, `mutant ${number}`).toBe(both.theirs);
    }
  });
});
