/**
 * The letters that a call brings for single contacts: read with the eyes of a template, rendered, and frozen. From
 * then on neither the sequence's next version nor the contact's data changes them.
 */
import type { ContactInput } from './api/contacts.ts';
import { textFaults } from './check-templates.ts';
import type { ContactFault } from './complete-contact.ts';
import type { Contact } from './domain/contact.ts';
import type { FrozenLetter } from './domain/letter/letter-text.ts';
import { freezeLetter } from './domain/letter/write-letter.ts';
import type { Sender } from './domain/sender.ts';
import type { Sequence } from './domain/sequence.ts';

export type OwnLetters = {
  readonly steps: Readonly<Record<string, FrozenLetter>>;
  readonly faults: readonly ContactFault[];
};

/** `undefined` where the call brings none; that leaves alone what an earlier call brought. */
export function freezeOwnLetters(
  given: ContactInput['letters'],
  order: { readonly sequence: Sequence; readonly sender: Sender; readonly contact: Contact },
): OwnLetters | undefined {
  if (given === undefined) return undefined;
  const answers = Object.entries(given).map(([key, letter]) => {
    const pointer = `/letters/${key}`;
    const step = Number(key);
    if (order.sequence.steps[step]?.kind !== 'letter') {
      const detail = `Step ${key} of the sequence is no letter: number the steps from 0, tasks included.`;
      return { key, faults: [letterFault(pointer, detail)] };
    }
    const broken = textFaults(letter, pointer);
    if (broken.length > 0) return { key, faults: broken.map((one) => letterFault(one.pointer, one.detail)) };
    const frozen = freezeLetter({ ...order, step }, letter);
    if (frozen.kind === 'frozen') return { key, letter: frozen.letter, faults: [] };
    return {
      key,
      faults: frozen.findings.map(({ part, fix }) => letterFault(`${pointer}/${part}`, fix)),
    };
  });
  return {
    steps: Object.fromEntries(answers.flatMap(({ key, letter }) => (letter ? [[key, letter]] : []))),
    faults: answers.flatMap(({ faults }) => faults),
  };
}

const letterFault = (pointer: string, detail: string): ContactFault => ({
  pointer,
  reason: 'letter',
  detail,
});
