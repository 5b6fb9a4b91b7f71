/**
 * Where JSON stops being JSON. `JSON.parse` says so for some mistakes only, and quotes the body; a person who typed a
 * request by hand wants the line and the column.
 */

export type JsonFault = { readonly line: number; readonly column: number; readonly expected: string };

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const BLANKS = /[ \t\n\r]*/y;

/** What may come next. `key` also ends an empty object, `first` an empty list. */
type Expecting = 'value' | 'first' | 'key' | 'next-key' | 'colon' | 'comma' | 'end';

const WORDS: Readonly<Record<Expecting, string>> = {
  value: 'a value',
  first: 'a value or "]"',
  key: 'a field name in double quotes or "}"',
  'next-key': 'a field name in double quotes (no comma after the last field)',
  colon: '":"',
  comma: '"," or the closing bracket',
  end: 'nothing more',
};

/** The first mistake, or `undefined` for sound JSON. One pass, no recursion: depth costs nothing. */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: string[] = [];
  let expecting: Expecting = 'value';
  let at = skip(BLANKS, text, 0);
  while (at < text.length) {
    const step = readOne(text, at, expecting, open);
    if (!step) return faultAt(text, at, expecting);
    expecting = step.expecting;
    at = skip(BLANKS, text, step.to);
  }
  return expecting === 'end' ? undefined : faultAt(text, at, expecting);
}

type Read = { readonly to: number; readonly expecting: Expecting } | undefined;

function readOne(text: string, at: number, expecting: Expecting, open: string[]): Read {
  const character = text.charAt(at);
  switch (expecting) {
    case 'value':
      return readValue(text, at, open);
    case 'first':
      return character === ']' ? close(at, open) : readValue(text, at, open);
    case 'key':
      return character === '}' ? close(at, open) : readKey(text, at);
    case 'next-key':
      return readKey(text, at);
    case 'colon':
      return character === ':' ? { to: at + 1, expecting: 'value' } : undefined;
    case 'comma': {
      const inside = open.at(-1);
      if (character === ',') return { to: at + 1, expecting: inside === '{' ? 'next-key' : 'value' };
      return character === (inside === '{' ? '}' : ']') ? close(at, open) : undefined;
    }
    default:
      return undefined;
  }
}

function readKey(text: string, at: number): Read {
  const to = stringEnd(text, at);
  return to > at ? { to, expecting: 'colon' } : undefined;
}

function readValue(text: string, at: number, open: string[]): Read {
  const character = text.charAt(at);
  if (character === '{' || character === '[') {
    open.push(character);
    return { to: at + 1, expecting: character === '{' ? 'key' : 'first' };
  }
  const to = Math.max(stringEnd(text, at), skip(NUMBER, text, at), skip(WORD, text, at));
  return to > at ? { to, expecting: after(open) } : undefined;
}

function close(at: number, open: string[]): Read {
  open.pop();
  return { to: at + 1, expecting: after(open) };
}

const after = (open: readonly string[]): Expecting => (open.length > 0 ? 'comma' : 'end');

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Where the string that begins at `at` ends; `at` itself if none does. RFC 8259 §7: no raw control characters. By
 * hand, because one pattern over a string of megabytes would fill the regex engine's stack.
 */
function stringEnd(text: string, at: number): number {
  if (text.charAt(at) !== '"') return at;
  let to = at + 1;
  while (to < text.length) {
    const character = text.charAt(to);
    if (character === '"') return to + 1;
    if (character < ' ') return at;
    const next = character === '\\' ? skip(ESCAPE, text, to) : to + 1;
    if (next === to) return at;
    to = next;
  }
  return at;
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function faultAt(text: string, at: number, expecting: Expecting): JsonFault {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, expected: WORDS[expecting] };
}
