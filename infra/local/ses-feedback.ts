/**
 * The mails that SES's feedback forwarding sends to a Return-Path: a bounce report (RFC 3464), a complaint report
 * (RFC 5965), and what an absence responder answered. They come beside the events, as a second reporter of the same.
 */

import type { BouncedRecipient } from './ses-events.ts';
import { mailDate } from './ses-mail.ts';

/** In other regions the domain is `REGION.amazonses.com`. */
const DAEMON = 'MAILER-DAEMON@amazonses.com';
const BOUNDARY = 'relance-local-ses-report';

export type ForwardedMail = {
  /** The mail it is about, as the recipient got it. */
  readonly original: Buffer;
  readonly returnPath: string;
  readonly recipient: string;
  /** Names this report's own Message-ID. */
  readonly feedbackId: string;
  readonly at: number;
};

const headers = (mail: ForwardedMail, more: readonly string[]): string =>
  [
    `From: ${DAEMON}`,
    `To: ${mail.returnPath}`,
    ...more,
    `Message-ID: <${mail.feedbackId}@amazonses.com>`,
    `Date: ${mailDate(mail.at)}`,
    'MIME-Version: 1.0',
  ].join('\r\n');

/** A multipart/report of three parts; the original stands in the last one byte for byte. */
function report(
  mail: ForwardedMail,
  of: { subject: string; type: string; text: string; fields: readonly string[] },
) {
  const partType = of.type === 'delivery-status' ? 'message/delivery-status' : 'message/feedback-report';
  const boundary = boundaryFor(mail.original);
  const head = [
    headers(mail, [`Subject: ${of.subject}`]),
    `Content-Type: multipart/report; report-type=${of.type}; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
    of.text,
    '',
    `--${boundary}`,
    `Content-Type: ${partType}`,
    '',
    ...of.fields,
    '',
    `--${boundary}`,
    'Content-Type: message/rfc822',
    '',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head), mail.original, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

/** A boundary that the original does not hold; a forwarded report inside would else end ours. */
function boundaryFor(original: Buffer): string {
  let number = 0;
  while (original.includes(`${BOUNDARY}-${number}`)) number += 1;
  return `${BOUNDARY}-${number}`;
}

export const bounceReport = (mail: ForwardedMail, bounced: BouncedRecipient): Buffer =>
  report(mail, {
    subject: 'Delivery Status Notification (Failure)',
    type: 'delivery-status',
    text: `An error occurred while trying to deliver the mail to the following recipients:\r\n${mail.recipient}`,
    fields: [
      'Reporting-MTA: dns; amazonses.com',
      '',
      `Final-Recipient: rfc822; ${mail.recipient}`,
      `Action: ${bounced.action ?? 'failed'}`,
      `Status: ${bounced.status ?? '5.0.0'}`,
      ...(bounced.diagnosticCode === undefined ? [] : [`Diagnostic-Code: ${bounced.diagnosticCode}`]),
    ],
  });

export const complaintReport = (mail: ForwardedMail): Buffer =>
  report(mail, {
    subject: 'Complaint about message from Amazon SES',
    type: 'feedback-report',
    text: 'This is an email abuse report for an email message sent through Amazon SES.',
    fields: [
      'Feedback-Type: abuse',
      'User-Agent: Amazon SES Mailbox Simulator',
      'Version: 1',
      `Original-Rcpt-To: ${mail.recipient}`,
      `Arrival-Date: ${mailDate(mail.at)}`,
    ],
  });

/** That SES forwards the whole absence note is believed (aws-lambda-ses-forwarder #19), its exact shape is not known. */
export const absenceNote = (mail: ForwardedMail, subject: string, inReplyTo: string): Buffer =>
  Buffer.from(
    [
      headers(mail, [
        `Subject: Out of Office: ${subject}`,
        `In-Reply-To: ${inReplyTo}`,
        'Auto-Submitted: auto-replied',
      ]),
      'Content-Type: text/plain; charset=us-ascii',
      '',
      `This is an automatic reply: ${mail.recipient} is out of the office.`,
      '',
    ].join('\r\n'),
  );
