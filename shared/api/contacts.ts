/** Contacts, their enrollments, messages and timeline in the API. */
import * as z from 'zod';
import { At, CONTACTS_PER_CALL_MAX, Fault, line, Moment, pageOf, ReasonView } from '../api.ts';
import { OwnLetters } from './letters.ts';

const PHONES_MAX = 10;
const FIELDS_MAX = 50;
const FIELD_CHARS_MAX = 5_000;

/** The name stands in templates as `{{ contact.NAME }}`. A leading underscore is left to JavaScript's own names. */
const FieldName = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_]{0,39}$/,
    'Name fields with letters, digits and "_", beginning with a letter.',
  );

const Rating = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)], {
  error: 'Rate it from 1 (little) to 5 (much), or leave it out.',
});
/** Of which the grade is reckoned where none is given. */
const Factors = z.strictObject({ share: Rating, effort: Rating, risk: Rating, value: Rating }).partial();

const DOSSIER_FIELDS_MAX = 40;
const DOSSIER_CHARS_MAX = 2_000;
const section = <Value extends z.ZodType>(value: Value) =>
  z
    .record(line(60), value)
    .refine(
      (fields) => Object.keys(fields).length <= DOSSIER_FIELDS_MAX,
      `Keep to ${DOSSIER_FIELDS_MAX} fields.`,
    )
    .optional();
const dossierOf = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({
    contact: section(value),
    company: section(value),
    country: section(value),
    negotiation: section(value),
  });
const Known = z.string().trim().min(1).max(DOSSIER_CHARS_MAX);

/** Only its shape; what the address, phones, zone and country are worth is said for every contact at once. */
export const ContactInput = z
  .strictObject({
    address: z.string().max(320),
    firstName: line(100).optional(),
    lastName: line(100).optional(),
    title: line(100).optional(),
    company: line(200).optional(),
    country: z.string().max(60).optional(),
    region: line(100).optional(),
    city: line(100).optional(),
    zone: z.string().max(60).optional(),
    phones: z.array(z.string().max(40)).max(PHONES_MAX).optional(),
    language: z.string().max(35).optional(),
    grade: z.enum(['A', 'B', 'C', 'D']).optional(),
    source: line(200).optional(),
    factors: Factors.optional(),
    dossier: dossierOf(Known).optional(),
    /** What allows writing to them where the law asks for it; see the lint rule `lawful-basis`. */
    lawfulBasis: line(300).optional(),
    /** Written for this contact; overrides the sequence's templates and is frozen. */
    letters: OwnLetters.optional(),
    fields: z
      .record(FieldName, z.string().max(FIELD_CHARS_MAX))
      .refine((fields) => Object.keys(fields).length <= FIELDS_MAX, `Keep to ${FIELDS_MAX} fields.`)
      .optional(),
  })
  .meta({ id: 'ContactInput' });
export type ContactInput = z.output<typeof ContactInput>;

/** `grade: null` goes back to the one reckoned from the factors; a field of the dossier that is `null` goes. */
export const ContactPatch = z
  .strictObject({
    firstName: line(100).optional(),
    lastName: line(100).optional(),
    title: line(100).optional(),
    company: line(200).optional(),
    source: line(200).optional(),
    lawfulBasis: line(300).optional(),
    grade: z.enum(['A', 'B', 'C', 'D']).nullable().optional(),
    factors: Factors.optional(),
    dossier: dossierOf(Known.nullable()).optional(),
  })
  .meta({ id: 'ContactPatch' });
export type ContactPatch = z.output<typeof ContactPatch>;

/** Which suggestion, by its field and value, and what becomes of it. */
export const SuggestionInput = z
  .strictObject({
    field: z.enum(['title', 'authority', 'company', 'phone', 'address']),
    value: z.string().min(1).max(500),
    accept: z.boolean(),
  })
  .meta({ id: 'SuggestionInput' });
export type SuggestionInput = z.output<typeof SuggestionInput>;

const Hold = z.object({
  id: z.string(),
  kind: z.enum(['inbound', 'absence', 'approval', 'person', 'answered-by-sender']),
  since: At,
  until: At.optional(),
});

export const EnrollmentView = z
  .object({
    id: z.string(),
    contactId: z.string(),
    campaignId: z.string(),
    senderId: z.string(),
    /** Who it is, as a person would say it. */
    name: z.string().optional(),
    company: z.string().optional(),
    country: z.string().optional(),
    grade: z.string().optional(),
    /** `planned` · `sending` · `unknown` are open walks, by what their letter is doing. */
    state: z.enum(['planned', 'sending', 'unknown', 'finished', 'stopped']),
    stopped: z.string().optional(),
    step: z.number().int().optional(),
    dueAt: At.optional(),
    /** Of an `unknown` letter: the call of SES that a person decides about. */
    claim: z.string().optional(),
    endedAt: At.optional(),
    holds: z.array(Hold),
    sent: z.array(z.object({ step: z.number().int(), at: At, sesId: z.string().optional() })),
    /** The newest last; of the contact's current enrollment only. */
    reasons: z.array(ReasonView),
  })
  .meta({ id: 'Enrollment' });
export type EnrollmentView = z.infer<typeof EnrollmentView>;
export const EnrollmentPage = pageOf(EnrollmentView).meta({ id: 'EnrollmentPage' });

/** One wall: where it hangs, and what it shows. */
export const Clock = z.object({ zone: z.string(), date: z.string(), time: z.string() }).meta({ id: 'Clock' });
export const WordedReason = z
  .object({ rule: z.string(), en: z.string(), zh: z.string() })
  .meta({ id: 'WordedReason' });

/** "Next letter: why then?" */
export const NextStepView = z
  .object({
    enrollmentId: z.string(),
    state: EnrollmentView.shape.state,
    /** Index into the sequence's steps; absent where nothing is planned. */
    step: z.number().int().optional(),
    /** Absent too while something holds it without a date. */
    at: At.optional(),
    /** The same moment on both walls. */
    theirs: Clock.optional(),
    ours: Clock.optional(),
    reasons: z.array(WordedReason),
  })
  .meta({ id: 'NextStep' });
export type NextStepView = z.infer<typeof NextStepView>;

export const HoldInput = z.strictObject({ until: Moment.optional() }).meta({ id: 'HoldInput' });
export const ReleaseInput = z
  .strictObject({
    /** Which hold ends; the one that a person set where left out. */
    hold: z.string().min(1).max(200).default('person'),
  })
  .meta({ id: 'ReleaseInput' });
export const DecideInput = z
  .strictObject({
    decision: z.enum(['it-went', 'send-again']),
    /** As the enrollment showed it: a request that comes late or twice decides nothing about a later letter. */
    claim: z.string().min(1).max(64),
  })
  .meta({ id: 'DecideInput' });

export const ContactView = z
  .object({
    id: z.string(),
    address: z.string(),
    firstName: z.string().optional(),
    lastName: z.string().optional(),
    title: z.string().optional(),
    company: z.string().optional(),
    companyDomain: z.string().optional(),
    country: z.string().optional(),
    region: z.string().optional(),
    city: z.string().optional(),
    zone: z.string(),
    zoneSource: z.string(),
    phones: z.array(z.string()),
    language: z.string().optional(),
    grade: z.string().optional(),
    source: z.string().optional(),
    lawfulBasis: z.string().optional(),
    fields: z.record(z.string(), z.string()),
    /** What their mails say of them; taken over by a person, or not. */
    suggestions: z
      .array(
        z.object({
          field: z.enum(['title', 'authority', 'company', 'phone', 'address']),
          value: z.string(),
          quote: z.string().optional(),
          confidence: z.number(),
          messageId: z.string(),
          at: At,
          settled: z.enum(['accepted', 'dismissed']).optional(),
        }),
      )
      .optional(),
    /** Who named them instead of themselves. */
    referredBy: z.string().optional(),
    gradeFrom: z.enum(['given', 'factors']).optional(),
    factors: Factors.optional(),
    dossier: dossierOf(z.string()).optional(),
    createdAt: At,
  })
  .meta({ id: 'Contact' });
export type ContactView = z.infer<typeof ContactView>;

/** The profile, the standing, and the next letter with why then. */
export const ContactAnswer = z
  .object({
    contact: ContactView,
    standing: z.object({
      kind: z.enum(['open', 'suppressed']),
      why: z.string().optional(),
      since: At.optional(),
    }),
    enrollment: EnrollmentView.optional(),
    next: z.object({ step: z.number().int(), dueAt: At, reasons: z.array(ReasonView) }).optional(),
  })
  .meta({ id: 'ContactAnswer' });
export type ContactAnswer = z.infer<typeof ContactAnswer>;

export const MessageView = z
  .object({
    id: z.string(),
    kind: z.enum(['in', 'out']),
    contactId: z.string().optional(),
    enrollmentId: z.string().optional(),
    at: At,
    sentAt: At.optional(),
    step: z.number().int().optional(),
    from: z.string().optional(),
    subject: z.string().optional(),
    /** Of an inbound mail: what it was read as. */
    read: z.string().optional(),
    unverified: z.literal(true).optional(),
    /** Of an own answer: which mail it answers. */
    answers: z.string().optional(),
    /** How its contact was found; `company` is only probable. */
    matchedBy: z.string().optional(),
    /** Findings of an inbound mail, each with the sentence, header or signature that it rests on. */
    findings: z
      .array(z.object({ what: z.string(), value: z.string(), quote: z.string().optional() }))
      .optional(),
    /** Out: the whole letter. In: the new words only. Plain text. */
    text: z.string(),
  })
  .meta({ id: 'Message' });
export type MessageView = z.infer<typeof MessageView>;
export const AnswerInput = z
  .strictObject({ text: z.string().trim().min(1, 'Write the answer.').max(20_000) })
  .meta({ id: 'AnswerInput' });
export const AssignInput = z
  .strictObject({ contactId: z.string().min(1).max(60) })
  .meta({ id: 'AssignInput' });

/** What a person reads in a mail; the sequence follows. */
export const CorrectionInput = z
  .strictObject({
    kind: z.enum(['reply', 'absence', 'auto-reply', 'left-company', 'bounce', 'unsubscribe', 'list']),
    returnOn: z.iso.date('Write the first day back as 2026-12-07.').optional(),
    reason: z.enum(['trip', 'leave', 'other']).optional(),
  })
  .refine(({ kind, returnOn, reason }) => kind === 'absence' || !(returnOn || reason), {
    error: 'Only an absence has a day of return and a reason.',
    path: ['returnOn'],
  })
  .meta({ id: 'CorrectionInput' });
export type CorrectionInput = z.output<typeof CorrectionInput>;

export const MessagePage = pageOf(MessageView).meta({ id: 'MessagePage' });

export const ContactsBatchInput = z
  .strictObject({
    contacts: z
      .array(ContactInput)
      .min(1, 'Name at least one contact.')
      .max(CONTACTS_PER_CALL_MAX, `Send at most ${CONTACTS_PER_CALL_MAX} contacts in one call.`),
  })
  .meta({ id: 'ContactsBatchInput' });
export const ContactsBatchAnswer = z
  .object({ saved: z.array(z.string()).readonly(), refused: z.array(Fault).readonly() })
  .meta({ id: 'ContactsBatchAnswer' });
export const ContactPage = pageOf(ContactView).meta({ id: 'ContactPage' });

/** Everything that happened to one person, oldest first. */
export const TimelineEntry = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('message'),
      at: At,
      message: MessageView.omit({ text: true, findings: true }),
    }),
    z.object({
      kind: z.literal('reason'),
      at: At,
      enrollmentId: z.string().optional(),
      rule: z.string(),
      text: z.string(),
    }),
    z.object({
      kind: z.literal('task'),
      at: At,
      taskId: z.string(),
      task: z.string(),
      status: z.enum(['open', 'closed']),
      outcome: z.string().optional(),
    }),
    z.object({
      kind: z.literal('walk'),
      at: At,
      enrollmentId: z.string(),
      campaignId: z.string(),
      end: z.string(),
    }),
  ])
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.infer<typeof TimelineEntry>;
export const Timeline = z
  .object({ items: z.array(TimelineEntry), isCut: z.boolean() })
  .meta({ id: 'Timeline' });
export type Timeline = z.infer<typeof Timeline>;

/** A whole company: its mail domain. */
export const DomainAnswer = z
  .object({ domain: z.string(), suppressed: z.boolean() })
  .meta({ id: 'DomainAnswer' });
export type DomainAnswer = z.infer<typeof DomainAnswer>;
