/**
 * "Dear Mr Müller" in a letter to Ana Silva: a name left over from another letter. Only a greeting that certainly
 * names somebody else is reported; in doubt the letter goes, for a wrong refusal holds an honest letter.
 */
import type { Contact } from '../contact.ts';

const LINE_CHARS_MAX = 120;
const WORDS_MAX = 6;

/** What opens a greeting, longest first where one begins with another; the name follows. */
const GREETINGS = [
  'good morning',
  'good afternoon',
  'dear',
  'hello',
  'hi',
  'estimado/a',
  'estimada',
  'estimado',
  'hola',
  'buenos días',
  'prezada',
  'prezado',
  'cara',
  'caro',
  'olá',
  'bom dia',
  'bonjour',
  'chère',
  'cher',
  'sehr geehrte',
  'sehr geehrter',
  'guten tag',
  'liebe',
  'lieber',
  'hallo',
  'gentile',
  'egregio',
  'buongiorno',
  'ciao',
  'geachte',
  'beste',
  'уважаемый',
  'уважаемая',
  'здравствуйте',
  'добрый день',
  'szanowna',
  'szanowny',
  'dzień dobry',
  'sayın',
  'merhaba',
  'kính gửi',
  'chào',
  'bästa',
  'hej',
]
  .toSorted((a, b) => b.length - a.length)
  .map(fold);

/** Titles and the people one greets without knowing their name. None of them is a name. */
const NO_NAMES = new Set(
  [
    'mr mrs ms miss mx dr prof professor sir madam team all everyone there friend friends colleague colleagues',
    'customer partner partners buyer manager director purchasing procurement sales department sirs gentlemen',
    'señor señora señorita sr sra srta don doña equipo senhor senhora equipe monsieur madame mademoiselle',
    'mme mlle messieurs mesdames équipe herr frau damen und herren team doktor signor signore signora dott',
    'dottor dottoressa ing heer mevrouw meneer pan pani państwo bey hanım anh chị ông bà господин госпожа',
    'коллеги de da do dos du la le van von der den del della di bin al el i a y e et en the to again from at of and or in',
  ]
    .join(' ')
    .split(' ')
    .map(fold),
);

/** An honorific before or after makes it a greeting; without one, "我们的产品：" would be a name. */
const HAN_GREETINGS = [
  /^(?:尊敬的|亲爱的|親愛的)\s?(\p{Script=Han}{1,4}?)(?:先生|女士|小姐|总|總|经理|經理)?(?:，|,|：|:|！|您好|你好)/u,
  /^(\p{Script=Han}{1,4}?)(?:先生|女士|小姐|总|總|经理|經理)\s?(?:，|,|：|:|！|您好|你好)/u,
];
const HAN_NO_NAMES =
  /[您你们們各位]|客[户戶]|采[购購]|[销銷]售|大家|[贵貴]|朋友|老[师師]|同[事仁]|先生|女士|[团團][队隊]|伙伴|公司|部/u;

/** The greeting's name that is certainly not the contact's, else `undefined`. Looks at the first line alone. */
export function findStrangerGreeted(body: string, contact: Contact): string | undefined {
  const known = [contact.firstName, contact.lastName].filter((name) => name !== undefined && name !== '');
  if (known.length === 0) return undefined;
  const line = (body.split('\n', 1)[0] ?? '').trim().slice(0, LINE_CHARS_MAX);
  const han = HAN_GREETINGS.map((greeting) => greeting.exec(line)?.[1]).find((name) => name !== undefined);
  if (han !== undefined) return strangerInHan(han, known.join(''));
  return strangerInLetters(line, contact, known.join(' '));
}

function strangerInHan(name: string, known: string): string | undefined {
  // A Latin "Wang Wei" in the file cannot be compared with 王伟 in the letter.
  if (!/^\p{Script=Han}+$/u.test(known) || HAN_NO_NAMES.test(name)) return undefined;
  return [...name].some((character) => known.includes(character)) ? undefined : name;
}

function strangerInLetters(line: string, contact: Contact, known: string): string | undefined {
  const greeted = namePart(line);
  if (greeted === undefined) return undefined;
  const greetedWords = greeted.split(/[^\p{L}\p{M}'’-]+/u).filter((word) => word !== '');
  const names = greetedWords.filter((word) => /^\p{Lu}/u.test(word));
  // A small word that no name holds: "Hello I am Jane" greets nobody.
  const isSentence = greetedWords.some((word) => !/^\p{Lu}/u.test(word) && !NO_NAMES.has(fold(word)));
  if (isSentence || greetedWords.length > WORDS_MAX) return undefined;
  const own = new Set(words(`${known} ${contact.title ?? ''} ${contact.company ?? ''}`));
  const strangers = names.flatMap((word) => words(word)).filter((word) => !NO_NAMES.has(word));
  if (strangers.length === 0 || strangers.some((word) => isAmong(word, own))) return undefined;
  if (scriptOf(greeted) !== scriptOf(known)) return undefined;
  return names.filter((word) => !NO_NAMES.has(fold(word))).join(' ');
}

/** What follows the greeting up to the first comma, colon or end of a sentence; the line must be a greeting. */
function namePart(line: string): string | undefined {
  const folded = fold(line);
  // Folding drops accents, so offsets are taken by words: as many words as the greeting has.
  const greeting = GREETINGS.find((one) => folded === one || folded.startsWith(`${one} `));
  if (greeting === undefined) return undefined;
  const rest = line.split(/\s+/u).slice(greeting.split(' ').length).join(' ');
  const end = rest.search(/[,:;!?，：！–—]|\.(?=\s+\p{Lu}\p{L}{0,30}\s+\p{Ll})/u);
  return end < 0 ? rest : rest.slice(0, end);
}

/** "Chris" greets Christina, and Mueller is Müller. */
function isAmong(word: string, own: ReadonlySet<string>): boolean {
  return [...own].some((name) => {
    const [short, long] = [plainUmlauts(word), plainUmlauts(name)].toSorted((a, b) => a.length - b.length);
    return short === long || ((short?.length ?? 0) >= 3 && long?.startsWith(short ?? '') === true);
  });
}

const plainUmlauts = (word: string): string => word.replace(/([aou])e/gu, '$1').replaceAll('ß', 'ss');

const words = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

const scriptOf = (text: string): 'latin' | 'cyrillic' | 'other' =>
  /\p{Script=Latin}/u.test(text) ? 'latin' : /\p{Script=Cyrillic}/u.test(text) ? 'cyrillic' : 'other';
