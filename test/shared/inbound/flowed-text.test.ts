/** The examples and rules of RFC 3676. */
import { expect, it } from 'vitest';
import { unflow } from '../../../shared/inbound/flowed-text.ts';

const flowed = (...lines: readonly string[]): string =>
  Buffer.from(unflow(Buffer.from(lines.join('\r\n')), false)).toString();

it.each([
  [
    'joins soft lines and keeps hard ones',
    ['Dear Lin, ', 'thank you.', 'Karen'],
    'Dear Lin, thank you.\nKaren',
  ],
  [
    'takes the stuffing off each line',
    ['He said ', ' From here', ' > no quote'],
    'He said From here\n> no quote',
  ],
  ['joins a quotation under one mark', ['> We sent ', '> samples.', 'Fine'], '> We sent samples.\nFine'],
  ['keeps an answer out of the quotation above it', ['> Which day? ', 'Monday'], '> Which day? \nMonday'],
  ['keeps depths of quotation apart', ['>> a ', '> b ', '> c'], '>> a \n> b c'],
  ['never joins the mark of a signature', ['Regards ', '-- ', 'Karen'], 'Regards \n-- \nKaren'],
  ['lets a blank line stand', ['+44 20 7946 0018 ', '', 'Call us'], '+44 20 7946 0018 \n\nCall us'],
])('%s', (_, lines, expected) => {
  expect(flowed(...lines)).toBe(expected);
});

it('takes away the blanks that fold a script without blanks', () => {
  const bytes = unflow(Buffer.from('你 \n好\n再见'), true);
  expect(Buffer.from(bytes).toString()).toBe('你好\n再见');
});
