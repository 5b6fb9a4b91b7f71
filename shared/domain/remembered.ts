/** Pure answers that cost far more to work out than to keep: `Intl` builds a formatter in tens of microseconds. */

/** Zones times languages of a busy sender; beyond that the oldest answers go first. */
const KEPT_MAX = 2_000;

/** The same answer for the same key, worked out once. `make` must be pure; what it throws is not kept. */
export function remembered<Answer>(make: (key: string) => Answer): (key: string) => Answer {
  const kept = new Map<string, Answer>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined || kept.has(key)) return known as Answer;
    const answer = make(key);
    if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value as string);
    kept.set(key, answer);
    return answer;
  };
}

/** For two keys; the second may not hold a line feed, which no zone and no language does. */
export const rememberedFor = <Answer>(
  make: (one: string, other: string) => Answer,
): ((one: string, other: string) => Answer) => {
  const of = remembered((key) => {
    const at = key.lastIndexOf('\n');
    return make(key.slice(0, at), key.slice(at + 1));
  });
  return (one, other) => of(`${one}\n${other}`);
};
