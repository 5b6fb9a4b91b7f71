/** A hundred and more good letters in six languages, as four trades write them: no error, and hardly a warning. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { LetterFinding } from '../../../../../shared/domain/letter/finding.ts';
import type { Speller } from '../../../../../shared/domain/letter/lint/rule.ts';
import { makeWhyBook } from '../../../../../shared/domain/letter/lint/why-book.ts';
import { lintLetter } from '../../../../../shared/domain/letter/lint-letter.ts';
import { writeLetter } from '../../../../../shared/domain/letter/write-letter.ts';
import { loadSpeller } from '../../../../../shared/spelling.ts';
import { JANE, letterStep, OPT_OUT_URL, sequenceOf } from '../people.ts';
import { HONEST_LETTERS, type HonestLetter } from './honest-letters.ts';
import { TRADE_LETTERS_EN_ZH } from './trade-letters-en-zh.ts';
import { TRADE_LETTERS_ES_DE } from './trade-letters-es-de.ts';
import { TRADE_LETTERS_FR_PT } from './trade-letters-fr-pt.ts';

const LETTERS: readonly HonestLetter[] = [
  ...HONEST_LETTERS,
  ...TRADE_LETTERS_EN_ZH,
  ...TRADE_LETTERS_ES_DE,
  ...TRADE_LETTERS_FR_PT,
];
const WARNINGS_MAX = 0.3;

const spellers = new Map<string, Speller>();
beforeAll(async () => {
  for (const { language } of LETTERS)
    if (!spellers.has(language)) spellers.set(language, await loadSpeller(language));
}, 120_000);

const WHYS = makeWhyBook(LETTERS.map(({ contact, parts }) => ({ contact, why: parts.why })));

function lint({ language, contact, subject, parts }: HonestLetter): readonly LetterFinding[] {
  const { body: _whole, ...step } = letterStep({});
  const sequence = { ...sequenceOf({ ...step, subject: 'x', ...parts }), language };
  const own = { subject, ...parts, language };
  const order = {
    sequence,
    step: 0,
    contact,
    sender: JANE,
    earlier: [],
    wasAbsent: false,
    optOutUrl: OPT_OUT_URL,
    own,
  };
  const answer = writeLetter(order);
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

describe('a hundred good letters', () => {
  it('are a hundred and more, in six languages', () => {
    expect(LETTERS.length).toBeGreaterThanOrEqual(100);
    const languages = new Set(LETTERS.map(({ language }) => language.split('-')[0]));
    expect([...languages]).toEqual(expect.arrayContaining(['en', 'zh', 'es', 'de', 'fr', 'pt']));
  });

  it('have no error, and at most 0.3 warnings each', () => {
    const found = LETTERS.map((letter) => ({ subject: letter.subject, findings: lint(letter) }));
    const worded = (severity: string): readonly string[] =>
      found.flatMap(({ subject, findings }) =>
        findings
          .filter((one) => one.severity === severity)
          .map((one) => `${subject}: ${one.rule} ${one.words}`),
      );
    expect(worded('error')).toEqual([]);
    expect(worded('warning').length / LETTERS.length, worded('warning').join('\n')).toBeLessThanOrEqual(
      WARNINGS_MAX,
    );
  });
});
