/**
 * The little Markdown that a letter may hold: `[words](https://…)`, `**strong**` and lines that begin with "- ".
 * The plain text must read well without it; whatever is not exactly this stays as it was typed.
 */

/** Bounded on both sides; only web links, for a letter has no use for others. */
const LINK = /\[([^[\]\n]{1,200})\]\((https?:\/\/[^\s()<>"]{1,2000})\)/gu;
const STRONG = /\*\*([^*\n]{1,200})\*\*/gu;

/** "our catalogue (https://doe.example)": words first, so that the sentence goes on where a reader skips the link. */
export const plainWords = (marked: string): string =>
  marked
    .replace(LINK, (_whole, words: string, url: string) => (words === url ? url : `${words} (${url})`))
    .replace(STRONG, '$1');

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  | { readonly kind: 'strong'; readonly text: string };

/** One line or paragraph, cut where its markup begins and ends. */
export function piecesOf(marked: string): readonly Piece[] {
  const found = [
    ...[...marked.matchAll(LINK)].map((match) => ({
      at: match.index,
      length: match[0].length,
      piece: { kind: 'link', text: match[1] ?? '', url: match[2] ?? '' } as const,
    })),
    ...[...marked.matchAll(STRONG)].map((match) => ({
      at: match.index,
      length: match[0].length,
      piece: { kind: 'strong', text: match[1] ?? '' } as const,
    })),
  ].sort((a, b) => a.at - b.at);
  const pieces: Piece[] = [];
  let from = 0;
  for (const { at, length, piece } of found) {
    // A link inside strong words: the outer one was there first, and nothing is nested.
    if (at < from) continue;
    if (at > from) pieces.push({ kind: 'text', text: marked.slice(from, at) });
    pieces.push(piece);
    from = at + length;
  }
  if (from < marked.length) pieces.push({ kind: 'text', text: marked.slice(from) });
  return pieces;
}
