/** Mails written to exhaust a reader, as large as one likes: each generator leans on one rule of the reader. */

export type Adversary = { readonly name: string; readonly mail: (bytes: number) => Buffer };

const fill = (piece: string, bytes: number): string => {
  const size = Buffer.byteLength(piece);
  return piece.repeat(Math.max(1, Math.floor(bytes / size)));
};

const HEAD = 'From: Ana Silva <ana@b.example>\nTo: x@c.example\nSubject: Out of office\n';

const plain =
  (piece: string, type = 'text/plain; charset=utf-8', lead = '') =>
  (bytes: number): Buffer =>
    Buffer.from(`${HEAD}Content-Type: ${type}\n\n${lead}${fill(piece, bytes)}`);

/** As a responder sends it: every rule for absences reads it. */
const note =
  (piece: string, lead = '') =>
  (bytes: number) =>
    Buffer.from(
      `Auto-Submitted: auto-replied\n${HEAD}Content-Type: text/plain; charset=utf-8\n\n${lead}${fill(piece, bytes)}`,
    );

const html = (piece: string) => plain(piece, 'text/html; charset=utf-8');

const multipart = (part: string) => (bytes: number) =>
  Buffer.from(`${HEAD}Content-Type: multipart/mixed; boundary=b\n\n${fill(part, bytes)}--b--\n`);

const report = (type: string, piece: string) => (bytes: number) =>
  Buffer.from(
    `From: MAILER-DAEMON@x.example\nSubject: Undelivered\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nfailed\n--b\nContent-Type: ${type}\n\n${fill(piece, bytes)}\n--b--\n`,
  );

const header = (name: string, piece: string) => (bytes: number) =>
  Buffer.from(`${HEAD}${name}: ${fill(piece, bytes)}\n\nhello\n`);

const nested = (open: (level: number) => string) => (bytes: number) => {
  let text = HEAD;
  for (let level = 0; text.length < bytes; level++) text += open(level);
  return Buffer.from(text);
};

const BODIES: readonly (readonly [string, string])[] = [
  ['blank lines', '\n'],
  ['lines of a blank', ' \n'],
  ['quoted lines', '> a\n'],
  ['deep quotes', '>>>>>>>>>>>>>>>>>>>>\n'],
  ['spaced digits', '1 2 3 4 5 6 7 8 9 0 '],
  ['plus signs', '+'],
  ['brackets of numbers', '(+49) ('],
  ['labelled numbers', 'Tel +351 21 123 4567, '],
  ['bare numbers', 'phone 0171 2345678\n'],
  ['dashes', '-'],
  ['dash lines', '----\n'],
  ['half heads', 'On 2026 x@y.z wrote\n'],
  ['open heads', 'On Mon, 3 Dec 2026\n'],
  ['labels', 'From: \n'],
  ['labels with words', 'From: x\nSent: y\n'],
  ['marks of forwards', '---------- Forwarded message\n'],
  ['signature marks', 'Sent from my\n-- \n'],
  ['dates', 'back on 1/12/2026 until 3.12.26 '],
  ['cues', 'until back until '],
  ['cues of days', 'until Monday '],
  ['months', 'may '],
  ['days of months', '1 may 2 '],
  ['return words in Japanese', '月曜日まで'],
  ['bare days in Chinese', '11月3日 4日 '],
  ['Han', '我将于不在办公室'],
  ['Thai, which is nobody\u2019s', 'ภาษาไทย'],
  ['stand-ins', 'please contact '],
  ['stand-ins with names', 'Please contact Anna Berg. '],
  ['stand-ins with addresses', 'bitte an a.b@c.example wenden '],
  ['addresses', 'a@b.example '],
  ['at signs', 'a@'],
  ['dots of an address', 'a@b.b.b.b.b.b.b.b.b.b.b.b'],
  ['one endless word', 'a'],
  ['one endless capital word', 'Ab'],
  ['unfinished phrases', 'i am '],
  ['unfinished phrases in German', 'befinde mich '],
  ['sentences', 'no. '],
  ['questions about prices', 'price? '],
  ['wishes to leave', 'please do not unsubscribe me, '],
  ['closing words', 'Best regards,\n'],
  ['titles', 'Owner | Director | Buyer\n'],
  ['combining marks', '\u0301'],
  ['zero-width characters', '\u200b'],
  ['directions', '\u202e'],
  ['capital I with a dot', '\u0130'],
  ['emoji', '😀'],
  ['half pairs', '\ud83d'],
  ['NULs', '\0'],
  ['returns', '\r'],
  ['tabs', '\t'],
  ['commas', ','],
  ['words and tabs', 'x\t'],
  ['mixed scripts', 'aя我あ한ع '],
];

const MARKUP: readonly (readonly [string, string])[] = [
  ['open divs', '<div>'],
  ['open quotes', '<blockquote>'],
  ['unmatched ends', '</td>'],
  ['cells and tables', '<td><table>'],
  ['entities', '&nbsp;&#x110000;&amp'],
  ['less-thans', '<'],
  ['open comments', '<!--'],
  ['attributes', '<a b=c d e="f" '],
  ['breaks', '<br>'],
  ['styles', '<style>a{}'],
  ['bolds', '<b>x</b> '],
  ['paragraphs', '<p>I am out of office until Monday</p>'],
  ['CDATA', '<![CDATA['],
  ['blanks', '&nbsp; '],
];

export const ADVERSARIES: readonly Adversary[] = [
  ...BODIES.map(([name, piece]): Adversary => ({ name: `letter of ${name}`, mail: plain(piece) })),
  ...BODIES.map(
    ([name, piece]): Adversary => ({
      name: `note of ${name}`,
      mail: note(piece, 'I am out of the office. '),
    }),
  ),
  ...MARKUP.map(([name, piece]): Adversary => ({ name: `HTML of ${name}`, mail: html(piece) })),
  { name: 'flowed text', mail: plain('a \n', 'text/plain; format=flowed; delsp=yes') },
  { name: 'UTF-7', mail: plain('+AGE-', 'text/plain; charset=utf-7') },
  { name: 'UTF-16', mail: plain('\0\n', 'text/plain; charset=utf-16le') },
  { name: 'ISO-2022-JP', mail: plain('\x1b$B$"\x1b(B', 'text/plain; charset=iso-2022-jp') },
  { name: 'no such charset', mail: plain('ä', 'text/plain; charset=x-unknown-9') },
  { name: 'GB18030', mail: plain('\u00ff\u00fe', 'text/plain; charset=gb18030') },
  { name: 'base64 of blanks', mail: plain(' \n', 'text/plain\nContent-Transfer-Encoding: base64') },
  {
    name: 'quoted-printable of equals',
    mail: plain('=', 'text/plain\nContent-Transfer-Encoding: quoted-printable'),
  },
  {
    name: 'quoted-printable blanks',
    mail: plain(' ', 'text/plain\nContent-Transfer-Encoding: quoted-printable'),
  },
  { name: 'soft line ends', mail: plain('=\n', 'text/plain\nContent-Transfer-Encoding: quoted-printable') },
  { name: 'empty parts', mail: multipart('--b\n\n') },
  { name: 'bare delimiters', mail: multipart('--b\n') },
  { name: 'small parts', mail: multipart('--b\nContent-Type: text/plain\n\nx\n') },
  {
    name: 'attachments without names',
    mail: multipart('--b\nContent-Type: x/y\nContent-Disposition: attachment\n\nx\n'),
  },
  { name: 'near delimiters', mail: multipart('--bb\n') },
  { name: 'dashes in parts', mail: multipart('--') },
  {
    name: 'nested multiparts',
    mail: nested((level) => `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n`),
  },
  { name: 'nested messages', mail: nested(() => 'Content-Type: message/rfc822\n\n') },
  { name: 'delivery groups', mail: report('message/delivery-status', 'Action: failed\nStatus: 5.1.1\n\n') },
  { name: 'returned headers', mail: report('message/rfc822', 'X: y\n') },
  { name: 'codes of failure', mail: report('text/plain', '550 5.1.1 user unknown ') },
  { name: 'header lines', mail: (bytes) => Buffer.from(`${HEAD}${fill('X-A: b\n', bytes)}\nhello\n`) },
  { name: 'one long header', mail: header('X-Long', 'a') },
  { name: 'folded header', mail: header('X-Folded', 'a\n ') },
  { name: 'encoded words', mail: header('Subject', '=?utf-8?B?YQ==?= ') },
  { name: 'open encoded words', mail: header('Subject', '=?utf-8?B?') },
  { name: 'question marks', mail: header('Subject', '=?') },
  { name: 'long subject', mail: header('Subject', 'Out of office until ') },
  { name: 'ids', mail: header('References', '<a@b> ') },
  { name: 'open ids', mail: header('References', '<') },
  { name: 'recipients', mail: header('Cc', 'A B <a@b.example>, ') },
  { name: 'open quotes of recipients', mail: header('Cc', '"a ') },
  { name: 'groups', mail: header('Cc', 'a:') },
  { name: 'comments of recipients', mail: header('Cc', '(') },
  { name: 'commas of recipients', mail: header('Cc', ',') },
  { name: 'parameters', mail: header('Content-Type', 'text/plain; a=b; ') },
  { name: 'continued parameters', mail: header('Content-Type', "text/plain; name*0*=utf-8''a; ") },
  { name: 'no headers', mail: (bytes) => Buffer.from(fill('\n \n', bytes)) },
];

const LETTER =
  'Dear Ms Silva,\n\nThank you for the offer of 3 December. We would like samples of the 5 kW model; please send them to our works in Porto. I am back on Monday and reach you by phone then.\n\n';
const PAGE =
  '<table><tr><td style="padding:4px">The new <b>5 kW model</b> is here.</td><td><a href="https://x.example/a?b=c">Read more</a></td></tr></table><p>It needs less room and half the oil, and the service interval is two years.</p>\n';

/** What people send of that size: a letter with a drawing, a thread of years, a newsletter. */
export const HONEST: readonly Adversary[] = [
  {
    name: 'letter with an attachment',
    mail: (bytes) => {
      const line = `${'JVBERi0xLjQK'.repeat(6)}\n`;
      return Buffer.from(
        `${HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n${LETTER}\n--b\nContent-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\nContent-Transfer-Encoding: base64\n\n${fill(line, bytes)}--b--\n`,
      );
    },
  },
  {
    name: 'long thread',
    mail: (bytes) =>
      Buffer.from(
        `${HEAD}Content-Type: text/plain\n\n${LETTER}On Mon, 3 Dec 2026, Jo <jo@c.example> wrote:\n${fill(`> ${LETTER.replaceAll('\n', '\n> ')}\n`, bytes)}`,
      ),
  },
  { name: 'newsletter', mail: html(PAGE) },
];
