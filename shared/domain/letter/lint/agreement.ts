/**
 * Slips of the kind "your company are", which the seeds' own follow-up has. Practice 002: how professional the writing
 * is decides whether anybody answers. Only what is wrong in every kind of English, and the commonest of its kind.
 */
import { type LintRule, languageOf, matchesIn, ownSections } from './rule.ts';

const NOUN =
  '(?:company|business|factory|firm|product|price|catalogue|catalog|offer|quality|market|shop|store|website|team leader|customer|supplier|brand)';

const SLIPS: readonly (readonly [pattern: RegExp, fix: (words: string) => string])[] = [
  [
    // "companies like your company are" has its plural before; one noun between is all that is read.
    new RegExp(
      `\\b(?:your|our|my|the|this|their|his|her)\\s${NOUN}\\s(?:are|were|have|do|don['’]t|need|want)\\b`,
      'giu',
    ),
    (words) => `"${words}": one company is, has, does.`,
  ],
  [
    /\b(?:I|we|you|they)\s(?:is|was|has|does)\b/gu,
    (words) => `"${words}": the verb does not go with its subject.`,
  ],
  [
    /\b(?:he|she|it)\s(?:are|were|have|do)\b(?!\s+(?:not\s+)?(?:to\b|it\b))/gu,
    (words) => `"${words}": the verb does not go with its subject.`,
  ],
  [
    /\b(?:informations|equipments|feedbacks|advices|furnitures|knowledges|softwares|machineries)\b/giu,
    (words) => `"${words}" has no plural.`,
  ],
  [
    /\b(?:looking|look)\sforward\sto\s(?:hear|receive|meet|see|work|cooperate|talk|get)\b/giu,
    (words) => `"${words}": write "looking forward to hearing".`,
  ],
  [
    /\b(?:much|more)\s(?:cheaper|better|easier|faster)\sthan\sthan\b|\bmore\s(?:cheaper|better|easier|faster|bigger|higher|lower)\b/giu,
    (words) => `"${words}": one comparative is enough.`,
  ],
  [
    /\b(?:can|could|will|would|should|may|must)\s(?:to|been|is|are|was)\b/gu,
    (words) => `"${words}": the verb behind it stands alone.`,
  ],
  [
    /\bthis\s(?:products|samples|prices|tools|catalogues|companies|days)\b|\bthese\s(?:product|sample|price|tool|catalogue|company)\b/giu,
    (words) => `"${words}": one or several?`,
  ],
];

export const agreement: LintRule = {
  name: 'agreement',
  severity: 'warning',
  find: ({ letter }) =>
    languageOf(letter) !== 'en'
      ? []
      : SLIPS.flatMap(([pattern, fix]) =>
          matchesIn(ownSections(letter), pattern)
            .filter(({ match }) => !isPartOfMore(match))
            .map(({ part, words }) => ({ part, words, fix: fix(words) })),
        ),
};

/** "What do your company need", "people at our company have": the subject, or the verb, is another word. */
const OTHER_SUBJECT =
  /\b(?:do|does|did|can|could|will|would|should|may|might|let|make|makes|help|helps|see|of|at|in|from|with)\s$/iu;

const isPartOfMore = (match: RegExpExecArray): boolean =>
  OTHER_SUBJECT.test(match.input.slice(Math.max(0, match.index - 24), match.index));
