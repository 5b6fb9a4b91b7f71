// What is remembered is worked out once, and never grows without end.
import { expect, it } from 'vitest';
import { remembered, rememberedFor } from '../../../shared/domain/remembered.ts';

it('works an answer out once, also when it is nothing', () => {
  const asked: string[] = [];
  const of = remembered((key) => {
    asked.push(key);
    return key === 'none' ? undefined : key.length;
  });
  expect([of('a'), of('a'), of('none'), of('none')]).toEqual([1, 1, undefined, undefined]);
  expect(asked).toEqual(['a', 'none']);
});

it('keeps nothing that failed', () => {
  let tries = 0;
  const of = remembered(() => {
    tries += 1;
    throw new Error('no');
  });
  expect(() => of('a')).toThrow('no');
  expect(() => of('a')).toThrow('no');
  expect(tries).toBe(2);
});

it('tells two keys apart however they are cut', () => {
  const of = rememberedFor((one, other) => `${one}|${other}`);
  expect([of('a', 'bc'), of('ab', 'c'), of('a', 'bc')]).toEqual(['a|bc', 'ab|c', 'a|bc']);
});

it('forgets the oldest answers beyond its limit', () => {
  let made = 0;
  const of = remembered(() => ++made);
  for (let key = 0; key < 5_000; key++) of(String(key));
  expect(of('4999')).toBe(5_000);
  expect(of('0')).toBe(5_001);
});
