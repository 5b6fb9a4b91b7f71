/** UTF-7 as RFC 2152 writes it, and as nobody should. */
import { expect, it } from 'vitest';
import { decodeUtf7 } from '../../../shared/inbound/utf7.ts';

it.each([
  ['Hi Mom -+Jjo--!', 'Hi Mom -\u263a-!'],
  ['A+ImIDkQ.', 'A\u2262\u0391.'],
  ['+ZeVnLIqe-', '\u65e5\u672c\u8a9e'],
  ['1 +- 1', '1 + 1'],
  ['an open run +AGE', 'an open run a'],
  ['half a unit +AA-', 'half a unit '],
  ['+', ''],
])('%s', (written, read) => {
  expect(decodeUtf7(Buffer.from(written))).toBe(read);
});

it('bytes that are no ASCII stay visible', () => {
  expect(decodeUtf7(Uint8Array.of(0x61, 0xe4))).toBe('a\ufffd');
});
