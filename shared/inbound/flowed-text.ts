/**
 * `format=flowed` (RFC 3676), which Thunderbird and others write: a blank at a line's end says that the paragraph goes
 * on. By the RFC's rule for quotations too, so that an answer below a quoted line never becomes a part of it.
 */
import { bufferOf } from './mail-headers.ts';

const GREATER = 0x3e;
const BLANK = 0x20;

/** RFC 3676 §4.3: this line is never flowed. */
const SIGNATURE_MARK = '-- ';

const quoteDepth = (line: string): number => {
  let depth = 0;
  while (line.charCodeAt(depth) === GREATER) depth++;
  return depth;
};

/**
 * Paragraphs on one line each, blanks of stuffing gone (§4.4). On bytes, before the charset is decoded. `isBlankless`
 * is `delsp=yes`: the blank at a soft line end was put there to fold text of a script without blanks.
 */
export const unflow = (bytes: Uint8Array, isBlankless: boolean): Uint8Array => {
  const out: string[] = [];
  // Pieces of the paragraph that is open; one string that grows would be copied again and again.
  let open: string[] = [];
  let openDepth = 0;
  let isSoft = false;
  for (const ended of bufferOf(bytes).toString('latin1').split('\n')) {
    const line = ended.endsWith('\r') ? ended.slice(0, -1) : ended;
    const depth = quoteDepth(line);
    const start = line.charCodeAt(depth) === BLANK ? depth + 1 : depth;
    const words = line.slice(start);
    // An empty line behind a blank that somebody left there was meant to be seen.
    if (!isSoft || depth !== openDepth || words === '' || words === SIGNATURE_MARK) {
      if (open.length > 0) out.push(open.join(''));
      open = [depth === 0 ? words : line];
      openDepth = depth;
    } else open.push(words);
    isSoft = words.endsWith(' ') && words !== SIGNATURE_MARK;
    if (isSoft && isBlankless) open.push((open.pop() as string).slice(0, -1));
  }
  const last = open.join('');
  return Buffer.from((last === '' ? out : [...out, last]).join('\n'), 'latin1');
};
