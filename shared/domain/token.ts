/**
 * Sealed ids in addresses and links: `r+TOKEN@reply.example.com`, `in+TOKEN@…`, `https://…/u/TOKEN`. Whoever holds
 * one proves that we wrote to them; nobody can make one up, and none ever expires, for people answer after months.
 * TOKEN = id + 80-bit HMAC + key id, in lower-case base32, because mail systems fold the case of a local part.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { base32, type EnrollmentId, readEnrollmentId, type SenderId } from './ids.ts';

/** What a token is good for. One sealed for a purpose never opens for another. */
export type TokenPurpose = 'reply' | 'unsubscribe' | 'sender' | 'probe';

/** Key id → secret. The first signs, all verify; so a rotation puts the new key first and keeps the old ones. */
export type TokenKeys = Readonly<Record<string, string>>;

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const MAC_BYTES = 10;
const MAC_CHARS = 16;
const CONTACT_ID_CHARS = 26;
const SENDER_ID_CHARS_MAX = 26;
/** Two base32 digits. One walk takes weeks and re-enrolling waits 90 days: 1,023 are centuries. */
const WALKS_MAX = 1023;
/** RFC 5321 §4.5.3.1.1 gives a local part 64 characters; `in+` and a token stay well below. */
const TOKEN_CHARS_MAX = SENDER_ID_CHARS_MAX + 2 + MAC_CHARS + 1;
const ADDRESS_CHARS_MAX = 320;

/** Throws on an id or a key that cannot be sealed: that is a fault of ours, never of the world's. */
export function sealToken(keys: TokenKeys, purpose: 'sender' | 'probe', id: SenderId): string;
export function sealToken(keys: TokenKeys, purpose: 'reply' | 'unsubscribe', id: EnrollmentId): string;
export function sealToken(keys: TokenKeys, purpose: TokenPurpose, id: EnrollmentId | SenderId): string;
export function sealToken(keys: TokenKeys, purpose: TokenPurpose, id: EnrollmentId | SenderId): string {
  const first = Object.entries(keys)[0];
  // A digit would be no safe key id: JavaScript enumerates integer-like keys first, so "the first" could not be chosen.
  if (!first || !/^[a-z]$/.test(first[0]) || first[1] === '') {
    throw new Error('The first token key needs one letter a-z as its id and a secret that is not empty.');
  }
  const packed = isSenders(purpose) ? packSender(id) : packEnrollment(id);
  return packed + mac(first[1], purpose, packed) + first[0];
}

/** The id inside, or `undefined` for anything that was not sealed by one of `keys` for this purpose. Any case. */
export function openToken(keys: TokenKeys, purpose: 'sender' | 'probe', token: string): SenderId | undefined;
export function openToken(
  keys: TokenKeys,
  purpose: 'reply' | 'unsubscribe',
  token: string,
): EnrollmentId | undefined;
export function openToken(keys: TokenKeys, purpose: TokenPurpose, token: string): string | undefined;
export function openToken(keys: TokenKeys, purpose: TokenPurpose, token: string): string | undefined {
  const folded = token.length <= TOKEN_CHARS_MAX ? token.toLowerCase() : '';
  if (!/^[a-z2-7]+$/.test(folded) || folded.length <= MAC_CHARS + 1) return undefined;
  const keyId = folded.slice(-1);
  const key = Object.hasOwn(keys, keyId) ? keys[keyId] : undefined;
  if (!key) return undefined;
  const packed = folded.slice(0, -MAC_CHARS - 1);
  const given = Buffer.from(folded.slice(packed.length, -1), 'latin1');
  // Constant time, so that nobody can guess a code character by character from how long a refusal takes.
  if (!timingSafeEqual(given, Buffer.from(mac(key, purpose, packed), 'latin1'))) return undefined;
  return isSenders(purpose) ? packed : unpackEnrollment(packed);
}

const isSenders = (purpose: TokenPurpose): boolean => purpose === 'sender' || purpose === 'probe';

/** `r+TOKEN@<reply domain>`: Reply-To and Return-Path of every letter. */
export const replyAddress = (replyDomain: string, keys: TokenKeys, id: EnrollmentId): string =>
  `r+${sealToken(keys, 'reply', id)}@${replyDomain}`;

/** `in+TOKEN@<reply domain>`: where the sender's own mailbox forwards to and is copied from. */
export const senderAddress = (replyDomain: string, keys: TokenKeys, id: SenderId): string =>
  `in+${sealToken(keys, 'sender', id)}@${replyDomain}`;

/** The page behind the opt-out sentence and the target of the one-click POST (RFC 8058). */
export const unsubscribeUrl = (publicUrl: string, keys: TokenKeys, id: EnrollmentId): string =>
  `${publicUrl}/u/${sealToken(keys, 'unsubscribe', id)}`;

/** The enrollment that a reply address leads to. Tolerates folded case, blanks and angle brackets. */
export function readReplyAddress(
  address: string,
  replyDomain: string,
  keys: TokenKeys,
): EnrollmentId | undefined {
  const token = tokenIn(address, 'r+', replyDomain);
  return token === undefined ? undefined : openToken(keys, 'reply', token);
}

/** The sender whose mailbox vouches for what arrives at this address. */
export function readSenderAddress(
  address: string,
  replyDomain: string,
  keys: TokenKeys,
): SenderId | undefined {
  const token = tokenIn(address, 'in+', replyDomain);
  return token === undefined ? undefined : openToken(keys, 'sender', token);
}

function tokenIn(address: string, prefix: string, replyDomain: string): string | undefined {
  if (address.length > ADDRESS_CHARS_MAX) return undefined;
  const bare = address.trim().replace(/^</, '').replace(/>$/, '').trim().toLowerCase();
  const end = `@${replyDomain.toLowerCase()}`;
  if (!bare.startsWith(prefix) || !bare.endsWith(end)) return undefined;
  return bare.slice(prefix.length, -end.length);
}

function mac(key: string, purpose: TokenPurpose, packed: string): string {
  const digest = createHmac('sha256', key).update(`token:${purpose}:${packed}`).digest();
  return base32(digest.subarray(0, MAC_BYTES));
}

function packEnrollment(id: string): string {
  const read = readEnrollmentId(id);
  if (!read || read.n > WALKS_MAX)
    throw new Error('Only an enrollment id with a number up to 1023 is sealed.');
  return `${read.contactId}${BASE32.charAt(read.n >> 5)}${BASE32.charAt(read.n & 31)}`;
}

function unpackEnrollment(packed: string): string | undefined {
  if (packed.length !== CONTACT_ID_CHARS + 2) return undefined;
  const high = BASE32.indexOf(packed.charAt(CONTACT_ID_CHARS));
  const low = BASE32.indexOf(packed.charAt(CONTACT_ID_CHARS + 1));
  return `${packed.slice(0, CONTACT_ID_CHARS)}-${high * 32 + low}`;
}

function packSender(id: string): string {
  if (id.length > SENDER_ID_CHARS_MAX || !/^[a-z2-7]+$/.test(id)) {
    throw new Error('Only a sender id of 1 to 26 base32 characters is sealed.');
  }
  return id;
}
