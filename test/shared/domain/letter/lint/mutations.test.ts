/** Twenty honest letters pass; of the mistakes that people make in them, at least nine in ten are found by the rule meant for them. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { LetterFinding } from '../../../../../shared/domain/letter/finding.ts';
import type { Speller } from '../../../../../shared/domain/letter/lint/rule.ts';
import { makeWhyBook } from '../../../../../shared/domain/letter/lint/why-book.ts';
import { lintLetter } from '../../../../../shared/domain/letter/lint-letter.ts';
import { writeLetter } from '../../../../../shared/domain/letter/write-letter.ts';
import { loadSpeller } from '../../../../../shared/spelling.ts';
import { ANA, JANE, letterStep, OPT_OUT_URL, sentLetter, sequenceOf } from '../people.ts';
import { HONEST_FOLLOW_UPS, HONEST_LETTERS, type HonestLetter } from './honest-letters.ts';
import { MISTAKES } from './mutations.ts';

const spellers = new Map<string, Speller>();
beforeAll(async () => {
  for (const { language } of [...HONEST_LETTERS, ...HONEST_FOLLOW_UPS]) {
    if (!spellers.has(language)) spellers.set(language, await loadSpeller(language));
  }
}, 120_000);

const WHYS = makeWhyBook(HONEST_LETTERS.map(({ contact, parts }) => ({ contact, why: parts.why })));

function lint({ language, contact, subject, parts }: HonestLetter): readonly LetterFinding[] {
  const { body: _whole, ...step } = letterStep({});
  const answer = writeLetter({
    sequence: { ...sequenceOf({ ...step, subject: 'x', ...parts }), language },
    step: 0,
    contact,
    sender: JANE,
    earlier: [],
    wasAbsent: false,
    optOutUrl: OPT_OUT_URL,
    own: { subject, ...parts, language },
  });
  if (answer.kind !== 'written') throw new Error(JSON.stringify(answer.findings));
  const speller = spellers.get(language) as Speller;
  return lintLetter({
    letter: answer.letter,
    contact,
    sender: JANE,
    optOutUrl: OPT_OUT_URL,
    whys: WHYS,
    speller,
  });
}

describe('an honest letter', () => {
  it.each(HONEST_LETTERS.map((letter) => [`${letter.language} ${letter.subject}`, letter] as const))(
    'passes: %s',
    (_name, letter) => {
      expect(lint(letter)).toEqual([]);
    },
  );

  it.each(HONEST_FOLLOW_UPS)('passes as a follow-up in $language: $body', ({ language, body }) => {
    const sequence = { ...sequenceOf(letterStep({ subject: 'x' }), letterStep({ body })), language };
    const order = {
      sequence,
      step: 1,
      contact: ANA,
      sender: JANE,
      earlier: [sentLetter({})],
      optOutUrl: OPT_OUT_URL,
    };
    const answer = writeLetter({ ...order, wasAbsent: false });
    if (answer.kind !== 'written') throw new Error(JSON.stringify(answer.findings));
    const speller = spellers.get(language) as Speller;
    const given = { letter: answer.letter, contact: ANA, sender: JANE, optOutUrl: OPT_OUT_URL, speller };
    expect(lintLetter(given)).toEqual([]);
  });
});

describe('a mistake', () => {
  const tried = MISTAKES.map((mistake) => ({
    mistake,
    letters: HONEST_LETTERS.flatMap((letter) => mistake.make(letter) ?? []),
  }));

  it('of every kind is tried in at least one letter, sixty kinds and five hundred letters in all', () => {
    expect(tried.filter(({ letters }) => letters.length === 0).map(({ mistake }) => mistake.name)).toEqual(
      [],
    );
    expect(MISTAKES.length).toBeGreaterThanOrEqual(55);
    expect(tried.flatMap(({ letters }) => letters).length).toBeGreaterThan(400);
  });

  it.each(tried.map((one) => [one.mistake.name, one] as const))(
    'is found by its own rule: %s',
    (_name, { mistake, letters }) => {
      const found = letters.filter((letter) => lint(letter).some(({ rule }) => rule === mistake.rule));
      const missed = letters.filter((letter) => !found.includes(letter)).map(({ subject }) => subject);
      expect(found.length / letters.length, `missed in ${missed.join(' · ')}`).toBeGreaterThanOrEqual(0.9);
    },
  );

  it('in a why that was taken from another letter is found, names and a word changed or not', () => {
    const missed = HONEST_LETTERS.flatMap((letter, at) => {
      const other = HONEST_LETTERS[(at + 1) % HONEST_LETTERS.length] as HonestLetter;
      const why = other.parts.why.replaceAll(other.contact.company ?? '', letter.contact.company ?? '');
      const copied = [why, `${why} ${letter.contact.firstName}.`].map((text) => ({
        ...letter,
        parts: { ...letter.parts, why: text },
      }));
      return copied.filter((one) => !lint(one).some(({ rule }) => rule === 'same-why'));
    });
    expect(missed.map(({ subject }) => subject)).toEqual([]);
  });
});
