/**
 * Phone numbers in the new words and the signature: our own scan finds runs of digits (linear, bounded), the numbering
 * plans of libphonenumber say which of them are numbers.
 */
import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import type { Lexicon } from './lexicon/lexicon.ts';
import { FAX_LABELS, NUMBER_LABELS, PHONE_LABELS } from './lexicon/number-words.ts';
import { wordsOf } from './lexicon/phrase-lists.ts';
import { findLast, fold, hasAny, type Span } from './phrases.ts';
import type { Evidence, Finding, Phone } from './reading.ts';

export type PhonePlace = 'text' | 'signature';
export type PhoneFound = Span & {
  readonly number: PhoneNumber;
  /** As libphonenumber's tables say; asked once, because each answer tries a dozen patterns. */
  readonly kind: ReturnType<PhoneNumber['getType']>;
  readonly isLabelled: boolean;
  /** Its length fits the country, but libphonenumber knows its range as unassigned: plans grow faster than tables. */
  readonly isUnassigned: boolean;
  readonly place: PhonePlace;
};

const RUNS_MAX = 60;
const PHONES_MAX = 10;
const RUN_CHARS_MAX = 40;
const DIGITS_MIN = 7;
const DIGITS_MAX = 15;
const LABEL_WINDOW = 28;

/** At most two separators between digits; a third ends the run. */
const RUN = /(?:\+\s?|\(\+?)?\d(?:[ \u00a0.\-–/()·]{0,2}\d){5,24}/gu;

/** "T +44 …", "M: +44 …" in signatures. */
const LETTER_LABEL = /(?:^|[\s|/,;(·•])[tmphdcw]\s?[:.]?\s?\(?$/;

const isDateLike = (run: string): boolean =>
  /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}$/.test(run) ||
  /^\d{1,2}[-./]\d{1,2}[-./]\d{2,4}\s?[-–]\s?\d{1,2}/.test(run) ||
  /^\d{4}\s?[-–/]\s?\d{4}$/.test(run) ||
  /^(?:19|20)\d{2}[-./]?(?:0\d|1[0-2])[-./]?[0-3]\d/.test(run);

/** Three, three and four digits, no zero or one in front: how North America writes, and nobody else. */
const NORTH_AMERICAN = /^\(?[2-9]\d{2}\)?[ .-]{0,2}[2-9]\d{2}[.-]\d{4}$/;

/** The bracket is the one it stands in, "李强（13912345679）", and belongs to the run. */
const MOBILE_CN = /^\(?1\d{10}$/;

/** "(315) 268-9812 Fax": a label behind its number, on the same line. */
const faxFollows = (text: string, end: number): boolean => {
  const behind = text.slice(end, end + 10).split('\n')[0] ?? '';
  return behind.length > 1 && !/\d/.test(behind) && hasAny(fold(behind), FAX_LABELS);
};

const isAmount = (folded: string, run: Span): boolean => {
  const before = folded.slice(Math.max(0, run.start - 2), run.start);
  const after = folded.slice(run.end, run.end + 5);
  return (
    /[$€£¥₩₹]/.test(before) || /^\s?(?:[$€£¥%元円]|eur|usd|kg|pcs|mm|cm)/.test(after) || /^[,.]\d/.test(after)
  );
};

const spansOf = (folded: string): readonly Span[] => {
  const spans: Span[] = [];
  for (const match of folded.matchAll(RUN)) {
    if (spans.length >= RUNS_MAX) break;
    const end = match.index + match[0].length;
    const digits = match[0].replace(/\D/g, '').length;
    const isJoined =
      /[\p{L}\d_@#=/%]/u.test(folded[match.index - 1] ?? ' ') &&
      !/\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Arabic}/u.test(
        folded[match.index - 1] ?? ' ',
      );
    if (digits < DIGITS_MIN || match[0].length > RUN_CHARS_MAX || isJoined) continue;
    if (/[\p{Script=Latin}_@]/u.test(folded[end] ?? ' ')) continue;
    if (digits <= DIGITS_MAX) spans.push({ start: match.index, end });
    else {
      // Two numbers in a row: "021 123 4567 / 021 123 4568".
      const middle = match[0].search(/ ?\/ ?/);
      if (middle > 0) {
        spans.push({ start: match.index, end: match.index + middle });
        spans.push({ start: match.index + middle + 1, end });
      }
    }
  }
  return spans;
};

/** Distinct numbers, each for one country, that one mail may ask the tables about. */
const ASKED_MAX = 80;
type Asked = Map<string, PhoneNumber | undefined>;

const readNumber = (asked: Asked, run: string, country: string | undefined): PhoneNumber | undefined => {
  // "(0)" stands for the trunk prefix that is not dialled from abroad; "00" for "+".
  const dialled = run
    .replace(/\(0\)/, '')
    .replace(/^00(?=[1-9])/, '+')
    .replace(/[^\d+]/g, '');
  const region = country && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const key = `${region ?? ''} ${dialled}`;
  if (!asked.has(key) && asked.size < ASKED_MAX) asked.set(key, parsePhoneNumberFromString(dialled, region));
  return asked.get(key);
};

type NumberRead = Pick<PhoneFound, 'number' | 'kind'>;

/** The first country whose plan knows the number; else what the first one makes of it. */
const readAny = (
  asked: Asked,
  run: string,
  countries: readonly (string | undefined)[],
): NumberRead | undefined => {
  let first: NumberRead | undefined;
  for (const [place, country] of countries.entries()) {
    const number = readNumber(asked, run, country);
    // With the full metadata a number is valid where it has a type.
    const kind = number?.getType();
    if (number && kind !== undefined) return { number, kind };
    if (number && place === 0) first = { number, kind };
  }
  return first;
};

export type Numbering = {
  /** ISO 3166-1 alpha-2: whose numbers have no prefix. */
  readonly country?: string;
  /** Only the language suggests it: bare digits then need a word like "phone" beside them. */
  readonly isGuessed: boolean;
  /** Where the country is guessed: others whose clocks and language fit the mail, tried for labelled numbers. */
  readonly others?: readonly string[];
};
type Scan = Numbering & { readonly text: string; readonly place: PhonePlace; readonly asked: Asked };

const scanPlace = ({ text, place, country, isGuessed, others, asked }: Scan): readonly PhoneFound[] => {
  const folded = fold(text);
  if (!/\d/.test(folded)) return [];
  return spansOf(folded).flatMap((span): PhoneFound[] => {
    const run = folded.slice(span.start, span.end);
    if (isDateLike(run) || isAmount(folded, span)) return [];
    const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
    const window = folded.slice(Math.max(lineStart, span.start - LABEL_WINDOW), span.start);
    const letter = LETTER_LABEL.exec(window);
    const label =
      findLast(window, PHONE_LABELS) ?? (letter ? { start: letter.index, end: window.length } : undefined);
    const other = findLast(window, NUMBER_LABELS);
    const fax = findLast(window, FAX_LABELS);
    if (fax && (!label || fax.end >= label.end)) return [];
    if (other && (!label || other.end > label.end)) return [];
    const isInternational = /^\(?\+|^00[1-9]/.test(run);
    if (faxFollows(text, span.end)) return [];
    const isAmerican = NORTH_AMERICAN.test(run);
    const isBare = !isInternational && !label && !isAmerican;
    // Without plus, label or separators a run of digits is more often an order number.
    const isShaped =
      /\d[ .\-/)]{1,2}\d/.test(run) || (country !== undefined && run.length >= 9 && run.startsWith('0'));
    // Before the tables are asked: they are most of what a number costs.
    if (isBare && (isGuessed || !(isShaped || MOBILE_CN.test(run)))) return [];
    // A shape that only one continent writes overrules a country that the language alone suggests.
    const candidates = [
      isGuessed && isAmerican ? 'US' : country,
      ...(isGuessed && label ? (others ?? []) : []),
    ];
    const read = readAny(asked, run, candidates);
    if (!read) return [];
    const { number, kind } = read;
    // A number somebody calls his phone, with its country, is one to dial even where the tables lag behind.
    const isUnassigned = kind === undefined;
    if (isUnassigned && !(isInternational && label && number.isPossible())) return [];
    if (isBare && !isShaped && number.country !== 'CN') return [];
    const isLabelled = label !== undefined || isInternational;
    return [{ ...span, number, kind, isLabelled, isUnassigned, place }];
  });
};

/** Each number once, those of the text before those of the signature. */
export const findPhones = (text: string, signature: string, numbering: Numbering): readonly PhoneFound[] => {
  const asked: Asked = new Map();
  const all = [
    ...scanPlace({ text, place: 'text', asked, ...numbering }),
    ...scanPlace({ text: signature, place: 'signature', asked, ...numbering }),
  ];
  const seen = new Set<string>();
  return all.filter(({ number }) => !seen.has(number.number) && seen.add(number.number)).slice(0, PHONES_MAX);
};

const typeOf = ({ kind }: PhoneFound): Phone['type'] => {
  if (kind === 'MOBILE') return 'mobile';
  // North America does not tell mobiles from fixed lines.
  return kind === 'FIXED_LINE' || kind === 'TOLL_FREE' || kind === 'SHARED_COST' ? 'fixed' : 'unknown';
};

/** A stand-in's stretch of the text, as `people.ts` found it. */
export type StandInSpan = Span & { readonly name?: string; readonly role: 'stand-in' | 'successor' };

const lineAround = (text: string, span: Span): string => {
  const start = Math.max(text.lastIndexOf('\n', span.start - 1) + 1, span.start - 100);
  return text.slice(start, span.start);
};

/**
 * What stands near a number in its own paragraph: an urgency spoken of above reaches the stand-in who is named next,
 * not the signature below.
 */
const paragraphAround = (text: string, span: Span, isStandIn: boolean): string => {
  const before = text.slice(Math.max(0, span.start - 150), span.start);
  const after = text.slice(span.end, span.end + 40);
  const gap = before.lastIndexOf('\n\n');
  return (gap < 0 || isStandIn ? before : before.slice(gap + 2)) + (after.split('\n\n')[0] ?? '');
};

const confidenceOf = ({ isLabelled, isUnassigned }: PhoneFound): number => {
  if (isUnassigned) return 0.6;
  return isLabelled ? 0.95 : 0.7;
};

export const describePhones = (
  found: readonly PhoneFound[],
  text: string,
  signature: string,
  lexicons: readonly Lexicon[],
  standIns: readonly StandInSpan[],
): readonly Finding<Phone>[] =>
  found.map((phone) => {
    const source = phone.place === 'text' ? text : signature;
    const line = fold(lineAround(source, phone));
    const standIn =
      phone.place === 'text'
        ? standIns.find(({ start, end }) => phone.start >= start && phone.end <= end)
        : undefined;
    const around = fold(paragraphAround(source, phone, standIn !== undefined));
    const switchboard = findLast(line, wordsOf(lexicons, 'switchboard'));
    const own = findLast(line, wordsOf(lexicons, 'ownNumber'));
    // A stand-in's stretch ends where the writer speaks of his own number, so it decides first; a switchboard named
    // behind him ("…, or our reception on …") is nobody's own line.
    const nameAt = standIn?.name ? line.lastIndexOf(fold(standIn.name)) : -1;
    const isBehindName = nameAt < 0 || (switchboard !== undefined && switchboard.start > nameAt);
    const standInOwner = switchboard && isBehindName ? 'switchboard' : 'stand-in';
    const ownOwner = switchboard && !(own && own.end > switchboard.start) ? 'switchboard' : 'contact';
    const owner: Phone['owner'] = standIn ? standInOwner : ownOwner;
    const urgent = phone.place === 'text' && hasAny(around, wordsOf(lexicons, 'urgent'));
    const words = source.slice(phone.start, phone.end);
    const evidence: Evidence =
      phone.place === 'text'
        ? { from: 'text', words, start: phone.start, end: phone.end }
        : { from: 'signature', words };
    return {
      value: {
        e164: phone.number.number,
        type: typeOf(phone),
        owner,
        ...(owner === 'stand-in' && standIn?.name ? { name: standIn.name } : {}),
        urgent,
      },
      evidence: [evidence],
      confidence: confidenceOf(phone),
    };
  });
