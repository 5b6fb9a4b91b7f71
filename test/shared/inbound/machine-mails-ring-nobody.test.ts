/** A thousand mails of machines, made from our own: not one of them means that a human being waits. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { MessageId } from '../../../shared/domain/ids.ts';
import type { ParsedMail } from '../../../shared/inbound/parsed-mail.ts';
import { readMail } from '../../../shared/inbound/read-mail.ts';
import { parseMail } from '../../../shared/parse-mail.ts';
import { eventOfReading } from '../../../shared/reading-event.ts';

const FOLDER = new URL('../../fixtures/mail/own/', import.meta.url);
const MACHINE = /^(?:[a-z]{2}-(?:[a-z]-)?absence|[a-z]{2}-(?:[a-z]-)?ticket|b-bounce)/;
const MAILS = 1_000;
const NOW = '2026-11-23T12:00:00.000Z';
const NAMES = ['Ana Silva', '王伟', 'Jürgen Groß', 'Мария', 'O’Neil, Sean', ''];
/** What mail systems put behind a subject. */
const MARKS = ['', ' [ext]', ' (Ticket 4711)', ' #88', ' ref:00D.500'];

it('rings for none of a thousand', async () => {
  const names = readdirSync(FOLDER).filter((name) => MACHINE.test(name));
  expect(names.length).toBeGreaterThan(50);
  const mails = await Promise.all(names.map(async (name) => parseMail(readFileSync(new URL(name, FOLDER)))));
  const ringing: string[] = [];
  for (let n = 0; n < MAILS; n++) {
    const mail = mails[n % mails.length] as ParsedMail;
    const varied: ParsedMail = {
      ...mail,
      subject: `${mail.subject}${MARKS[(n >> 4) % MARKS.length]}`,
      from: mail.from.map((one) => ({ ...one, name: NAMES[(n >> 3) % NAMES.length] ?? '' })),
    };
    const about = {
      mail: `m${n}`,
      messageId: `m${n}` as MessageId,
      day: NOW.slice(0, 10),
      isAuthenticated: n % 2 === 0,
    };
    const event = eventOfReading(readMail(varied, { now: NOW }), about);
    if (event.kind === 'replied') ringing.push(`${names[n % names.length]} under "${varied.subject}"`);
  }
  expect(ringing).toEqual([]);
}, 120_000);
