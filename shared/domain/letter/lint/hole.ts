/**
 * What an empty variable leaves behind where a fallback or a condition let it through: "Dear ," and "undefined".
 * Strict variables refuse most of it before; this is the second look (practice 002: check the form of address).
 */
import { type LintRule, matchesIn, withSubject } from './rule.ts';

const HOLES = [
  /\b(?:undefined|NaN)\b|\[object Object\]/gu,
  /^(?:dear|hello|hi|hola|estimado|estimada|prezado|prezada|liebe|lieber|gentile|beste|cher|chère)[ \t]{0,3}(?:(?:mr|mrs|ms|null|none|n\/a)\.?[ \t]{0,3})?[ \t],/gimu,
  /^(?:dear|hello|hi)[ \t]{1,3}(?:null|none|n\/a)\b/gimu,
  /^(?:dear|estimado|estimada|prezado|prezada|liebe|lieber|gentile|beste|cher|chère),/gimu,
  /^(?:尊敬的|亲爱的|親愛的)[ \t]{0,3}[，,：:]/gmu,
  /\([ \t]{0,3}\)/gu,
] as const;

export const hole: LintRule = {
  name: 'hole',
  severity: 'error',
  find: ({ letter }) =>
    HOLES.flatMap((pattern) => matchesIn(withSubject(letter), pattern)).map(({ part, words }) => ({
      part,
      words,
      fix: `Something is missing in "${words}": fill it in, or word the sentence without it.`,
    })),
};
