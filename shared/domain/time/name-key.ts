/** Names of cities and regions in the one form in which they are compared. */

const NAME_LENGTH_MAX = 100;

/** Lower case, without accents and punctuation: `São Paulo` → `sao paulo`, `Washington, D.C.` → `washington d c`. */
export const nameKey = (name: string): string =>
  name
    .slice(0, NAME_LENGTH_MAX)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
