/**
 * A campaign of two letters on the embedded services by a turned clock, metered: with people who answer as prospects
 * do (15 % replies, 10 % absences, half of them by the return path, 3 % bounces), or with nobody who does.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { CampaignGiven } from '../../shared/api/campaigns.ts';
import { relanceClient } from '../../shared/client.ts';
import { parseMail } from '../../shared/parse-mail.ts';
import { makeClock } from '../local/clock.ts';
import { startRuntime } from '../local/runtime.ts';
import type { DeliveredMail } from '../local/ses.ts';
import { type Appointment, quiet, runUntil } from '../local/turned.ts';
import { makeMeter } from './meter.ts';
import { watchOwnCpu } from './own-cpu.ts';
import type { Run } from './reckon.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** A Tuesday, two minutes before the window opens. The letters go a day apart: a week would cost the same. */
const START = Date.parse('2026-11-17T08:58:00Z');
const DAYS = 2.2;
const RULES = { window: { from: '09:00', to: '16:30' }, avoidWeekEdges: false };
/** Of each hundred contacts, by their number: who answers what. */
const REPLIES_BELOW = 15;
const ABSENCES_BELOW = 25;
const BOUNCES_BELOW = 28;

export async function meteredRun(of: { readonly contacts: number; readonly answers: boolean }): Promise<Run> {
  const dir = mkdtempSync(join(tmpdir(), 'relance-cost-'));
  const clock = makeClock({ mode: 'turned', start: START });
  const meter = makeMeter();
  const appointments: Appointment[] = [];
  let mailsIn = 0;
  const answering = async (mail: DeliveredMail, smtpPort: number): Promise<void> => {
    const raw = await answerOf(mail);
    if (!raw) return;
    mailsIn += 1;
    meter.received(raw.raw.length);
    const smtp = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true });
    await smtp.sendMail({ envelope: { from: mail.to, to: [raw.to] }, raw: raw.raw });
    smtp.close();
  };
  const cpu = process.cpuUsage();
  const ownCpu = await watchOwnCpu();
  let smtpPort = 0;
  const runtime = await startRuntime({
    dir,
    clock,
    apiPort: 0,
    smtpPort: 0,
    observe: meter.observe,
    bounces: (address) => of.answers && kindOf(address) === 'bounce',
    onDelivered: (mail) => {
      if (!of.answers || numberOf(mail.to) === undefined) return;
      appointments.push({ at: clock.now() + 3 * HOUR_MS, run: () => answering(mail, smtpPort) });
    },
  });
  smtpPort = runtime.smtpPort;
  try {
    const client = relanceClient({ baseUrl: runtime.apiUrl, token: runtime.config.apiToken, fetch });
    await client.campaigns.create(campaign(of.contacts));
    await quiet(runtime);
    await runUntil(runtime, clock, START + DAYS * DAY_MS, appointments);
  } finally {
    await runtime.close();
    rmSync(dir, { recursive: true, force: true });
  }
  const { user, system } = process.cpuUsage(cpu);
  const share = await ownCpu();
  const usage = meter.usage();
  const bounces = of.answers ? Math.round(of.contacts * 0.03) : 0;
  return {
    usage,
    contacts: of.contacts,
    mailsIn,
    events: usage.units.sesOut + bounces,
    cpuMs: ((user + system) / 1_000) * share,
  };
}

const addressOf = (number: number): string => `buyer${number}@dealer${number}.example`;
const numberOf = (address: string): number | undefined => {
  const found = /^buyer(\d+)@/.exec(address)?.[1];
  return found === undefined ? undefined : Number(found);
};

/** Spread over the hundred, so that a run of fifty has the same shares. */
function kindOf(address: string): 'reply' | 'absence' | 'bounce' | 'silent' {
  const place = ((numberOf(address) ?? 0) * 37) % 100;
  if (place < REPLIES_BELOW) return 'reply';
  if (place < ABSENCES_BELOW) return 'absence';
  return place < BOUNCES_BELOW ? 'bounce' : 'silent';
}

async function answerOf(letter: DeliveredMail): Promise<{ to: string; raw: string } | undefined> {
  const kind = kindOf(letter.to);
  const mail = await parseMail(letter.raw);
  const to = kind === 'absence' ? letter.returnPath : mail.replyTo[0]?.address;
  // Each answers once: to the first letter.
  if (kind === 'silent' || kind === 'bounce' || !to || mail.inReplyTo.length > 0) return undefined;
  const isAbsence = kind === 'absence';
  const headers = [
    `From: ${letter.to}`,
    `To: ${to}`,
    `Subject: ${isAbsence ? 'Automatic reply: ' : 'Re: '}${mail.subject}`,
    `Message-ID: <${letter.sesId.slice(-20)}.answer@dealer.example>`,
    `In-Reply-To: <${mail.messageId}>`,
    `Date: ${new Date(letter.at + HOUR_MS).toUTCString().replace('GMT', '+0000')}`,
    ...(isAbsence ? ['Auto-Submitted: auto-replied'] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
  ];
  const text = isAbsence
    ? 'I am out of the office until 17 November 2026. In urgent cases call +351 21 123 4567.'
    : 'Thank you. Please send me your price list.';
  return { to, raw: [...headers, '', text, ''].join('\r\n') };
}

const campaign = (contacts: number): CampaignGiven => ({
  name: 'Metered',
  launch: true,
  sender: {
    name: 'Lin Wei',
    company: 'Harbour Tools',
    address: 'lin.wei@export.example',
    zone: 'Europe/Lisbon',
    postalAddress: '88 Haixing Road, Ningbo 315000, China',
    dailyQuota: 10_000,
    channels: [{ kind: 'mail', id: 'desk', address: 'desk@harbour.example' }],
  },
  sequence: {
    name: 'Two letters',
    language: 'en',
    steps: [
      {
        kind: 'letter',
        subject: 'Tools for {{ contact.company }}',
        body: 'Dear {{ contact.firstName }},\n\n{{ contact.why }}\n\nMay I send you a sample set?\n\nKind regards,\nLin Wei',
        rules: RULES,
      },
      {
        kind: 'letter',
        delay: { days: 1 },
        body: 'Dear {{ contact.firstName }},\n\nmay I ask whether my letter reached you?\n\nKind regards,\nLin Wei',
        rules: RULES,
      },
    ],
  },
  contacts: Array.from({ length: contacts }, (_, number) => ({
    address: addressOf(number),
    firstName: `Buyer${number}`,
    company: `Dealer ${number}`,
    country: 'PT',
    fields: { why: `Your shop number ${number} repairs bikes while people wait.` },
  })),
});
