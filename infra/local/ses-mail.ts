/**
 * What SES does to one raw mail, without any state: judges it as strictly, finds its envelope, and rewrites its header
 * section the way the recipient gets it. The body is passed on byte for byte.
 */
import { LOCAL_REGION } from './account.ts';
import { addressesIn, type HeaderField, type HeaderSection, readHeaders, valuesOf } from './mail-headers.ts';
import {
  checkTag,
  invalid,
  type RawEmailRequest,
  RECIPIENTS_MAX,
  rejected,
  SesError,
  type Tag,
} from './ses-request.ts';

/** RFC 5322 §2.1.1, without the CRLF. */
const LINE_BYTES_MAX = 998;

/** SES's list of fields that may stand in a mail only once (header-fields.html). */
const ONLY_ONCE = new Set(
  `accept-language acceptlanguage archived-at auto-submitted bounces-to comments content-alternative content-base
  content-class content-description content-disposition content-duration content-id content-language content-length
  content-location content-md5 content-transfer-encoding content-type date delivered-to
  disposition-notification-options disposition-notification-to dkim-signature domainkey-signature errors-to from
  importance in-reply-to keywords list-archive list-help list-id list-owner list-post list-subscribe list-unsubscribe
  list-unsubscribe-post message-context message-id mime-version organization original-from original-message-id
  original-recipient original-subject precedence priority references reply-to return-path return-receipt-to sender
  solicitation sensitivity subject thread-index thread-topic user-agent vbr-info`.split(/\s+/),
);

/** Removed before the mail goes out: SES's own orders, what it writes itself, and what recipients must not see. */
const REMOVED = /^(message-id|date|bcc|return-path|x-ses-.*)$/i;

export type JudgedMail = {
  readonly section: HeaderSection;
  /** The From field as it was written, for `mail.source`. */
  readonly from: string;
  readonly fromAddress: string;
  /** Where feedback is mailed to. Recipients never see it: SES uses a return path of its own. */
  readonly returnPath: string;
  readonly recipients: readonly string[];
  readonly configurationSet: string | undefined;
  readonly tags: readonly Tag[];
};

/** Throws `SesError` for whatever AWS would refuse. */
export function judgeMail(
  request: RawEmailRequest,
  account: { readonly identities: readonly string[]; readonly configurationSets: readonly string[] },
): JudgedMail {
  const section = readHeaders(request.raw);
  checkForm(request.raw, section);
  const { fields } = section;

  const fromValues = valuesOf(fields, 'From');
  const senders = addressesIn(fromValues).map(({ address }) => checkAddress(address));
  const fromAddress = senders[0];
  if (fromAddress === undefined) throw invalid("Missing required header 'From'.");
  const givenReturnPath = request.source ?? valuesOf(fields, 'Return-Path')[0];
  const returnPath =
    givenReturnPath === undefined
      ? fromAddress
      : checkAddress(addressesIn([givenReturnPath])[0]?.address ?? '');
  const unverified = [...new Set([...senders, returnPath])].filter(
    (address) => !isVerified(address, account.identities),
  );
  if (unverified.length > 0) {
    throw rejected(
      `Email address is not verified. The following identities failed the check in region ${LOCAL_REGION.toUpperCase()}: ${unverified.join(', ')}`,
    );
  }

  const configurationSet = request.configurationSet ?? valuesOf(fields, 'X-SES-CONFIGURATION-SET')[0];
  if (configurationSet !== undefined && !account.configurationSets.includes(configurationSet)) {
    throw new SesError(
      'ConfigurationSetDoesNotExist',
      `Configuration set <${configurationSet}> does not exist.`,
    );
  }
  return {
    section,
    from: fromValues[0] ?? fromAddress,
    fromAddress,
    returnPath,
    recipients: recipientsOf(request, fields),
    configurationSet,
    // Tags of the call make SES ignore those of the header.
    tags: request.tags.length > 0 ? request.tags : headerTags(fields),
  };
}

function checkForm(raw: Buffer, { fields, malformed }: HeaderSection): void {
  if (malformed > 0) throw invalid('The header section contains a line that is no header field.');
  const seen = new Set<string>();
  for (const { name } of fields) {
    const key = name.toLowerCase();
    if (ONLY_ONCE.has(key) && seen.has(key)) throw invalid(`Duplicate header '${name}'.`);
    seen.add(key);
  }
  let start = 0;
  while (start < raw.length) {
    const feed = raw.indexOf(0x0a, start);
    const end = feed === -1 ? raw.length : feed;
    const length = raw[end - 1] === 0x0d && end > start ? end - 1 - start : end - start;
    if (length > LINE_BYTES_MAX)
      throw invalid(`A line is ${length} bytes long; at most ${LINE_BYTES_MAX} are allowed.`);
    start = end + 1;
  }
}

/** SES has no SMTPUTF8: local parts are plain ASCII, domains punycode. */
function checkAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 1 || at === address.length - 1) throw invalid("Missing final '@domain'");
  if (!/^[!-~]{1,64}$/.test(address.slice(0, at)))
    throw invalid('Local address contains control or whitespace');
  if (!/^[A-Za-z0-9.-]{1,255}$/.test(address.slice(at + 1)))
    throw invalid('Domain contains illegal character');
  return address;
}

/** An identity is an address, or a domain with everything below it. */
function isVerified(address: string, identities: readonly string[]): boolean {
  const lower = address.toLowerCase();
  const domain = lower.slice(lower.lastIndexOf('@') + 1);
  return identities.some((identity) => {
    const verified = identity.toLowerCase();
    return verified.includes('@')
      ? verified === lower
      : domain === verified || domain.endsWith(`.${verified}`);
  });
}

function recipientsOf(request: RawEmailRequest, fields: readonly HeaderField[]): readonly string[] {
  const values =
    request.destinations.length > 0
      ? request.destinations
      : ['To', 'Cc', 'Bcc'].flatMap((name) => valuesOf(fields, name));
  const recipients = addressesIn(values).map(({ address }) => checkAddress(address));
  if (recipients.length === 0) throw invalid('Missing required header: To.');
  if (recipients.length > RECIPIENTS_MAX) throw invalid(`Recipient count exceeds ${RECIPIENTS_MAX}.`);
  return recipients;
}

const headerTags = (fields: readonly HeaderField[]): readonly Tag[] =>
  valuesOf(fields, 'X-SES-MESSAGE-TAGS')
    .flatMap((value) => value.split(','))
    .filter((pair) => pair.trim() !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return checkTag({ name: pair.slice(0, equals).trim(), value: pair.slice(equals + 1).trim() });
    });

/** What SES puts in the place of our Message-ID; in other regions the domain is `REGION.amazonses.com`. */
export const messageIdOf = (sesId: string): string => `<${sesId}@email.amazonses.com>`;

/** `Mon, 23 Nov 2026 09:00:00 +0000`. */
export const mailDate = (at: number): string => new Date(at).toUTCString().replace('GMT', '+0000');

/**
 * The mail as it reaches the recipient: Message-ID and Date are SES's, fields for SES alone are gone, line ends are
 * CRLF because SMTP knows no other.
 */
export function rewriteMail(raw: Buffer, section: HeaderSection, sesId: string, at: number): Buffer {
  const kept = section.fields.filter(({ name }) => !REMOVED.test(name)).map((field) => field.raw);
  const added = [
    `Message-ID: ${messageIdOf(sesId)}`,
    `Date: ${mailDate(at)}`,
    `Feedback-ID: ::1.${LOCAL_REGION}.local:AmazonSES`,
    `X-SES-Outgoing: ${new Date(at).toISOString().slice(0, 10).replaceAll('-', '.')}-127.0.0.1`,
    '',
    '',
  ].join('\r\n');
  const text =
    kept.join('').replace(/\r?\n?$/, '\r\n') + added + raw.subarray(section.bodyStart).toString('latin1');
  return Buffer.from(text.replace(/\r?\n/g, '\r\n'), 'latin1');
}
