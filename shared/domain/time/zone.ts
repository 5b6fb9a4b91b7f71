/** Which zone a prospect lives in, from what is known about them, best evidence first (DESIGN §4). */

import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Instant } from '../instant.ts';
import { remembered } from '../remembered.ts';
import { zonesOf } from './country-zones.ts';
import { zoneOfPlace } from './places.ts';
import { offsetMinutes } from './wall.ts';

/** Where a zone was learnt, best first (DESIGN §4). The console shows it beside the zone. */
export type ZoneSource =
  | 'given'
  | 'learnt-from-mail'
  | 'phone-region'
  | 'city'
  | 'country'
  | 'country-assumed'
  | 'sender';

export type KnownPlace = {
  readonly zone?: string;
  /** The offset in the `Date:` header of a mail that they wrote, minutes east of UTC, and when. */
  readonly mailOffsetMinutes?: { readonly minutes: number; readonly on: Instant };
  /** E.164; of more than ten the first ten are looked at. */
  readonly phones?: readonly string[];
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  readonly region?: string;
  readonly city?: string;
  readonly senderZone: string;
};

export type ResolvedZone = { readonly zone: string; readonly source: ZoneSource };

const PHONES_MAX = 10;
/** EventBridge Scheduler's limit; no IANA name comes near it. */
const ZONE_NAME_MAX = 50;

/** Never fails: at worst the prospect is taken to live by the sender's clock, and `source` says so. */
export function resolveZone(known: KnownPlace): ResolvedZone {
  if (known.zone !== undefined && isKnownZone(known.zone)) return { zone: known.zone, source: 'given' };
  const phones = phoneRegions(known.phones ?? []);
  // Without a given country their number's is the best guess, for all that follows.
  const country = known.country ?? phones[0]?.country;
  const place = zoneOfPlace({ country, region: known.region, city: known.city });
  const learnt = fromMail(country, known.mailOffsetMinutes, place);
  if (learnt !== undefined) return { zone: learnt, source: 'learnt-from-mail' };
  const phoned = fromPhones(phones, known.country);
  if (phoned !== undefined) return { zone: phoned, source: 'phone-region' };
  if (place !== undefined) return { zone: place, source: 'city' };
  const { zones, isOne } = zonesOf(country ?? '');
  if (zones[0] === undefined) return { zone: known.senderZone, source: 'sender' };
  return { zone: zones[0], source: isOne ? 'country' : 'country-assumed' };
}

/**
 * An IANA `Area/Location` name or `UTC`, in any case of letters. Abbreviations are refused: `EST` has no summer
 * time, and whoever writes it means New York.
 */
export function isKnownZone(name: string): boolean {
  if (name.length > ZONE_NAME_MAX || !(name === 'UTC' || /^[A-Za-z]+\/[A-Za-z]/.test(name))) return false;
  return isIntlZone(name);
}

const isIntlZone = remembered((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    // ECMA-402 answers an unknown name in no other way.
    if (error instanceof RangeError) return false;
    throw error;
  }
});

/**
 * The zone of their country that has this offset on that day; the one of their city if it fits, else where most
 * companies sit. Exchange stamps UTC wherever it stands, so +0000 is believed only of a country whose business
 * capital has it on that day.
 */
function fromMail(
  country: string | undefined,
  mail: KnownPlace['mailOffsetMinutes'],
  place: string | undefined,
): string | undefined {
  if (country === undefined || mail === undefined) return undefined;
  const { zones } = zonesOf(country);
  const fits = (zone: string | undefined) =>
    zone !== undefined && offsetMinutes(zone, mail.on) === mail.minutes;
  if (mail.minutes === 0 && !fits(zones[0])) return undefined;
  return fits(place) ? place : zones.find(fits);
}

type PhoneRegion = { readonly country: string; readonly isFixedLine: boolean };

function phoneRegions(phones: readonly string[]): readonly PhoneRegion[] {
  return phones.slice(0, PHONES_MAX).flatMap((phone) => {
    const number = parsePhoneNumberFromString(phone);
    if (number?.country === undefined) return [];
    return [{ country: number.country, isFixedLine: number.getType() === 'FIXED_LINE' }];
  });
}

/**
 * Says something only where the number's country has one zone. Against a country given otherwise only a fixed
 * line counts: in Dubai half the mobiles are Indian.
 */
function fromPhones(phones: readonly PhoneRegion[], given: string | undefined): string | undefined {
  for (const { country, isFixedLine } of phones) {
    const { zones, isOne } = zonesOf(country);
    if (isOne && (given === undefined || given === country || isFixedLine)) return zones[0];
  }
  return undefined;
}
