/** `ParsedMail` → `Reading`: what a mail is and says, every finding with the words or the header it rests on. */
import { Temporal } from 'temporal-polyfill';
import { readAbsence } from './absence.ts';
import { findKind } from './kind.ts';
import { detectLanguage, lexiconsFor } from './language.ts';
import { READ_CHARS_MAX } from './mail-limits.ts';
import type { ParsedMail } from './parsed-mail.ts';
import { findPeople } from './people.ts';
import { describePhones, findPhones } from './phones.ts';
import type { Reading } from './reading.ts';
import { splitReply } from './reply-text.ts';

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

/** Two-letter top-level domains that are sold as words and say nothing of a country. */
const WORD_DOMAINS = new Set(['io', 'co', 'ai', 'me', 'tv', 'cc', 'eu', 'ws', 'fm', 'to', 'ly', 'gg']);

const LANGUAGE_COUNTRY: Readonly<Record<string, string>> = {
  zh: 'CN',
  pl: 'PL',
  tr: 'TR',
  ja: 'JP',
  ko: 'KR',
  vi: 'VN',
  sv: 'SE',
  it: 'IT',
  nl: 'NL',
  de: 'DE',
  fr: 'FR',
  es: 'ES',
  ru: 'RU',
};

/** Countries of a language, by the minutes east of UTC at which their clocks stand, summer time included. */
const CLOCK_COUNTRIES: Readonly<
  Record<string, readonly (readonly [from: number, to: number, ...string[]])[]>
> = {
  en: [
    [-480, -240, 'US', 'CA'],
    [0, 60, 'GB', 'IE'],
    [120, 120, 'ZA'],
    [330, 330, 'IN'],
    [480, 660, 'AU', 'SG'],
    [720, 780, 'NZ'],
  ],
  es: [
    [-480, -360, 'MX'],
    [-300, -300, 'CO', 'PE'],
    [-240, -180, 'AR', 'CL'],
    [60, 120, 'ES'],
  ],
  pt: [
    [-240, -120, 'BR'],
    [0, 60, 'PT'],
  ],
};

const countriesOfClock = (language: string, offset: number | undefined): readonly string[] =>
  (CLOCK_COUNTRIES[language] ?? []).flatMap(([from, to, ...countries]) =>
    offset !== undefined && offset >= from && offset <= to ? countries : [],
  );

const countryOfAddress = (mail: ParsedMail): string | undefined => {
  const top = mail.from[0]?.address.split('.').at(-1)?.toLowerCase() ?? '';
  if (top === 'edu' || top === 'gov' || top === 'mil') return 'US';
  if (!/^[a-z]{2}$/.test(top) || WORD_DOMAINS.has(top)) return undefined;
  return top === 'uk' ? 'GB' : top.toUpperCase();
};

const dayOf = (mail: ParsedMail, context: ReadContext): Temporal.PlainDate => {
  const now = Temporal.Instant.from(context.now);
  const stated = mail.date ? Temporal.Instant.from(mail.date) : now;
  const isTrusted = stated.since(now).abs().total('hours') <= DATE_TRUSTED_DAYS * 24;
  const zoned = (isTrusted ? stated : now).toZonedDateTimeISO(context.zone ?? offsetZone(mail.dateOffset));
  return zoned.toPlainDate();
};

const offsetZone = (minutes: number | undefined): string => {
  if (minutes === undefined || Math.abs(minutes) > 14 * 60) return 'UTC';
  const part = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${part(Math.floor(Math.abs(minutes) / 60))}:${part(Math.abs(minutes) % 60)}`;
};

/** Pure and total; linear in the mail, whose limits `parseMail` has set. */
export const readMail = (mail: ParsedMail, context: ReadContext): Reading => {
  const split = splitReply(mail.text);
  const text = split.newText.slice(0, READ_CHARS_MAX);
  const reply = { ...split, newText: text };
  const signature = split.signature.slice(0, READ_CHARS_MAX);
  const lexicons = lexiconsFor(`${text}\n${mail.subject}`);
  const detected = detectLanguage(text);
  const language = detected === 'und' ? detectLanguage(`${text} ${mail.subject}`) : detected;
  const found = findKind(mail, reply, lexicons);

  const base = { ...found, replyText: split.newText, language, ambiguous: mail.duplicates };
  const kind = found.kind.value;
  // The words of a mail system or a newsletter are nobody's phone numbers.
  if (['bounce', 'complaint', 'list', 'challenge'].includes(kind)) return { ...base, phones: [], people: [] };

  const stated = context.contactCountry ?? countryOfAddress(mail);
  const country = stated ?? LANGUAGE_COUNTRY[language] ?? (language === 'en' ? 'US' : undefined);
  const phones = findPhones(text, signature, {
    country,
    isGuessed: stated === undefined,
    others: countriesOfClock(language, mail.dateOffset),
  });
  const own = new Set(
    [...mail.from, ...mail.to, ...mail.cc, ...mail.replyTo].map(({ address }) => address.toLowerCase()),
  );
  const isReferring = kind !== 'reply' && kind !== 'unsubscribe' && kind !== 'unknown';
  const { people, spans } = isReferring ? findPeople(text, lexicons, phones, own) : { people: [], spans: [] };
  const isLeft = kind === 'left-company';
  const absence =
    kind === 'absence'
      ? readAbsence(text, mail.subject, { today: dayOf(mail, context), lexicons, country: stated })
      : undefined;
  return {
    ...base,
    ...(absence ? { absence } : {}),
    phones: describePhones(phones, text, signature, lexicons, spans),
    people: isLeft
      ? people.map((person) => ({ ...person, value: { ...person.value, role: 'successor' as const } }))
      : people,
  };
};
