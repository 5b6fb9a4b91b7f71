/**
 * The letters of all contacts of one call, written and judged together: a why can only be compared with the other
 * companies' whys, and a warning that all letters share is one question, not a thousand.
 */
import {
  type DraftLetter,
  languagesOf,
  lintDrafts,
  type StepFault,
  whysOf,
  writeLetters,
} from './check-letters.ts';
import type { Contact } from './domain/contact.ts';
import type { ContactId } from './domain/ids.ts';
import { fingerprintOf } from './domain/letter/finding.ts';
import type { FrozenLetter } from './domain/letter/letter-text.ts';
import type { Speller } from './domain/letter/lint/rule.ts';
import { makeWhyBook, type WhyBook } from './domain/letter/lint/why-book.ts';
import type { SlotsByWish } from './domain/letter/slot-marker.ts';
import type { Sender } from './domain/sender.ts';
import type { Sequence } from './domain/sequence.ts';
import { loadSpeller } from './spelling.ts';

export type Addressee = {
  readonly contact: Contact;
  /** Written for this contact, by step. */
  readonly own?: Readonly<Record<string, FrozenLetter>>;
  /** The meeting hours that would be offered now. */
  readonly slots?: SlotsByWish;
};

/** What the lint would rather not see in a letter: asked about once, whatever the number of contacts. */
export type LetterWarning = {
  readonly fingerprint: string;
  readonly fault: StepFault;
  /** The first contact's place among those given. */
  readonly index: number;
  readonly contactId: ContactId;
  readonly contactCount: number;
};

export type Judged = {
  readonly drafts: readonly DraftLetter[];
  readonly faults: readonly StepFault[];
};
export type Bench = {
  readonly whys: WhyBook;
  readonly spellers: ReadonlyMap<string, Speller>;
};

type Parts = { readonly sequence: Sequence; readonly sender: Sender; readonly optOutUrl?: string };

/** One answer for each addressee, in their order. `others` are in the campaign already and only compared with. */
export async function judgeLetters(
  addressees: readonly Addressee[],
  parts: Parts,
  others: readonly Addressee[] = [],
): Promise<{ readonly judged: readonly Judged[]; readonly bench: Bench }> {
  const write = (one: Addressee): readonly DraftLetter[] => writeLetters({ ...parts, ...one });
  const drafts = addressees.map(write);
  const whys = makeWhyBook([
    ...addressees.flatMap(({ contact }, at) => whysOf(contact, drafts[at] ?? [])),
    ...others.flatMap((other) => whysOf(other.contact, write(other))),
  ]);
  const spellers = new Map<string, Speller>();
  for (const language of new Set(drafts.flatMap(languagesOf))) {
    spellers.set(language, await loadSpeller(language, parts.sequence.glossary));
  }
  const bench = { whys, spellers };
  const judged = addressees.map(({ contact }, at) => {
    const own = drafts[at] ?? [];
    return { drafts: own, faults: lintDrafts(own, { ...parts, ...bench, contact }) };
  });
  return { judged, bench };
}

/** Each warning once, at the first contact that has it. */
export function warningsOf(
  faulty: readonly {
    readonly index: number;
    readonly contactId: ContactId;
    readonly faults: readonly StepFault[];
  }[],
): readonly LetterWarning[] {
  const found = new Map<string, LetterWarning>();
  for (const { index, contactId, faults } of faulty) {
    for (const fault of faults.filter(({ finding }) => finding.severity === 'warning')) {
      const fingerprint = fingerprintOf(fault.finding);
      const known = found.get(fingerprint);
      const count = (known?.contactCount ?? 0) + 1;
      found.set(fingerprint, { ...(known ?? { fingerprint, fault, index, contactId }), contactCount: count });
    }
  }
  return [...found.values()];
}
