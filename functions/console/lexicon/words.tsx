/** The console's words in the chosen language: `t('today.title')`, with `{name}` filled in. */
import { createContext, useCallback, useContext } from 'react';
import { en } from './en.ts';
import { zh } from './zh.ts';

export type Language = 'en' | 'zh';
export type WordKey = keyof typeof en;
export type Words = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;

export const LanguageContext = createContext<Language>('en');

const TABLES: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = { en, zh };

export function useWords(): Words {
  const language = useContext(LanguageContext);
  return useCallback(
    (key, values = {}) =>
      TABLES[language][key].replace(/\{([a-z]+)\}/gi, (whole, name: string) => String(values[name] ?? whole)),
    [language],
  );
}

export const useLanguage = (): Language => useContext(LanguageContext);

/**
 * A code of the API (`left-company`, `not-on-whatsapp`) in words; one that this console does not know yet is shown
 * as it is rather than hidden.
 */
export function useCodeWords(): (family: string, code: string | undefined) => string {
  const language = useContext(LanguageContext);
  return useCallback(
    (family, code) => {
      if (code === undefined) return '';
      const table: Readonly<Record<string, string>> = TABLES[language];
      return table[`${family}.${code}`] ?? code;
    },
    [language],
  );
}

/** What the device prefers, Chinese or English. */
export const deviceLanguage = (): Language => (/^zh\b/i.test(navigator.language) ? 'zh' : 'en');

/** BCP 47, for dates and for Cloudscape's own words. */
export const localeOf = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en-GB');
