/** Looking at letters before they go: every letter of a walk as it would be sent, and a copy to the writer's own mailbox. */
import * as z from 'zod';
import { At, Fault } from '../api.ts';
import { CampaignParts, Seasons } from './campaigns.ts';
import { Clock, ContactInput, WordedReason } from './contacts.ts';

/** A preview is read by a person; a launch checks them all. */
export const PREVIEW_CONTACTS_MAX = 20;

export const PreviewInput = z
  .strictObject({
    ...CampaignParts,
    seasons: Seasons.optional(),
    contacts: z
      .array(ContactInput)
      .min(1, 'Name at least one contact.')
      .max(PREVIEW_CONTACTS_MAX, `Preview at most ${PREVIEW_CONTACTS_MAX} contacts in one call.`),
  })
  .meta({ id: 'PreviewInput' });
export type PreviewInput = z.output<typeof PreviewInput>;

const Context = z.enum(['no-answer', 'back-from-absence']);

export const TestLetterInput = z
  .strictObject({
    ...CampaignParts,
    contact: ContactInput,
    /** Index into the sequence's steps. */
    step: z.number().int().min(0).max(19).default(0),
    context: Context.default('no-answer'),
  })
  .meta({ id: 'TestLetterInput' });
export type TestLetterInput = z.output<typeof TestLetterInput>;

export const FindingView = z
  .object({
    rule: z.string(),
    severity: z.enum(['error', 'warning']),
    part: z.enum(['subject', 'who', 'why', 'how', 'contact', 'body', 'footer']),
    words: z.string(),
    fix: z.string(),
    /** Of a warning: what `acceptWarnings` takes. */
    fingerprint: z.string().optional(),
  })
  .meta({ id: 'Finding' });
export type FindingView = z.infer<typeof FindingView>;

export const LetterPreview = z
  .object({
    step: z.number().int(),
    context: Context,
    language: z.string().optional(),
    /** Absent where the letter cannot be written; the findings say why. */
    subject: z.string().optional(),
    text: z.string().optional(),
    html: z.string().optional(),
    /** `no-dictionary`: nobody has looked at the spelling in this language. */
    spelling: z.enum(['checked', 'no-dictionary']),
    findings: z.array(FindingView),
  })
  .meta({ id: 'LetterPreview' });
export type LetterPreview = z.infer<typeof LetterPreview>;

/** A step as it would be planned by a launch now, if nobody answers. */
export const PlannedStep = z
  .object({
    step: z.number().int(),
    kind: z.enum(['letter', 'task']),
    at: At,
    theirs: Clock,
    ours: Clock,
    reasons: z.array(WordedReason),
  })
  .meta({ id: 'PlannedStep' });
export type PlannedStep = z.infer<typeof PlannedStep>;

export const PreviewAnswer = z
  .object({
    contacts: z.array(
      z.object({
        address: z.string(),
        name: z.string().optional(),
        letters: z.array(LetterPreview),
        /** In order of time; empty where the contact cannot be taken. */
        plan: z.array(PlannedStep),
        /** What keeps this contact from being taken, beside its letters. */
        refused: z.array(Fault),
      }),
    ),
  })
  .meta({ id: 'PreviewAnswer' });
export type PreviewAnswer = z.infer<typeof PreviewAnswer>;

export const TestLetterAnswer = z
  .object({
    /** The sender's own address: a test goes nowhere else. */
    sentTo: z.string(),
    letter: LetterPreview,
  })
  .meta({ id: 'TestLetterAnswer' });
export type TestLetterAnswer = z.infer<typeof TestLetterAnswer>;
