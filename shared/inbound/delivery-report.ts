/** The machine-readable parts of reports (RFC 3464, RFC 5965): groups of `Field: value` lines, read linearly. */
import { decodeBytes } from './encoded-words.ts';
import { idsIn, splitHeaders } from './mail-headers.ts';
import { REPORT_BYTES_MAX, REPORT_RECIPIENTS_MAX } from './mail-limits.ts';
import type { FeedbackReport, ReportedRecipient, ReturnedMessage } from './parsed-mail.ts';

type Fields = ReadonlyMap<string, string>;

/** Groups separated by blank lines; the first value of a name counts. */
const fieldGroups = (content: Uint8Array): readonly Fields[] => {
  const groups: Map<string, string>[] = [];
  let group = new Map<string, string>();
  let lastName: string | undefined;
  const lines = decodeBytes(content.subarray(0, REPORT_BYTES_MAX), undefined).split('\n');
  for (const raw of [...lines, '']) {
    const line = raw.trimEnd();
    if (line === '') {
      if (group.size > 0) groups.push(group);
      group = new Map();
      lastName = undefined;
      if (groups.length > REPORT_RECIPIENTS_MAX) break;
    } else if ((line.startsWith(' ') || line.startsWith('\t')) && lastName) {
      group.set(lastName, `${group.get(lastName) ?? ''} ${line.trim()}`);
    } else {
      const colon = line.indexOf(':');
      const name = colon < 0 ? '' : line.slice(0, colon).trim().toLowerCase();
      lastName = name !== '' && !group.has(name) ? name : undefined;
      if (lastName) group.set(lastName, line.slice(colon + 1).trim());
    }
  }
  return groups;
};

/** `rfc822; a@b.example` → `a@b.example`, also in angle brackets. */
const addressOf = (field: string | undefined): string | undefined => {
  const value = field?.slice(field.indexOf(';') + 1).trim();
  return value?.replaceAll('<', '').replaceAll('>', '') || undefined;
};

/** `5.1.1 (bad destination mailbox)` → `5.1.1`. */
const statusOf = (field: string | undefined): string | undefined =>
  /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(field ?? '')?.[0];

/** RFC 3464 knows five words; `failure` and `error` are what some systems say for `failed`. */
const actionOf = (field: string | undefined): string | undefined => {
  const action = field?.split(/[\s(;]/)[0]?.toLowerCase();
  return action === 'failure' || action === 'error' ? 'failed' : action || undefined;
};

export const readDeliveryStatus = (content: Uint8Array): readonly ReportedRecipient[] =>
  fieldGroups(content)
    .filter((fields) => fields.has('action') || fields.has('final-recipient') || fields.has('status'))
    .map((fields) => ({
      action: actionOf(fields.get('action')),
      status: statusOf(fields.get('status')),
      finalRecipient: addressOf(fields.get('final-recipient') ?? fields.get('original-recipient')),
      diagnostic: fields.get('diagnostic-code')?.slice(0, 500),
    }));

/** The disposition of a read receipt (RFC 8098 §3.2.6). */
export const readDisposition = (content: Uint8Array): string | undefined =>
  fieldGroups(content)
    .find((fields) => fields.has('disposition'))
    ?.get('disposition')
    ?.toLowerCase();

export const readFeedback = (content: Uint8Array): FeedbackReport => {
  const fields = new Map(fieldGroups(content).flatMap((group) => [...group]));
  return {
    type: fields.get('feedback-type')?.toLowerCase() ?? 'abuse',
    originalRecipient: addressOf(fields.get('original-rcpt-to')),
  };
};

/** From a message/rfc822 or text/rfc822-headers part. */
export const readReturned = (content: Uint8Array): ReturnedMessage => {
  const { headers } = splitHeaders(content.subarray(0, REPORT_BYTES_MAX));
  const first = (name: string): string | undefined => headers.find((header) => header.name === name)?.value;
  return {
    messageId: idsIn(first('message-id'))[0],
    inReplyTo: idsIn(first('in-reply-to')),
    references: idsIn(first('references')),
    subject: first('subject'),
  };
};
