/** Somebody's words on one line of ours: subjects, names, quotes. */

/**
 * At most `charsMax` UTF-16 units, without control characters or lone surrogates. Cut between words, or between
 * characters where there are no words, never inside a character; the cut shows as "…".
 */
export function oneLine(text: string, charsMax: number): string {
  const line = text
    // Nothing beyond this can matter, and it may be a mail of megabytes.
    .slice(0, 4 * charsMax)
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (line.length <= charsMax) return line;
  let cut = '';
  for (const character of line) {
    if (cut.length + character.length > charsMax - 1) break;
    cut += character;
  }
  const blank = cut.lastIndexOf(' ');
  return `${(blank > charsMax / 2 ? cut.slice(0, blank) : cut).trimEnd()}…`;
}
