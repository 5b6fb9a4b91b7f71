/**
 * Where in a text any phrase of any lexicon begins, found in one pass: dozens of lists of hundreds of phrases are
 * looked up in the same few hundred words. A burst trie over the heads of all phrases; linear in the text.
 */

/** A phrase up to its first ` … `. Equal ones are one, whichever lists they are in. */
export type Head = {
  readonly word: string;
  readonly endsBound: boolean;
  /** Counted from 0. */
  readonly number: number;
};

/** A leaf with more heads than this is split by its next letter. */
const LEAF_HEADS_MAX = 2;

type Node = { heads: Head[]; children: Map<number, Node> | undefined };

const known = new Map<string, Head>();
/** Heads of fewer letters are looked up whole; longer ones by so many first letters, and from there in a trie. */
const HASHED_MAX = 4;
const HASHES = 0x10000;
const hashOn = (hash: number, code: number): number => (hash * 31 + code) & 0xffff;
/**
 * By hash: bit 1 to 3 where a whole head so short has it, bit 4 where the first four letters of a longer one have; bit
 * 5 to 7 where a longer head begins with one to three such letters.
 */
const begins = new Uint8Array(HASHES);
const shortHeads: (Head[] | undefined)[] = new Array(HASHES).fill(undefined);
const longHeads: (Node | undefined)[] = new Array(HASHES).fill(undefined);

/** Below `start` stand heads whose first letters have one hash; they need not be the same letters. */
const put = (start: Node, head: Head): void => {
  let node = start;
  let depth = HASHED_MAX;
  while (node.children && depth < head.word.length) {
    const code = head.word.charCodeAt(depth++);
    const child: Node = node.children.get(code) ?? { heads: [], children: undefined };
    node.children.set(code, child);
    node = child;
  }
  node.heads.push(head);
  if (node.children || node.heads.length <= LEAF_HEADS_MAX) return;
  const heads = node.heads;
  node.heads = heads.filter(({ word }) => word.length === depth);
  if (node.heads.length === heads.length) return;
  node.children = new Map();
  for (const { word } of heads)
    if (word.length > depth) node.children.set(word.charCodeAt(depth), { heads: [], children: undefined });
  for (const deeper of heads)
    if (deeper.word.length > depth) node.children.get(deeper.word.charCodeAt(depth))?.heads.push(deeper);
};

/** Adds a head to the index. The same word and ending give the same object. */
export const headOf = (word: string, endsBound: boolean): Head => {
  const key = `${endsBound ? '.' : '*'}${word}`;
  const same = known.get(key);
  if (same) return same;
  const head: Head = { word, endsBound, number: known.size };
  known.set(key, head);
  const length = Math.min(word.length, HASHED_MAX);
  let hash = 0;
  for (let at = 0; at < length; at++) {
    hash = hashOn(hash, word.charCodeAt(at));
    if (at < length - 1) begins[hash] = (begins[hash] as number) | (1 << (HASHED_MAX + at + 1));
  }
  begins[hash] = (begins[hash] as number) | (1 << length);
  if (length < HASHED_MAX) shortHeads[hash] = [...(shortHeads[hash] ?? []), head];
  else {
    const start = longHeads[hash] ?? { heads: [], children: undefined };
    longHeads[hash] = start;
    put(start, head);
  }
  return head;
};

/**
 * Latin and Cyrillic letters and digits. Chinese, Japanese, Korean and Arabic words touch their neighbours; only
 * alphabets with spaces have word ends.
 */
const WORD_CODES = Uint8Array.from({ length: 0x1f00 }, (_, code) =>
  Number(
    (code >= 0x61 && code <= 0x7a) ||
      (code >= 0x30 && code <= 0x39) ||
      (code >= 0x41 && code <= 0x5a) ||
      (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7) ||
      (code >= 0x400 && code <= 0x52f) ||
      code >= 0x1e00 ||
      code === 0xaa ||
      code === 0xba,
  ),
);
/** False for `NaN`, the code behind the end of a text. */
export const isWordCode = (code: number): boolean => WORD_CODES[code] === 1;

/** Heads in the order of their places; `heads[i]` begins at `starts[i]`. */
export type Occurrences = { readonly starts: readonly number[]; readonly heads: readonly Head[] };

type Found = { readonly starts: number[]; readonly heads: Head[] };

/** Keeps those of `candidates` that stand at `at`. Equal hashes are no equal letters, so each is compared. */
const keep = (folded: string, at: number, candidates: readonly Head[], found: Found): void => {
  for (let place = 0; place < candidates.length; place++) {
    const head = candidates[place] as Head;
    const end = at + head.word.length;
    if (!folded.startsWith(head.word, at)) continue;
    if (head.endsBound && end < folded.length && isWordCode(folded.charCodeAt(end))) continue;
    found.starts.push(at);
    found.heads.push(head);
  }
};

const scan = (folded: string, to: number): Occurrences => {
  const found: Found = { starts: [], heads: [] };
  let wasWord = false;
  for (let at = 0; at < to; at++) {
    const isWord = WORD_CODES[folded.charCodeAt(at)] === 1;
    // Inside a word nothing begins.
    const isInside = isWord && wasWord;
    wasWord = isWord;
    if (isInside) continue;
    let hash = 0;
    for (let length = 1; length <= HASHED_MAX; length++) {
      hash = hashOn(hash, folded.charCodeAt(at + length - 1));
      const bits = begins[hash] as number;
      const isEnd = ((bits >> length) & 1) === 1;
      if (length < HASHED_MAX) {
        if (isEnd) keep(folded, at, shortHeads[hash] as readonly Head[], found);
        if (((bits >> (HASHED_MAX + length)) & 1) === 0) break;
        continue;
      }
      if (!isEnd) break;
      let depth = at + length;
      for (let node = longHeads[hash]; node; depth++) {
        keep(folded, at, node.heads, found);
        node = node.children?.get(folded.charCodeAt(depth));
      }
    }
  }
  return found;
};

/** The texts looked at last: one mail's words are read by a dozen rules in turn. */
const REMEMBERED_MAX = 6;
type Remembered = { readonly folded: string; readonly size: number; readonly found: Occurrences };
const remembered: Remembered[] = [];

/** Every head that stands in `folded`; a word's begin and end count as its bounds. */
export const occurrencesIn = (folded: string): Occurrences => {
  let place = 0;
  while (place < remembered.length && remembered[place]?.folded !== folded) place++;
  const same = remembered[place];
  // A list seen for the first time brings heads that the older look did not know.
  const isCurrent = same !== undefined && same.size === known.size;
  if (isCurrent && place === 0) return same.found;
  const found = isCurrent ? same.found : scan(folded, folded.length);
  // The words of the mail itself are asked about again and again; they must not give way to a stretch of them.
  for (let at = Math.min(place, REMEMBERED_MAX - 1); at > 0; at--)
    remembered[at] = remembered[at - 1] as Remembered;
  remembered[0] = isCurrent ? same : { folded, size: known.size, found };
  return found;
};

/** Those that begin at or before `last`. */
export const occurrencesUpTo = (folded: string, last: number): Occurrences =>
  scan(folded, Math.min(last + 1, folded.length));
