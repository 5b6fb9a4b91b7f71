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

/** Lists by their names, once for each array of lexicons, of which `lexiconsFor` gives one a combination. */
type Lists = WeakMap<readonly Lexicon[], Map<string, readonly string[]>>;
const words: Lists = new WeakMap();
const wants: Lists = new WeakMap();
const cues: Readonly<Record<'before' | 'after', Lists>> = { before: new WeakMap(), after: new WeakMap() };

const remembered = (
  lists: Lists,
  name: string,
  lexicons: readonly Lexicon[],
  listIn: (lexicon: Lexicon) => readonly string[],
): readonly string[] => {
  let known = lists.get(lexicons);
  if (!known) {
    known = new Map();
    lists.set(lexicons, known);
  }
  let list = known.get(name);
  if (!list) {
    list = [...new Set(lexicons.flatMap(listIn))];
    known.set(name, list);
  }
  return list;
};

export const wordsOf = (lexicons: readonly Lexicon[], name: ListName): readonly string[] =>
  remembered(words, name, lexicons, (lexicon) => lexicon[name]);

export const cuesOf = (
  lexicons: readonly Lexicon[],
  side: 'before' | 'after',
  role: DateRole,
): readonly string[] => remembered(cues[side], role, lexicons, (lexicon) => lexicon[side][role] ?? []);

export const weekdaysOf = (lexicons: readonly Lexicon[]): readonly string[] =>
  remembered(words, 'weekdays', lexicons, ({ weekdays }) => weekdays.flat());

/** What people want and are called, in the same languages. */
export const wantsOf = (lexicons: readonly Lexicon[], name: WantName): readonly string[] =>
  remembered(
    wants,
    name,
    lexicons,
    ({ language }) => WANTS.find((one) => one.language === language)?.[name] ?? [],
  );
