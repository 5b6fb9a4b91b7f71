// Where JSON is broken: agrees with JSON.parse on what is JSON, and points to the place where it is not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault } from '../../../functions/api/json-fault.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('finding a fault', () => {
  it('finds none in anything that JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2, '\t'), (text, space) => {
        expect(findJsonFault(JSON.stringify(JSON.parse(text), null, space))).toBeUndefined();
      }),
    );
  });

  it('finds one exactly where JSON.parse finds one', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\u12"',
      '"\n"',
      '1',
      '-',
      '01',
      '1e5',
      'true',
      'nul',
      ' ',
      '\\',
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        expect(findJsonFault(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['{"a": 1,}', 1, 9, 'field name'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, '","'],
    ['[1, 2', 1, 6, 'closing bracket'],
    ['{"a": undefined}', 1, 7, 'a value'],
    ['{} x', 1, 4, 'nothing more'],
    ['{"a" 1}', 1, 6, '":"'],
  ])('points into %j', (text, line, column, expected) => {
    expect(findJsonFault(text)).toMatchObject({ line, column, expected: expect.stringContaining(expected) });
  });

  it('takes a deep nest and a string of megabytes in its stride', () => {
    expect(findJsonFault('['.repeat(200_000))).toMatchObject({ line: 1, column: 200_001 });
    expect(findJsonFault(`{"a": "${'x\\n'.repeat(1_000_000)}"`)).toMatchObject({ line: 1 });
  });
});
