/**
 * The names of things. Ids that must be found again without a look-up are derived, not drawn: the same
 * address is always the same contact, the same event always makes the same task and the same alert.
 */
import { createHash, createHmac } from 'node:crypto';
import { domainToASCII } from 'node:url';

type Branded<Name extends string> = string & { readonly __brand: Name };

export type ContactId = Branded<'ContactId'>;
export type EnrollmentId = Branded<'EnrollmentId'>;
export type CampaignId = Branded<'CampaignId'>;
export type SequenceId = Branded<'SequenceId'>;
export type SenderId = Branded<'SenderId'>;
export type MessageId = Branded<'MessageId'>;
export type TaskId = Branded<'TaskId'>;
export type AlertId = Branded<'AlertId'>;
/** One execution's right to send one step once. Drawn fresh, so that a retry can never own a dead run's claim. */
export type ClaimId = Branded<'ClaimId'>;
/** What SES answered to SendRawEmail; the local part of the Message-ID that the prospect sees. */
export type SesId = Branded<'SesId'>;

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** RFC 4648 base32, lower case, no padding: survives every mail system that folds case. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[(value >>> bits) & 31];
    }
  }
  return bits > 0 ? text + BASE32[(value << (5 - bits)) & 31] : text;
}

/** Lower case, punycode domain, no surrounding blanks. `undefined` where it is no address that SES can write to. */
export function normaliseAddress(address: string): string | undefined {
  const trimmed = address.trim();
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, at).toLowerCase();
  const domain = domainToASCII(trimmed.slice(at + 1).toLowerCase());
  // SES takes no SMTPUTF8 local part; 64 and 254 are the limits of RFC 5321 §4.5.3.1.
  const fits = at > 0 && local.length <= 64 && local.length + domain.length < 254;
  const localOk = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/.test(local);
  const domainOk = domain.includes('.') && /^[a-z0-9.-]+$/.test(domain) && !domain.includes('..');
  return fits && localOk && domainOk ? `${local}@${domain}` : undefined;
}

/** `secret` never rotates: the id is the key under which an erased person stays suppressed. */
export function contactIdOf(secret: string, normalisedAddress: string): ContactId {
  const digest = createHmac('sha256', secret).update(`contact:${normalisedAddress}`).digest();
  return base32(digest).slice(0, 26) as ContactId;
}

export const enrollmentIdOf = (contactId: ContactId, n: number): EnrollmentId =>
  `${contactId}-${n}` as EnrollmentId;

const ENROLLMENT = /^([a-z2-7]{26})-([0-9]{1,4})$/;

/** The contact that an enrollment id leads to, and which of its walks it was; `undefined` if it is none. */
export function readEnrollmentId(id: string): { contactId: ContactId; n: number } | undefined {
  const match = ENROLLMENT.exec(id);
  return match ? { contactId: match[1] as ContactId, n: Number(match[2]) } : undefined;
}

/** A short id that is the same whenever the same parts are given: repeating an effect changes nothing. */
export function derivedId(...parts: readonly string[]): string {
  const hash = createHash('sha256').update(parts.join('\u0000')).digest();
  return base32(hash).slice(0, 20);
}
