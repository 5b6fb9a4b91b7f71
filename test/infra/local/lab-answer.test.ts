// The laboratory's answers are what a prospect's mail program, or the machine in front of it, would send.
import { expect, it } from 'vitest';
import { ANSWER_KINDS, writeAnswerMail } from '../../../infra/local/lab-answer.ts';
import { readMail } from '../../../shared/inbound/read-mail.ts';
import { parseMail } from '../../../shared/parse-mail.ts';

const AT = Date.parse('2026-11-23T12:00:00Z');
const LETTER = [
  'From: Lin Wei <lin.wei@export.example>',
  'To: Ana Silva <ana@acme.example>',
  'Reply-To: r+token@reply.export.example',
  'Subject: Re: Tools for Acme',
  'Message-ID: <letter@email.amazonses.com>',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Dear Ana,',
  'may I send you a sample set?',
].join('\r\n');

const TEXT = {
  reply: 'Yes, please send us your price list.',
  absence: 'I am out of the office until 7 December 2026.',
  'auto-reply': 'We have received your message. Your ticket number is 48213.',
  refusal: 'Thank you, but we are not interested.',
  'opt-out': 'Please remove me from your list.',
  stranger: 'My colleague gave me your address. Do you have a catalogue?',
} as const;

const READ_AS: Readonly<Record<(typeof ANSWER_KINDS)[number], string>> = {
  reply: 'reply',
  absence: 'absence',
  'auto-reply': 'auto-reply',
  refusal: 'reply',
  'opt-out': 'unsubscribe',
  stranger: 'reply',
};

const answerAs = async (kind: (typeof ANSWER_KINDS)[number]) => {
  const letter = await parseMail(Buffer.from(LETTER));
  const mail = writeAnswerMail(letter, { kind, text: TEXT[kind], at: AT });
  if (!mail) throw new Error('The letter names an address to answer to');
  return { ...mail, parsed: await parseMail(Buffer.from(mail.raw)) };
};

it.each(ANSWER_KINDS)('answers with a mail that is read as what it is: %s', async (kind) => {
  const { parsed } = await answerAs(kind);
  expect(readMail(parsed, { now: '2026-11-23T12:00:00Z' }).kind.value).toBe(READ_AS[kind]);
});

it('answers in the thread of the letter, to its reply address, as its reader', async () => {
  const { from, to, parsed } = await answerAs('reply');
  expect({ from, to }).toEqual({ from: 'ana@acme.example', to: 'r+token@reply.export.example' });
  expect(parsed.subject).toBe('Re: Tools for Acme');
  expect(parsed.inReplyTo).toContain('letter@email.amazonses.com');
});

it('lets a stranger write to the reply domain, in no thread', async () => {
  const { from, to, parsed } = await answerAs('stranger');
  expect(to).toBe('hello@reply.export.example');
  expect(from).not.toBe('ana@acme.example');
  expect(parsed.inReplyTo ?? []).toHaveLength(0);
});

it('answers nobody where the letter names no address to answer to', async () => {
  const silent = await parseMail(Buffer.from(LETTER.replace(/^Reply-To.*\r\n/m, '')));
  expect(writeAnswerMail({ ...silent, replyTo: [] }, { kind: 'reply', text: 'x', at: AT })).toBe(undefined);
});
