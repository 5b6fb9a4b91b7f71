/**
 * Thousands of mails made from our own by what relays, lists and mail programs put before and behind a subject: not one
 * of a machine's means that a human being waits, and not one of a person's is taken for a machine's.
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { MailEvent } from '../../../shared/domain/enrollment/event.ts';
import type { MessageId } from '../../../shared/domain/ids.ts';
import type { ParsedMail } from '../../../shared/inbound/parsed-mail.ts';
import { readMail } from '../../../shared/inbound/read-mail.ts';
import { parseMail } from '../../../shared/parse-mail.ts';
import { eventOfReading } from '../../../shared/reading-event.ts';

const FOLDER = new URL('../../fixtures/mail/own/', import.meta.url);
const MAILS = 1_500;
const LETTERS = 700;
const NOW = '2026-11-23T12:00:00.000Z';
const NAMES = ['Ana Silva', '王伟', 'Jürgen Groß', 'Мария', 'O’Neil, Sean', ''];

/** "Re:" and "Fwd:" as programs write them in their languages, and what relays and lists put before every subject. */
const PREFIXES = [
  '',
  ...['Re: ', 'RE: RE: ', 'Re[2]: ', 'Re^2: ', 'Re(2): ', 'AW: ', 'Antwort: ', 'SV: ', 'VS: ', 'Antw: '],
  ...['RE : ', 'Rép : ', 'RES: ', 'R: ', 'Rif: ', 'Odp: ', 'YNT: ', 'Ответ: ', 'رد: ', 'Trả lời: '],
  ...['回复: ', '回复：', '回覆: ', '答复: ', '答覆：', '返信: ', '회신: ', '답장: ', 'RE：'],
  ...[
    'Fwd: ',
    'FW: ',
    'WG: ',
    'TR : ',
    'RV: ',
    'ENC: ',
    'I: ',
    'VB: ',
    'PD: ',
    'İLT: ',
    'Пересл: ',
    'Doorst: ',
  ],
  ...['إعادة توجيه: ', 'Chuyển tiếp: ', '转发: ', '轉寄: ', '転送: ', '전달: '],
  ...['[EXTERNAL] ', '[EXT] ', 'EXTERNAL: ', '[Extern]', '[外部邮件] ', '【社外】', '[외부] ', '(EXT) '],
  ...[
    '***SPAM*** ',
    '{Spam?} ',
    '[sales] ',
    '[Ticket#123] ',
    'Re: [EXTERNAL] ',
    '[EXTERNAL] Re: ',
    'FWD: Re: ',
  ],
];
/** What mail systems put behind a subject. */
const MARKS = ['', ' [ext]', ' (Ticket 4711)', ' #88', ' ref:00D.500'];

type Label = { readonly file: string; readonly kind: string };
const labels = readFileSync(new URL('labels.jsonl', FOLDER), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Label);

type Varied = { readonly from: string; readonly event: MailEvent };

type Variation = { readonly count: number; readonly prefixes: readonly string[]; readonly answers?: string };

/** Mails of these kinds, each under another subject every time round. */
const varied = async (
  kinds: readonly string[],
  { count, prefixes, answers }: Variation,
): Promise<readonly Varied[]> => {
  const files = labels.filter(({ kind }) => kinds.includes(kind)).map(({ file }) => file);
  const mails = await Promise.all(files.map(async (file) => parseMail(readFileSync(new URL(file, FOLDER)))));
  return Array.from({ length: count }, (_, n) => {
    const mail = mails[n % mails.length] as ParsedMail;
    const round = Math.floor(n / mails.length);
    const prefix = prefixes[(n + round * 17) % prefixes.length] ?? '';
    const mark = MARKS[(n >> 4) % MARKS.length] ?? '';
    const read: ParsedMail = {
      ...mail,
      subject: `${prefix}${mail.subject}${mark}`,
      ...(answers ? { inReplyTo: [answers] } : {}),
      from: mail.from.map((one) => ({ ...one, name: NAMES[(n >> 3) % NAMES.length] ?? '' })),
    };
    const event = eventOfReading(readMail(read, { now: NOW }), {
      mail: `m${n}`,
      messageId: `m${n}` as MessageId,
      day: NOW.slice(0, 10),
      isAuthenticated: n % 2 === 0,
    });
    return { from: `${files[n % files.length]} under "${read.subject}"`, event };
  });
};

it('rings for no machine', async () => {
  const kinds = ['absence', 'auto-reply', 'left-company', 'bounce', 'complaint', 'list'];
  const machines = await varied(kinds, { count: MAILS, prefixes: PREFIXES });
  expect(machines.filter(({ event }) => event.kind === 'replied').map(({ from }) => from)).toEqual([]);
}, 120_000);

it('rings for every person, also for one who answers an absence note', async () => {
  const answersNote = [
    'Re: Automatic reply: ',
    'AW: Abwesenheitsnotiz: ',
    'RE: Out of Office: ',
    '回复: 自动回复: ',
  ];
  const people = [
    ...(await varied(['reply'], { count: LETTERS, prefixes: PREFIXES })),
    ...(await varied(['reply'], { count: LETTERS, prefixes: answersNote, answers: 'note@b.example' })),
  ];
  expect(people.filter(({ event }) => event.kind !== 'replied').map(({ from }) => from)).toEqual([]);
}, 120_000);
