/** A mail taken apart into plain values: what `parse-mail.ts` makes of bytes and `read-mail.ts` makes sense of. */

export type Header = {
  /** Lower case. */
  readonly name: string;
  /** Unfolded, encoded words decoded. */
  readonly value: string;
};

export type MailAddress = { readonly name?: string; readonly address: string };

export type Attachment = { readonly type: string; readonly name?: string; readonly bytes: number };

/** One recipient's group of an RFC 3464 report. */
export type ReportedRecipient = {
  readonly action?: string;
  /** RFC 3463, `5.1.1`. */
  readonly status?: string;
  readonly finalRecipient?: string;
  readonly diagnostic?: string;
};

/** The header section of the message that a report returns. */
export type ReturnedMessage = {
  readonly messageId?: string;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly subject?: string;
};

export type DeliveryReport = {
  /** `report-type` of the multipart/report, lower case: `delivery-status`, `disposition-notification`… */
  readonly type?: string;
  readonly recipients: readonly ReportedRecipient[];
  readonly returned?: ReturnedMessage;
  /** RFC 8098, lower case: `manual-action/mdn-sent-manually; displayed`. */
  readonly disposition?: string;
};

/** RFC 5965: somebody pressed "this is spam". */
export type FeedbackReport = {
  /** `abuse`, `fraud`, `virus`, `not-spam`, `opt-out`, `auth-failure`… */
  readonly type: string;
  readonly originalRecipient?: string;
  readonly returned?: ReturnedMessage;
};

/** Why the body was not looked at. Headers are there as far as they could be read. */
export type UnreadReason = 'headers-too-large' | 'too-many-parts' | 'too-deep' | 'unparseable';

export type ParsedMail = {
  /** In the order of the mail, duplicates included. */
  readonly headers: readonly Header[];
  readonly from: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly replyTo: readonly MailAddress[];
  readonly subject: string;
  /** ISO, UTC; absent where the Date header is missing or nonsense. */
  readonly date?: string;
  /** Minutes east of UTC that the Date header states. */
  readonly dateOffset?: number;
  /** Ids without angle brackets. */
  readonly messageId?: string;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  /** Plain text; made from HTML where the mail has nothing else. Line ends are `\n`. */
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly report?: DeliveryReport;
  readonly feedbackReport?: FeedbackReport;
  /** The first attached message that no report explains: a forwarded mail. */
  readonly attached?: ParsedMail;
  /** Names of headers that RFC 5322 allows once and that stand here twice; parsers disagree about which counts. */
  readonly duplicates: readonly string[];
  readonly truncated: { readonly bytes: boolean; readonly text: boolean };
  readonly unread?: UnreadReason;
};

/** The first value of a header, by lower-case name. */
export const headerOf = (mail: ParsedMail, name: string): string | undefined =>
  mail.headers.find((header) => header.name === name)?.value;
