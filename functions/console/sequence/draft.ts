/** A sequence while it is being written: what the editor holds, and what the API is given. Pure. */
import type { SequenceGiven, SequenceView } from '../../../shared/api/sequences.ts';

export type Step = SequenceGiven['steps'][number];
export type LetterStep = Extract<Step, { kind: 'letter' }>;
export type TaskStep = Extract<Step, { kind: 'task' }>;
export type Draft = Pick<SequenceGiven, 'name' | 'language' | 'steps' | 'glossary'>;

export const PARTS = ['who', 'why', 'how', 'contact'] as const;

export const draftOf = ({ name, language, steps, glossary }: SequenceView): Draft => ({
  name,
  language,
  steps: [...steps],
  ...(glossary ? { glossary } : {}),
});

/** The seeds' own: a first letter in its four parts, a week, one reason to answer and another way to talk. */
export const freshDraft = (name: string): Draft => ({
  name,
  language: 'en',
  steps: [
    {
      kind: 'letter',
      delay: { days: 0 },
      subject: 'Tools for {{ contact.company }}',
      who: 'Dear {{ contact.firstName }},\n\nMy name is {{ sender.name }}; I look after dealers abroad at {{ sender.company }}.',
      why: '{{ contact.why }}',
      how: 'We would like to work with one partner in your market, with a sample set to try first.',
      contact:
        'Everything is at {{ sender.website }}; I answer this address myself.\n\nKind regards,\n{{ sender.name }}',
    },
    {
      kind: 'letter',
      delay: { days: 7 },
      body: 'Dear {{ contact.firstName }},\n\nMay I ask whether my letter reached you? If a call suits you better, {{ "tuesday 11:00" | slot }} would be good for me.\n\nKind regards,\n{{ sender.name }}',
    },
  ],
});

export const newLetter = (): LetterStep => ({
  kind: 'letter',
  delay: { days: 7 },
  body: 'Dear {{ contact.firstName }},\n\n',
});
export const newTask = (): TaskStep => ({
  kind: 'task',
  delay: { workingDays: 3 },
  channel: 'call',
  text: 'Call and ask',
});

/** The API wants what is empty left out. */
export function givenOf(draft: Draft): Omit<SequenceGiven, 'id'> {
  return {
    ...draft,
    ...(draft.glossary?.length ? {} : { glossary: undefined }),
    steps: draft.steps.map((step) =>
      step.kind === 'task'
        ? { ...step, ...(step.grades?.length ? {} : { grades: undefined }) }
        : (Object.fromEntries(Object.entries(step).filter(([, value]) => value !== '')) as LetterStep),
    ),
  };
}

export const daysOf = (step: Step): number => {
  const delay = step.delay ?? { days: 0 };
  return 'days' in delay ? delay.days : delay.workingDays;
};
export const isWorkingDays = (step: Step): boolean => step.delay !== undefined && 'workingDays' in step.delay;
