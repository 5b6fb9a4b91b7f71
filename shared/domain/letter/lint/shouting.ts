/** Capitals shout, and spam filters hear it too (practice 002: 切记急躁, never hurry or press a stranger). */
import { type Flaw, type LintRule, type Section, withSubject } from './rule.ts';

/** Four letters or more: FOB, MOQ and IP65 are words of the trade. */
const CAPITALS = /(?<![\p{L}\p{N}-])\p{Lu}[\p{Lu}\p{M}]{3,30}(?![\p{L}\p{N}])/gu;
const SHOUTED = new Set(
  'FREE URGENT BEST IMPORTANT LOWEST CHEAP CHEAPEST PRICE PRICES GUARANTEED ATTENTION OFFER DISCOUNT SALE HURRY LIMITED PLEASE MUST NEVER ALWAYS VERY TODAY IMMEDIATELY GRATIS OFERTA URGENTE WICHTIG DRINGEND ANGEBOT KOSTENLOS GRATUIT IMPORTANTE PROMOTION'.split(
    ' ',
  ),
);

export const shouting: LintRule = {
  name: 'shouting',
  severity: 'warning',
  find: ({ letter, contact, sender }) => {
    const names = new Set(
      [contact.company, contact.lastName, contact.firstName, sender.company, sender.name].flatMap(
        (name) => name?.toUpperCase().match(/[\p{L}\p{M}]+/gu) ?? [],
      ),
    );
    return withSubject(letter).flatMap((section) => shoutsIn(section, names));
  },
};

/** Two shouting words in a row, or one of those that are shouted. One alone may be a brand. */
function shoutsIn({ part, text }: Section, names: ReadonlySet<string>): readonly Flaw[] {
  const found = [...text.matchAll(CAPITALS)].filter(([word]) => !names.has(word));
  const shouts = found.filter((match, at) => {
    const [word] = match;
    const next = found[at + 1];
    const isFollowed =
      next !== undefined && /^\s{1,3}$/u.test(text.slice(match.index + word.length, next.index));
    return isFollowed || SHOUTED.has(word);
  });
  const words = shouts.map(([word]) => word);
  const [first] = words;
  return first === undefined
    ? []
    : [{ part, words: words.join(' '), fix: `Write "${first}" in small letters.` }];
}
