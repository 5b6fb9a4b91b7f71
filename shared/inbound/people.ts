/** Whom a note names instead of its writer: a stand-in while away, a successor for good. */
import { addressesIn } from './addresses.ts';
import type { Lexicon } from './lexicon/lexicon.ts';
import { wordsOf } from './lexicon/phrase-lists.ts';
import type { PhoneFound, StandInSpan } from './phones.ts';
import { type Found, findFirst, findLast, fold, hasAny, type Span } from './phrases.ts';
import type { Finding, Person } from './reading.ts';

const SPAN_CHARS_MAX = 300;
/** "please call me": the writer may follow the cue at once. */
const OWN_AFTER = 8;
const OWN_BEFORE = 14;
const PEOPLE_MAX = 5;
const NAME_WORDS_MAX = 4;
/** Capitalised words that stand where a name would. */
const NOT_NAMES = new Set(
  'please acil lütfen email mail e-mail phone tel mobile the my our your in for if on at or and is mr mrs ms dr herr frau herrn mme m sr sra señor señora pan pani ms. mr. mrs. dr. best kind regards thank thanks i sales support office team bei per unter telefon tél par au por par tel. email: tel: phone: mobile: hr. fr. via urgent directly kollegin kollegen kollege nachfolgerin nachfolger collega colleague collègue colega'.split(
    ' ',
  ),
);

type Cue = Found & { readonly role: Person['role'] };

const cuesIn = (folded: string, lexicons: readonly Lexicon[]): readonly Cue[] => {
  const cues: Cue[] = [];
  for (const [role, phrases] of [
    ['successor', wordsOf(lexicons, 'successor')],
    ['stand-in', wordsOf(lexicons, 'standIn')],
  ] as const) {
    let at = 0;
    for (let count = 0; count < PEOPLE_MAX * 2; count++) {
      const found = findFirst(folded, phrases, at);
      if (!found) break;
      cues.push({ ...found, role });
      at = found.end;
    }
  }
  return cues.sort((a, b) => a.start - b.start);
};

/** From the cue's sentence to the paragraph's end, before the writer speaks of himself or closes. */
const spanOf = (text: string, folded: string, cue: Cue, lexicons: readonly Lexicon[]): Span => {
  const paragraph = text.indexOf('\n\n', cue.end);
  let end = Math.min(paragraph < 0 ? text.length : paragraph, cue.end + SPAN_CHARS_MAX);
  const front = folded.slice(0, end);
  for (const enders of [wordsOf(lexicons, 'ownNumber'), wordsOf(lexicons, 'closing')]) {
    end = Math.min(end, findFirst(front, enders, cue.end)?.start ?? end);
  }
  // Turkish, Japanese and Korean name the person first; elsewhere what precedes the cue belongs to the writer.
  if (!isVerbLast(lexicons, cue)) return { start: cue.start, end };
  const before = Math.max(
    ...['\n\n', '. ', '。', '! ', '? '].map((mark) => text.lastIndexOf(mark, cue.start)),
  );
  return { start: Math.max(before + 1, cue.start - 120, 0), end };
};

/** The cue comes from a language whose verb ends the sentence. */
const isVerbLast = (lexicons: readonly Lexicon[], cue: Cue): boolean =>
  lexicons.some(
    ({ language, standIn, successor }) =>
      ['tr', 'ja', 'ko'].includes(language) && [...standIn, ...successor].includes(cue.phrase),
  );

const isCapital = (word: string): boolean => /^\p{Lu}[\p{L}\p{M}'’.-]*[\p{L}.]?$/u.test(word);

const latinName = (words: string): string | undefined => {
  const name: string[] = [];
  for (const raw of words.split(/\s+/).slice(0, 14)) {
    const word = raw
      .replace(/^[("'„“:,]+/, '')
      .replace(/[)"',;:“”]+$/, '')
      .replace(/\.$/, '');
    if (isCapital(word) && !NOT_NAMES.has(word.toLowerCase()))
      name.push(word.replace(/['’](?:a|e|i|ya|ye|s)$/u, ''));
    else if (name.length > 0) break;
    // A comma or bracket behind a word ends the name.
    if (name.length > 0 && /[),;:(]$/.test(raw)) break;
    if (name.length >= NAME_WORDS_MAX) break;
  }
  return name.length > 0 ? name.join(' ') : undefined;
};

const CJK_NAME_AFTER =
  /^[\s:：，,、的和与與]{0,3}(?:新同事|新的同事|同事|同仁|我司|我的同事|代理人|主管|经理|經理)?[\s:：]{0,2}(\p{Script=Han}{2,4}?)(?=[\s（(，,。、:：]|先生|女士|小姐|经理|經理|電話|电话|手机|处理|協助|协助|$)/u;
const CJK_NAME_BEFORE =
  /([\p{Script=Han}\p{Script=Katakana}]{2,6})(?:様|さん|氏|まで|（|\(|に)|([\p{Script=Hangul}]{2,4})\s?(?:님|씨|대리|과장|차장|부장|팀장|사원|매니저|에게|\()/u;

const withoutAddresses = (text: string): string => {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of addressesIn(text)) {
    pieces.push(text.slice(from, start));
    from = end;
  }
  return [...pieces, text.slice(from)].join(' ');
};

const nameIn = (text: string, cue: Cue, span: Span): string | undefined => {
  const after = text.slice(cue.end, span.end);
  const chinese = CJK_NAME_AFTER.exec(after)?.[1];
  if (chinese) return chinese;
  const whole = text.slice(span.start, span.end);
  if (/[\p{Script=Hiragana}\p{Script=Hangul}]/u.test(whole)) {
    const match = CJK_NAME_BEFORE.exec(whole);
    const name = match?.[1] ?? match?.[2];
    if (name && !/^(?:緊急|不在|用件|弊社|代理|担当)/.test(name)) return name;
  }
  if (/\p{Script=Arabic}/u.test(after)) {
    const words = after
      .trim()
      .split(/[\s,،(:]+/u)
      .filter(
        (word) =>
          /\p{Script=Arabic}/u.test(word) && !/^(?:زميلي|زميلتي|السيد|السيدة|الأستاذ|على)$/.test(word),
      );
    return words.slice(0, 2).join(' ') || undefined;
  }
  // Turkish and Korean name the person before the verb.
  return latinName(withoutAddresses(after)) ?? latinName(withoutAddresses(text.slice(span.start, cue.start)));
};

export type PeopleFound = {
  readonly people: readonly Finding<Person>[];
  readonly spans: readonly StandInSpan[];
};

/** `ownAddresses` (lower case) are the writer's and ours: never a stand-in's. */
export const findPeople = (
  text: string,
  lexicons: readonly Lexicon[],
  phones: readonly PhoneFound[],
  ownAddresses: ReadonlySet<string>,
): PeopleFound => {
  const folded = fold(text);
  const people: Finding<Person>[] = [];
  const spans: StandInSpan[] = [];
  const switchboards = wordsOf(lexicons, 'switchboard');
  for (const cue of cuesIn(folded, lexicons)) {
    if (people.length >= PEOPLE_MAX) break;
    if (spans.some((span) => cue.start >= span.start && cue.start < span.end)) continue;
    const span = spanOf(text, folded, cue, lexicons);
    const ownWords = wordsOf(lexicons, 'ownNumber');
    if (findFirst(folded.slice(span.start, cue.end + OWN_AFTER), ownWords)?.start !== undefined) continue;
    // "me joindre au": the cue is the tail of the writer's own words.
    const own = findLast(folded.slice(Math.max(0, cue.start - OWN_BEFORE), cue.end + OWN_AFTER), ownWords);
    if (own && own.end + Math.max(0, cue.start - OWN_BEFORE) > cue.start) continue;
    const address = addressesIn(text.slice(span.start, span.end)).find(
      (found) => !ownAddresses.has(found.address),
    )?.address;
    const phone = phones.find(
      ({ place, start, end }) => place === 'text' && start >= span.start && end <= span.end,
    );
    const named = nameIn(text, cue, span);
    // "our reception" in a language of capital nouns is nobody's name.
    const name = named && hasAny(fold(named), switchboards) ? undefined : named;
    const isSwitchboard = !name && !address && findFirst(folded.slice(span.start, span.end), switchboards);
    if (isSwitchboard) continue;
    // A name alone is too easily any capitalised word, except for a successor.
    if (!address && !phone && !(name && cue.role === 'successor')) continue;
    // Where the verb comes last, a number without a name before it is the writer's own.
    if (!address && !name && isVerbLast(lexicons, cue)) continue;
    spans.push({ ...span, role: cue.role, ...(name ? { name } : {}) });
    people.push({
      value: {
        role: cue.role,
        ...(name ? { name } : {}),
        ...(address ? { address } : {}),
        ...(phone ? { phone: phone.number.number } : {}),
      },
      evidence: [{ from: 'text', words: text.slice(span.start, span.end), start: span.start, end: span.end }],
      confidence: name && (address || phone) ? 0.9 : 0.7,
    });
  }
  return { people, spans };
};
