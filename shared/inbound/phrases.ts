/** Finding lexicon phrases in a text: length-preserving folding, so that every offset is an offset into the original. */
import {
  type Head,
  headOf,
  isWordCode,
  type Occurrences,
  occurrencesIn,
  occurrencesUpTo,
} from './phrase-index.ts';

export type Span = { readonly start: number; readonly end: number };
export type Found = Span & { readonly phrase: string };

/** How far the parts of a phrase with ` … ` may stand apart. */
const GAP_MAX = 40;
/** A date in the gap ("bin bis einschließlich Mittwoch, 2. Dezember 2026 im Urlaub") is no distance of meaning. */
const DATED_GAP_MAX = 90;
/** A point ends a sentence, except behind a number ("2. Dezember") and behind what dates abbreviate. */
const SENTENCE_END =
  /[!?。！？؟]|(?<!\d|einschl|inkl|incl|jan|feb|mar|mär|apr|jun|jul|aug|sept?|okt|oct|nov|de[cz]|déc|fév|dic|ene|ca|(?<!\p{L})(?:mo|di|mi|do|fr|sa|so|г|ст))\.(?!\S)/u;

const SENTENCE_ENDS = new RegExp(SENTENCE_END, 'gu');

/** Behind the last sentence end of `folded`; 0 where there is none. The text's own last character ends nothing. */
export const lastSentenceStart = (folded: string): number => {
  let start = 0;
  for (const match of folded.slice(0, -1).matchAll(SENTENCE_ENDS)) start = match.index + 1;
  return start;
};

const isGap = (between: string): boolean =>
  between.length <= (/\d/.test(between) ? DATED_GAP_MAX : GAP_MAX) && !SENTENCE_END.test(between);

const foldDigit = (char: string): string => {
  const code = char.charCodeAt(0);
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
  if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0);
  return String.fromCharCode(code - 0xfee0);
};

/** Shorter texts are folded faster than they are found again. */
const REMEMBERED_CHARS_MIN = 24;
/** The texts asked about last: one mail's words are folded by a dozen readers in turn. */
const FOLDED_MAX = 6;
type Folded = { readonly text: string; readonly folded: string };
const foldedLast: Folded[] = [];

/** Lower case, plain quotes and spaces, ASCII digits; exactly as long as the text. */
export const fold = (text: string): string => {
  if (text.length < REMEMBERED_CHARS_MIN) return foldNow(text);
  let place = 0;
  while (place < foldedLast.length && foldedLast[place]?.text !== text) place++;
  const known = foldedLast[place];
  if (known && place === 0) return known.folded;
  const now = known ?? { text, folded: foldNow(text) };
  for (let at = Math.min(place, FOLDED_MAX - 1); at > 0; at--) foldedLast[at] = foldedLast[at - 1] as Folded;
  foldedLast[0] = now;
  return now.folded;
};

const WIDE_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19\uff08\uff09\uff0b\uff0d\uff1a]/g;
const QUOTES = /[\u2018\u2019\u00b4`]/g;

/** One look instead of five for what most lines are made of. */
const MAY_CHANGE = /[^\x20-\x5f\x61-\x7f]/;
const MAY_FOLD = /[^\0-\x5f\x61-\x7f]/;

const foldNow = (text: string): string => {
  // U+0130 is the one letter whose lower case is longer than itself.
  const lower = (text.includes('\u0130') ? text.replaceAll('\u0130', 'i') : text).toLowerCase();
  if (!MAY_CHANGE.test(lower)) return lower;
  const spaced = lower.replace(
    /[\n\t\r\f\v\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/g,
    ' ',
  );
  if (!MAY_FOLD.test(spaced)) return spaced;
  const quoted = spaced.search(QUOTES) < 0 ? spaced : spaced.replace(QUOTES, "'");
  return quoted.search(WIDE_DIGITS) < 0 ? quoted : quoted.replace(WIDE_DIGITS, foldDigit);
};

type Part = {
  readonly word: string;
  readonly startsBound: boolean;
  readonly endsBound: boolean;
};
type Phrase = {
  readonly phrase: string;
  /** Place in its list. */
  readonly rank: number;
  readonly head: Head;
  readonly tail: readonly Part[];
};
/** The phrases of one list by their heads. Most heads of a text are in few lists: a bit is asked before the map. */
type Table = { readonly bits: Uint8Array; readonly phrases: ReadonlyMap<Head, readonly Phrase[]> };

const NO_PHRASES: readonly Phrase[] = [];
const phrasesOf = ({ bits, phrases }: Table, head: Head): readonly Phrase[] => {
  const byte = bits[head.number >> 3] ?? 0;
  return ((byte >> (head.number & 7)) & 1) === 0 ? NO_PHRASES : (phrases.get(head) ?? NO_PHRASES);
};

const partOf = (written: string): Part => {
  const isStem = written.endsWith('*');
  const word = isStem ? written.slice(0, -1) : written;
  return {
    word,
    startsBound: isWordCode(word.charCodeAt(0)),
    endsBound: !isStem && isWordCode(word.charCodeAt(word.length - 1)),
  };
};

type Compiled = Pick<Phrase, 'head' | 'tail'>;
/** A phrase is in as many lists as there are combinations of languages; it is taken apart once. */
const compiled = new Map<string, Compiled>();

const partsOf = (phrase: string): Compiled => {
  const known = compiled.get(phrase);
  if (known) return known;
  const [first, ...tail] = phrase.split(' … ').map(partOf) as [Part, ...Part[]];
  const parts = { head: headOf(first.word, first.endsBound), tail };
  compiled.set(phrase, parts);
  return parts;
};

const compile = (phrase: string, rank: number): Phrase => ({ phrase, rank, ...partsOf(phrase) });

/** Prepared once for each array; `phrase-lists.ts` gives the same array for the same languages. */
const prepared = new WeakMap<readonly string[], Table>();
const prepare = (phrases: readonly string[]): Table => {
  const known = prepared.get(phrases);
  if (known) return known;
  const byHead = new Map<Head, Phrase[]>();
  let last = 0;
  for (const [rank, written] of phrases.entries()) {
    const phrase = compile(written, rank);
    const same = byHead.get(phrase.head);
    if (same) same.push(phrase);
    else byHead.set(phrase.head, [phrase]);
    last = Math.max(last, phrase.head.number);
  }
  const bits = new Uint8Array((last >> 3) + 1);
  for (const { number } of byHead.keys())
    bits[number >> 3] = (bits[number >> 3] as number) | (1 << (number & 7));
  const table: Table = { bits, phrases: byHead };
  prepared.set(phrases, table);
  return table;
};

/** The first free occurrence that begins within a gap's reach behind `from`. */
const findPart = (folded: string, part: Part, from: number): Span | undefined => {
  const { word, startsBound, endsBound } = part;
  // Only the reach is searched: looking to the text's end from each head would be quadratic.
  const reach = folded.slice(from, from + DATED_GAP_MAX + word.length);
  for (let at = reach.indexOf(word); at >= 0; at = reach.indexOf(word, at + 1)) {
    const start = from + at;
    const end = start + word.length;
    const isFree =
      !(startsBound && start > 0 && isWordCode(folded.charCodeAt(start - 1))) &&
      !(endsBound && end < folded.length && isWordCode(folded.charCodeAt(end)));
    if (isFree) return { start, end };
  }
  return undefined;
};

/** Where a phrase whose head ends at `headEnd` ends; `undefined` where its other parts do not follow. */
const endOf = (folded: string, { tail }: Phrase, headEnd: number): number | undefined => {
  let end = headEnd;
  for (const part of tail) {
    const next = findPart(folded, part, end);
    if (!next || !isGap(folded.slice(end, next.start))) return undefined;
    end = next.end;
  }
  return end;
};

type Ranked = Found & { readonly rank: number };

const earliest = (
  folded: string,
  phrases: readonly string[],
  { starts, heads }: Occurrences,
  from: number,
): Found | undefined => {
  const table = prepare(phrases);
  let best: Ranked | undefined;
  for (let place = 0; place < starts.length; place++) {
    const start = starts[place] as number;
    if (best && start > best.start) break;
    if (start < from) continue;
    for (const phrase of phrasesOf(table, heads[place] as Head)) {
      const end = endOf(folded, phrase, start + phrase.head.word.length);
      if (end === undefined) continue;
      const isBetter = !best || end > best.end || (end === best.end && phrase.rank < best.rank);
      if (isBetter) best = { start, end, phrase: phrase.phrase, rank: phrase.rank };
    }
  }
  return best && { start: best.start, end: best.end, phrase: best.phrase };
};

/** The earliest of several phrases; of those that start together the longest. `folded` comes from `fold`. */
export const findFirst = (folded: string, phrases: readonly string[], from = 0): Found | undefined => {
  // The table first: it may bring words that the text has not been searched for.
  prepare(phrases);
  return earliest(folded, phrases, occurrencesIn(folded), from);
};

/** As `findFirst`, among those that begin at or before `last`: cheap on a text that nobody else asks about. */
export const findEarly = (folded: string, phrases: readonly string[], last: number): Found | undefined => {
  prepare(phrases);
  return earliest(folded, phrases, occurrencesUpTo(folded, last), 0);
};

/** The phrase that ends nearest to the end of `folded`, and begins first among those. */
export const findLast = (folded: string, phrases: readonly string[]): Found | undefined => {
  const table = prepare(phrases);
  const { starts, heads } = occurrencesIn(folded);
  let best: Ranked | undefined;
  for (let place = 0; place < starts.length; place++) {
    const start = starts[place] as number;
    for (const phrase of phrasesOf(table, heads[place] as Head)) {
      const end = endOf(folded, phrase, start + phrase.head.word.length);
      if (end === undefined) continue;
      const isBetter =
        !best ||
        end > best.end ||
        (end === best.end && (start < best.start || (start === best.start && phrase.rank < best.rank)));
      if (isBetter) best = { start, end, phrase: phrase.phrase, rank: phrase.rank };
    }
  }
  return best && { start: best.start, end: best.end, phrase: best.phrase };
};

export const hasAny = (folded: string, phrases: readonly string[]): boolean => {
  const table = prepare(phrases);
  const { starts, heads } = occurrencesIn(folded);
  for (let place = 0; place < starts.length; place++) {
    const head = heads[place] as Head;
    for (const phrase of phrasesOf(table, head))
      if (endOf(folded, phrase, (starts[place] as number) + head.word.length) !== undefined) return true;
  }
  return false;
};

/** The phrase that stands first in its list, of those that `folded` contains. */
export const firstListed = (folded: string, phrases: readonly string[]): string | undefined => {
  const table = prepare(phrases);
  const { starts, heads } = occurrencesIn(folded);
  let best: Phrase | undefined;
  for (let place = 0; place < starts.length; place++) {
    for (const phrase of phrasesOf(table, heads[place] as Head)) {
      const isEarlier = !best || phrase.rank < best.rank;
      if (
        isEarlier &&
        endOf(folded, phrase, (starts[place] as number) + phrase.head.word.length) !== undefined
      )
        best = phrase;
    }
  }
  return best?.phrase;
};

/** The sentences of a text in order, cut at full stops and empty lines. */
export const sentencesOf = (text: string): readonly Span[] => {
  const ends = [...fold(text).matchAll(SENTENCE_ENDS)].map((match) => match.index + 1);
  const gaps = [...text.matchAll(/\n\n/g)].map((match) => match.index);
  const cuts = [...new Set([...ends, ...gaps, text.length])].sort((a, b) => a - b);
  return cuts
    .map((end, index) => ({ start: cuts[index - 1] ?? 0, end }))
    .filter(({ start, end }) => end > start);
};
