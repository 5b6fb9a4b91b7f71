import { expect, it } from 'vitest';
import { addressesIn } from '../../../shared/inbound/addresses.ts';

it.each([
  ['write to Raj.Patel@b.example or c@d.co.uk.', ['raj.patel@b.example', 'c@d.co.uk']],
  ['请联系王伟wangwei@lvyuan.example，谢谢', ['请联系王伟wangwei@lvyuan.example']],
  ['<m.müller@gärten.example>', ['m.müller@gärten.example']],
  ['a@b, @c.example, d@', []],
  ['a@b.example@c.example', ['a@b.example']],
  [`${'x'.repeat(70)}@b.example`, [`${'x'.repeat(64)}@b.example`]],
])('%s', (text, addresses) => {
  const found = addressesIn(text);
  expect(found.map(({ address }) => address)).toEqual(addresses);
  expect(found.map(({ start, end }) => text.slice(start, end).toLowerCase())).toEqual(addresses);
});
