/** Single rules: the seeds' own letter as it was typed, what each rule must leave alone, and the law by country. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../../../../shared/domain/letter/finding.ts';
import { LINT_RULES } from '../../../../../shared/domain/letter/lint/registry.ts';
import type { Speller } from '../../../../../shared/domain/letter/lint/rule.ts';
import { makeWhyBook } from '../../../../../shared/domain/letter/lint/why-book.ts';
import { lintLetter } from '../../../../../shared/domain/letter/lint-letter.ts';
import type { WrittenLetter } from '../../../../../shared/domain/letter/written-letter.ts';
import { loadSpeller, SPELLING_LANGUAGES } from '../../../../../shared/spelling.ts';
import { ANA, JANE, OPT_OUT_URL } from '../people.ts';

const below = `${JANE.postalAddress}\n${OPT_OUT_URL}`;
const letter = (body: string, over: Partial<WrittenLetter> = {}): WrittenLetter => ({
  subject: 'Tableware for your shops',
  text: `${body}\n${below}`,
  body,
  signature: JANE.name,
  optOut: { sentence: 'No more?', url: OPT_OUT_URL },
  language: 'en',
  isFollowUp: false,
  ...over,
});
let speller: Speller;
beforeAll(async () => {
  speller = await loadSpeller('en', ['Kilnmate']);
}, 120_000);

const found = (body: string, over: Partial<WrittenLetter> = {}) =>
  lintLetter({ letter: letter(body, over), contact: ANA, sender: JANE, optOutUrl: OPT_OUT_URL, speller });
const rules = (body: string, over: Partial<WrittenLetter> = {}) => found(body, over).map(({ rule }) => rule);

/** Practice 000, letter by letter. */
const SEEDS =
  'I know you may be too busy to get back to me lately, but l believe your company are definitely interested in working together. The category is currently growing at a YoY growth rate of 300%, and the cooperation with us could help your company expand your local market share. Hopefully l can schedule a zoom meeting or a call with you next week to see if you are available next Tuesday at 11am?';

describe("the seeds' follow-up as it was typed", () => {
  it('is caught at each of its slips, and at nothing else', () => {
    expect(found(SEEDS, { isFollowUp: true }).map(({ rule, words }) => [rule, words])).toEqual([
      ['lower-case-i', 'but l believe'],
      ['lower-case-i', 'Hopefully l can'],
      ['agreement', 'your company are'],
      ['unsourced-figure', '300%'],
    ]);
  });
});

describe('a rule leaves alone', () => {
  it.each([
    ['units and codes', 'Ours hold 5 l, weigh 390 g and carry 5,400 Pa at IP67, FOB NINGBO.'],
    ['brands in capitals', 'Your DEWALT and BOSCH stands are next to MAKITA.'],
    ['a brand of the glossary', 'Our kilnmate kilns are small.'],
    ['names in lower case', 'See acme.example and doe.example, or write to ana@acme.example.'],
    ['sizes', 'Sizes XS to XXL in stock.'],
    ['both spellings', 'The colour of the catalogue is the color of the catalog.'],
    ["a product's own figure", 'The efficiency is 98.6 %, and we offer a discount of 5 %.'],
    ['a figure with its source', 'According to Eurostat demand grew by 12 % last year.'],
    [
      'a subject behind another word',
      'What do your company policies say? The people of your company have shown it to us.',
    ],
    [
      'articles by sound',
      'An hour, a unit, a European norm, an honest offer, a one-year warranty, an 18V tool, an MBA, a useful thing, an urn, an upper part.',
    ],
    ['doubled words that are meant', 'I know that that had had its reasons.'],
    ['an ellipsis', 'And so on... Shall we talk?'],
    ['quotes, lists and links', '- see [our catalogue](https://doe.example/catalogue)\n- or **ask me**'],
    ['contractions and genitives', "It isn't your company's fault; we've seen the team’s work."],
    ['subjunctives', 'Could it have helped? Did it do what it had to?'],
    ['i.e. and lists', 'Three sizes, i.e. small, middle and large: (i) one, (ii) two.'],
  ])('%s', (_what, body) => {
    expect(found(body)).toEqual([]);
  });
});

describe('the law', () => {
  const law = (country: string, lawfulBasis?: string) => {
    const contact = { ...ANA, country, ...(lawfulBasis === undefined ? {} : { lawfulBasis }) };
    const findings = lintLetter({
      letter: letter('Dear Ana,'),
      contact,
      sender: JANE,
      optOutUrl: OPT_OUT_URL,
    });
    return findings.filter(({ rule }) => rule === 'lawful-basis');
  };

  it.each([
    ['DE', /UWG §7/],
    ['AT', /TKG 2021 §174/],
    ['CA', /CASL/],
    ['IT', /Codice privacy.*130/],
    ['PL', /komunikacji elektronicznej/],
  ])('of %s is cited where no basis is recorded, as a warning', (country, cited) => {
    expect(law(country)).toMatchObject([{ severity: 'warning', words: country }]);
    expect(law(country)[0]?.fix).toMatch(cited);
    expect(law(country, ' ')).toHaveLength(1);
    expect(law(country, 'customer since 2024')).toEqual([]);
  });

  it.each(['PT', 'US', 'CN', 'FR'])('of %s asks for none', (country) => {
    expect(law(country)).toEqual([]);
  });
});

describe('a why', () => {
  const other = {
    ...ANA,
    company: 'Beta Lda',
    companyDomain: 'beta.example',
    firstName: 'Eva',
    city: 'Braga',
  };
  const WHY =
    'Your new shop in Porto repairs bikes while people wait, and Acme has three mechanics for two stands.';
  const twin = (mine: string, theirs: string) =>
    makeWhyBook([{ contact: other, why: theirs }]).twinOf(ANA, mine);

  it.each([
    ['word for word', WHY, WHY],
    ['with the names changed', WHY, WHY.replace('Acme', 'Beta').replace('Porto', 'Braga')],
    ['with other blanks and capitals', WHY, WHY.toUpperCase().replaceAll(' ', '  ')],
    [
      'in Chinese',
      '看到贵司三月份在宝安新开了维修门店，顾客可以坐等电动车修好',
      '看到贵司三月份在宝安新开了维修门店，顾客可以坐等电动车修好了',
    ],
    ['of three words', 'You sell plates.', 'You sell plates!'],
  ])('that is the same %s is found', (_what, mine, theirs) => {
    expect(twin(mine, theirs)).toBe('Beta Lda');
  });

  it('that shares less than four fifths is its own', () => {
    expect(
      twin(
        WHY,
        'Your new shop in Braga repairs bikes at night, and Beta has three mechanics for two stands.',
      ),
    ).toBeUndefined();
    expect(twin('You sell plates.', 'You sell cups.')).toBeUndefined();
  });

  it('may be the same for a colleague of the same company', () => {
    const colleague = { ...ANA, firstName: 'Rui', address: 'rui@acme.example' };
    expect(makeWhyBook([{ contact: colleague, why: WHY }]).twinOf(ANA, WHY)).toBeUndefined();
  });
});

describe('the registry', () => {
  it('names every rule once, errors before warnings', () => {
    const names = LINT_RULES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const severities = LINT_RULES.map(({ severity }) => severity);
    expect(severities.lastIndexOf('error')).toBeLessThan(severities.indexOf('warning'));
  });

  it('never throws, whatever the letter is made of, and names at most eighty characters each', () => {
    const words = fc.constantFrom(
      'Dear ',
      'l ',
      'your company are ',
      '!!',
      '300% growth ',
      '[x',
      '](',
      '**',
      '{{',
      'http://',
      '\n',
      '。',
      '🙂',
      'AAAA ',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words, { maxLength: 60 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, text, fc.constantFrom('en', 'zh', 'de', 'x'), (subject, body, language) => {
        const findings = found(body, { subject, language });
        expect(findings.every((finding) => [...finding.words].length <= 80)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes an endless letter in its stride', () => {
    for (const piece of ['a ', 'l a ', 'AAAA ', 'http://a', '!', 'x-', '。', '1%', 'a.b', '[', '**', 'a@']) {
      expect(rules(piece.repeat(60_000))).toContain('too-long');
    }
  }, 60_000);

  it('gives the same words of the same rule one fingerprint', () => {
    const [one] = found('Great!!!');
    const [two] = found('Better!!! Nothing else.');
    expect(fingerprintOf(one ?? { rule: '', words: '' })).toBe(fingerprintOf(two ?? { rule: '', words: '' }));
    expect(fingerprintOf({ rule: 'a', words: 'b' })).not.toBe(fingerprintOf({ rule: 'a', words: 'c' }));
  });
});

describe('spelling', () => {
  it('is skipped where nobody looks, and where there is no dictionary', async () => {
    expect(SPELLING_LANGUAGES).toEqual(['en', 'es']);
    expect(await loadSpeller('fi')).toEqual({ kind: 'no-dictionary' });
    expect(await loadSpeller('no tag at all')).toEqual({ kind: 'no-dictionary' });
    const given = { letter: letter('Wir recieve it.'), contact: ANA, sender: JANE, optOutUrl: OPT_OUT_URL };
    expect(lintLetter(given)).toEqual([]);
    expect(lintLetter({ ...given, speller: { kind: 'no-dictionary' } })).toEqual([]);
    expect(lintLetter({ ...given, speller })).toMatchObject([{ rule: 'spelling', words: 'recieve' }]);
  });
});
