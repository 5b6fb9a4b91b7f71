/** UTF-7 (RFC 2152): no platform decodes it any more, but old mails and attackers still write it. Linear. */
import { bufferOf } from './mail-headers.ts';

const PLUS = 0x2b;
const MINUS = 0x2d;

const isBase64 = (code: number): boolean =>
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x2f && code <= 0x39) ||
  code === PLUS;

const unitsOf = (base64: string): string => {
  const bytes = Buffer.from(base64, 'base64');
  let units = '';
  for (let at = 0; at + 1 < bytes.length; at += 2)
    units += String.fromCharCode(((bytes[at] as number) << 8) | (bytes[at + 1] as number));
  return units;
};

/** Broken runs give what can be read of them. */
export const decodeUtf7 = (bytes: Uint8Array): string => {
  const text = bufferOf(bytes)
    .toString('latin1')
    .replace(/[\x80-\xff]/g, '\ufffd');
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const plus = text.indexOf('+', at);
    pieces.push(text.slice(at, plus < 0 ? text.length : plus));
    if (plus < 0) break;
    let end = plus + 1;
    while (end < text.length && isBase64(text.charCodeAt(end))) end++;
    const isClosed = text.charCodeAt(end) === MINUS;
    // `+-` is the plus sign itself.
    pieces.push(end === plus + 1 && isClosed ? '+' : unitsOf(text.slice(plus + 1, end)));
    at = isClosed ? end + 1 : end;
  }
  return pieces.join('');
};
