/**
 * SES on this machine: the unchanged `@aws-sdk/client-ses` sends to it, and it refuses, rewrites and reports as AWS
 * does. The letter lands in an outbox folder or, with `relay`, goes to a real mail server as well.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createTransport } from 'nodemailer';
import type { LocalClock } from './clock.ts';
import { BodyTooLarge, listen, readBody, reply } from './http-server.ts';
import { type DeliveredMail, makeCourier } from './ses-courier.ts';
import { simulatorName } from './ses-delivery.ts';
import { mailOf, newSesId, rejectEvent, type SesEvent, sendEvent } from './ses-events.ts';
import { judgeMail, rewriteMail } from './ses-mail.ts';
import { type Outbox, openOutbox, outboxFile } from './ses-outbox.ts';
import {
  errorXml,
  invalid,
  MAIL_BYTES_MAX,
  REQUEST_BYTES_MAX,
  readRawEmailRequest,
  SesError,
  successXml,
} from './ses-request.ts';
import { type AcceptedMail, type Job, openSesStore, type SesStore } from './ses-store.ts';

export type { DeliveredMail } from './ses-courier.ts';
export type { SesEvent } from './ses-events.ts';
export type { OutboxEntry } from './ses-outbox.ts';

const SECOND = 1_000;
const DAY = 86_400_000;
/** A mail server that does not answer is a delay, not a reason to wait for ever. Real time: this is I/O. */
const RELAY_TIMEOUT_MS = 30_000;

/** The harmless test file that every virus scanner knows; AWS's guide uses it to provoke a Reject. */
const EICAR = String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`;
const EICAR_BASE64 = Buffer.from(EICAR).toString('base64').slice(0, 60);

export type SesOptions = {
  /** The outbox folder. */
  readonly dir: string;
  readonly file: string;
  readonly port?: number;
  readonly clock: LocalClock;
  /** Verified addresses and domains, asked at every call. */
  readonly identities: () => readonly string[];
  /** Names that `ConfigurationSetName` may have; events are published only for mails that name one. */
  readonly configurationSets: readonly string[];
  /** In recipients; `max24HourSend` -1 is unlimited. */
  readonly quota: { readonly max24HourSend: number; readonly maxSendRate: number };
  /** Resolves when the event is durable elsewhere; repeated until it does. */
  readonly publish: (event: SesEvent) => Promise<void>;
  /** `smtp://…` of a mail server that delivers for real. */
  readonly relay?: string;
  /** Called for each recipient that got the mail; again if the process dies before that is written down. */
  readonly onDelivered?: (mail: DeliveredMail) => void | Promise<void>;
  /** Addresses that do not exist. */
  readonly bounces?: (address: string) => boolean;
  /** Takes the mails of feedback forwarding, from `MAILER-DAEMON@amazonses.com` to a Return-Path. */
  readonly forward?: (to: string, raw: Buffer) => Promise<void>;
};

export type LocalSes = {
  readonly endpoint: string;
  /** What AWS does to an account with too many complaints. Lasts until called again or until the end of the process. */
  pauseSending(paused: boolean): void;
  /** When the next event, delivery or feedback is due; not in the future while one is under way. */
  nextMoment(): number | undefined;
  /** Resolves when nothing is due any more at the clock's present moment. */
  settle(): Promise<void>;
  close(): Promise<void>;
};

export async function startSes(options: SesOptions): Promise<LocalSes> {
  const { clock } = options;
  const store = openSesStore(options.file);
  const outbox = openOutbox(options.dir, store);
  const relay =
    options.relay === undefined
      ? undefined
      : createTransport({
          url: options.relay,
          connectionTimeout: RELAY_TIMEOUT_MS,
          socketTimeout: RELAY_TIMEOUT_MS,
        });
  const courier = makeCourier({
    store,
    outbox,
    clock,
    relay,
    bounces: options.bounces ?? (() => false),
    publish: options.publish,
    forward: options.forward,
    onDelivered: options.onDelivered,
  });
  const account = { paused: false };
  const actions = makeActions(options, { store, outbox, account, accepted: () => void courier.work() });
  const server = await listen('ses', options.port ?? 0, (request, response) =>
    answer(request, response, actions),
  );
  void courier.work();

  return {
    endpoint: server.endpoint,
    pauseSending: (paused) => {
      account.paused = paused;
    },
    nextMoment: store.nextDue,
    settle: courier.work,
    close: async () => {
      await server.close();
      await courier.close();
      relay?.close();
      store.close();
    },
  };
}

type Action = (form: URLSearchParams) => Readonly<Record<string, string | number | boolean>>;
type Parts = {
  readonly store: SesStore;
  readonly outbox: Outbox;
  readonly account: { readonly paused: boolean };
  readonly accepted: () => void;
};

const makeActions = (options: SesOptions, parts: Parts): ReadonlyMap<string, Action> =>
  new Map<string, Action>([
    ['SendRawEmail', (form) => ({ MessageId: acceptRawEmail(form, options, parts) })],
    ['GetAccountSendingEnabled', () => ({ Enabled: !parts.account.paused })],
    [
      'GetSendQuota',
      () => ({
        Max24HourSend: options.quota.max24HourSend,
        MaxSendRate: options.quota.maxSendRate,
        SentLast24Hours: parts.store.recipientsSince(options.clock.now() - DAY).counted,
      }),
    ],
  ]);

/** Everything between "asked" and "accepted" happens in one go, so that two calls cannot share a place in the quota. */
function acceptRawEmail(form: URLSearchParams, options: SesOptions, parts: Parts): string {
  const { store, outbox } = parts;
  const at = options.clock.now();
  const request = readRawEmailRequest(form);
  if (parts.account.paused) {
    throw new SesError('AccountSendingPausedException', 'Email sending has been disabled for this account.');
  }
  const { identities, configurationSets } = options;
  const judged = judgeMail(request, { identities: identities(), configurationSets });
  const counted = judged.recipients.filter((recipient) => simulatorName(recipient) === undefined).length;
  checkQuota(judged.recipients.length, counted, options.quota, {
    lastSecond: store.recipientsSince(at - SECOND).all,
    lastDay: store.recipientsSince(at - DAY).counted,
  });

  const sesId = newSesId(at);
  const mail = mailOf(sesId, at, judged);
  const file = outboxFile(sesId, at, judged.recipients[0] ?? 'nobody');
  const { fromAddress, returnPath, recipients, configurationSet } = judged;
  const row: AcceptedMail = {
    sesId,
    at,
    fromAddress,
    returnPath,
    recipients,
    configurationSet,
    file,
    mail,
    counted,
  };
  const jobs: readonly Job[] = holdsVirus(request.raw)
    ? [{ kind: 'event', event: rejectEvent(mail) }]
    : [
        { kind: 'event', event: sendEvent(mail) },
        ...recipients.map((recipient): Job => ({ kind: 'deliver', recipient })),
      ];
  outbox.write(file, rewriteMail(request.raw, judged.section, sesId, at));
  try {
    store.accept(row, jobs);
  } catch (error) {
    outbox.forget(file);
    throw error;
  }
  outbox.list(row);
  parts.accepted();
  return sesId;
}

/** AWS's two messages under one code; a sender must tell them apart by their words. */
function checkQuota(
  recipients: number,
  counted: number,
  quota: SesOptions['quota'],
  used: { readonly lastSecond: number; readonly lastDay: number },
): void {
  if (quota.max24HourSend !== -1 && used.lastDay + counted > quota.max24HourSend) {
    throw new SesError('Throttling', 'Daily message quota exceeded.');
  }
  // One mail to more recipients than the rate allows still goes, when nothing else did in this second.
  if (used.lastSecond > 0 && used.lastSecond + recipients > quota.maxSendRate) {
    throw new SesError('Throttling', 'Maximum sending rate exceeded.');
  }
}

const holdsVirus = (raw: Buffer): boolean => raw.includes(EICAR, 0, 'latin1') || raw.includes(EICAR_BASE64);

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  actions: ReadonlyMap<string, Action>,
): Promise<void> {
  const xml = { 'content-type': 'text/xml' };
  try {
    const form = new URLSearchParams((await readBody(request, REQUEST_BYTES_MAX)).toString('latin1'));
    const name = form.get('Action') ?? '';
    const action = actions.get(name);
    if (action === undefined) {
      throw new SesError('InvalidAction', `Could not find operation ${name} for version 2010-12-01`);
    }
    reply(response, 200, xml, successXml(name, action(form)));
  } catch (error) {
    if (error instanceof SesError) reply(response, 400, xml, errorXml(error));
    else if (error instanceof BodyTooLarge) {
      const refusal = invalid(`Message length is more than ${MAIL_BYTES_MAX} bytes long.`);
      reply(response, 400, { ...xml, connection: 'close' }, errorXml(refusal));
    } else throw error;
  }
}
