/** "My mail address has changed": the writer's own new address, which is no stand-in's. */
import { addressesIn } from './addresses.ts';
import { NEW_ADDRESS } from './lexicon/new-address-words.ts';
import { findFirst, fold } from './phrases.ts';
import type { Finding } from './reading.ts';

/** The address follows its words within a sentence or two. */
const AFTER_MAX = 160;

/** `ownAddresses` in lower case: the one he writes from is not new. */
export const findNewAddress = (
  text: string,
  ownAddresses: ReadonlySet<string>,
): Finding<string> | undefined => {
  const found = findFirst(fold(text), NEW_ADDRESS);
  if (!found) return undefined;
  const window = text.slice(found.end, found.end + AFTER_MAX);
  const match = addressesIn(window).find(({ address }) => !ownAddresses.has(address));
  if (!match) return undefined;
  const end = found.end + match.end;
  return {
    value: match.address.replace(/\.$/, ''),
    confidence: 0.8,
    evidence: [{ from: 'text', words: text.slice(found.start, end), start: found.start, end }],
  };
};
