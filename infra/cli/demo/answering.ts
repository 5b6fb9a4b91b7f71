/** The prospects: each gets their letters, waits as long as the scenario says, and answers over real SMTP. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTransport } from 'nodemailer';
import { parseMail } from '../../../shared/parse-mail.ts';
import { type SeenLetter, writeAnswer } from '../../../test/fixtures/demo/answer.ts';
import type { Answer, Prospect } from '../../../test/fixtures/demo/scenario-file.ts';
import type { DeliveredMail } from '../../local/ses.ts';
import type { DemoWorld, Desk } from './desk.ts';

const FIXTURES = fileURLToPath(new URL('../../../test/fixtures/mail/demo/', import.meta.url));

/** Long enough for the mail to be read, soon enough to stand beside it in the timeline. */
const READ_BY_MS = 60_000;

const MOVING_RULES: ReadonlySet<string> = new Set([
  'absent',
  'absent-undated',
  'first-day-of-week',
  'last-day-of-week',
  'first-day-back',
  'public-holiday',
  'not-a-working-day',
]);

export type Answering = {
  /** Contact id by prospect key. */
  readonly contacts: ReadonlyMap<string, string>;
  /** Learns which contact is which prospect. */
  knows(campaignId: string): void;
  delivered(mail: DeliveredMail): Promise<void>;
  worthOpening(): readonly { readonly what: string; readonly file: string }[];
};

export function startAnswering(
  world: DemoWorld & { readonly smtpPort: number; readonly desk: Desk },
): Answering {
  const { scenario, dir, clock, client, appointments, timeline, contacts, desk } = world;
  const smtp = createTransport({ host: '127.0.0.1', port: world.smtpPort, ignoreTLS: true });
  const seen = new Map<string, SeenLetter[]>();
  const opened = new Map<string, string>();
  const byAddress = new Map(scenario.prospects.map((prospect) => [prospect.address.toLowerCase(), prospect]));

  const answer = async (prospect: Prospect, plan: Answer, letter: SeenLetter): Promise<void> => {
    const at = new Date(clock.now()).toISOString();
    const template = readFileSync(join(FIXTURES, plan.fixture), 'utf8');
    const written = writeAnswer(template, { scenario, prospect, answer: plan, letter, at });
    await smtp.sendMail({
      envelope: { from: written.envelopeFrom, to: [written.envelopeTo] },
      raw: written.mail,
    });
    const file = `${at.slice(0, 16).replace(/[:]/g, '')}-${prospect.key}.eml`;
    writeFileSync(join(dir, 'inbound', file), written.mail);
    const { returnOn } = written;
    const line = {
      at,
      from: written.envelopeFrom,
      to: written.envelopeTo,
      prospect: prospect.key,
      fixture: plan.fixture,
      file,
    };
    appendFileSync(
      join(dir, 'inbound', 'index.jsonl'),
      `${JSON.stringify({ ...line, ...(returnOn ? { returnOn } : {}) })}\n`,
    );
    remember(`an answer (${plan.kind}, ${prospect.country})`, join(dir, 'inbound', file));
    timeline.answered(clock.now(), prospect, plan, returnOn);
    desk.stirred(prospect);
    if (plan.kind === 'absence')
      appointments.push({ at: clock.now() + READ_BY_MS, run: () => tellHold(prospect) });
  };
  const remember = (what: string, file: string): void => {
    if (!opened.has(what)) opened.set(what, file);
  };

  /** What the note has become: the day up to which nothing goes, and the work, each with the sentence behind it. */
  const tellHold = async (prospect: Prospect): Promise<void> => {
    const contactId = contacts.get(prospect.key);
    if (!contactId) return;
    const [{ enrollment }, messages, tasks] = await Promise.all([
      client.contacts.get(contactId),
      client.contacts.messages(contactId),
      client.tasks.list({ limit: 100 }),
    ]);
    const until = enrollment?.holds.find(({ kind }) => kind === 'absence')?.until;
    const findings = messages.items.flatMap((message) => message.findings ?? []);
    // Without a date the note itself is the reason.
    const found =
      findings.find(({ what, quote }) => what === 'absence' && quote) ??
      findings.find(({ what, value, quote }) => what === 'kind' && value === 'absence' && quote);
    if (until) timeline.held(clock.now(), prospect, Date.parse(until), found?.quote);
    for (const task of tasks.items.filter((one) => one.contactId === contactId))
      timeline.asked(clock.now(), prospect, task);
  };

  /** Why the follow-up went on this day and not a week after the first letter to the minute. */
  const tellWhy = async (prospect: Prospect): Promise<void> => {
    const contactId = contacts.get(prospect.key);
    const reasons = contactId ? ((await client.contacts.get(contactId)).enrollment?.reasons ?? []) : [];
    const moved = reasons.filter((reason) => MOVING_RULES.has(reason.rule)).at(-1);
    if (moved) timeline.moved(clock.now(), prospect, moved.text);
  };

  /** An answer that races the follow-up starts from the minute for which the product has planned it. */
  const race = (prospect: Prospect, plan: Answer, letter: SeenLetter): void => {
    appointments.push({
      at: clock.now() + 120_000,
      run: async () => {
        const contactId = contacts.get(prospect.key);
        const next = contactId ? (await client.contacts.get(contactId)).next : undefined;
        if (!next) throw new Error(`${prospect.key}: no follow-up is planned that an answer could race`);
        const at = Math.max(Date.parse(next.dueAt) + plan.afterSeconds * 1000, clock.now());
        appointments.push({ at, run: () => answer(prospect, plan, letter) });
      },
    });
  };

  return {
    contacts,
    worthOpening: () => [...opened].map(([what, file]) => ({ what, file })),
    knows: (campaignId) => {
      // The enrollments appear as the pages are worked off: looked up a little later, before any letter is due.
      appointments.push({
        at: clock.now() + 60_000,
        run: async () => {
          const { items } = await client.campaigns.enrollments(campaignId, { limit: 100 });
          for (const { contactId } of items) {
            const { contact } = await client.contacts.get(contactId);
            const prospect = byAddress.get(contact.address);
            if (prospect) contacts.set(prospect.key, contactId);
          }
        },
      });
    },
    delivered: async (mail) => {
      const prospect = byAddress.get(mail.to.toLowerCase());
      if (!prospect) {
        const alert = await parseMail(mail.raw);
        remember('an alert to the salesperson', join(dir, 'outbox', mail.file));
        timeline.alerted(clock.now(), alert.subject);
        return;
      }
      const letter = await seenLetter(mail);
      const letters = [...(seen.get(prospect.key) ?? []), letter];
      seen.set(prospect.key, letters);
      const role = letters.length === 1 ? 'first' : 'follow-up';
      remember(
        role === 'first' ? 'a first letter' : 'a follow-up, with the first below',
        join(dir, 'outbox', mail.file),
      );
      timeline.sent(clock.now(), prospect, role);
      desk.stirred(prospect);
      if (role === 'follow-up') await tellWhy(prospect);
      for (const plan of prospect.answers) {
        if (plan.to === 'follow-up-due' && role === 'first') race(prospect, plan, letter);
        if (plan.to !== role) continue;
        appointments.push({
          at: clock.now() + plan.afterSeconds * 1000,
          run: () => answer(prospect, plan, letter),
        });
      }
    },
  };
}

/** A prospect sees headers and text, as their mail program shows them. */
async function seenLetter(mail: DeliveredMail): Promise<SeenLetter> {
  const parsed = await parseMail(mail.raw);
  const dateHeader = parsed.headers.find((header) => header.name === 'date')?.value ?? '';
  return {
    messageId: `<${parsed.messageId ?? ''}>`,
    subject: parsed.subject,
    date: dateHeader,
    at: new Date(mail.at).toISOString(),
    text: parsed.text,
    replyTo: parsed.replyTo[0]?.address ?? '',
    returnPath: mail.returnPath,
  };
}
