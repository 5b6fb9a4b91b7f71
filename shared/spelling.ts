/**
 * Dictionaries for the lint's spelling rule, read on first use and kept: at preview and launch only, never before a
 * send. Only languages whose dictionary is small, quick to build and freely licensed: French and Portuguese take ten
 * seconds and more, German and Italian are GPL. Everybody else is told that nobody has looked.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { Speller } from './domain/letter/lint/rule.ts';
import { TRADE_WORDS } from './domain/letter/lint/trade-words.ts';
import { languageOr } from './domain/letter/scope.ts';

/**
 * British and American spelling are both right: the reader is neither. The two share one affix file, so the second
 * only adds the words that the first lacks.
 */
const DICTIONARIES: Readonly<Record<string, readonly (() => Promise<{ default: DictionaryFiles }>)[]>> = {
  en: [() => import('dictionary-en'), () => import('dictionary-en-gb')],
  es: [() => import('dictionary-es')],
};
type DictionaryFiles = { readonly aff: Uint8Array; readonly dic: Uint8Array };

export const SPELLING_LANGUAGES: readonly string[] = Object.keys(DICTIONARIES);

/** A launch of thousands repeats its words; beyond this many a word is looked up anew. */
const WORDS_KEPT_MAX = 50_000;

const known = new Map<string, Promise<(word: string) => boolean>>();

/** `glossary` is the sequence's; the terms of the trade are known everywhere. Takes seconds on first use. */
export async function loadSpeller(language: string, glossary: readonly string[] = []): Promise<Speller> {
  const base = new Intl.Locale(languageOr(language, 'und')).language;
  const files = DICTIONARIES[base];
  if (!files) return { kind: 'no-dictionary' };
  const isWord = known.get(base) ?? readDictionaries(files);
  known.set(base, isWord);
  const words = glossary.flatMap((one) => one.toLowerCase().match(/[\p{L}\p{M}'’]+/gu) ?? []);
  return { kind: 'dictionary', isWord: await isWord, glossary: new Set([...TRADE_WORDS, ...words]) };
}

async function readDictionaries(
  files: readonly (() => Promise<{ default: DictionaryFiles }>)[],
): Promise<(word: string) => boolean> {
  const { default: nspell } = await import('nspell');
  const read = await Promise.all(files.map(async (load) => (await load()).default));
  const [first] = read;
  if (!first) throw new Error('A language of the spelling check names no dictionary.');
  // Their rules are for ordinals such as 1st, which nobody looks up; nspell applies them to one list of words only.
  const affixes = text(first.aff).replace(/^COMPOUNDRULE.*$/gmu, '');
  const dictionary = nspell(affixes, '0\n');
  const lines = [...new Set(read.flatMap(({ dic }) => text(dic).split('\n').slice(1)))];
  for (let from = 0; from < lines.length; from += LINES_AT_ONCE) {
    dictionary.dictionary(['0', ...lines.slice(from, from + LINES_AT_ONCE), ''].join('\n'));
    await turn();
  }
  const answers = new Map<string, boolean>();
  return (word) => {
    const before = answers.get(word);
    if (before !== undefined) return before;
    const answer = dictionary.correct(word);
    if (answers.size < WORDS_KEPT_MAX) answers.set(word, answer);
    return answer;
  };
}

/** About ten milliseconds: other requests of this process must not wait for a dictionary. */
const LINES_AT_ONCE = 500;

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
