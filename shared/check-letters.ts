/**
 * Every letter of a sequence written and linted for one contact, before anything is saved: a launch that goes through
 * is a launch whose letters can all be written. The preview shows the very same letters.
 */
import type { Contact } from './domain/contact.ts';
import { type CampaignId, type EnrollmentId, enrollmentIdOf } from './domain/ids.ts';
import type { LetterFinding } from './domain/letter/finding.ts';
import type { FrozenLetter, LetterContext } from './domain/letter/letter-text.ts';
import type { Speller } from './domain/letter/lint/rule.ts';
import type { WhyBook } from './domain/letter/lint/why-book.ts';
import { lintLetter } from './domain/letter/lint-letter.ts';
import type { SlotsByWish } from './domain/letter/slot-marker.ts';
import { type WrittenOrNot, writeLetter } from './domain/letter/write-letter.ts';
import type { WrittenLetter } from './domain/letter/written-letter.ts';
import { letterMessageId, type OutgoingMessage } from './domain/message.ts';
import type { Sender } from './domain/sender.ts';
import type { LetterStep, Sequence } from './domain/sequence.ts';

export type StepFault = { readonly step: number; readonly finding: LetterFinding };

/** One letter as it would go out if it were due now, or why it cannot be written. */
export type DraftLetter = {
  readonly step: number;
  readonly context: LetterContext;
  readonly written: WrittenOrNot;
};

/** The same for everyone: only its presence in the letter is checked. */
export const EXAMPLE_OPT_OUT = 'https://opt-out.example/u/token';

export type LettersOrder = {
  readonly sequence: Sequence;
  readonly sender: Sender;
  readonly contact: Contact;
  /** Written for this contact, by step. */
  readonly own?: Readonly<Record<string, FrozenLetter>>;
  readonly optOutUrl?: string;
  /** Where they are left out, the letters read like examples. */
  readonly slots?: SlotsByWish;
};

/** Every letter of the walk, and its variant for whoever comes back from an absence where there is one. */
export function writeLetters(order: LettersOrder): readonly DraftLetter[] {
  const { sequence, sender, contact, own = {}, optOutUrl = EXAMPLE_OPT_OUT, slots } = order;
  const drafts: DraftLetter[] = [];
  let earlier: readonly OutgoingMessage[] = [];
  sequence.steps.forEach((step, index) => {
    if (step.kind !== 'letter') return;
    const frozen = own[String(index)];
    const contexts: readonly LetterContext[] =
      frozen === undefined && hasAbsenceWords(step) ? ['no-answer', 'back-from-absence'] : ['no-answer'];
    for (const context of contexts) {
      const wasAbsent = context === 'back-from-absence';
      const asked = {
        ...{ sequence, step: index, contact, sender, earlier, wasAbsent, optOutUrl },
        ...(slots ? { slots } : {}),
      };
      const written = writeLetter(frozen ? { ...asked, own: frozen } : asked);
      drafts.push({ step: index, context, written });
      const said = written.kind === 'written' ? written.letter : UNWRITTEN;
      if (!wasAbsent) earlier = [...earlier, asSent(said, contact, index)];
    }
  });
  return drafts;
}

/** Stands for a letter that cannot be written yet: the ones after it are judged for what they say themselves. */
const UNWRITTEN = { subject: '…', text: '', body: '' };

const hasAbsenceWords = (step: LetterStep): boolean =>
  step.bodyAfterAbsence !== undefined ||
  (step.variants ?? []).some(({ when }) => when.context === 'back-from-absence');

type Against = {
  readonly sender: Sender;
  readonly contact: Contact;
  readonly optOutUrl?: string;
  readonly whys?: WhyBook;
  readonly spellers?: ReadonlyMap<string, Speller>;
};

/** Everything that the lint says about one draft. */
export function lintDraft({ written }: DraftLetter, against: Against): readonly LetterFinding[] {
  if (written.kind === 'invalid') return written.findings;
  const { letter } = written;
  const { sender, contact, whys, spellers, optOutUrl = EXAMPLE_OPT_OUT } = against;
  const speller = spellers?.get(letter.language);
  return lintLetter({
    letter,
    contact,
    sender,
    optOutUrl,
    ...(whys ? { whys } : {}),
    ...(speller ? { speller } : {}),
  });
}

/** Each finding once, by the first step that has it. */
export function lintDrafts(drafts: readonly DraftLetter[], against: Against): readonly StepFault[] {
  const faults = new Map<string, StepFault>();
  for (const draft of drafts) {
    for (const finding of lintDraft(draft, against)) {
      const key = `${finding.rule} ${finding.words}`;
      if (!faults.has(key)) faults.set(key, { step: draft.step, finding });
    }
  }
  return [...faults.values()];
}

/** The whys of a contact's first letters, for the comparison with the other companies of a campaign. */
export const whysOf = (
  contact: Contact,
  drafts: readonly DraftLetter[],
): readonly { readonly contact: Contact; readonly why: string }[] =>
  drafts.flatMap(({ written }) => {
    const why = written.kind === 'written' && !written.letter.isFollowUp && written.letter.parts?.why;
    return why ? [{ contact, why }] : [];
  });

export const languagesOf = (drafts: readonly DraftLetter[]): readonly string[] =>
  drafts.flatMap(({ written }) => (written.kind === 'written' ? [written.letter.language] : []));

/** A follow-up takes its subject and its quote from the letter before it, as if that had gone out. */
function asSent(
  letter: Pick<WrittenLetter, 'subject' | 'text' | 'body'>,
  contact: Contact,
  step: number,
): OutgoingMessage {
  const enrollmentId: EnrollmentId = enrollmentIdOf(contact.id, 0);
  const { subject, text, body } = letter;
  return {
    kind: 'out',
    id: letterMessageId(enrollmentId, step),
    contactId: contact.id,
    enrollmentId,
    campaignId: '' as CampaignId,
    step,
    at: contact.createdAt,
    subject,
    text,
    body,
  };
}
