/** Which addresses a file has had, and in which row: open addressing in two plain arrays, so that its size is fixed. */

const SLOTS = 2 ** 18;
/** Half full, so that a look-up ends after a few slots. */
export const SEEN_MAX = SLOTS / 2;

export type SeenRows = {
  /** The first row with this id; `row` itself where there was none before. */
  firstRow(id: string, row: number): number;
};

/** `id`: a contact id, 26 characters of base32; 50 bits of it tell 100,000 of them apart (a clash: 1 in 200,000). */
export function makeSeenRows(): SeenRows {
  const rows = new Uint32Array(SLOTS);
  const prints = new Float64Array(SLOTS);
  let count = 0;
  return {
    firstRow: (id, row) => {
      const print = printOf(id);
      for (let slot = print % SLOTS; ; slot = (slot + 1) % SLOTS) {
        const held = rows[slot] ?? 0;
        if (held !== 0 && prints[slot] === print) return held;
        if (held !== 0) continue;
        if (count >= SEEN_MAX) throw new Error(`More than ${SEEN_MAX} different addresses in one file.`);
        count += 1;
        rows[slot] = row;
        prints[slot] = print;
        return row;
      }
    },
  };
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
/** Ten characters are 50 bits: below the 53 that a number holds exactly. */
const PRINT_CHARS = 10;

function printOf(id: string): number {
  let print = 0;
  for (const char of id.slice(0, PRINT_CHARS)) print = print * 32 + BASE32.indexOf(char);
  return print;
}
