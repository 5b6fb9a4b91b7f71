/** The new words of a mail, told apart from what it quotes and from its signature. One pass over the lines. */
import { LEXICONS } from './lexicon/all.ts';
import { fold } from './phrases.ts';
import { isHeaderBlockAt, labelsOf, originalMarkAt, quoteHeadAt } from './quote-head.ts';

export type ReplyText = {
  /** White space collapsed; the text that every offset of a reading refers to. */
  readonly newText: string;
  /** Below `-- ` or "Sent from my…". */
  readonly signature: string;
  readonly hasQuote: boolean;
  /** The text under "Forwarded message" where nothing stands above it. */
  readonly isForward: boolean;
  /** The header block under "Forwarded message", or the one a quotation starts with, and what follows it. */
  readonly block?: {
    readonly isMarked: boolean;
    readonly head: readonly string[];
    readonly body: string;
  };
};

/** More lines with words than anybody types, and lines at all; what follows is treated as quotation. */
const WORDED_LINES_MAX = 1_000;
const LINES_MAX = 4_000;
const SIGNATURE_LINES_MAX = 40;

const SENT_FROM = [...new Set(LEXICONS.flatMap((lexicon) => lexicon.sentFrom))];
/** Most lines begin with no two letters of any of them. */
const SENT_STARTS = new Set(SENT_FROM.map((words) => words.slice(0, 2)));

const BEYOND_ASCII = /[^\0-\x7f]/;
const UNEVEN = /[\t\u00a0\u2007\u202f]| {2}/;

const normalise = (text: string): string => {
  const visible = BEYOND_ASCII.test(text)
    ? text.normalize('NFC').replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]/g, '')
    : text;
  const lines = visible.replaceAll('\r', '');
  return UNEVEN.test(lines)
    ? lines.replace(/[ \t\u00a0\u2007\u202f]{2,}|[\t\u00a0\u2007\u202f]/g, ' ')
    : lines;
};

const IPHONE = /[i\u0130]phone/i;

/** "Sent with Proton Mail secure email." ends like a sentence. */
const ADVERTISES = /proton ?mail/i;

const isSignatureMark = (line: string): boolean => {
  if (/^(?:--|—|–|_{2,})$/.test(line)) return true;
  // "Sent from my desk, it is easier." is a sentence; "Sent from my iPhone" is not.
  if (line.length > 60 || (/[.!?,]$/.test(line) && !ADVERTISES.test(line))) return false;
  if (!SENT_STARTS.has(fold(line.slice(0, 2))) && !IPHONE.test(line)) return false;
  const folded = fold(line);
  return SENT_FROM.some(
    (words) => folded.startsWith(words) || (folded.endsWith(words) && words.startsWith('iphone')),
  );
};

const tidy = (lines: readonly string[]): string => {
  const out: string[] = [];
  for (const line of lines) if (line !== '' || (out.length > 0 && out.at(-1) !== '')) out.push(line);
  return out.join('\n').trim();
};

/** `reply On Wed, Apr 4 … wrote:` on one line above a quotation: the words before `On` are new. */
const wordsBeforeHead = (line: string, next: string | undefined): string | undefined => {
  if (!next?.startsWith('>') || !/wrote:$/.test(line)) return undefined;
  const at = line.lastIndexOf('On ');
  return at > 0
    ? line
        .slice(0, at)
        .replace(/-+\s?$/, '')
        .trim()
    : undefined;
};

/** The line of dashes above a header block belongs to the block. */
const dropRule = (kept: string[]): void => {
  while (kept.at(-1) === '') kept.pop();
  if (/^[-=_*~]{4,}$/.test(kept.at(-1) ?? '')) kept.pop();
};

type Scan = {
  readonly kept: string[];
  readonly signature: string[];
  hasQuote: boolean;
  forwardAt?: number;
  blockAt?: number;
};

const scan = (lines: readonly string[]): Scan => {
  const found: Scan = { kept: [], signature: [], hasQuote: false };
  const labelAt = labelsOf(lines);
  let inSignature = false;
  let worded = 0;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    if (line !== '') worded++;
    if (at >= LINES_MAX || worded > WORDED_LINES_MAX) {
      found.hasQuote = true;
      break;
    }
    if (line.startsWith('>')) {
      found.hasQuote = true;
      continue;
    }
    const shared = wordsBeforeHead(line, lines[at + 1]);
    const headLines = shared === undefined ? quoteHeadAt(lines, at) : 1;
    if (headLines > 0) {
      found.hasQuote = true;
      if (shared) found.kept.push(shared);
      const next = lines.slice(at + headLines, at + headLines + 3).find((candidate) => candidate !== '');
      // Without `>` nothing tells where the quotation ends: it goes on to the end.
      if (next?.startsWith('>') !== true) break;
      at += headLines - 1;
      continue;
    }
    const mark = originalMarkAt(line);
    if (mark || isHeaderBlockAt(lines, at, labelAt)) {
      found.hasQuote = true;
      dropRule(found.kept);
      if (mark === 'forward') found.forwardAt = at + 1;
      else found.blockAt = mark ? at + 1 : at;
      break;
    }
    if (isSignatureMark(line)) inSignature = true;
    if (!inSignature) found.kept.push(line);
    else if (found.signature.length < SIGNATURE_LINES_MAX) found.signature.push(line);
  }
  return found;
};

const linesOf = (text: string): readonly string[] =>
  normalise(text)
    .split('\n')
    .map((line) => line.trim());

/** The header block of an inline forward, and what stands below it. */
const forwardedAt = (
  lines: readonly string[],
  from: number,
): { readonly head: readonly string[]; readonly body: readonly string[] } => {
  const start = lines.slice(from, from + 14).findIndex((line, index) => index > 0 && line === '');
  const end = from + Math.max(start, 0);
  return { head: lines.slice(from, end), body: lines.slice(end) };
};

/**
 * Splits plain text. A mail that only forwards another (a mailbox rule's inline forward) is read as the one it
 * carries; a bare quotation is not, because the words in it are ours.
 */
export const splitReply = (text: string): ReplyText => {
  const lines = linesOf(text);
  const top = scan(lines);
  const newText = tidy(top.kept);
  const at = top.forwardAt ?? top.blockAt;
  const carried = at === undefined ? undefined : forwardedAt(lines, at);
  const block = carried && {
    block: {
      isMarked: top.forwardAt !== undefined,
      head: carried.head,
      body: carried.body.join('\n'),
    },
  };
  if (newText === '' && top.forwardAt !== undefined && carried) {
    const inner = scan(carried.body);
    return {
      newText: tidy(inner.kept),
      signature: tidy(inner.signature),
      hasQuote: inner.hasQuote,
      isForward: true,
      ...block,
    };
  }
  return { newText, signature: tidy(top.signature), hasQuote: top.hasQuote, isForward: false, ...block };
};
