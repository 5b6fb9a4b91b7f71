/** "a offer", "an company": small words that a careful writer gets right (practice 002: 大小写单词错误). English alone. */
import { type LintRule, languageOf, matchesIn, ownSections } from './rule.ts';

/** By sound, not by letter: "a European", "a unit", "a one-year", "a US firm", "an hour", "an honest", "an SME". */
const A_WRONG = /\ba\s(?=[aeio]\p{Ll})(?!(?:one|once|eu|ewe|ouija)[\p{Ll}-]*)(\p{Ll}[\p{Ll}-]{2,40})/gu;
const U_WRONG = /\ba\s(u(?:n(?!i(?!n|m))|p|r(?!a|i)|s(?!a|e|u)|l|m|g)\p{Ll}{2,40})/gu;
const AN_WRONG =
  /\ban\s(?!(?:hour|honest|honou?r|heir|herb|x-ray|f-|h-|l-|m-|n-|r-|s-|mba|sme|lcd|led|rfq|sms|html?)[\p{Ll}-]*)([bcdfghjklmnpqrstvwxyz]\p{Ll}[\p{Ll}-]{1,40})/gu;

export const aOrAn: LintRule = {
  name: 'a-or-an',
  severity: 'warning',
  find: ({ letter }) => {
    if (languageOf(letter) !== 'en') return [];
    const sections = ownSections(letter);
    const an = [...matchesIn(sections, A_WRONG), ...matchesIn(sections, U_WRONG)].map((found) => ({
      ...found,
      right: 'an',
    }));
    const a = matchesIn(sections, AN_WRONG).map((found) => ({ ...found, right: 'a' }));
    return [...an, ...a].map(({ part, words, match, right }) => ({
      part,
      words,
      fix: `Write "${right} ${match[1]}".`,
    }));
  },
};
