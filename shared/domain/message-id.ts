/**
 * Message-IDs, both ways. SES writes its own over ours, so the one that the prospect's answer names is SES's; ours
 * travels in References, where most clients keep it. Either leads back to the enrollment.
 */
import { type EnrollmentId, readEnrollmentId, type SesId } from './ids.ts';

/** The suffix that SES appends: us-east-1 kept the oldest form. */
const sesDomain = (region: string): string =>
  region === 'us-east-1' ? 'email.amazonses.com' : `${region}.amazonses.com`;

/** What stood in Message-ID when the prospect got the letter: `<0100…-000000@eu-west-1.amazonses.com>`. */
export const sesMessageId = (sesId: SesId | string, region: string): string =>
  `<${sesId}@${sesDomain(region)}>`;

/** Our own id of a letter: `<enrollment-step@reply domain>`. The same letter always has the same. */
export const ownMessageId = (enrollmentId: EnrollmentId, step: number, replyDomain: string): string =>
  `<${enrollmentId}-${step}@${replyDomain}>`;

/** The SES id inside, or `undefined` if SES of no region wrote this Message-ID. */
export function readSesMessageId(messageId: string): SesId | undefined {
  const match = /^<?([A-Za-z0-9-]{10,100})@[a-z0-9-]{1,40}\.amazonses\.com>?$/iu.exec(messageId.trim());
  return match?.[1]?.toLowerCase() as SesId | undefined;
}

/** The letter that one of our own ids names. Nothing seals it: it may find an enrollment, but vouches for nobody. */
export function readOwnMessageId(
  messageId: string,
  replyDomain: string,
): { readonly enrollmentId: EnrollmentId; readonly step: number } | undefined {
  const match = /^<?([a-z2-7]{26}-[0-9]{1,4})-([0-9]{1,3})@([^\s<>@]{1,253})>?$/u.exec(
    messageId.trim().toLowerCase(),
  );
  if (!match || match[3] !== replyDomain.toLowerCase()) return undefined;
  const enrollmentId = match[1] as EnrollmentId;
  return readEnrollmentId(enrollmentId) ? { enrollmentId, step: Number(match[2]) } : undefined;
}

const MSG_ID = /^<[\x21-\x3b\x3d\x3f-\x7e]{1,200}@[\x21-\x3b\x3d\x3f-\x7e]{1,250}>$/u;

/** Ids from a stranger's mail that may stand in a header of ours: well formed, each once, the newest `max`. */
export const safeMessageIds = (ids: readonly string[], max: number): readonly string[] =>
  [...new Set(ids.filter((id) => MSG_ID.test(id)))].slice(-max);
