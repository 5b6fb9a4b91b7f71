/** Letters that wait for a person's word: each as it would go, and what may be said of it. */
import * as z from 'zod';
import { At, GivenId, GivenSenderId, line, PageQuery, pageOf } from '../api.ts';
import { Clock } from './contacts.ts';
import { OwnLetter } from './letters.ts';
import { LetterPreview } from './previews.ts';

/** A letter of a sequence of at most twenty steps. */
const Step = z.number().int().min(0).max(19);
export const StepInPath = z.coerce.number<string>().pipe(Step);
/** Names the words that the person has seen: `print` of `LetterToApprove`. */
const Print = z.string().regex(/^[a-z2-7]{20}$/, 'Give the "print" of the letter that you have seen.');

export const LetterToApprove = z
  .object({
    enrollmentId: z.string(),
    contactId: z.string(),
    name: z.string().optional(),
    company: z.string().optional(),
    campaignId: z.string(),
    senderId: z.string(),
    step: z.number().int(),
    /** It stays until somebody approves it. */
    waits: z.boolean(),
    /** Of these very words; absent where the letter cannot be written. */
    print: z.string().optional(),
    /** When it goes, or would go if it were approved now; absent while something else holds it. */
    at: At.optional(),
    theirs: Clock.optional(),
    ours: Clock.optional(),
    letter: LetterPreview,
  })
  .meta({ id: 'LetterToApprove' });
export type LetterToApprove = z.infer<typeof LetterToApprove>;

export const LetterToApprovePage = pageOf(LetterToApprove);

/** Of one campaign, or of all of a sender's. */
export const ApprovalsQuery = PageQuery.extend({
  campaignId: GivenId.optional(),
  senderId: GivenSenderId.optional(),
}).refine(({ campaignId, senderId }) => (campaignId === undefined) !== (senderId === undefined), {
  error: 'Name either a campaignId or a senderId.',
  path: ['campaignId'],
});

export const ApproveInput = z.strictObject({ step: Step, print: Print });

export const APPROVED_PER_CALL_MAX = 200;
export const ApprovalsInput = z.strictObject({
  approve: z
    .array(z.strictObject({ enrollmentId: z.string().max(40), step: Step, print: Print }))
    .min(1, 'Name at least one letter.')
    .max(APPROVED_PER_CALL_MAX, `Approve at most ${APPROVED_PER_CALL_MAX} letters in one call.`),
});
export type ApprovalsInput = z.output<typeof ApprovalsInput>;

export const ApprovalsAnswer = z.object({
  /** In the order asked. */
  items: z.array(
    z.object({
      enrollmentId: z.string(),
      step: z.number().int(),
      outcome: z.enum(['approved', 'changed', 'refused', 'not-waiting']),
      /** What is wrong, and what mends it. */
      detail: z.string().optional(),
    }),
  ),
});
export type ApprovalsAnswer = z.infer<typeof ApprovalsAnswer>;

/** "Not this one": the walk ends, or goes on without this letter. */
export const DeclineInput = z.strictObject({
  step: Step,
  instead: z.enum(['stop', 'skip']).default('stop'),
  reason: line(300),
});
export type DeclineGiven = z.input<typeof DeclineInput>;

/** What is left out stays as the sequence has it. `approve` lets go what was just written. */
export const EditLetterInput = OwnLetter.extend({ approve: z.literal(true).optional() });
export type EditLetterGiven = z.input<typeof EditLetterInput>;
