/** Sequences in the API. Saving one under an id that exists makes its next version. */
import * as z from 'zod';
import { GivenId, line, pageOf } from '../api.ts';
import { Language, letterTextFields, Template, VARIANTS_MAX, Variant } from './letters.ts';

const STEPS_MAX = 20;
const DAYS_MAX = 365;
const BLACKOUT_DATES_MAX = 366;
const GLOSSARY_WORDS_MAX = 500;

const days = z.number().int().min(0).max(DAYS_MAX);
const Delay = z.union([z.strictObject({ days }), z.strictObject({ workingDays: days })], {
  error: 'Write {"days": 7} or {"workingDays": 3}.',
});

const Time = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'Write the time as 09:00.');
const Rules = z
  .strictObject({
    window: z
      .strictObject({ from: Time, to: Time })
      .refine(({ from, to }) => from < to, 'The window ends before it begins.'),
    avoidWeekEdges: z.boolean(),
    avoidHolidays: z.boolean(),
    anyDay: z.boolean(),
    spread: z.boolean(),
    seasons: z.enum(['avoid', 'short-hours', 'ignore']),
    onDuty: z.boolean(),
    blackoutDates: z.array(z.iso.date()).max(BLACKOUT_DATES_MAX),
  })
  .partial();

const Letter = z.strictObject({
  kind: z.literal('letter'),
  delay: Delay.default({ days: 0 }),
  ...letterTextFields,
  bodyAfterAbsence: Template.optional(),
  variants: z.array(Variant).max(VARIANTS_MAX).optional(),
  rules: Rules.optional(),
});
const TaskStep = z.strictObject({
  kind: z.literal('task'),
  delay: Delay.default({ days: 0 }),
  channel: z.enum(['call', 'whatsapp', 'custom']),
  text: z.string().trim().min(1).max(2_000),
  /** For these grades only; whoever has none counts as C. For everybody where left out. */
  grades: z
    .array(z.enum(['A', 'B', 'C', 'D']))
    .min(1)
    .max(4)
    .optional(),
  rules: Rules.optional(),
});

export const SequenceInput = z
  .strictObject({
    id: GivenId.optional(),
    name: line(100),
    language: Language,
    steps: z
      .array(z.discriminatedUnion('kind', [Letter, TaskStep]))
      .min(1, 'Add at least one step.')
      .max(STEPS_MAX),
    /** Words that the spelling check must know. */
    glossary: z.array(line(60)).max(GLOSSARY_WORDS_MAX).optional(),
  })
  .meta({ id: 'SequenceInput' });
export type SequenceInput = z.output<typeof SequenceInput>;
export type SequenceGiven = z.input<typeof SequenceInput>;

export const SequenceView = z
  .object({
    id: z.string(),
    version: z.number().int(),
    name: z.string(),
    language: z.string(),
    steps: z.array(z.discriminatedUnion('kind', [Letter, TaskStep])),
    glossary: z.array(z.string()).optional(),
  })
  .meta({ id: 'Sequence' });
export type SequenceView = z.infer<typeof SequenceView>;
export const SequencePage = pageOf(SequenceView).meta({ id: 'SequencePage' });
