/** What can be said of a sequence's templates without any contact: their syntax, and names that no letter can know. */
import { FIRST_PARTS } from './domain/letter/finding.ts';
import { givenParts, type LetterText } from './domain/letter/letter-text.ts';
import { checkTemplate, variablesOf } from './domain/letter/liquid.ts';
import { type LetterStep, lettersBefore, type Step } from './domain/sequence.ts';

export type TemplateFault = {
  readonly step: number;
  /** RFC 6901, inside the step: `/body`, `/variants/0/why`. */
  readonly pointer: string;
  readonly detail: string;
};

/** What the templates know of a sender; of a contact they know whatever its `fields` hold. */
const SENDER_VARIABLES = new Set(['name', 'company', 'phone', 'whatsapp', 'website', 'address']);

/** A part may be left to the letters written for single contacts; so only a step without any words is at fault. */
export const checkTemplates = (steps: readonly Step[]): readonly TemplateFault[] =>
  steps.flatMap((step, index) =>
    step.kind === 'letter'
      ? stepFaults(step, lettersBefore(steps, index) === 0).map((fault) => ({ step: index, ...fault }))
      : [],
  );

type Fault = Omit<TemplateFault, 'step'>;

function stepFaults(step: LetterStep, isFirst: boolean): readonly Fault[] {
  const { bodyAfterAbsence, variants = [] } = step;
  const faults = [
    ...textFaults(step, ''),
    ...(bodyAfterAbsence === undefined ? [] : templateFaults(bodyAfterAbsence, '/bodyAfterAbsence')),
    ...variants.flatMap((variant, at) => textFaults(variant, `/variants/${at}`)),
  ];
  if (step.body === undefined && Object.keys(givenParts(step)).length === 0) {
    const detail = `Write the letter: its body, or its parts ${FIRST_PARTS.join(', ')}.`;
    return [...faults, { pointer: '/body', detail }];
  }
  if (step.subject === undefined && isFirst) {
    return [...faults, { pointer: '/subject', detail: 'Give the first letter a subject.' }];
  }
  return faults;
}

/** Faults of one text; a template that came with a contact is read with the same eyes. */
export function textFaults(text: LetterText, pointer: string): readonly Fault[] {
  const parts = givenParts(text);
  const faults = Object.entries({ subject: text.subject, body: text.body, ...parts }).flatMap(
    ([field, template]) => (template === undefined ? [] : templateFaults(template, `${pointer}/${field}`)),
  );
  if (text.body === undefined || Object.keys(parts).length === 0) return faults;
  const detail = `Write either the whole body or the parts ${FIRST_PARTS.join(', ')}, not both.`;
  return [...faults, { pointer: `${pointer}/body`, detail }];
}

function templateFaults(template: string, pointer: string): readonly Fault[] {
  const broken = checkTemplate(template);
  if (broken) return [{ pointer, detail: broken.message }];
  const allowed = [...SENDER_VARIABLES].join(', sender.');
  return variablesOf(template)
    .filter((name) => !isKnownVariable(name))
    .map((name) => ({
      pointer,
      detail: `No letter knows ${name}. Use contact.…, fields.…, or sender.${allowed}.`,
    }));
}

function isKnownVariable(name: string): boolean {
  const [root, field, ...rest] = name.split('.');
  if (field === undefined || rest.length > 0) return false;
  return root === 'contact' || root === 'fields' || (root === 'sender' && SENDER_VARIABLES.has(field));
}
