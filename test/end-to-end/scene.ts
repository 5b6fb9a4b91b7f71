// Campaigns whose letters are due minutes after the clock starts, so that a file's virtual time stays short.
import type { CampaignGiven } from '../../shared/api/campaigns.ts';
import type { EnrollmentView } from '../../shared/api/contacts.ts';
import type { SenderGiven } from '../../shared/api/senders.ts';
import { normaliseAddress } from '../../shared/domain/ids.ts';
import type { Mailer, OutgoingMail, Ports, SendOutcome } from '../../shared/ports.ts';
import { aCampaign, aContact, type Got, MINUTE_MS, type World } from '../support/world.ts';

/** A Tuesday, two minutes before the window below opens; Lisbon keeps UTC in winter. */
export const START = '2026-11-17T08:58:00Z';
/** From `START`, every first letter has gone by then. */
export const FIRST_LETTERS_MS = 14 * MINUTE_MS;

const rules = { window: { from: '09:00', to: '16:30' }, avoidWeekEdges: false, spread: false };

/** Two letters a day apart, each in the first minutes of its morning, whatever the weekday. */
export const QUICK_SEQUENCE: CampaignGiven['sequence'] = {
  name: 'Two quick letters',
  language: 'en',
  steps: [
    {
      kind: 'letter',
      subject: 'Tools for {{ contact.company }}',
      body: 'Dear {{ contact.firstName }},\n\n{{ contact.why }}\n\nMay I send you a sample set?\n\nKind regards,\nLin Wei',
      rules,
    },
    {
      kind: 'letter',
      delay: { days: 1 },
      body: 'Dear {{ contact.firstName }},\n\nmay I ask whether my letter reached you?\n\nKind regards,\nLin Wei',
      rules,
    },
  ],
};

/** One contact per first name, each at a company of their own. */
export const contactsNamed = (...names: readonly string[]): CampaignGiven['contacts'] =>
  names.map((name) =>
    aContact({
      address: addressOf(name),
      firstName: name,
      lastName: 'Silva',
      company: `${name} & Sons`,
      fields: { why: `Your shop "${name}'s corner" repairs bikes while people wait.` },
    }),
  );

export const addressOf = (name: string): string => `${name.toLowerCase()}@${name.toLowerCase()}.example`;

/** Launches and waits until every first letter has gone (or has been disturbed on its way). */
export async function launched(world: World, given: Partial<CampaignGiven>) {
  const { campaign } = await world.client.campaigns.create(aCampaign({ sequence: QUICK_SEQUENCE, ...given }));
  await world.pass(FIRST_LETTERS_MS);
  return campaign;
}

/** The one letter that `address` has got so far. */
export function letterOf(world: World, address: string): Got {
  const letters = world.lettersTo(address);
  if (letters.length !== 1) throw new Error(`${letters.length} letters to ${address}, not one`);
  return letters[0] as Got;
}

/** The enrollment of one address, as the API shows it. */
export async function walkOf(world: World, address: string): Promise<EnrollmentView> {
  const found = (await allWalks(world)).find(({ contact }) => contact === normaliseAddress(address));
  if (!found) throw new Error(`Nobody with the address ${address} is enrolled`);
  return found.walk;
}

async function allWalks(world: World) {
  const campaigns = (await world.client.campaigns.list()).items;
  const pages = await Promise.all(
    campaigns.map(({ id }) => world.client.campaigns.enrollments(id, { limit: 200 })),
  );
  const walks = pages.flatMap(({ items }) => items);
  return Promise.all(
    walks.map(async (walk) => ({
      walk,
      contact: (await world.client.contacts.get(walk.contactId)).contact.address,
    })),
  );
}

/** Open tasks of one enrollment, by kind. */
export const tasksOf = async (world: World, walk: Pick<EnrollmentView, 'id'>): Promise<readonly string[]> =>
  (await world.client.tasks.list({ limit: 200 })).items
    .filter(({ enrollmentId }) => enrollmentId === walk.id)
    .map(({ kind }) => kind);

/** The alerts that stand listed for one enrollment, oldest first. */
export const alertsOf = async (world: World, walk: Pick<EnrollmentView, 'id'>) =>
  (await world.client.alerts.list({ limit: 200 })).items
    .filter(({ enrollmentId }) => enrollmentId === walk.id)
    .reverse();

/** What stands between the send step and SES for one address: the first call gets the first of these, and so on. */
export type Disturbance = (mail: OutgoingMail, send: Mailer['send']) => Promise<SendOutcome>;

/** `disturb.get(address)` is emptied call by call; addresses without an entry are sent to SES undisturbed. */
export const withDisturbances =
  (disturb: Map<string, Disturbance[]>) =>
  (ports: Ports): Ports => ({
    ...ports,
    mailer: {
      ...ports.mailer,
      send: (mail) => {
        const next = disturb.get(mail.to[0] ?? '')?.shift();
        return next ? next(mail, ports.mailer.send) : ports.mailer.send(mail);
      },
    },
  });

export const refused =
  (why: Extract<SendOutcome, { kind: 'refused' }>['why']): Disturbance =>
  async () => ({ kind: 'refused', why, detail: `a test says ${why}` });

/** SES took it, but nobody heard the answer. */
export const unheard: Disturbance = async (mail, send) => {
  await send(mail);
  return { kind: 'unknown', detail: 'the connection broke after the last byte' };
};

/** SES never got it, and nobody knows. */
export const lost: Disturbance = async () => ({ kind: 'unknown', detail: 'the connection broke' });

/** What a mail server writes to the Return-Path about one letter (RFC 3464). */
export function deliveryReport(letter: Got, of: { action: string; status: string }): string {
  const boundary = `report-${letter.sesId.slice(-12)}`;
  return [
    `From: Mail Delivery System <MAILER-DAEMON@mx.${letter.to.split('@')[1]}>`,
    `To: ${letter.returnPath}`,
    'Subject: Delivery Status Notification',
    `Message-ID: <${boundary}@mx.example>`,
    'Date: Tue, 17 Nov 2026 09:20:00 +0000',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'This is the mail system. Details are below.',
    '',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    `Final-Recipient: rfc822; ${letter.to}`,
    `Action: ${of.action}`,
    `Status: ${of.status}`,
    '',
    `--${boundary}`,
    'Content-Type: message/rfc822',
    '',
    letter.raw.toString('latin1'),
    `--${boundary}--`,
    '',
  ].join('\r\n');
}

/** The sender of `aCampaign` under another address, so that what closes one does not close the others. */
export const senderNamed = (name: string): SenderGiven => ({
  ...(aCampaign().sender as SenderGiven),
  address: `${name}@export.example`,
  channels: [{ kind: 'mail', id: 'desk', address: `${name}@desk.example` }],
});
