/**
 * SES receiving on this machine: an SMTP server on loopback that takes mail for the verified domains, refuses all else,
 * and says 250 only after the mail has been stored.
 */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Verdicts } from '../../shared/domain/arrival.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from './account.ts';
import type { LocalClock } from './clock.ts';
import { addressesIn, commonHeaders, copyHeaders, readHeaders, valuesOf } from './mail-headers.ts';
import { mailDate } from './ses-mail.ts';

/** What SES takes for an S3 action. */
const MAIL_BYTES_MAX = 41_943_040;
/** RFC 5321 §4.5.3.1.8: a server must take at least a hundred. */
const RECIPIENTS_MAX = 100;
const CLIENTS_MAX = 50;
/** Real time: this is I/O. */
const SOCKET_TIMEOUT_MS = 60_000;
const CLOSE_TIMEOUT_MS = 1_000;

/**
 * Nothing on this machine checks signatures or scans for viruses, and the verdicts say just that. So a mail that has
 * neither a token nor one of our ids can hold a sequence but not stop it, exactly as an unauthenticated one on AWS.
 */
const UNCHECKED: Verdicts = { spf: 'GRAY', dkim: 'GRAY', dmarc: 'GRAY', spam: 'DISABLED', virus: 'DISABLED' };

export type ReceivedMail = {
  /** 40 characters of `a-z0-9`, as SES's inbound ids; the name of the stored object. */
  readonly id: string;
  /** The mail as SES stores it: below a Return-Path, a Received and the verdict fields of its own. */
  readonly raw: Uint8Array;
  /** The envelope sender; empty for `<>`. */
  readonly from: string;
  /** The envelope recipients, in the order of RCPT TO. */
  readonly recipients: readonly string[];
  readonly verdicts: Verdicts;
};

export type LocalSmtp = {
  readonly port: number;
  /** Connections that have not been closed; a turned clock stands still while there is one. */
  openSessions(): number;
  close(): Promise<void>;
};

export async function startSmtp(options: {
  readonly port: number;
  readonly clock: LocalClock;
  /** Lower case; exactly these, no subdomains. Asked at every recipient. */
  readonly domains: () => readonly string[];
  /** Resolves when the mail is durable; if it throws, the client is told to try again later. */
  readonly accept: (mail: ReceivedMail) => Promise<void>;
}): Promise<LocalSmtp> {
  const server = new SMTPServer({
    banner: `inbound-smtp.${LOCAL_REGION}.amazonaws.com (local)`,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    hideSMTPUTF8: true,
    size: MAIL_BYTES_MAX,
    maxClients: CLIENTS_MAX,
    socketTimeout: SOCKET_TIMEOUT_MS,
    closeTimeout: CLOSE_TIMEOUT_MS,
    onRcptTo: ({ address }, session, callback) =>
      callback(judgeRecipient(address, session, options.domains())),
    onData: (stream, session, callback) => {
      receive(stream, session, options.clock.now())
        .then(async (mail) => {
          await options.accept(mail);
          callback(null, `OK ${mail.id}`);
        })
        .catch((error: unknown) => {
          if (error instanceof Refusal) return callback(error);
          console.error('[smtp] a mail could not be stored', error);
          callback(new Refusal(451, '4.3.0 Requested action aborted: local error in processing'));
        });
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new Error(`smtp: port ${options.port} on 127.0.0.1 cannot be opened`, { cause }));
    });
    server.listen(options.port, '127.0.0.1', resolve);
  });
  // A client that breaks off is reported here; without a listener it would end the process.
  server.on('error', (error) => console.error('[smtp]', error.message));
  return {
    port: (server.server.address() as AddressInfo).port,
    openSessions: () => server.connections.size,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** An answer to the client with its SMTP code. */
class Refusal extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, message: string) {
    super(message);
    this.name = 'Refusal';
    this.responseCode = responseCode;
  }
}

function judgeRecipient(
  address: string,
  session: SMTPServerSession,
  domains: readonly string[],
): Refusal | null {
  if (session.envelope.rcptTo.length >= RECIPIENTS_MAX) return new Refusal(452, '4.5.3 Too many recipients');
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return domains.includes(domain)
    ? null
    : new Refusal(550, '5.1.1 Requested action not taken: mailbox unavailable');
}

async function receive(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  at: number,
): Promise<ReceivedMail> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  await new Promise<void>((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      // The rest of an oversized mail must be read, as SMTP cannot be interrupted, but need not be kept.
      if (bytes <= MAIL_BYTES_MAX) chunks.push(chunk);
    });
    stream.once('end', resolve);
    stream.once('error', reject);
  });
  if (stream.sizeExceeded || bytes > MAIL_BYTES_MAX) {
    throw new Refusal(552, '5.3.4 Message size exceeds fixed limit');
  }
  const { mailFrom, rcptTo } = session.envelope;
  const mail = {
    id: newInboundId(),
    from: mailFrom === false ? '' : mailFrom.address,
    recipients: rcptTo.map(({ address }) => address),
    verdicts: UNCHECKED,
  };
  return { ...mail, raw: Buffer.concat([Buffer.from(traceFields(mail, session, at)), ...chunks]) };
}

const newInboundId = (): string => randomBytes(20).toString('hex');

/** What SES writes above a mail that it receives. The Return-Path is where a null sender shows. */
function traceFields(mail: Omit<ReceivedMail, 'raw'>, session: SMTPServerSession, at: number): string {
  const hello = String(session.hostNameAppearsAs || 'unknown').replace(/[^\w.:[\]-]/g, '');
  return [
    `Return-Path: <${mail.from}>`,
    `Received: from ${hello} (${hello} [127.0.0.1])`,
    ` by inbound-smtp.${LOCAL_REGION}.amazonaws.com with SMTP id ${mail.id}`,
    ` for ${mail.recipients[0] ?? ''};`,
    ` ${mailDate(at)}`,
    `X-SES-Spam-Verdict: ${mail.verdicts.spam}`,
    `X-SES-Virus-Verdict: ${mail.verdicts.virus}`,
    '',
  ].join('\r\n');
}

/**
 * The "Received" notification of a receipt rule's S3 action with an SNS topic, in AWS's exact JSON: envelope, verdicts
 * and where the object lies, but no body, and header copies that are cut at 10 KB.
 * `key` ends in `id`; what stands before it is the rule's prefix. `at` is in milliseconds since 1970.
 */
export function receivedNotification(
  mail: ReceivedMail & { readonly bucket: string; readonly key: string; readonly at: number },
) {
  const { id, bucket, key, recipients, verdicts } = mail;
  const { fields } = readHeaders(mail.raw);
  const timestamp = new Date(mail.at).toISOString();
  const named = addressesIn([...valuesOf(fields, 'To'), ...valuesOf(fields, 'Cc')]).map(
    ({ address }) => address,
  );
  const { headers, headersTruncated } = copyHeaders(fields);
  return {
    notificationType: 'Received',
    mail: {
      timestamp,
      source: mail.from === '' ? '<>' : mail.from,
      // SES's id of the inbound mail, not the mail's own Message-ID.
      messageId: id,
      // Header text, as on AWS; the envelope's recipients stand in the receipt.
      destination: named.length > 0 ? named : recipients,
      headersTruncated,
      headers,
      commonHeaders: commonHeaders(fields),
    },
    receipt: {
      timestamp,
      processingTimeMillis: 1,
      recipients,
      spamVerdict: { status: verdicts.spam },
      virusVerdict: { status: verdicts.virus },
      spfVerdict: { status: verdicts.spf },
      dkimVerdict: { status: verdicts.dkim },
      dmarcVerdict: { status: verdicts.dmarc },
      action: {
        type: 'S3',
        topicArn: `arn:aws:sns:${LOCAL_REGION}:${LOCAL_ACCOUNT}:inbound`,
        bucketName: bucket,
        objectKeyPrefix: key.endsWith(id) ? key.slice(0, -id.length) : '',
        objectKey: key,
      },
    },
  };
}
