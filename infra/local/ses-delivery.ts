/**
 * What becomes of one recipient of an accepted mail, as the mailbox simulator's addresses, a list of bouncing addresses
 * or a real mail server decide it, and which events and feedback follow from that.
 */
import type { Transporter } from 'nodemailer';
import {
  type BouncedRecipient,
  bounceEvent,
  complaintEvent,
  delayEvent,
  deliveryEvent,
  newSesId,
  type SesMail,
} from './ses-events.ts';
import type { AcceptedMail, Consequence, Job } from './ses-store.ts';

/** SES tries for 14 hours before it reports a transient bounce. */
const DELIVERY_MS_MAX = 14 * 3_600_000;
const RETRY_FIRST_MS = 300_000;
const RETRY_MAX_MS = 3_600_000;

export type Delivery =
  | {
      readonly kind: 'delivered';
      readonly smtpResponse: string;
      readonly aftermath?: 'complaint' | 'absence';
    }
  | {
      readonly kind: 'bounced';
      readonly subType: 'General' | 'Suppressed';
      readonly recipient: BouncedRecipient;
    }
  | { readonly kind: 'delayed'; readonly why: string };

const SIMULATOR = /^([a-z]+)(\+[^@]*)?@simulator\.amazonses\.com$/i;
/** The simulator's name in an address of it (`bounce`, `ooto`…), labels taken off. */
export const simulatorName = (recipient: string): string | undefined =>
  SIMULATOR.exec(recipient)?.[1]?.toLowerCase();

const ACCEPTED = '250 2.6.0 Message received';
const userUnknown = (emailAddress: string): BouncedRecipient => ({
  emailAddress,
  action: 'failed',
  status: '5.1.1',
  diagnosticCode: 'smtp; 550 5.1.1 user unknown',
});

export async function deliverTo(
  recipient: string,
  options: {
    readonly mail: AcceptedMail;
    readonly raw: Buffer;
    readonly bounces: (address: string) => boolean;
    readonly relay: Transporter | undefined;
  },
): Promise<Delivery> {
  switch (simulatorName(recipient)) {
    case 'bounce':
      return { kind: 'bounced', subType: 'General', recipient: userUnknown(recipient) };
    case 'suppressionlist':
      return {
        kind: 'bounced',
        subType: 'Suppressed',
        recipient: {
          emailAddress: recipient,
          action: 'failed',
          status: '5.1.1',
          diagnosticCode: 'Amazon SES has suppressed sending to this address',
        },
      };
    case 'complaint':
      return { kind: 'delivered', smtpResponse: ACCEPTED, aftermath: 'complaint' };
    case 'ooto':
      return { kind: 'delivered', smtpResponse: ACCEPTED, aftermath: 'absence' };
    case undefined:
      break;
    default:
      return { kind: 'delivered', smtpResponse: ACCEPTED };
  }
  if (options.bounces(recipient)) {
    return { kind: 'bounced', subType: 'General', recipient: userUnknown(recipient) };
  }
  if (options.relay === undefined) return { kind: 'delivered', smtpResponse: ACCEPTED };
  return relayTo(recipient, options.relay, options.mail.returnPath, options.raw);
}

/**
 * The envelope sender is our Return-Path. SES would use an address of its own and forward what comes back to that one;
 * here nobody stands between, so answers go straight to where SES would forward them.
 */
async function relayTo(recipient: string, relay: Transporter, from: string, raw: Buffer): Promise<Delivery> {
  try {
    const { response } = (await relay.sendMail({ envelope: { from, to: [recipient] }, raw })) as {
      response: string;
    };
    return { kind: 'delivered', smtpResponse: response };
  } catch (error) {
    const {
      code,
      responseCode = 0,
      response,
      message,
    } = error as {
      code?: string;
      responseCode?: number;
      response?: string;
      message: string;
    };
    const said = String(response ?? message).slice(0, 500);
    // Only the recipient or the mail can be refused for good; a wrong password is the operator's fault, not theirs.
    const isFinal = responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
    if (!isFinal) return { kind: 'delayed', why: said };
    const status = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(said)?.[0] ?? '5.0.0';
    const bounced = { emailAddress: recipient, action: 'failed', status, diagnosticCode: `smtp; ${said}` };
    return { kind: 'bounced', subType: 'General', recipient: bounced };
  }
}

/** Events are only published for a configuration set; feedback is forwarded for every mail, as on AWS. */
export function consequenceOf(
  delivery: Delivery,
  of: {
    readonly mail: SesMail;
    readonly recipient: string;
    readonly now: number;
    readonly delayedSince?: number;
    readonly attempts: number;
  },
): Consequence {
  const { mail, recipient, now } = of;
  switch (delivery.kind) {
    case 'delivered': {
      const delivered: Job = {
        kind: 'event',
        event: deliveryEvent(mail, recipient, now, delivery.smtpResponse),
      };
      return { jobs: [delivered, ...afterwards(delivery.aftermath, mail, recipient, now)] };
    }
    case 'bounced': {
      const kind = { bounceType: 'Permanent', bounceSubType: delivery.subType } as const;
      return { jobs: bounceJobs(mail, now, { ...kind, recipient: delivery.recipient }) };
    }
    case 'delayed': {
      const since = of.delayedSince ?? now;
      const expiresAt = since + DELIVERY_MS_MAX;
      if (now >= expiresAt) {
        const gaveUp = {
          emailAddress: recipient,
          action: 'failed',
          status: '4.4.7',
          diagnosticCode: `smtp; ${delivery.why}`,
        };
        const kind = { bounceType: 'Transient', bounceSubType: 'General' } as const;
        return { jobs: bounceJobs(mail, now, { ...kind, recipient: gaveUp }) };
      }
      const due = Math.min(
        expiresAt,
        now + Math.min(RETRY_FIRST_MS * 2 ** Math.min(of.attempts, 10), RETRY_MAX_MS),
      );
      const event = delayEvent(mail, recipient, now, expiresAt, delivery.why);
      return {
        // SES tells of a delay once, not at every try.
        jobs: of.delayedSince === undefined ? [{ kind: 'event', event }] : [],
        again: { due, job: { kind: 'deliver', recipient, delayedSince: since } },
      };
    }
  }
}

function bounceJobs(mail: SesMail, now: number, of: Parameters<typeof bounceEvent>[2]): readonly Job[] {
  const event = bounceEvent(mail, now, of);
  const { feedbackId } = event.bounce;
  const recipient = of.recipient.emailAddress;
  return [
    { kind: 'event', event },
    { kind: 'forward', forward: { kind: 'bounce', recipient, feedbackId, at: now, event } },
  ];
}

function afterwards(
  aftermath: 'complaint' | 'absence' | undefined,
  mail: SesMail,
  recipient: string,
  now: number,
): readonly Job[] {
  if (aftermath === undefined) return [];
  const feedbackId = newSesId(now);
  const forward: Job = { kind: 'forward', forward: { kind: aftermath, recipient, feedbackId, at: now } };
  if (aftermath === 'complaint')
    return [{ kind: 'event', event: complaintEvent(mail, recipient, now) }, forward];
  // SES tells of an absence note by the means of bounces, although the mail was delivered.
  const kind = { bounceType: 'Transient', bounceSubType: 'General' } as const;
  const event = bounceEvent(mail, now, { ...kind, recipient: { emailAddress: recipient } });
  return [{ kind: 'event', event }, forward];
}
