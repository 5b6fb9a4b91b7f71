/**
 * Bytes of a spreadsheet become text: UTF-8 with or without its mark, UTF-16 as Excel's "Unicode text" writes it, GB18030
 * (GBK, GB2312) as Excel in China writes CSV, and Windows-1252 as Excel in Europe does.
 */
import iconv from 'iconv-lite';

export const ENCODINGS = ['utf8', 'utf16le', 'utf16be', 'gb18030', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** What the choice of an encoding looks at: the first row may be ASCII where the first name is not. */
const LOOKED_AT_BYTES = 1024 * 1024;

/** Reads piece by piece, without holding more than one; the byte order mark is left out. */
export async function* decodeText(
  pieces: AsyncIterable<Uint8Array>,
  told: (encoding: Encoding) => void = () => {},
): AsyncGenerator<string> {
  let decoder: { write(bytes: Buffer): string; end(): string | undefined } | undefined;
  for await (const piece of pieces) {
    if (!decoder) {
      const encoding = detectEncoding(piece);
      told(encoding);
      decoder = iconv.getDecoder(encoding, { stripBOM: true });
    }
    yield decoder.write(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
  }
  const rest = decoder?.end();
  if (rest) yield rest;
}

/** A whole small file as the pieces that `decodeText` reads. */
export async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** `first`: the beginning of the file; more of it makes the guess better, up to 1 MB. */
export function detectEncoding(first: Uint8Array): Encoding {
  const bytes = first.subarray(0, LOOKED_AT_BYTES);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf16be';
  const nulls = [0, 0];
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0) nulls[at % 2] = (nulls[at % 2] ?? 0) + 1;
  // ASCII in UTF-16 is every other byte a zero; no text of one byte a character has any.
  const [even = 0, odd = 0] = nulls;
  if (even + odd > bytes.length / 8) return odd > even ? 'utf16le' : 'utf16be';
  if (isUtf8(bytes)) return 'utf8';
  return isMostlyPairs(bytes) ? 'gb18030' : 'windows-1252';
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    // `stream`: the piece may end inside a character.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * GBK writes a Chinese character as two high bytes, so they come in runs of two and more; the accents of Windows-1252
 * stand alone between ASCII letters. "ü" and an "l" are a GBK pair too, which is why counting decoding errors is no test.
 */
function isMostlyPairs(bytes: Uint8Array): boolean {
  let alone = 0;
  let paired = 0;
  let run = 0;
  for (let at = 0; at <= bytes.length; at++) {
    const isHigh = at < bytes.length && (bytes[at] ?? 0) >= 0x81;
    if (isHigh) {
      run += 1;
      continue;
    }
    if (run === 1) alone += 1;
    else paired += run;
    run = 0;
  }
  return paired > alone;
}
