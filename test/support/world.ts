/**
 * The whole product on embedded services and a turned clock, with real HTTP in front and real SMTP both ways. Given a
 * campaign, when days pass and people answer, then the outbox, the tasks and the alerts say what it did.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { makeClock } from '../../infra/local/clock.ts';
import { type RuntimeOptions, startRuntime } from '../../infra/local/runtime.ts';
import type { DeliveredMail } from '../../infra/local/ses.ts';
import { type Appointment, quiet, runUntil } from '../../infra/local/turned.ts';
import type { CampaignGiven } from '../../shared/api/campaigns.ts';
import { relanceClient } from '../../shared/client.ts';
import type { ParsedMail } from '../../shared/inbound/parsed-mail.ts';
import { parseMail } from '../../shared/parse-mail.ts';
import { recordCalls } from './record-calls.ts';

export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;
export const SALESPERSON = 'lin.wei@desk.example';

/** One mail as its recipient got it. */
export type Got = DeliveredMail & { readonly mail: ParsedMail };

export type World = Awaited<ReturnType<typeof aWorld>>;

/** `start`: ISO moment, UTC. */
export async function aWorld(start: string, options: Partial<RuntimeOptions> = {}) {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'relance-'));
  const clock = makeClock({ mode: 'turned', start: Date.parse(start) });
  const got: Got[] = [];
  const appointments: Appointment[] = [];
  const record = recordCalls();
  const runtime = await startRuntime({
    dir,
    clock,
    apiPort: 0,
    smtpPort: 0,
    onDelivered: async (mail) => {
      got.push({ ...mail, mail: await parseMail(mail.raw) });
    },
    ...options,
    observe: (seen) => {
      record.observe(seen);
      options.observe?.(seen);
    },
  });
  const smtp = createTransport({ host: '127.0.0.1', port: runtime.smtpPort, ignoreTLS: true });
  const client = relanceClient({ baseUrl: runtime.apiUrl, token: runtime.config.apiToken, fetch });
  const until = (at: number): Promise<void> => runUntil(runtime, clock, at, appointments);
  return {
    dir,
    clock,
    runtime,
    client,
    got,
    appointments,
    /** Letters to one address, oldest first. */
    lettersTo: (address: string): readonly Got[] => got.filter((one) => one.to === address),
    alerts: (): readonly Got[] => got.filter((one) => one.to === SALESPERSON),
    until,
    pass: (ms: number): Promise<void> => until(clock.now() + ms),
    quiet: () => quiet(runtime),
    /** One SMTP session, as any mail server would hold it. */
    send: async (mail: { from: string; to: string; raw: string }): Promise<void> => {
      await smtp.sendMail({ envelope: { from: mail.from, to: [mail.to] }, raw: mail.raw });
      await quiet(runtime);
    },
    close: async (): Promise<void> => {
      smtp.close();
      await runtime.close();
      record.done();
      if (!options.dir) rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** An answer in the thread of a letter, as a plain mail program writes it. */
export function answerTo(
  letter: Got,
  answer: {
    readonly text: string;
    readonly headers?: readonly string[];
    readonly from?: string;
    readonly id?: string;
  },
): string {
  const headers = [
    `From: ${answer.from ?? letter.to}`,
    `To: ${letter.mail.replyTo[0]?.address}`,
    `Subject: Re: ${letter.mail.subject.replace(/^Re: /, '')}`,
    `Message-ID: <${answer.id ?? `answer-${letter.sesId.slice(-12)}`}@mail.example>`,
    `In-Reply-To: <${letter.mail.messageId}>`,
    `References: <${letter.mail.messageId}>`,
    `Date: ${new Date(letter.at + 60_000).toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    ...(answer.headers ?? []),
  ];
  const quoted = letter.mail.text.split('\n').map((line) => `> ${line}`);
  return [...headers, '', answer.text, '', 'On that day Lin Wei wrote:', ...quoted, ''].join('\r\n');
}

export const replyToOf = (letter: Got): string => letter.mail.replyTo[0]?.address ?? '';

/** A campaign to one person in Lisbon, two letters a week apart. Every field may be overridden. */
export const aCampaign = (given: Partial<CampaignGiven> = {}): CampaignGiven => ({
  name: 'Dealers abroad',
  launch: true,
  sender: {
    name: 'Lin Wei',
    company: 'Harbour Tools',
    address: 'lin.wei@export.example',
    zone: 'Asia/Shanghai',
    phone: '+8657455550123',
    postalAddress: '88 Haixing Road, Ningbo 315000, China',
    channels: [{ kind: 'mail', id: 'desk', address: SALESPERSON }],
  },
  sequence: {
    name: 'Two letters',
    language: 'en',
    steps: [
      {
        kind: 'letter',
        subject: 'Tools for {{ contact.company }}',
        body: 'Dear {{ contact.firstName }},\n\n{{ contact.why }}\n\nMay I send you a sample set?\n\nKind regards,\nLin Wei',
      },
      {
        kind: 'letter',
        delay: { days: 7 },
        body: 'Dear {{ contact.firstName }},\n\nmay I ask whether my letter reached you?\n\nKind regards,\nLin Wei',
      },
    ],
  },
  contacts: [aContact()],
  ...given,
});

export const aContact = (given: Partial<NonNullable<CampaignGiven['contacts']>[number]> = {}) => ({
  address: 'ana.silva@acme.example',
  firstName: 'Ana',
  lastName: 'Silva',
  company: 'Acme',
  country: 'PT',
  fields: { why: 'Your new shop in Porto repairs bikes while people wait.' },
  ...given,
});
