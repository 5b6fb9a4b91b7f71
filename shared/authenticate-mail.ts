/** Does what SES checked prove who wrote a mail? DMARC's own answer, or where the domain asks for none, its rules. */

import type { Verdicts } from './domain/arrival.ts';
import { headerOf, type ParsedMail } from './inbound/parsed-mail.ts';

/** More signatures than any chain of forwarders leaves; a mail with more proves nothing. */
const SIGNATURES_MAX = 10;

/**
 * DMARC PASS; or GRAY (the domain publishes no policy) with a DKIM signature or an envelope sender that passed and
 * belongs to the From domain. SES does not say which of several signatures passed, so all must belong to it.
 */
export function isFromProven(mail: ParsedMail, verdicts: Verdicts): boolean {
  if (mail.duplicates.includes('from') || mail.from.length !== 1) return false;
  if (verdicts.dmarc === 'PASS') return true;
  const domain = domainOf(mail.from[0]?.address);
  if (verdicts.dmarc !== 'GRAY' || !domain) return false;
  const signed = mail.headers.filter((header) => header.name === 'dkim-signature');
  const isSigned =
    verdicts.dkim === 'PASS' &&
    signed.length > 0 &&
    signed.length <= SIGNATURES_MAX &&
    signed.every(({ value }) => isAligned(signingDomain(value), domain));
  // SES writes the envelope sender above everything that came with the mail.
  const isSentFrom =
    verdicts.spf === 'PASS' && isAligned(domainOf(bare(headerOf(mail, 'return-path'))), domain);
  return isSigned || isSentFrom;
}

/** RFC 6376 §3.5: the `d=` tag. */
const signingDomain = (signature: string): string | undefined =>
  /(?:^|;)\s?d\s?=\s?([a-z0-9.-]{1,253})/i.exec(signature.replace(/\s+/g, ' '))?.[1]?.toLowerCase();

/**
 * RFC 7489 §3.1: the same organisation. Without the public suffix list only parent and child count, and a parent of
 * one label is nobody's.
 */
function isAligned(found: string | undefined, domain: string): boolean {
  if (!found?.includes('.')) return false;
  return found === domain || domain.endsWith(`.${found}`) || found.endsWith(`.${domain}`);
}

const bare = (value: string | undefined): string | undefined => value?.replace(/[<>]/g, '').trim();

const domainOf = (address: string | undefined): string | undefined =>
  address?.includes('@') ? address.slice(address.lastIndexOf('@') + 1).toLowerCase() : undefined;
