/** What stands in the bytes of a mail that no reader could read. */
import { expect, it } from 'vitest';
import { namesInRaw } from '../../../shared/inbound/raw-names.ts';

const names = (raw: string): readonly string[] => namesInRaw(Buffer.from(raw));
/** What a mail program makes of words that are not ASCII. */
const base64 = (text: string): string =>
  (
    Buffer.from(text)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n');

it('addresses and ids, in order, once each, in lower case', () => {
  const raw = [
    'From: "Ana, S." <Ana@Ferragens.example>',
    'In-Reply-To: <0100019a-1@eu-west-1.amazonses.com>',
    '',
    'Write to ana@ferragens.example, or to bob@x.example.',
  ].join('\r\n');
  expect(names(raw)).toEqual([
    'ana@ferragens.example',
    '0100019a-1@eu-west-1.amazonses.com',
    'bob@x.example',
  ]);
});

it('those in a body of base64', () => {
  const words = base64(
    `给您参考。\n发件人: 安娜 <ana@ferragens.example>\n主题: 回复: 手动工具\n\n${'请寄价目表。'.repeat(9)}`,
  );
  expect(names(`From: jane@doe.example\r\nContent-Transfer-Encoding: base64\r\n\r\n${words}`)).toEqual([
    'jane@doe.example',
    'ana@ferragens.example',
  ]);
});

it.each([['@'], ['a@'], ['@b.example'], [' @ '], ['a @b.example'], ['']])('%j names nobody', (raw) => {
  expect(names(raw)).toEqual([]);
});

it.each([
  ['many', 'a@b.example '.repeat(20_000), 1],
  ['all different', Array.from({ length: 5_000 }, (_, n) => `a${n}@b.example`).join(' '), 50],
  ['endless local part', `${'a'.repeat(60_000)}@b.example`, 1],
  ['endless domain', `a@${'b'.repeat(60_000)}`, 1],
  ['nothing but at signs', '@'.repeat(65_536), 0],
  ['chained', 'a@'.repeat(30_000), 1],
])('%s: at most 50, each of bounded length', (_what, raw, count) => {
  const found = names(raw);
  expect(found).toHaveLength(count);
  for (const name of found) expect(name.length).toBeLessThanOrEqual(100 + 1 + 253);
});
