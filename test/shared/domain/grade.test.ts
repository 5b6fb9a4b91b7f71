import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GradeFactors, gradeOf, type Rating } from '../../../shared/domain/grade.ts';

describe('a grade', () => {
  it.each<readonly [GradeFactors, string | undefined]>([
    [{ share: 5, effort: 1, risk: 1, value: 5 }, 'A'],
    [{ share: 5, effort: 3, risk: 2, value: 4 }, 'A'],
    [{ share: 4, effort: 3, risk: 3, value: 4 }, 'B'],
    [{ share: 3, effort: 3, risk: 3, value: 3 }, 'C'],
    [{ share: 1, effort: 5, risk: 5, value: 1 }, 'D'],
    // What is unknown is left out, not counted as bad.
    [{ share: 5, value: 5 }, 'A'],
    [{ share: 5, effort: 1 }, undefined],
    [{ value: 5, effort: 1 }, undefined],
    [{}, undefined],
  ])('of %j is %s', (factors, grade) => {
    expect(gradeOf(factors)).toBe(grade);
  });

  it('never falls when the share or the value grows, nor rises with effort or risk', () => {
    const rating = fc.constantFrom<Rating>(1, 2, 3, 4, 5);
    const factors = fc.record({ share: rating, effort: rating, risk: rating, value: rating });
    fc.assert(
      fc.property(
        factors,
        fc.constantFrom('share', 'effort', 'risk', 'value'),
        rating,
        (one, name, other) => {
          const [low, high] = [Math.min(one[name], other), Math.max(one[name], other)] as [Rating, Rating];
          const [less, more] = [gradeOf({ ...one, [name]: low }), gradeOf({ ...one, [name]: high })];
          const isGood = name === 'share' || name === 'value';
          expect(String(isGood ? more : less) <= String(isGood ? less : more)).toBe(true);
        },
      ),
    );
  });
});
