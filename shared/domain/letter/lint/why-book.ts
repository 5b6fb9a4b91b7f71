/**
 * The whys of one campaign, kept as sets of shingles (five words in a row; five characters where a script writes no
 * blanks), so that the same why to another company is found without comparing every letter with every other one.
 */
import type { Contact } from '../../contact.ts';

export type WhyBook = {
  /** Another company whose why holds at least `SAME_SHARE` of this one's shingles, as a person would name it. */
  readonly twinOf: (contact: Contact, why: string) => string | undefined;
};

export const SAME_SHARE = 0.8;
const SHINGLE = 5;
const WHY_CHARS_MAX = 5_000;
/** Of one shingle's companies, so many are compared: a campaign that repeats itself is caught by the first of them. */
const COMPANIES_PER_SHINGLE_MAX = 20;
/** A character of a script that writes no blanks, or a word of any other. */
const UNIT_IS_CHARACTER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const UNIT =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}\p{N}])+/gu;

/** So many of those with the most shingles in common are compared word by word. */
const CANDIDATES_MAX = 5;

type Entry = { readonly company: string; readonly contact: Contact; readonly why: string };

export function makeWhyBook(whys: readonly { readonly contact: Contact; readonly why: string }[]): WhyBook {
  const byShingle = new Map<string, Entry[]>();
  for (const { contact, why } of whys) {
    const entry = { company: companyOf(contact), contact, why };
    for (const shingle of tracesOf(why, contact)) {
      const known = byShingle.get(shingle) ?? [];
      if (known.length === 0) byShingle.set(shingle, known);
      const isNew = !known.some((one) => one.company === entry.company);
      if (isNew && known.length < COMPANIES_PER_SHINGLE_MAX) known.push(entry);
    }
  }
  return { twinOf: (contact, why) => twinIn(byShingle, contact, why) };
}

function twinIn(
  byShingle: ReadonlyMap<string, readonly Entry[]>,
  contact: Contact,
  why: string,
): string | undefined {
  const company = companyOf(contact);
  const shared = new Map<Entry, number>();
  for (const shingle of tracesOf(why, contact)) {
    for (const entry of byShingle.get(shingle) ?? []) {
      if (entry.company !== company) shared.set(entry, (shared.get(entry) ?? 0) + 1);
    }
  }
  const candidates = [...shared].toSorted((a, b) => b[1] - a[1]).slice(0, CANDIDATES_MAX);
  const twin = candidates.find(([entry]) => isSame(contact, why, entry))?.[0].contact;
  return twin && (twin.company ?? twin.address);
}

/** With both companies' names taken out of both: one who forgot to change a name has copied all the same. */
function isSame(contact: Contact, why: string, entry: Entry): boolean {
  const people = [contact, entry.contact];
  const own = shinglesOf(why, people);
  const other = shinglesOf(entry.why, people);
  const count = [...own].filter((shingle) => other.has(shingle)).length;
  return own.size > 0 && count >= SAME_SHARE * own.size;
}

/** By which a why is found again: as it stands, and without its own names. */
const tracesOf = (why: string, contact: Contact): ReadonlySet<string> =>
  new Set([...shinglesOf(why, []), ...shinglesOf(why, [contact])]);

/** Colleagues may well get the same why: it is about their company. */
const companyOf = (contact: Contact): string =>
  contact.companyDomain ?? contact.company?.toLowerCase() ?? contact.id;

/** Names say nothing about how well a letter fits: with another name in it, it is still the same letter. */
function shinglesOf(why: string, people: readonly Contact[]): ReadonlySet<string> {
  const text = why.slice(0, WHY_CHARS_MAX).normalize('NFKC').toLowerCase();
  const names = people.flatMap(namesOf);
  const units = unitsOf(text, names);
  if (units.length === 0) return new Set();
  const count = Math.max(1, units.length - SHINGLE + 1);
  return new Set(Array.from({ length: count }, (_, at) => units.slice(at, at + SHINGLE).join(' ')));
}

const namesOf = ({ firstName, lastName, company, city, region }: Contact): readonly string[] =>
  [firstName, lastName, company, city, region].flatMap((name) =>
    name ? [name.normalize('NFKC').toLowerCase()] : [],
  );

function unitsOf(text: string, names: readonly string[]): readonly string[] {
  const whole = names.filter((name) => name.length > 1 && UNIT_IS_CHARACTER.test(name));
  const words = new Set(names.flatMap((name) => name.match(UNIT) ?? []).filter((word) => word.length > 1));
  const nameless = whole.reduce((rest, name) => rest.replaceAll(name, ' '), text);
  return (nameless.match(UNIT) ?? []).filter((unit) => !words.has(unit));
}
