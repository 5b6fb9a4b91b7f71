/** Finding lexicon phrases in a text: length-preserving folding, so that every offset is an offset into the original. */

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
/** Occurrences of one phrase that are tried before giving up. */
const TRIES_MAX = 200;

const foldDigit = (char: string): string => {
  const code = char.charCodeAt(0);
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
  if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0);
  return String.fromCharCode(code - 0xfee0);
};

/** The texts folded last: one mail's words are folded by a dozen readers in turn. */
const FOLDED_MAX = 4;
const foldedLast: { readonly text: string; readonly folded: string }[] = [];

/** Lower case, plain quotes and spaces, ASCII digits; exactly as long as the text. */
export const fold = (text: string): string => {
  if (text.length < INDEXED_CHARS_MIN) return foldNow(text);
  const known = foldedLast.find((one) => one.text === text);
  if (known) return known.folded;
  const folded = foldNow(text);
  foldedLast.unshift({ text, folded });
  foldedLast.length = Math.min(foldedLast.length, FOLDED_MAX);
  return folded;
};

const WIDE_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19\uff08\uff09\uff0b\uff0d\uff1a]/g;
const QUOTES = /[\u2018\u2019\u00b4`]/g;

const foldNow = (text: string): string => {
  // U+0130 is the one letter whose lower case is longer than itself.
  const lower = (text.includes('\u0130') ? text.replaceAll('\u0130', 'i') : text).toLowerCase();
  const spaced = lower.replace(
    /[\n\t\r\f\v\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/g,
    ' ',
  );
  const quoted = spaced.search(QUOTES) < 0 ? spaced : spaced.replace(QUOTES, "'");
  return quoted.search(WIDE_DIGITS) < 0 ? quoted : quoted.replace(WIDE_DIGITS, foldDigit);
};

/**
 * Latin and Cyrillic letters and digits, by code: this runs for every candidate. Chinese, Japanese, Korean and Arabic
 * words touch their neighbours; only alphabets with spaces have word ends.
 */
const isWordCode = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7) ||
  (code >= 0x400 && code <= 0x52f) ||
  (code >= 0x1e00 && code <= 0x1eff) ||
  code === 0xaa ||
  code === 0xba;

type Part = {
  readonly word: string;
  readonly startsBound: boolean;
  readonly endsBound: boolean;
  /** Hashes of its first, middle and last pair of letters; none for a single letter. */
  readonly pairs: readonly number[];
};

const compile = (phrase: string): readonly Part[] =>
  phrase.split(' … ').map((part) => {
    const isStem = part.endsWith('*');
    const word = isStem ? part.slice(0, -1) : part;
    return {
      word,
      startsBound: isWordCode(word.charCodeAt(0)),
      endsBound: !isStem && isWordCode(word.charCodeAt(word.length - 1)),
      pairs:
        word.length < 2
          ? []
          : [0, (word.length - 1) >> 1, word.length - 2].map((place) => pairOf(word, place)),
    };
  });

type Phrase = { readonly phrase: string; readonly parts: readonly Part[] };

/** Prepared once for each array; `phrase-lists.ts` gives the same array for the same languages. */
const prepared = new WeakMap<readonly string[], readonly Phrase[]>();
const prepare = (phrases: readonly string[]): readonly Phrase[] => {
  const known = prepared.get(phrases);
  if (known) return known;
  const table = phrases.map((phrase) => ({ phrase, parts: compile(phrase) }));
  prepared.set(phrases, table);
  return table;
};

/** Texts shorter than this are searched faster than they are indexed. */
const INDEXED_CHARS_MIN = 160;
const PAIRS = 0x2000;
const pairOf = (text: string, at: number): number =>
  (text.charCodeAt(at) * 31 + text.charCodeAt(at + 1) * 1_009) & (PAIRS - 1);

/** Which pairs of letters occur in the texts searched last: most phrases fail on their first pair. */
const INDEXES_MAX = 4;
type Index = { folded: string; readonly pairs: Uint8Array };
const indexes: Index[] = Array.from({ length: INDEXES_MAX }, () => ({
  folded: '',
  pairs: new Uint8Array(PAIRS),
}));

const indexOfText = (folded: string): Uint8Array => {
  const place = indexes.findIndex((index) => index.folded === folded);
  if (place === 0) return (indexes[0] as Index).pairs;
  const [index] = indexes.splice(place < 0 ? INDEXES_MAX - 1 : place, 1) as [Index];
  if (place < 0) {
    index.folded = folded;
    index.pairs.fill(0);
    for (let at = 0; at < folded.length - 1; at++) index.pairs[pairOf(folded, at)] = 1;
  }
  indexes.unshift(index);
  return index.pairs;
};

/** `undefined` for short texts, where searching is cheaper than asking. */
const pairsIn = (folded: string): Uint8Array | undefined =>
  folded.length < INDEXED_CHARS_MIN ? undefined : indexOfText(folded);

const mayContain = (pairs: Uint8Array | undefined, parts: readonly Part[]): boolean => {
  if (!pairs) return true;
  for (const part of parts) for (const pair of part.pairs) if (pairs[pair] === 0) return false;
  return true;
};

const findPart = (folded: string, part: Part, from: number, to: number): Span | undefined => {
  const { word, startsBound, endsBound } = part;
  let at = folded.indexOf(word, from);
  for (let tries = 0; at >= 0 && at <= to && tries < TRIES_MAX; tries++) {
    const end = at + word.length;
    const isFree =
      !(startsBound && at > 0 && isWordCode(folded.charCodeAt(at - 1))) &&
      !(endsBound && end < folded.length && isWordCode(folded.charCodeAt(end)));
    if (isFree) return { start: at, end };
    at = folded.indexOf(word, at + 1);
  }
  return undefined;
};

/** First occurrence of a phrase at or after `from`; `folded` comes from `fold`. */
export const findPhrase = (folded: string, phrase: string, from = 0, to = folded.length): Span | undefined =>
  findParts(folded, compile(phrase), from, to);

const findParts = (folded: string, parts: readonly Part[], from: number, to: number): Span | undefined => {
  let start = from;
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const head = findPart(folded, parts[0] as Part, start, to);
    if (!head) return undefined;
    let end = head.end;
    let isWhole = true;
    for (let place = 1; place < parts.length; place++) {
      const part = parts[place] as Part;
      const next = findPart(folded, part, end, end + DATED_GAP_MAX);
      if (!next || !isGap(folded.slice(end, next.start))) {
        isWhole = false;
        break;
      }
      end = next.end;
    }
    if (isWhole) return { start: head.start, end };
    start = head.start + 1;
  }
  return undefined;
};

/** The earliest of several phrases; of those that start together the longest. */
export const findFirst = (folded: string, phrases: readonly string[], from = 0): Found | undefined => {
  let best: Found | undefined;
  const pairs = pairsIn(folded);
  for (const { phrase, parts } of prepare(phrases)) {
    if (!mayContain(pairs, parts)) continue;
    const span = findParts(folded, parts, from, best?.start ?? folded.length);
    if (!span) continue;
    const isBetter = !best || span.start < best.start || (span.start === best.start && span.end > best.end);
    if (isBetter) best = { ...span, phrase };
  }
  return best;
};

/** The phrase that ends nearest to the end of `folded`, and begins first among those. */
export const findLast = (folded: string, phrases: readonly string[]): Found | undefined => {
  let best: Found | undefined;
  const pairs = pairsIn(folded);
  for (const { phrase, parts } of prepare(phrases)) {
    if (!mayContain(pairs, parts)) continue;
    let span = findParts(folded, parts, 0, folded.length);
    for (let tries = 0; span && tries < 20; tries++) {
      const isBetter = !best || span.end > best.end || (span.end === best.end && span.start < best.start);
      if (isBetter) best = { ...span, phrase };
      span = findParts(folded, parts, span.start + 1, folded.length);
    }
  }
  return best;
};

export const hasAny = (folded: string, phrases: readonly string[]): boolean => {
  const pairs = pairsIn(folded);
  return prepare(phrases).some(
    ({ parts }) => mayContain(pairs, parts) && findParts(folded, parts, 0, folded.length) !== undefined,
  );
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
