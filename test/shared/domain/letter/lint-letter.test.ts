/** What the lint refuses, and the honest letters that it must let go. */
import { describe, expect, it } from 'vitest';
import { hasErrors } from '../../../../shared/domain/letter/finding.ts';
import { lintLetter } from '../../../../shared/domain/letter/lint-letter.ts';
import { findStrangerGreeted } from '../../../../shared/domain/letter/salutation.ts';
import { writeLetter } from '../../../../shared/domain/letter/write-letter.ts';
import type { WrittenLetter } from '../../../../shared/domain/letter/written-letter.ts';
import { ANA, JANE, letterStep, OPT_OUT_URL, sequenceOf } from './people.ts';

function letterWith(subject: string, body: string): WrittenLetter {
  const sequence = sequenceOf(letterStep({ subject, body: `{% raw %}${body}{% endraw %}` }));
  const answer = writeLetter({
    sequence,
    step: 0,
    contact: ANA,
    sender: JANE,
    earlier: [],
    wasAbsent: false,
    optOutUrl: OPT_OUT_URL,
  });
  if (answer.kind !== 'written') throw new Error(JSON.stringify(answer.findings));
  return answer.letter;
}
const lint = (letter: WrittenLetter, sender = JANE, optOutUrl = OPT_OUT_URL) =>
  lintLetter({ letter, contact: ANA, sender, optOutUrl });
const rules = (subject: string, body: string) =>
  lint(letterWith(subject, body)).map((finding) => finding.rule);

describe('the lint refuses', () => {
  it.each([
    ['Hello', 'Dear [Name],\nx', 'placeholder', '[Name]'],
    ['Hello [Company]', 'Dear Ana,', 'placeholder', '[Company]'],
    ['Hello', 'The price is TBD.', 'placeholder', 'TBD'],
    ['Hello', 'We make XXX and plates.', 'placeholder', 'XXX'],
    ['Hello', 'Dear {{ contact.firstName }},', 'placeholder', '{{'],
    ['Hello', '我们来自[公司名]', 'placeholder', '[公司名]'],
  ])('%s / %s', (subject, body, rule, words) => {
    const findings = lint(letterWith(subject, body));
    expect(findings).toContainEqual(expect.objectContaining({ rule, words, severity: 'error' }));
    expect(hasErrors(findings)).toBe(true);
  });

  it('an empty subject, an empty thread subject and an empty body', () => {
    expect(rules('', 'Dear Ana,')).toEqual(['empty-subject']);
    expect(rules('Re: ', 'Dear Ana,')).toEqual(['empty-subject']);
    expect(rules('Hello', '')).toEqual(['empty-body']);
  });

  it('a subject that no client shows', () => {
    expect(rules('x'.repeat(300), 'Dear Ana,')).toContain('too-long');
  });

  it('a letter without a postal address or a way out', () => {
    const letter = letterWith('Hello', 'Dear Ana,');
    expect(lint(letter, { ...JANE, postalAddress: ' ' })).toMatchObject([{ rule: 'no-postal-address' }]);
    expect(lint(letter, JANE, 'https://other.example/u/x')).toMatchObject([{ rule: 'no-opt-out' }]);
    expect(lint({ ...letter, text: letter.body })).toMatchObject([
      { rule: 'no-postal-address' },
      { rule: 'no-opt-out' },
    ]);
  });
});

describe('the lint lets go', () => {
  it.each([
    'Dear Ana,\n\nSee [our catalogue](https://doe.example) and note [1].',
    'Dear Ana,\n\nSizes from S to XXXL, in xxl boxes, at a 3.5 % discount.',
    'Dear Ana,\n\nArray[0] of plates.',
  ])('%s', (body) => {
    expect(rules('Hello', body)).toEqual([]);
  });
});

describe('a greeting of somebody else', () => {
  it.each([
    ['Dear Mr Müller,', 'Müller'],
    ['Hi Bob,', 'Bob'],
    ['Sehr geehrter Herr Dr. Schmidt,', 'Schmidt'],
    ['Bonjour Pierre,', 'Pierre'],
    ['Estimado Sr. García:', 'García'],
    ['Olá João!', 'João'],
    ['Dear Robert', 'Robert'],
  ])('%s', (line, name) => {
    expect(findStrangerGreeted(`${line}\n\nText`, ANA)).toBe(name);
  });

  it.each([
    'Dear Ana,',
    'Dear Ms Silva,',
    'Dear Ana Silva, dear Bob Jones,',
    'DEAR ANA,',
    'Dear Buyer,',
    'Dear Acme Team,',
    'Dear Sir or Madam,',
    'Sehr geehrte Damen und Herren,',
    'Hello,',
    'Hello there,',
    'Hello I am Jane from Doe.',
    'Hi, Jane here.',
    'Bonjour,',
    'Good morning Ana!',
    'Уважаемая Анна,',
    '尊敬的王先生：',
    'Our plates are white.',
    'Dearest Bob',
    '',
  ])('is not what this is: %j', (line) => {
    expect(findStrangerGreeted(`${line}\n\nText`, ANA)).toBeUndefined();
  });

  it.each([
    [{ firstName: 'Jörg', lastName: 'Müller' }, 'Dear Mr Mueller,', undefined],
    [{ firstName: 'Christina', lastName: 'Ek' }, 'Hi Chris,', undefined],
    [{ firstName: 'Mark', lastName: 'Ek' }, 'Hi Maria,', 'Maria'],
    [{ firstName: '伟', lastName: '王' }, '尊敬的王先生：', undefined],
    [{ firstName: '伟', lastName: '王' }, '尊敬的李女士：', '李'],
    [{ firstName: '伟', lastName: '王' }, '李总，您好', '李'],
    [{ firstName: '伟', lastName: '王' }, '您好：', undefined],
    [{ firstName: '伟', lastName: '王' }, '尊敬的客户：', undefined],
    [{ firstName: '伟', lastName: '王' }, '我们的产品：', undefined],
    [{ firstName: '伟', lastName: '王' }, '采购经理，您好', undefined],
    [{ firstName: '伟', lastName: '王' }, '亲爱的张丽，', '张丽'],
    [{ firstName: 'Иван', lastName: 'Петров' }, 'Уважаемый Сергей,', 'Сергей'],
  ])('%j and %s', (name, line, stranger) => {
    expect(findStrangerGreeted(line, { ...ANA, ...name })).toBe(stranger);
  });

  it('is never found where the contact has no name', () => {
    const { firstName: _, lastName: __, ...nameless } = ANA;
    expect(findStrangerGreeted('Dear Bob,', nameless)).toBeUndefined();
  });
});
