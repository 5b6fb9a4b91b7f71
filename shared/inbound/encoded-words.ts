/** RFC 2047 encoded words (`=?utf-8?B?…?=`) and bytes of doubtful charset into text, in one pass. */

/** Making a decoder costs more than decoding a header with it. */
const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true });
const WESTERN = new TextDecoder('windows-1252');
/** Labels that the platform knows: some forty, with their aliases some two hundred. */
const DECODERS_MAX = 250;
const decoders = new Map<string, InstanceType<typeof TextDecoder>>();

/** `undefined` for a label that the platform does not know. */
export const decoderFor = (charset: string): InstanceType<typeof TextDecoder> | undefined => {
  try {
    return decoderOf(charset);
  } catch {
    return undefined;
  }
};

/** @throws RangeError for an unknown label. */
const decoderOf = (charset: string): InstanceType<typeof TextDecoder> => {
  const known = decoders.get(charset);
  if (known) return known;
  const decoder = new TextDecoder(charset);
  if (decoders.size < DECODERS_MAX) decoders.set(charset, decoder);
  return decoder;
};

/** Decodes by a charset's label; an unknown label or broken bytes fall back to what mail clients guess. */
export const decodeBytes = (bytes: Uint8Array, charset: string | undefined): string => {
  try {
    return STRICT_UTF8.decode(bytes);
  } catch {
    // Not UTF-8, so the label (or the web's default) has to be believed.
  }
  try {
    return charset ? decoderOf(charset).decode(bytes) : WESTERN.decode(bytes);
  } catch {
    return WESTERN.decode(bytes);
  }
};

type EncodedWord = { readonly charset: string; readonly bytes: Uint8Array; readonly end: number };

const decodeQ = (text: string): Uint8Array => {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    const hex = char === '=' ? Number.parseInt(text.slice(at + 1, at + 3), 16) : Number.NaN;
    if (!Number.isNaN(hex)) {
      bytes.push(hex);
      at += 2;
    } else bytes.push(char === '_' ? 0x20 : text.charCodeAt(at) & 0xff);
  }
  return Uint8Array.from(bytes);
};

const wordAt = (text: string, start: number): EncodedWord | undefined => {
  const charsetEnd = text.indexOf('?', start + 2);
  if (charsetEnd < 0 || charsetEnd - start > 60 || text[charsetEnd + 2] !== '?') return undefined;
  const encoding = text[charsetEnd + 1]?.toLowerCase();
  const bodyEnd = text.indexOf('?=', charsetEnd + 3);
  if (bodyEnd < 0 || (encoding !== 'b' && encoding !== 'q')) return undefined;
  const body = text.slice(charsetEnd + 3, bodyEnd);
  // RFC 2231 lets a language follow the charset: `utf-8*en`.
  const charset = text.slice(start + 2, charsetEnd).split('*')[0] ?? '';
  const bytes = encoding === 'b' ? Buffer.from(body, 'base64') : decodeQ(body);
  return { charset: charset.toLowerCase(), bytes, end: bodyEnd + 2 };
};

const decodeRun = (words: readonly EncodedWord[]): string => {
  // Many mailers cut a multi-byte character in two, so neighbours of one charset are joined as bytes first.
  const charset = words[0]?.charset;
  const bytes = Buffer.concat(words.map((word) => word.bytes));
  try {
    return decoderOf(charset ?? 'utf-8').decode(bytes);
  } catch {
    return decodeBytes(bytes, charset);
  }
};

/** Decodes every encoded word; white space between two of them disappears, as RFC 2047 §6.2 says. */
export const decodeWords = (text: string): string => {
  if (!text.includes('=?')) return text;
  let out = '';
  let run: EncodedWord[] = [];
  const flush = (): void => {
    if (run.length > 0) out += decodeRun(run);
    run = [];
  };
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf('=?', at);
    const word = start < 0 ? undefined : wordAt(text, start);
    const between = text.slice(at, start < 0 ? text.length : start);
    const glued = run.length > 0 && word !== undefined && between.trim() === '';
    if (!glued) {
      flush();
      out += between;
    } else if (run[0]?.charset !== word?.charset) flush();
    if (start < 0) break;
    if (word === undefined) {
      flush();
      out += '=?';
      at = start + 2;
    } else {
      run.push(word);
      at = word.end;
    }
  }
  flush();
  return out;
};
