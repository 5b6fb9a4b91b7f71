/** Where older words begin: "On … wrote:", an Outlook header block, "-----Original Message-----". */
import { LEXICONS } from './lexicon/all.ts';
import * as other from './lexicon/quote-words.ts';
import { isWordCode } from './phrase-index.ts';
import { findEarly, findLast, firstListed, fold, hasAny } from './phrases.ts';

const HEAD_CHARS_MAX = 400;
const HEAD_LINES_MAX = 4;
const BLOCK_LINES_MAX = 8;
const LABEL_CHARS_MAX = 24;
/** "- On …", "> Am …": so much may stand before the first word. */
const BEGIN_MAX = 7;

const WROTE = [...new Set([...LEXICONS.flatMap((lexicon) => lexicon.wrote), ...other.WROTE])];
const BEGINS: readonly string[] = [
  ...new Set([...LEXICONS.flatMap((lexicon) => lexicon.wroteBegins), ...other.WROTE_BEGINS]),
];
const ORIGINAL = [...new Set([...LEXICONS.flatMap((lexicon) => lexicon.original), ...other.ORIGINAL])];
const LABELS_FROM = new Set([...LEXICONS.flatMap((lexicon) => lexicon.labelFrom), ...other.LABELS_FROM]);
const LABELS = new Set([
  ...LABELS_FROM,
  ...LEXICONS.flatMap((lexicon) => lexicon.labelOther),
  ...other.LABELS_OTHER,
]);

const digitsIn = (text: string): number => {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) count++;
  }
  return count;
};
const endsAsHead = (text: string): boolean => /[:：]$/.test(text.trimEnd()) || /-{2,}$/.test(text.trimEnd());

const isHead = (joined: string, lines: number, isQuoteNext: boolean): boolean => {
  const digits = joined.length > HEAD_CHARS_MAX ? 0 : digitsIn(joined);
  if (digits === 0) {
    const isNamed = lines === 1 && isQuoteNext && endsAsHead(joined) && joined.length <= HEAD_CHARS_MAX;
    return isNamed && hasAny(joined, WROTE);
  }
  const hasAddress = joined.includes('@');
  const isDated = digits >= 4;
  if (isQuoteNext && isDated && lines <= 2 && (hasAddress || (digits >= 6 && endsAsHead(joined)))) {
    return true;
  }
  // "On Wed, 14 Nov 2018 08:14 Jane <j@x.example> wrote", without the colon.
  if (hasAddress && isDated && beginsAsHead(joined)) {
    if (findLast(joined, WROTE)?.end === joined.trimEnd().length) return true;
  }
  if (!endsAsHead(joined)) return false;
  if (hasAddress && isDated && !joined.includes('mailto:') && /^[\p{L}\d]/u.test(joined)) return true;
  return (isDated || hasAddress) && hasAny(joined, WROTE);
};

/** Most lines have none of these letters where a head begins. */
const BEGIN_CODES = new Set(BEGINS.map((words) => words.charCodeAt(0)));

const beginsAsHead = (folded: string): boolean => {
  if (/^[-–—]*\s?\d/.test(folded)) return true;
  for (let at = 0; at <= BEGIN_MAX; at++)
    if (BEGIN_CODES.has(folded.charCodeAt(at)) && (at === 0 || !isWordCode(folded.charCodeAt(at - 1))))
      return findEarly(folded, BEGINS, BEGIN_MAX) !== undefined;
  return false;
};

const isQuoteAfter = (lines: readonly string[], index: number): boolean => {
  for (let at = index; at < Math.min(index + 3, lines.length); at++) {
    if (lines[at] !== '') return lines[at]?.startsWith('>') === true;
  }
  return false;
};

/** Digits as they are before `fold`. */
const DIGIT = /[\d\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/;

/** A head over several lines bears a date; most lines of a mail bear none. */
const mayGoOn = (lines: readonly string[], index: number): boolean => {
  for (let at = index; at < Math.min(index + HEAD_LINES_MAX, lines.length); at++) {
    const line = lines[at] as string;
    if (DIGIT.test(line.length > HEAD_CHARS_MAX ? line.slice(0, HEAD_CHARS_MAX) : line)) return true;
  }
  return false;
};

/** How many lines from `index` on are the head of a quotation; 0 for none. */
export const quoteHeadAt = (lines: readonly string[], index: number): number => {
  const written = lines[index] ?? '';
  if (written === '' || written.length > HEAD_CHARS_MAX) return 0;
  const goesOn = mayGoOn(lines, index);
  if (!goesOn && !(endsAsHead(written) && isQuoteAfter(lines, index + 1))) return 0;
  const first = fold(written);
  const linesMax = goesOn && beginsAsHead(first) ? HEAD_LINES_MAX : 1;
  let joined = '';
  for (let count = 1; count <= linesMax && index + count <= lines.length; count++) {
    const line = fold(lines[index + count - 1] ?? '');
    // A blank line ends a paragraph, and a head is one: what stands above it was written by the person.
    if (line === '' || line.startsWith('>')) return 0;
    joined = joined === '' ? line : `${joined} ${line}`;
    if (isHead(joined, count, isQuoteAfter(lines, index + count))) return count;
    if (joined.length > HEAD_CHARS_MAX) return 0;
  }
  return 0;
};

/** The label of a header block's line, folded. */
export const labelOf = (line: string): string | undefined => {
  const start = line.length > LABEL_CHARS_MAX + 6 ? line.slice(0, LABEL_CHARS_MAX + 6) : line;
  const narrow = start.indexOf(':');
  const wide = start.indexOf('：');
  const colon = narrow < 0 || (wide >= 0 && wide < narrow) ? wide : narrow;
  if (colon < 1) return undefined;
  const label = fold(start.slice(0, colon)).replace(/[*_>]/g, '').trim();
  return LABELS.has(label) ? label : undefined;
};

/** The labels of lines by their index, each read once: every line is asked about by those above it. */
export const labelsOf = (lines: readonly string[]): ((at: number) => string | undefined) => {
  const known: (string | undefined)[] = [];
  return (at) => {
    for (let next = known.length; next <= at; next++) known.push(labelOf(lines[next] ?? ''));
    return known[at];
  };
};

export const isFromLabel = (label: string): boolean => LABELS_FROM.has(label);

/** An Outlook-like block: a From label and at least one other one close below (or above). */
export const isHeaderBlockAt = (
  lines: readonly string[],
  index: number,
  labelAt: (at: number) => string | undefined,
): boolean => {
  const first = labelAt(index);
  if (first === undefined) return false;
  let hasOther = false;
  let hasFrom = LABELS_FROM.has(first);
  for (let at = index + 1; at < Math.min(index + BLOCK_LINES_MAX, lines.length); at++) {
    const label = labelAt(at);
    if (label === undefined || label === first) continue;
    hasOther = true;
    if (LABELS_FROM.has(label)) hasFrom = true;
  }
  // A block without From starts with a full date: "Date: Wed, 16 May 2012 00:15:02 -0600".
  return hasOther && (hasFrom || /:.{0,40}\b(?:19|20)\d\d\b.{0,20}\d\d:\d\d/.test(lines[index] as string));
};

/** What the first and last characters of such a line can be; wide ones are folded to these. */
const MAY_MARK = /^[-_*=>\s\uff0db]|[:\uff1a]$/i;

/** `-----Original Message-----` and its kin; `forward` where the line says so. */
export const originalMarkAt = (line: string): 'original' | 'forward' | undefined => {
  if (!MAY_MARK.test(line)) return undefined;
  const folded = fold(line);
  if (folded.length > 120) return undefined;
  const isDashed = /^[-_*=>\s]{2,}/.test(folded) || folded.startsWith('begin ') || folded.endsWith(':');
  const found = isDashed ? firstListed(folded, ORIGINAL) : undefined;
  if (!found) return undefined;
  return /forward|weitergeleitet|transf|reenviad|encaminhad|reencaminhad|inoltrat|doorgestuurd|vidarebefordrat|przekazan|пересыл|пересл|iletilen|yönlendir|محول|توجيه|转发|轉寄|転送|전달|chuyển tiếp/.test(
    found,
  )
    ? 'forward'
    : 'original';
};
