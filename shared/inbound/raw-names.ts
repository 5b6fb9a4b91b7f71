/**
 * The addresses and Message-IDs that stand anywhere in a mail's bytes. For a mail that killed its readers: nothing is
 * parsed here, every step is linear in the bytes, and what is found vouches for nothing.
 */

/** A mail that names more is a list; whoever wrote or answered stands in front. */
const NAMES_MAX = 50;
/** Of a local part: SES's ids are the longest that matter. */
const LOCAL_CHARS_MAX = 100;
/** RFC 1035 §2.3.4. */
const DOMAIN_CHARS_MAX = 253;
/** Lines of base64 as mail programs break them (RFC 2045 §6.8: 76 characters). */
const BASE64_LINE = /^[A-Za-z0-9+/]{56,76}={0,2}$/;

const LOCAL = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]/;
const DOMAIN = /[A-Za-z0-9.-]/;

/** As `local@domain` in lower case, in order, without repeats. */
export function namesInRaw(bytes: Uint8Array): readonly string[] {
  const raw = Buffer.from(bytes).toString('latin1');
  const names = new Set<string>();
  for (const text of [raw, decodedLines(raw)]) {
    for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      if (names.size === NAMES_MAX) return [...names];
      const name = nameAround(text, at);
      if (name) names.add(name.toLowerCase());
    }
  }
  return [...names];
}

function nameAround(text: string, at: number): string | undefined {
  let from = at;
  while (from > 0 && at - from < LOCAL_CHARS_MAX && LOCAL.test(text[from - 1] ?? '')) from -= 1;
  let to = at + 1;
  while (to - at <= DOMAIN_CHARS_MAX && DOMAIN.test(text[to] ?? '')) to += 1;
  // A sentence may end behind an address.
  while (text[to - 1] === '.') to -= 1;
  return from < at && to > at + 1 ? text.slice(from, to) : undefined;
}

/** Outlook, and programs that write Chinese, send the words of a forward in base64. */
const decodedLines = (raw: string): string =>
  raw
    .split(/\r?\n/)
    .filter((line) => BASE64_LINE.test(line))
    .map((line) => Buffer.from(line, 'base64').toString('latin1'))
    .join('');
