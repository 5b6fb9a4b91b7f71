/**
 * Every letter of a sequence written and linted for one contact, before anything is saved: a launch that goes through
 * is a launch whose letters can all be written.
 */
import type { Contact } from './domain/contact.ts';
import { type CampaignId, type EnrollmentId, enrollmentIdOf } from './domain/ids.ts';
import { type LetterFinding, lintLetter } from './domain/letter/lint-letter.ts';
import { checkTemplate, variablesOf } from './domain/letter/liquid.ts';
import { type WrittenOrNot, writeLetter } from './domain/letter/write-letter.ts';
import { letterMessageId, type OutgoingMessage } from './domain/message.ts';
import type { Sender } from './domain/sender.ts';
import { lettersBefore, type Sequence, type Step } from './domain/sequence.ts';

export type StepFault = { readonly step: number; readonly finding: LetterFinding };
export type TemplateFault = {
  readonly step: number;
  readonly field: 'subject' | 'body' | 'bodyAfterAbsence';
  readonly detail: string;
};

/** The same for everyone: only its presence in the letter is checked. */
const OPT_OUT = 'https://opt-out.example/u/token';
/** What the templates know of a sender; of a contact they know whatever its `fields` hold. */
const SENDER_VARIABLES = new Set(['name', 'company', 'phone', 'whatsapp', 'website', 'address']);

/** The errors that would keep a letter to this contact from being sent; each once, by the first step that has it. */
export function checkLetters(sequence: Sequence, sender: Sender, contact: Contact): readonly StepFault[] {
  const faults = new Map<string, StepFault>();
  let earlier: readonly OutgoingMessage[] = [];
  sequence.steps.forEach((step, index) => {
    if (step.kind !== 'letter') return;
    const variants = step.bodyAfterAbsence === undefined ? [false] : [false, true];
    for (const wasAbsent of variants) {
      const order = { sequence, step: index, contact, sender, earlier, wasAbsent, optOutUrl: OPT_OUT };
      const written = writeLetter(order);
      for (const finding of errorsOf(written, contact, sender)) {
        const key = `${finding.rule} ${finding.words}`;
        if (!faults.has(key)) faults.set(key, { step: index, finding });
      }
      if (!wasAbsent && written.kind === 'written') {
        earlier = [...earlier, asSent(written.letter, contact, index)];
      }
    }
  });
  return [...faults.values()];
}

function errorsOf(written: WrittenOrNot, contact: Contact, sender: Sender): readonly LetterFinding[] {
  if (written.kind === 'invalid') return written.findings;
  const { letter } = written;
  return lintLetter({ letter, contact, sender, optOutUrl: OPT_OUT }).filter(
    (finding) => finding.severity === 'error',
  );
}

/** A follow-up takes its subject and its quote from the letter before it, as if that had gone out. */
function asSent(
  letter: { readonly subject: string; readonly text: string; readonly body: string },
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

/** What can be said of the templates without any contact: their syntax, and names that no letter can ever know. */
export function checkTemplates(steps: readonly Step[]): readonly TemplateFault[] {
  return steps.flatMap((step, index): TemplateFault[] => {
    if (step.kind !== 'letter') return [];
    const { subject, body, bodyAfterAbsence } = step;
    const templates = Object.entries({ subject, body, bodyAfterAbsence });
    const faults = templates.flatMap(([field, template]) =>
      template === undefined
        ? []
        : templateFaults(template).map(
            (detail): TemplateFault => ({ step: index, field: field as TemplateFault['field'], detail }),
          ),
    );
    if (subject === undefined && lettersBefore(steps, index) === 0) {
      faults.push({ step: index, field: 'subject', detail: 'Give the first letter a subject.' });
    }
    return faults;
  });
}

function templateFaults(template: string): readonly string[] {
  const broken = checkTemplate(template);
  if (broken) return [broken.message];
  return variablesOf(template)
    .filter((name) => !isKnownVariable(name))
    .map(
      (name) =>
        `No letter knows ${name}. Use contact.…, fields.…, or sender.${[...SENDER_VARIABLES].join(', sender.')}.`,
    );
}

function isKnownVariable(name: string): boolean {
  const [root, field, ...rest] = name.split('.');
  if (field === undefined || rest.length > 0) return false;
  return root === 'contact' || root === 'fields' || (root === 'sender' && SENDER_VARIABLES.has(field));
}
