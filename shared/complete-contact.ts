/** A contact as a request writes it becomes one as it is kept: normalised, completed, merged with what was known. */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { ContactInput } from './api/contacts.ts';
import { companyDomainOf } from './domain/company.ts';
import type { Contact } from './domain/contact.ts';
import { mergeDossier } from './domain/dossier.ts';
import { gradeOf } from './domain/grade.ts';
import type { ContactId } from './domain/ids.ts';
import type { Instant } from './domain/instant.ts';
import type { RefusalReason } from './domain/launch-report.ts';
import { isKnownCountry } from './domain/time/calendar.ts';
import { isKnownZone, resolveZone } from './domain/time/zone.ts';

export type ContactFault = {
  /** RFC 6901, inside the contact: `/address`. Empty: the contact as a whole. */
  readonly pointer: string;
  readonly reason: RefusalReason;
  readonly detail: string;
};

/**
 * The contact as it would be saved: what was given wins over what was known; phones are added to, because a mail may
 * have taught us one; a zone learnt from their own mails stays.
 */
export function completeContact(
  given: ContactInput,
  about: {
    readonly id: ContactId;
    /** Normalised. */
    readonly address: string;
    readonly known: Contact | undefined;
    readonly senderZone: string;
    readonly now: Instant;
  },
): { readonly contact: Contact; readonly faults: readonly ContactFault[] } {
  const { known } = about;
  const faults: ContactFault[] = [];
  const country = (given.country ?? known?.country)?.trim().toUpperCase();
  if (country !== undefined && !isKnownCountry(country)) {
    const detail = 'No such country. Use an ISO 3166-1 code of two letters, such as PT.';
    faults.push({ pointer: '/country', reason: 'unknown-country', detail });
  }
  if (given.zone !== undefined && !isKnownZone(given.zone)) {
    const detail = 'No such time zone. Use an IANA name such as Europe/Lisbon, or leave it out.';
    faults.push({ pointer: '/zone', reason: 'unknown-zone', detail });
  }
  if (given.language !== undefined && !isLanguageTag(given.language)) {
    const detail = 'No such language. Use a BCP 47 tag such as en or pt-BR.';
    faults.push({ pointer: '/language', reason: 'unknown-language', detail });
  }
  const read = (given.phones ?? []).map((phone) => readPhone(phone, country));
  read.forEach((phone, at) => {
    const detail = 'This is no phone number. Write it with its country code, such as +351912345678.';
    if (!phone) faults.push({ pointer: `/phones/${at}`, reason: 'invalid-phone', detail });
  });
  const phones = [...new Set([...read.filter((phone) => phone !== undefined), ...(known?.phones ?? [])])];
  // Letters belong to one campaign, not to the person.
  const { letters: _letters, factors: _factors, dossier: _dossier, ...own } = given;
  const merged = { ...known, ...own, country, phones };
  const isLearnt = known?.zoneSource === 'learnt-from-mail' || known?.zoneSource === 'given';
  const { zone, source: zoneSource } =
    isLearnt && given.zone === undefined
      ? { zone: known.zone, source: known.zoneSource }
      : resolveZone({ ...placeOf(merged), phones, senderZone: about.senderZone });
  const companyDomain = companyDomainOf(about.address);
  const contact: Contact = {
    ...omitUndefined(merged),
    id: about.id,
    address: about.address,
    ...(companyDomain ? { companyDomain } : {}),
    zone,
    zoneSource,
    phones,
    fields: { ...known?.fields, ...given.fields },
    ...gradedBy(given, known),
    ...(given.dossier ? { dossier: mergeDossier(known?.dossier, given.dossier) } : {}),
    createdAt: known?.createdAt ?? about.now,
  };
  return { contact, faults };
}

/** A grade that is given stands; else it is reckoned, where enough is known. */
function gradedBy(given: ContactInput, known: Contact | undefined) {
  if (given.grade !== undefined) return { gradeFrom: 'given' as const };
  if (!given.factors || (known?.grade !== undefined && known.gradeFrom !== 'factors')) return {};
  const factors = omitUndefined({ ...known?.factors, ...given.factors });
  const grade = gradeOf(factors);
  return { factors, ...(grade ? { grade, gradeFrom: 'factors' as const } : {}) };
}

function placeOf(given: { zone?: string; country?: string | undefined; region?: string; city?: string }) {
  const { zone, country, region, city } = given;
  return omitUndefined({ zone, country, region, city });
}

function omitUndefined<Value extends object>(
  value: Value,
): { [K in keyof Value]: Exclude<Value[K], undefined> } {
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries) as { [K in keyof Value]: Exclude<Value[K], undefined> };
}

/** E.164, or `undefined`. A number without a country code is read as one of the contact's own country. */
function readPhone(phone: string, country: string | undefined): string | undefined {
  const home = country !== undefined && isKnownCountry(country) ? (country as CountryCode) : undefined;
  const number = parsePhoneNumberFromString(phone, home);
  return number?.isValid() ? number.number : undefined;
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
