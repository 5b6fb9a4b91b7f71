/** Where in a mail the sentences stand that a reading rests on. Pure. */
export type Piece = { readonly text: string; readonly isEvidence: boolean };

/** The whole text in order, cut at the quotes that are found in it; quotes may differ from it in white space. */
export function markQuotes(text: string, quotes: readonly string[]): readonly Piece[] {
  const spans = quotes
    .map((quote) => findQuote(text, quote))
    .filter((span) => span !== undefined)
    .sort((a, b) => a.from - b.from);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to } of spans) {
    if (to <= at) continue;
    const start = Math.max(from, at);
    if (start > at) pieces.push({ text: text.slice(at, start), isEvidence: false });
    pieces.push({ text: text.slice(start, to), isEvidence: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), isEvidence: false });
  return pieces;
}

function findQuote(text: string, quote: string): { readonly from: number; readonly to: number } | undefined {
  const wanted = quote.replace(/^[…\s]+|[…\s]+$/g, '');
  if (wanted.length < 3) return undefined;
  const from = text.indexOf(wanted);
  if (from >= 0) return { from, to: from + wanted.length };
  // The quote was made one line of; the mail breaks its lines where its writer did.
  const words = wanted.split(/\s+/);
  const first = words[0] ?? '';
  for (let start = text.indexOf(first); start >= 0; start = text.indexOf(first, start + 1)) {
    const to = endOfWords(text, start, words);
    if (to !== undefined) return { from: start, to };
  }
  return undefined;
}

function endOfWords(text: string, start: number, words: readonly string[]): number | undefined {
  let at = start;
  for (const word of words) {
    while (/\s/.test(text[at] ?? '')) at += 1;
    if (!text.startsWith(word, at)) return undefined;
    at += word.length;
  }
  return at;
}
