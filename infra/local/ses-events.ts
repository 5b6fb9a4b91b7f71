/**
 * The events that SES publishes for a configuration set, in AWS's exact JSON (event publishing, SNS examples). They are
 * the only way in which a sender that crashed learns that its mail did go out.
 */
import { randomUUID } from 'node:crypto';
import { LOCAL_ACCOUNT, LOCAL_REGION } from './account.ts';
import { commonHeaders, copyHeaders } from './mail-headers.ts';
import type { JudgedMail } from './ses-mail.ts';

export type SesMail = {
  readonly timestamp: string;
  readonly source: string;
  readonly sourceArn: string;
  readonly sendingAccountId: string;
  readonly messageId: string;
  readonly destination: readonly string[];
  readonly headersTruncated: boolean;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly commonHeaders: Readonly<Record<string, unknown>>;
  /** Every tag, SES's own `ses:…` ones among them, is a list. */
  readonly tags: Readonly<Record<string, readonly string[]>>;
};

export type BouncedRecipient = {
  readonly emailAddress: string;
  readonly action?: string;
  readonly status?: string;
  readonly diagnosticCode?: string;
};

export type SesEvent = { readonly mail: SesMail } & (
  | { readonly eventType: 'Send'; readonly send: Readonly<Record<string, never>> }
  | { readonly eventType: 'Reject'; readonly reject: { readonly reason: string } }
  | { readonly eventType: 'Delivery'; readonly delivery: Readonly<Record<string, unknown>> }
  | { readonly eventType: 'Bounce'; readonly bounce: Bounce }
  | { readonly eventType: 'Complaint'; readonly complaint: Readonly<Record<string, unknown>> }
  | { readonly eventType: 'DeliveryDelay'; readonly deliveryDelay: Readonly<Record<string, unknown>> }
);

export type Bounce = {
  readonly bounceType: 'Permanent' | 'Transient';
  readonly bounceSubType: 'General' | 'Suppressed';
  readonly bouncedRecipients: readonly BouncedRecipient[];
  readonly timestamp: string;
  readonly feedbackId: string;
  readonly reportingMTA: string;
};

/** Ids of mails and of feedback alike: us-east-1's `0100`, the time, randomness. */
export const newSesId = (at: number): string =>
  `0100${at.toString(16).padStart(12, '0')}-${randomUUID()}-000000`;

const REPORTING_MTA = 'dns; amazonses.com';
const iso = (at: number): string => new Date(at).toISOString();

/** The `mail` part; `headers` shows what the caller passed, own Message-ID included, not what the recipient gets. */
export function mailOf(sesId: string, at: number, judged: JudgedMail): SesMail {
  const domain = judged.fromAddress.slice(judged.fromAddress.lastIndexOf('@') + 1);
  const { headers, headersTruncated } = copyHeaders(judged.section.fields);
  return {
    timestamp: iso(at),
    source: judged.from,
    sourceArn: `arn:aws:ses:${LOCAL_REGION}:${LOCAL_ACCOUNT}:identity/${domain}`,
    sendingAccountId: LOCAL_ACCOUNT,
    messageId: sesId,
    destination: judged.recipients,
    headersTruncated,
    headers,
    commonHeaders: commonHeaders(judged.section.fields),
    tags: {
      'ses:operation': ['SendRawEmail'],
      ...(judged.configurationSet === undefined
        ? {}
        : { 'ses:configuration-set': [judged.configurationSet] }),
      'ses:source-ip': ['127.0.0.1'],
      'ses:from-domain': [domain],
      'ses:caller-identity': ['local'],
      ...Object.fromEntries(judged.tags.map(({ name, value }) => [name, [value]])),
    },
  };
}

export const sendEvent = (mail: SesMail): SesEvent => ({ eventType: 'Send', mail, send: {} });

export const rejectEvent = (mail: SesMail): SesEvent => ({
  eventType: 'Reject',
  mail,
  reject: { reason: 'Bad content' },
});

export const deliveryEvent = (
  mail: SesMail,
  recipient: string,
  at: number,
  smtpResponse: string,
): SesEvent => ({
  eventType: 'Delivery',
  mail: { ...mail, tags: { ...mail.tags, 'ses:outgoing-ip': ['127.0.0.1'] } },
  delivery: {
    timestamp: iso(at),
    processingTimeMillis: Math.max(0, at - Date.parse(mail.timestamp)),
    recipients: [recipient],
    smtpResponse,
    reportingMTA: 'a1-1.smtp-out.amazonses.com',
  },
});

export function bounceEvent(
  mail: SesMail,
  at: number,
  of: Pick<Bounce, 'bounceType' | 'bounceSubType'> & { readonly recipient: BouncedRecipient },
): SesEvent & { eventType: 'Bounce' } {
  const { recipient, ...kind } = of;
  return {
    eventType: 'Bounce',
    mail,
    bounce: {
      ...kind,
      bouncedRecipients: [recipient],
      timestamp: iso(at),
      feedbackId: newSesId(at),
      reportingMTA: REPORTING_MTA,
    },
  };
}

export const complaintEvent = (mail: SesMail, recipient: string, at: number): SesEvent => ({
  eventType: 'Complaint',
  mail,
  complaint: {
    complainedRecipients: [{ emailAddress: recipient }],
    timestamp: iso(at),
    feedbackId: newSesId(at),
    complaintSubType: null,
    userAgent: 'Amazon SES Mailbox Simulator',
    complaintFeedbackType: 'abuse',
    arrivalDate: mail.timestamp,
  },
});

export const delayEvent = (
  mail: SesMail,
  recipient: string,
  at: number,
  expiresAt: number,
  why: string,
): SesEvent => ({
  eventType: 'DeliveryDelay',
  mail,
  deliveryDelay: {
    timestamp: iso(at),
    delayType: 'TransientCommunicationFailure',
    expirationTime: iso(expiresAt),
    reportingMTA: 'a1-1.smtp-out.amazonses.com',
    delayedRecipients: [{ emailAddress: recipient, status: '4.4.1', diagnosticCode: `smtp; ${why}` }],
  },
});
