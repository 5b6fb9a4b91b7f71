/** The console's words in the chosen language: `t('today.title')`, with `{name}` filled in. */
import { createContext, useCallback, useContext } from 'react';
import type { Language, LoadedWords, WordKey } from './load-words.ts';

export type Words = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;

export const WordsContext = createContext<LoadedWords | undefined>(undefined);

function useLoadedWords(): LoadedWords {
  const words = useContext(WordsContext);
  if (!words) throw new Error('A page was shown before its words were there');
  return words;
}

export function useWords(): Words {
  const { table } = useLoadedWords();
  return useCallback(
    (key, values = {}) =>
      table[key].replace(/\{([a-z]+)\}/gi, (whole, name: string) => String(values[name] ?? whole)),
    [table],
  );
}

export const useLanguage = (): Language => useLoadedWords().language;

/**
 * A code of the API (`left-company`, `not-on-whatsapp`) in words; one that this console does not know yet is shown
 * as it is rather than hidden.
 */
export function useCodeWords(): (family: string, code: string | undefined) => string {
  const { table } = useLoadedWords();
  return useCallback(
    (family, code) => {
      if (code === undefined) return '';
      return (table as Readonly<Record<string, string>>)[`${family}.${code}`] ?? code;
    },
    [table],
  );
}
