/** Beyond these no client shows a subject whole (RFC 5322 §2.1.1), and no program of ours reads a body to its end. */
import { SUBJECT_CHARS_MAX } from '../written-letter.ts';
import { BODY_CHARS_MAX, type Flaw, type LintRule } from './rule.ts';

export const tooLong: LintRule = {
  name: 'too-long',
  severity: 'error',
  find: ({ letter }) => {
    const flaws: Flaw[] = [];
    if (letter.subject.length > SUBJECT_CHARS_MAX) {
      const fix = `Keep the subject under ${SUBJECT_CHARS_MAX} characters.`;
      flaws.push({ part: 'subject', words: letter.subject, fix });
    }
    if (letter.body.length > BODY_CHARS_MAX) {
      flaws.push({ part: 'body', words: '', fix: `Keep the letter under ${BODY_CHARS_MAX} characters.` });
    }
    return flaws;
  },
};
