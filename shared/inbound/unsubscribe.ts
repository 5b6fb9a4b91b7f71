/** A wish to get no more mail, in words. Acting on it is final, so it must be short, explicit and about nothing else. */
import { findAsked } from './intent.ts';
import type { Lexicon } from './lexicon/lexicon.ts';
import { wordsOf } from './lexicon/phrase-lists.ts';
import { findFirst, fold } from './phrases.ts';
import type { Evidence, Finding } from './reading.ts';

const WORDS_MAX = 40;
/** Above so few words, a subject speaks for itself. */
const SUBJECT_WORDS_MAX = 15;
const NEGATED = /(?:n't|\bnot|\bnever|nicht|\bpas|不要|别|не)\s?(?:[\p{L}']{1,12}\s){0,3}$/u;

/** Chinese and Japanese count about two characters as a word. */
const wordsIn = (text: string): number => {
  const cjk = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  return text.split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word)).length + cjk / 2;
};

/** From the new text or, above an almost empty mail, the subject. */
export const findOptOut = (
  text: string,
  subject: string,
  lexicons: readonly Lexicon[],
): Finding<{ readonly isCertain: boolean }> | undefined => {
  const folded = fold(text);
  const phrases = wordsOf(lexicons, 'optOut');
  const found = findFirst(folded, phrases);
  if (found) {
    const evidence: Evidence = {
      from: 'text',
      words: text.slice(found.start, found.end),
      start: found.start,
      end: found.end,
    };
    // "please unsubscribe me, and what does it cost?" is a customer; so is "do not unsubscribe me".
    const isNegated = NEGATED.test(folded.slice(Math.max(0, found.start - 40), found.start));
    const isCertain = wordsIn(text) <= WORDS_MAX && !isNegated && findAsked(text, lexicons).length === 0;
    return { value: { isCertain }, evidence: [evidence], confidence: isCertain ? 0.85 : 0.5 };
  }
  const isReply = /^\s?(?:re|aw|sv|tr|回复|答复)\s?[:：]/i.test(subject);
  const inSubject = isReply ? undefined : findFirst(fold(subject), phrases);
  return inSubject && wordsIn(text) <= SUBJECT_WORDS_MAX
    ? {
        value: { isCertain: true },
        evidence: [{ from: 'header', name: 'subject', value: subject }],
        confidence: 0.85,
      }
    : undefined;
};
