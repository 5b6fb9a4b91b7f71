/** Campaigns in the API: one POST creates and, if asked, launches. */
import * as z from 'zod';
import { At, CONTACTS_PER_CALL_MAX, Fault, GivenId, GivenSenderId, line, pageOf, wordIssue } from '../api.ts';
import { ContactInput } from './contacts.ts';
import { SenderInput } from './senders.ts';
import { SequenceInput } from './sequences.ts';

const Contacts = z.array(ContactInput).max(CONTACTS_PER_CALL_MAX, {
  error: `Send at most ${CONTACTS_PER_CALL_MAX} contacts in one call; add the others with POST /v1/campaigns/ID/contacts.`,
});

/** Leaves out the contacts that cannot be taken, and names them in the answer, instead of refusing the call. */
const skipRefused = z.boolean().default(false);

/** Where a field takes one of two things: the OpenAPI document shows both. */
export const ALTERNATIVES = new WeakMap<object, readonly z.ZodType[]>();

/** An id of what exists, or the thing itself. The types of both are told apart from the transformation, which hides them. */
const either = <Id, IdGiven, Thing, ThingGiven>(
  id: z.ZodType<Id, IdGiven>,
  thing: z.ZodType<Thing, ThingGiven>,
): z.ZodType<Id | Thing, IdGiven | ThingGiven> => {
  const schema: z.ZodType = z.unknown().transform((given, context) => {
    // Not z.union: its answer would name both alternatives and neither field.
    const read = (typeof given === 'string' ? id : thing).safeParse(given, { error: wordIssue });
    if (read.success) return read.data;
    for (const issue of read.error.issues) context.issues.push(issue as never);
    return z.NEVER;
  });
  ALTERNATIVES.set(schema, [id, thing]);
  return schema as z.ZodType<Id | Thing, IdGiven | ThingGiven>;
};

const WARNINGS_MAX = 1_000;
/**
 * Fingerprints of the lint warnings that are accepted, or `all` of them. Accepted once: the campaign keeps them. A
 * launch with others is refused and names them.
 */
const acceptWarnings = z
  .union([z.literal('all'), z.array(z.string().regex(/^[a-z2-7]{20}$/)).max(WARNINGS_MAX)], {
    error: 'Write "all", or the fingerprints of the warnings that you accept.',
  })
  .default([]);

/** `ignore`: the seasons of the prospects' countries keep no letter back, whatever the steps say. */
export const Seasons = z.enum(['avoid', 'ignore']);

/** `each`: every letter waits until a person has approved it. `none`: launching approves what was posted. */
export const Approval = z.enum(['each', 'none']);

/** Who writes what; without a sequence the built-in one is taken. */
export const CampaignParts = {
  sender: either(GivenSenderId, SenderInput),
  sequence: either(GivenId, SequenceInput).optional(),
};

export const CampaignInput = z
  .strictObject({
    id: GivenId.optional(),
    name: line(100),
    ...CampaignParts,
    seasons: Seasons.optional(),
    approval: Approval.default('none'),
    contacts: Contacts.default([]),
    launch: z.boolean().default(false),
    skipRefused,
    acceptWarnings,
    /** Why these people may be touched more than four times in 60 days without an answer. Kept with the campaign. */
    pesterReason: line(300).optional(),
    /** Why people may be begun with again within 90 days of their last enrollment. Kept with the campaign. */
    reEnrollReason: line(300).optional(),
  })
  .meta({ id: 'CampaignInput' });
export type CampaignInput = z.output<typeof CampaignInput>;

export type CampaignGiven = z.input<typeof CampaignInput>;

export const ContactsInput = z
  .strictObject({
    contacts: Contacts.min(1, 'Name at least one contact.'),
    skipRefused,
    acceptWarnings,
  })
  .meta({ id: 'ContactsInput' });
export type ContactsGiven = z.input<typeof ContactsInput>;
export const LaunchInput = z.strictObject({ skipRefused, acceptWarnings }).meta({ id: 'LaunchInput' });
export type LaunchGiven = z.input<typeof LaunchInput>;

export const CampaignView = z
  .object({
    id: z.string(),
    name: z.string(),
    senderId: z.string(),
    sequenceId: z.string(),
    sequenceVersion: z.number().int(),
    status: z.enum(['draft', 'running', 'paused', 'finished']),
    statusSince: At,
    createdAt: At,
    seasons: Seasons.optional(),
    approval: Approval,
    contactCount: z.number().int(),
    /** Why the ledger "not a pest" does not bind it. */
    pesterReason: z.string().optional(),
    /** Why people may be begun with again within 90 days. */
    reEnrollReason: z.string().optional(),
  })
  .meta({ id: 'Campaign' });
export type CampaignView = z.infer<typeof CampaignView>;
export const CampaignPage = pageOf(CampaignView).meta({ id: 'CampaignPage' });

/** `held`: planned, and something keeps it back. */
export const EnrollmentState = z.enum(['planned', 'held', 'sending', 'unknown', 'finished', 'stopped']);
export type EnrollmentState = z.infer<typeof EnrollmentState>;

/** The steps as they are must stand there again, of the same kinds and in the same places; more may follow. */
export const MoveInput = z
  .strictObject({ version: z.number().int().min(1), acceptWarnings })
  .meta({ id: 'MoveInput' });

/** Of one call that brought contacts: kept with the campaign, by ids and codes. */
export const LaunchReportView = z
  .object({
    id: z.string(),
    at: At,
    call: z.enum(['create', 'add', 'launch']),
    accepted: z.number().int(),
    refusedCount: z.number().int(),
    /** The first 2,500. */
    refused: z.array(
      z.object({
        index: z.number().int(),
        contactId: z.string().optional(),
        pointer: z.string(),
        reason: z.string(),
        detail: z.string(),
      }),
    ),
  })
  .meta({ id: 'LaunchReport' });
export type LaunchReportView = z.infer<typeof LaunchReportView>;
export const LaunchReportPage = pageOf(LaunchReportView).meta({ id: 'LaunchReportPage' });

/** Of creating, adding and launching: 202 where enrolling goes on in the background. */
export const CampaignAnswer = z
  .object({
    campaign: CampaignView,
    /** Contacts taken by this call. */
    accepted: z.number().int(),
    /** Contacts left out by `skipRefused`, and why. */
    refused: z.array(Fault),
    /** Of a draft: what a launch will ask to be accepted, each once. */
    warnings: z.array(Fault).optional(),
    /** What is not as safe as it could be, and what mends it; nothing waits for it. */
    advice: z.array(
      z.object({ code: z.enum(['own-mailbox-unproven', 'ses-allows-less']), detail: z.string() }),
    ),
  })
  .meta({ id: 'CampaignAnswer' });
export type CampaignAnswer = z.infer<typeof CampaignAnswer>;
