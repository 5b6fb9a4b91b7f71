/** Every rule that a letter has to pass, errors before warnings, in the order in which a person would mend them. */
import { aOrAn } from './a-or-an.ts';
import { agreement } from './agreement.ts';
import { emptyBody } from './empty-body.ts';
import { emptySubject } from './empty-subject.ts';
import { greetsSomeoneElse } from './greets-someone-else.ts';
import { hole } from './hole.ts';
import { httpLink } from './http-link.ts';
import { hurry } from './hurry.ts';
import { lawfulBasis } from './lawful-basis.ts';
import { length } from './length.ts';
import { lowerCaseI } from './lower-case-i.ts';
import { missingPart } from './missing-part.ts';
import { noOptOut } from './no-opt-out.ts';
import { noPostalAddress } from './no-postal-address.ts';
import { placeholder } from './placeholder.ts';
import { repeatedPunctuation } from './repeated-punctuation.ts';
import { repeatedWord } from './repeated-word.ts';
import type { LintRule } from './rule.ts';
import { sameWhy } from './same-why.ts';
import { shouting } from './shouting.ts';
import { spelling } from './spelling.ts';
import { tooLong } from './too-long.ts';
import { unsourcedFigure } from './unsourced-figure.ts';

export const LINT_RULES: readonly LintRule[] = [
  emptySubject,
  emptyBody,
  missingPart,
  tooLong,
  placeholder,
  hole,
  greetsSomeoneElse,
  sameWhy,
  noPostalAddress,
  noOptOut,
  lawfulBasis,
  spelling,
  lowerCaseI,
  agreement,
  aOrAn,
  repeatedWord,
  shouting,
  repeatedPunctuation,
  hurry,
  unsourcedFigure,
  httpLink,
  length,
];
