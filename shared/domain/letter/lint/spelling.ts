/**
 * Practice 002: "称谓，大小写单词错误", misspelt words, are checked before a letter leaves. Names, brands, units, numbers,
 * all-caps, links and the glossary are nobody's mistakes; so only words in lower case are looked up.
 */
import { type Flaw, type LintRule, languageOf, ownSections, type Section, withSubject } from './rule.ts';

const WORD_CHARS_MIN = 3;
const WORD_CHARS_MAX = 40;
/** What is no running text: links, addresses, handles, file names, and whatever has a digit or a slash in it. */
const NOT_WORDS =
  /(?:https?:\/\/|www\.)[^\s)]{1,2000}|\S{0,200}[@\\/_&+#]\S{0,200}|[\p{L}-]{0,40}\d[\p{L}\d.,-]{0,80}|[\p{L}-]{1,60}\.[\p{L}]{2,10}(?=[/\s,;)]|$)/gu;
const WORD = /(?<![\p{L}\p{M}\p{N}])\p{Ll}[\p{Ll}\p{M}]*(?:['’]\p{Ll}{1,3})?(?![\p{L}\p{M}\p{N}])/gu;

/** SI and trade units, and what a price list is full of; the same in every language. */
const UNITS = new Set(
  'kwh kwp mwp kw mw gw kva kv ah mah mm cm km kg kgs mg lm lux rpm psi bar nm hz khz mhz ghz db dba pcs pc ctn cbm fob cif ddp exw moq oem odm rfq sku eta etd etc incl excl approx nos vs cnc pvc abs led lcd usb bms pdf zoom whatsapp wechat'.split(
    ' ',
  ),
);

export const spelling: LintRule = {
  name: 'spelling',
  severity: 'warning',
  find: (given) => {
    const { letter, speller } = given;
    if (speller?.kind !== 'dictionary') return [];
    const names = new Set(wordsOfNames(given));
    const isKnown = (word: string): boolean =>
      UNITS.has(word) || names.has(word) || speller.glossary.has(word) || isWordOf(speller.isWord, word);
    const sections = letter.isFollowUp ? ownSections(letter) : withSubject(letter);
    const language = languageOf(letter);
    return sections.flatMap((section) => unknownWords(section, isKnown, language));
  },
};

function unknownWords(section: Section, isKnown: (word: string) => boolean, language: string): Flaw[] {
  const text = section.text.replace(NOT_WORDS, ' ');
  const words = (text.match(WORD) ?? []).filter(
    (word) => word.length >= WORD_CHARS_MIN && word.length <= WORD_CHARS_MAX,
  );
  return [...new Set(words)]
    .filter((word) => !isKnown(word))
    .map((word) => ({
      part: section.part,
      words: word,
      fix: `"${word}" is not in the dictionary (${language}): correct it, or add it to the sequence's glossary.`,
    }));
}

/** Dictionaries know the straight apostrophe, and few of them the genitive. */
function isWordOf(isWord: (word: string) => boolean, word: string): boolean {
  const straight = word.replace('’', "'");
  return isWord(straight) || isWord(straight.replace(/'.*$/u, ''));
}

function wordsOfNames({ contact, sender }: Parameters<LintRule['find']>[0]): readonly string[] {
  const names = [
    contact.firstName,
    contact.lastName,
    contact.company,
    contact.city,
    contact.region,
    contact.companyDomain,
    sender.name,
    sender.company,
    sender.website,
    sender.postalAddress,
  ];
  return names.flatMap((name) => name?.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []);
}
