/** "Really??", "Great!!!": one is enough, and a third exclamation in one letter is one too many (practice 002: tone). */
import { type LintRule, matchesIn, withSubject } from './rule.ts';

/** `...` is an ellipsis, `?!` is not. */
const REPEATED = /[!?！？¡¿]{2,20}|\.{4,20}|,{2,10}|;{2,10}|。{2,10}|，{2,10}|、{2,10}|~{3,10}/gu;
/** "¿…?" and "¡…!" open and close; a mark behind the other's is none of ours: "?¿". */
const OPENING = /^[!?]\s?[¡¿]$|^[¡¿]{1,2}$/u;
const EXCLAMATION = /[!！]/gu;
const EXCLAMATIONS_MAX = 2;

export const repeatedPunctuation: LintRule = {
  name: 'repeated-punctuation',
  severity: 'warning',
  find: ({ letter }) => {
    const sections = withSubject(letter);
    const repeated = matchesIn(sections, REPEATED)
      .filter(({ words }) => !OPENING.test(words))
      .map(({ part, words }) => ({ part, words, fix: `One mark instead of "${words}".` }));
    const exclaimed = matchesIn(sections, EXCLAMATION);
    const last = exclaimed.at(-1);
    if (repeated.length > 0 || !last || exclaimed.length <= EXCLAMATIONS_MAX) return repeated;
    const fix = `${exclaimed.length} exclamation marks in one letter: keep at most ${EXCLAMATIONS_MAX}.`;
    return [{ part: last.part, words: '!'.repeat(exclaimed.length), fix }];
  },
};
