/**
 * Practice 000: "减少废话，直入主题", no chatter, straight to the point. A buyer reads a stranger's letter on a phone,
 * between two others; what does not fit there is for the answer.
 */
import type { WrittenLetter } from '../written-letter.ts';
import type { Flaw, LintRule } from './rule.ts';

const FIRST_WORDS_MAX = 300;
const FOLLOW_UP_WORDS_MAX = 200;
const SENTENCE_WORDS_MAX = 55;
/** RFC 5322 §2.1.1, and what a mail client shows in one line. */
const SUBJECT_COLUMNS_MAX = 78;
/** A script without blanks: about so many characters say what one word says. */
const CHARACTERS_PER_WORD = 2;
const NO_BLANKS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;
const SENTENCE_END = /[.!?。！？…][\s"”»)]|[。！？\n]/u;

export const length: LintRule = {
  name: 'length',
  severity: 'warning',
  find: ({ letter }) => {
    const max = letter.isFollowUp ? FOLLOW_UP_WORDS_MAX : FIRST_WORDS_MAX;
    const count = wordCount(letter.body);
    const flaws: Flaw[] = [];
    if (count > max) {
      const fix = `Keep ${letter.isFollowUp ? 'a follow-up' : 'a first letter'} under ${max} words.`;
      flaws.push({ part: 'body', words: 'the whole letter', fix });
    }
    if (!letter.isFollowUp && letter.subject.length > SUBJECT_COLUMNS_MAX) {
      const fix = `Keep the subject under ${SUBJECT_COLUMNS_MAX} characters: phones show half of that.`;
      flaws.push({ part: 'subject', words: letter.subject, fix });
    }
    return [...flaws, ...longSentences(letter)];
  },
};

function longSentences({ body }: WrittenLetter): readonly Flaw[] {
  return body
    .split(SENTENCE_END)
    .filter((sentence) => wordCount(sentence) > SENTENCE_WORDS_MAX)
    .map((sentence) => ({
      part: 'body',
      words: sentence.trim(),
      fix: `Say this in two sentences: one of more than ${SENTENCE_WORDS_MAX} words is not read to its end.`,
    }));
}

function wordCount(text: string): number {
  const characters = text.match(NO_BLANKS)?.length ?? 0;
  const words = text.replace(NO_BLANKS, ' ').match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
  return words + Math.ceil(characters / CHARACTERS_PER_WORD);
}
