/** Chance that repeats: everything that a run draws comes from its seed, so the seed is the whole bug report. */

export type Random = {
  /** 0 ≤ x < 1. */
  next(): number;
  /** 0 … n-1. */
  int(n: number): number;
  between(from: number, to: number): number;
  chance(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** `length` characters of base32. */
  base32(length: number): string;
  /** A stream of its own: what one purpose draws moves nothing of another's. */
  fork(purpose: string): Random;
};

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** xorshift-multiply on 32 bits (mulberry32): small, fast, and the same in every JavaScript engine. */
export function makeRandom(seed: number, purpose = ''): Random {
  let state = mix(seed, purpose);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (n: number): number => Math.floor(next() * n);
  return {
    next,
    int,
    between: (from, to) => from + next() * (to - from),
    chance: (share) => next() < share,
    pick: (items) => {
      const item = items[int(items.length)];
      if (item === undefined) throw new Error('There is nothing to pick from.');
      return item;
    },
    base32: (length) => {
      let text = '';
      for (let n = 0; n < length; n++) text += BASE32.charAt(int(32));
      return text;
    },
    fork: (name) => makeRandom(seed, `${purpose}/${name}`),
  };
}

/** FNV-1a over the purpose, started from the seed's low and high halves. */
function mix(seed: number, purpose: string): number {
  let h = hashText(0x811c9dc5 ^ (seed | 0), String(Math.floor(seed / 4_294_967_296)));
  h = hashText(h, purpose);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Continues an FNV-1a hash. */
export function hashText(hash: number, text: string): number {
  let h = hash;
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  return h;
}
