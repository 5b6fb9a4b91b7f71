/**
 * Addresses in a note that no phrase introduces ("Purchasing: Raj Patel (raj@…)", "Urgent orders: orders@…"). Whoever is
 * away and names another mailbox names it for one purpose: to be written to instead.
 */
import { addressesIn } from './addresses.ts';
import type { Lexicon } from './lexicon/lexicon.ts';
import { wordsOf } from './lexicon/phrase-lists.ts';
import type { StandInSpan } from './phones.ts';
import { fold } from './phrases.ts';
import type { Finding, Person } from './reading.ts';

const PEOPLE_MAX = 5;
/** Name, title and a bracket stand in front of an address. */
const BEFORE_MAX = 60;
const AFTER_MAX = 60;
/** From a closing line to an address in the signature below it. */
const SIGNATURE_MAX = 250;
const NAME_WORDS_MAX = 3;

const NAME_BEFORE =
  /((?:\p{Lu}[\p{L}\p{M}'’.-]{0,30}\s+){1,3}\p{Lu}[\p{L}\p{M}'’-]{1,30})[\s(<[,:–-]{1,4}(?:mailto:)?$/u;

/** A name of two capital words or more; one alone is more often the first word of a line. */
const nameBefore = (text: string, start: number): string | undefined => {
  const line = text.slice(Math.max(text.lastIndexOf('\n', start - 1) + 1, start - BEFORE_MAX), start);
  const words = NAME_BEFORE.exec(line.slice(line.lastIndexOf(':', line.length - 4) + 1))?.[1]?.split(/\s+/);
  return words?.slice(-NAME_WORDS_MAX).join(' ');
};

export type AddressesFound = {
  readonly people: readonly Finding<Person>[];
  readonly spans: readonly StandInSpan[];
};

/** `taken` are the addresses that belong to the writer, to us, or to somebody found already; all in lower case. */
export const findNamedAddresses = (
  text: string,
  lexicons: readonly Lexicon[],
  taken: ReadonlySet<string>,
): AddressesFound => {
  const people: Finding<Person>[] = [];
  const spans: StandInSpan[] = [];
  const seen = new Set(taken);
  const closings = new Set(wordsOf(lexicons, 'closing'));
  const isClosing = (line: string): boolean =>
    closings.has(
      fold(line)
        .replace(/[\s,.!]+$/, '')
        .trim(),
    );
  for (const { start, end: addressEnd, address } of addressesIn(text)) {
    if (people.length >= PEOPLE_MAX) break;
    if (seen.has(address)) continue;
    seen.add(address);
    const lineEnd = text.indexOf('\n', start);
    const end = Math.min(lineEnd < 0 ? text.length : lineEnd, addressEnd + AFTER_MAX);
    // Below "Kind regards" stands the writer's own second address, or the company's.
    const above = text
      .slice(Math.max(0, start - SIGNATURE_MAX), start)
      .split('\n')
      .slice(0, -1);
    if (above.some(isClosing)) continue;
    const name = nameBefore(text, start);
    spans.push({ start, end, role: 'stand-in', ...(name ? { name } : {}) });
    people.push({
      value: { role: 'stand-in', ...(name ? { name } : {}), address },
      evidence: [{ from: 'text', words: text.slice(start, addressEnd), start, end: addressEnd }],
      confidence: name ? 0.7 : 0.5,
    });
  }
  return { people, spans };
};
