/**
 * The phrases of a mail's languages in one array. The same combination gives the same array, so that `phrases.ts`
 * prepares each but once.
 */
import type { DateRole, Lexicon } from './lexicon.ts';
import { WANTS } from './wants/all.ts';
import type { Wants } from './wants/wants.ts';

type ListName = {
  [Name in keyof Lexicon]: Lexicon[Name] extends readonly string[] ? Name : never;
}[keyof Lexicon];
type WantName = Exclude<keyof Wants, 'language'>;

/** Combinations of three or four languages out of sixteen: most never meet. */
const LISTS_MAX = 5_000;
const lists = new Map<string, readonly string[]>();

const remembered = (
  name: string,
  lexicons: readonly Lexicon[],
  build: () => readonly string[],
): readonly string[] => {
  const key = `${name} ${lexicons.map(({ language }) => language).join(' ')}`;
  const known = lists.get(key);
  if (known) return known;
  const built = [...new Set(build())];
  if (lists.size < LISTS_MAX) lists.set(key, built);
  return built;
};

export const wordsOf = (lexicons: readonly Lexicon[], name: ListName): readonly string[] =>
  remembered(name, lexicons, () => lexicons.flatMap((lexicon) => lexicon[name]));

export const cuesOf = (
  lexicons: readonly Lexicon[],
  side: 'before' | 'after',
  role: DateRole,
): readonly string[] =>
  remembered(`${side}-${role}`, lexicons, () => lexicons.flatMap((lexicon) => lexicon[side][role] ?? []));

export const weekdaysOf = (lexicons: readonly Lexicon[]): readonly string[] =>
  remembered('weekdays', lexicons, () => lexicons.flatMap(({ weekdays }) => weekdays.flat()));

/** What people want and are called, in the same languages. */
export const wantsOf = (lexicons: readonly Lexicon[], name: WantName): readonly string[] =>
  remembered(`want-${name}`, lexicons, () =>
    lexicons.flatMap(({ language }) => WANTS.find((wants) => wants.language === language)?.[name] ?? []),
  );
