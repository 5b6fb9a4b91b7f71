/**
 * The Mailer port: one SendRawEmail call, and what its answer means. "No" is said only where SES, or the network
 * before the first byte, certainly said no; whatever is doubtful is `unknown`, for a second letter cannot be undone.
 */
import { GetSendQuotaCommand, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { SesId } from '../../shared/domain/ids.ts';
import type { Mailer, Refusal, SendOutcome } from '../../shared/ports.ts';
import type { Env } from '../env.ts';
import type { Place } from './place.ts';
import { sesClient } from './ses-client.ts';

/** With the 5 s that a claim may be old, no call lasts longer than 8 s after a hold was recorded. */
const CALL_MS = 3_000;
const DETAIL_CHARS_MAX = 200;

export const awsMailer = (env: Pick<Env, 'CONFIGURATION_SET'>, place: Place): Mailer => ({
  async send(mail) {
    try {
      const answer = await sesClient(place).send(
        new SendRawEmailCommand({
          // No `Source`: it would override the letter's own Return-Path, and answers to that would be lost.
          Destinations: [...mail.to],
          RawMessage: { Data: mail.raw },
          ConfigurationSetName: env.CONFIGURATION_SET,
          Tags: Object.entries(mail.tags).map(([Name, Value]) => ({ Name, Value })),
        }),
        { abortSignal: AbortSignal.timeout(CALL_MS) },
      );
      if (!answer.MessageId) return { kind: 'unknown', detail: 'an answer without an id' };
      return { kind: 'accepted', sesId: answer.MessageId as SesId };
    } catch (error) {
      return readFailure(error);
    }
  },

  async allowance() {
    try {
      const abortSignal = AbortSignal.timeout(CALL_MS);
      const said = await sesClient(place).send(new GetSendQuotaCommand({}), { abortSignal });
      const { Max24HourSend: perDay, MaxSendRate: perSecond } = said;
      // Nothing is allowed where SES is switched off for good: that is for the send to hear, with its alarm.
      if (!perDay || !perSecond) return undefined;
      return perDay === UNLIMITED ? { perSecond } : { perDay, perSecond };
    } catch {
      return undefined;
    }
  },
});

/** GetSendQuota's word for any number. */
const UNLIMITED = -1;

/** Said by the network before any byte of the letter had left. */
const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/** Query API codes come with and without the suffix `Exception`; it is cut before they are looked up. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  Throttling: 'throttled',
  TooManyRequests: 'throttled',
  AccountSendingPaused: 'sending-paused',
  ConfigurationSetSendingPaused: 'sending-paused',
  MessageRejected: 'rejected',
  InvalidParameterValue: 'rejected',
  MailFromDomainNotVerified: 'configuration',
  ConfigurationSetDoesNotExist: 'configuration',
  AccessDenied: 'configuration',
  NotAuthorized: 'configuration',
  InvalidClientTokenId: 'configuration',
  UnrecognizedClient: 'configuration',
  MissingAuthenticationToken: 'configuration',
  IncompleteSignature: 'configuration',
  SignatureDoesNotMatch: 'configuration',
  ExpiredToken: 'configuration',
  RequestExpired: 'configuration',
  OptInRequired: 'configuration',
};

/** Only documented codes with a 4xx status are a no; a 5xx may have sent the letter, whatever code it bears. */
export function readFailure(error: unknown): SendOutcome {
  const { name, code, message, status } = partsOf(error);
  const detail = detailOf(code ?? name, message, status);
  if (code !== undefined && UNREACHABLE.includes(code))
    return { kind: 'refused', why: 'unreachable', detail };
  // Without credentials the SDK signs nothing and calls nobody.
  if (name === 'CredentialsProviderError') return { kind: 'refused', why: 'configuration', detail };
  const isRefusal = status !== undefined && status >= 400 && status < 500;
  const documented = name.replace(/Exception$/, '');
  const why = isRefusal && Object.hasOwn(REFUSALS, documented) ? REFUSALS[documented] : undefined;
  if (!why) return { kind: 'unknown', detail };
  return { kind: 'refused', why: sharpen(why, message), detail };
}

/** Two codes mean two things each, told apart by their words only (SES developer guide, "API errors"). */
function sharpen(why: Refusal, message: string): Refusal {
  if (why === 'throttled' && /daily message quota/i.test(message)) return 'daily-quota';
  if (why === 'rejected' && /not verified/i.test(message)) return 'configuration';
  return why;
}

function partsOf(error: unknown) {
  const given = (typeof error === 'object' && error !== null ? error : {}) as {
    readonly name?: unknown;
    readonly code?: unknown;
    readonly message?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: unknown };
  };
  const status = given.$metadata?.httpStatusCode;
  return {
    name: typeof given.name === 'string' ? given.name : 'NotAnError',
    code: typeof given.code === 'string' ? given.code : undefined,
    message: typeof given.message === 'string' ? given.message : '',
    status: typeof status === 'number' ? status : undefined,
  };
}

/** For the log: SES names the address that it refuses, and no person's address may stand there. */
function detailOf(code: string, message: string, status: number | undefined): string {
  const words = message.slice(0, DETAIL_CHARS_MAX).split(/\s+/);
  const named = words.map((word) => (word.includes('@') ? '(address)' : word)).join(' ');
  return [code, status, named].filter((part) => part !== undefined && part !== '').join(' ');
}
