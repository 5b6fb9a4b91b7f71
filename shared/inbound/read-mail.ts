/** `ParsedMail` → `Reading`: what a mail is and says, every finding with the words or the header it rests on. */
import { Temporal } from 'temporal-polyfill';
import { readAbsence } from './absence.ts';
import { carriedMail } from './forwarded.ts';
import { findIntent } from './intent.ts';
import { findKind } from './kind.ts';
import { detectLanguage, lexiconsFor } from './language.ts';
import { countriesOfClock, countryOfAddress, countryOfLanguage, isOfOneCountry } from './mail-country.ts';
import { READ_CHARS_MAX } from './mail-limits.ts';
import { findNamedAddresses } from './named-addresses.ts';
import { findNewAddress } from './new-address.ts';
import type { ParsedMail } from './parsed-mail.ts';
import { findPeople, type PeopleFound } from './people.ts';
import { describePhones, findPhones } from './phones.ts';
import type { Finding, Person, Reading } from './reading.ts';
import { type ReplyText, splitReply } from './reply-text.ts';
import { findSignature } from './signature.ts';

export type ReadContext = {
  /** ISO; stands in for a mail's missing Date. */
  readonly now: string;
  /** ISO 3166-1 alpha-2: whose numbering plan and date order are meant. */
  readonly contactCountry?: string;
  /** The contact's IANA zone: the mail's day is a day there. */
  readonly zone?: string;
};

/** A Date header further than this from the mail's arrival is a broken clock, or a lie. */
const DATE_TRUSTED_DAYS = 30;

const dayOf = (mail: ParsedMail, context: ReadContext): Temporal.PlainDate => {
  const now = Date.parse(context.now);
  const stated = mail.date ? Date.parse(mail.date) : now;
  const isTrusted = Math.abs(stated - now) <= DATE_TRUSTED_DAYS * 86_400_000;
  const at = isTrusted ? stated : now;
  if (context.zone)
    return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(context.zone).toPlainDate();
  const minutes = Math.abs(mail.dateOffset ?? 0) > 14 * 60 ? 0 : (mail.dateOffset ?? 0);
  const there = new Date(at + minutes * 60_000);
  return new Temporal.PlainDate(there.getUTCFullYear(), there.getUTCMonth() + 1, there.getUTCDate());
};

const REPORTS = new Set(['bounce', 'complaint', 'list', 'challenge']);
const PERSONAL = new Set(['reply', 'unsubscribe', 'unknown']);

const NOBODY: PeopleFound = { people: [], spans: [] };

const readOwn = (mail: ParsedMail, split: ReplyText, context: ReadContext): Reading => {
  const text = split.newText.slice(0, READ_CHARS_MAX);
  const reply = { ...split, newText: text };
  const signature = split.signature.slice(0, READ_CHARS_MAX);
  const lexicons = lexiconsFor(text, mail.subject);
  const language = detectLanguage(text, mail.subject);
  const found = findKind(mail, reply, lexicons);
  const kind = found.kind.value;
  const base = { ...found, replyText: split.newText, language, ambiguous: mail.duplicates };
  // The words of a mail system or a newsletter are nobody's phone numbers.
  if (REPORTS.has(kind)) return { ...base, phones: [], people: [] };

  const stated = context.contactCountry ?? countryOfAddress(mail);
  const phones = findPhones(text, signature, {
    country: stated ?? countryOfLanguage(language),
    isGuessed: stated === undefined && !isOfOneCountry(language),
    others: countriesOfClock(language, mail.dateOffset),
  });
  const own = new Set(
    [...mail.from, ...mail.to, ...mail.cc, ...mail.replyTo].map(({ address }) => address.toLowerCase()),
  );
  const isPersonal = PERSONAL.has(kind);
  const intent = isPersonal ? findIntent(text, kind, lexicons) : undefined;
  const newAddress = findNewAddress(text, own);
  const isReferring = !isPersonal || intent?.value.kind === 'wrong-person';
  const cued = isReferring ? findPeople(text, lexicons, phones, own) : NOBODY;
  const taken = [...own, newAddress?.value, ...cued.people.map(({ value }) => value.address)];
  const isNote = kind === 'absence' || kind === 'left-company';
  const isUncued = isNote || (isPersonal && isReferring && cued.people.length === 0);
  const named = isUncued
    ? findNamedAddresses(text, lexicons, new Set(taken.filter((address) => address !== undefined)))
    : NOBODY;
  const people = [...cued.people, ...named.people];
  const spans = [...cued.spans, ...named.spans];
  const absence =
    kind === 'absence'
      ? readAbsence(text, mail.subject, { today: dayOf(mail, context), lexicons, country: stated })
      : undefined;
  const signed = findSignature(text, signature, lexicons, mail.from[0]);
  return {
    ...base,
    ...(absence ? { absence } : {}),
    phones: describePhones(phones, text, signature, lexicons, spans),
    people: (kind === 'left-company' ? people.map(asSuccessor) : people).filter(
      ({ value }) => value.address === undefined || value.address !== newAddress?.value,
    ),
    ...(intent ? { intent } : {}),
    ...(signed ? { signature: signed } : {}),
    ...(newAddress ? { newAddress } : {}),
  };
};

const asSuccessor = (person: Finding<Person>): Finding<Person> => ({
  ...person,
  value: { ...person.value, role: 'successor' },
});

/**
 * Pure and total; linear in the mail, whose limits `parseMail` has set. A mail that only carries another one (a
 * mailbox rule's forward) is read as the one it carries, and says so in `forwarded`.
 */
export const readMail = (mail: ParsedMail, context: ReadContext): Reading => {
  const split = splitReply(mail.text);
  const carried = carriedMail(mail, split);
  if (!carried) return readOwn(mail, split, context);
  const { forwarded, original } = carried;
  const reading = forwarded.value.hasCover
    ? readOwn(mail, split, context)
    : readOwn(original, splitReply(original.text), context);
  return { ...reading, ambiguous: [...new Set([...mail.duplicates, ...reading.ambiguous])], forwarded };
};
