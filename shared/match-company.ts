/**
 * The last resort: somebody of the same company answers under the subject of a letter ("my colleague gave me your
 * mail"). Probable, and no more: it holds and is listed, and acts only once a person agrees.
 */
import { companyDomainOf } from './domain/company.ts';
import { normaliseAddress } from './domain/ids.ts';
import { letterMessageId } from './domain/message.ts';
import type { ParsedMail } from './inbound/parsed-mail.ts';
import type { Match } from './match-mail.ts';
import type { Ports } from './ports.ts';

/** A company where more people are written to than this is matched by ids, or by a person. */
const COLLEAGUES_MAX = 50;
/** "Re: AW: Fwd:" in any language is a short word and a colon; more in a row than this is no subject of ours. */
const PREFIXES_MAX = 8;
const PREFIX = /^\s{0,4}[\p{L}\p{M}.]{1,12}(?:\[\d{1,3}\])?\s?[:：]\s{0,4}/u;
/** A subject so short ("Hello") is everybody's. */
const SUBJECT_CHARS_MIN = 8;

/** Of several colleagues who got the same subject, the one who was written to last. */
export async function matchCompany(ports: Ports, mail: ParsedMail): Promise<Match | undefined> {
  if (mail.duplicates.includes('from') || mail.duplicates.includes('subject')) return undefined;
  const address = mail.from[0] && normaliseAddress(mail.from[0].address);
  const domain = address && companyDomainOf(address);
  const subject = bareSubject(mail.subject);
  // Without "Re:" it answers nothing, whatever it is called.
  if (!domain || subject === mail.subject.trim().toLowerCase() || subject.length < SUBJECT_CHARS_MIN)
    return undefined;
  const colleagues = await ports.store.listCompany(domain, { limit: COLLEAGUES_MAX });
  let best: { readonly match: Match; readonly at: string } | undefined;
  for (const { id: contactId } of colleagues.items) {
    const walk = (await ports.store.loadState(contactId))?.state.enrollment;
    const last = walk?.sent.at(-1);
    if (!walk || !last || (best && last.at <= best.at)) continue;
    const letter = await ports.store.load('message', contactId, letterMessageId(walk.id, last.step));
    if (letter?.kind !== 'out' || bareSubject(letter.subject) !== subject) continue;
    best = { match: { contactId, enrollmentId: walk.id, by: 'company', mayAct: false }, at: last.at };
  }
  return best?.match;
}

function bareSubject(subject: string): string {
  let bare = subject.trim();
  for (let count = 0; count < PREFIXES_MAX && PREFIX.test(bare); count++) bare = bare.replace(PREFIX, '');
  return bare.replace(/\s+/gu, ' ').trim().toLowerCase();
}
