/** The words of one language, the console's own and Cloudscape's, loaded when that language is shown. */
import type { I18nProviderProps } from '@cloudscape-design/components/i18n';
import { readStored } from '../session/stored.ts';
import type { en } from './en.ts';

export type Language = 'en' | 'zh';
export type WordKey = keyof typeof en;
export type WordTable = Readonly<Record<WordKey, string>>;
export type LoadedWords = {
  readonly language: Language;
  readonly table: WordTable;
  readonly cloudscape: I18nProviderProps.Messages;
};

export async function loadWords(language: Language): Promise<LoadedWords> {
  const { words } = await (language === 'zh' ? import('./all-zh.ts') : import('./all-en.ts'));
  document.documentElement.lang = localeOf(language);
  return { language, ...words };
}

/** What was chosen on this device, or what the device prefers, Chinese or English. */
export function chosenLanguage(): Language {
  const stored = readStored('language');
  if (stored === 'en' || stored === 'zh') return stored;
  return /^zh\b/i.test(navigator.language) ? 'zh' : 'en';
}

/** BCP 47, for dates and for Cloudscape's own words. */
export const localeOf = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en-GB');
