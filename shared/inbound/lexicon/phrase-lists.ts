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

/** By the array of lexicons, which `lexiconsFor` gives once for each combination of languages. */
const lists = new WeakMap<readonly Lexicon[], Map<string, readonly string[]>>();

const remembered = (
  name: string,
  lexicons: readonly Lexicon[],
  build: () => readonly string[],
): readonly string[] => {
  let known = lists.get(lexicons);
  if (!known) {
    known = new Map();
    lists.set(lexicons, known);
  }
  let list = known.get(name);
  if (!list) {
    list = [...new Set(build())];
    known.set(name, list);
  }
  return list;
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
