/** Tasks with their outcomes, and alerts, in the API. */
import * as z from 'zod';
import { At, line, Moment, PageQuery, pageOf } from '../api.ts';
import { OUTCOMES, type Outcome } from '../domain/task.ts';
import { DeliveryView } from './channels.ts';
import { ContactInput } from './contacts.ts';

const KINDS = [
  'whatsapp',
  'call',
  'answer',
  'check-date',
  'find-another-way',
  'decide',
  'confirm-opt-out',
  'new-address',
  'next-step',
  'wake',
  'company-held',
  'custom',
] as const;

const NEXT_STEPS = ['meeting', 'sample', 'quote'] as const;

export const TaskView = z
  .object({
    id: z.string(),
    kind: z.enum(KINDS),
    contactId: z.string(),
    enrollmentId: z.string(),
    campaignId: z.string(),
    senderId: z.string(),
    dueAt: At,
    createdAt: At,
    phone: z.string().optional(),
    person: z.string().optional(),
    messageId: z.string().optional(),
    text: z.string().optional(),
    /** The mail address of `person`, or the prospect's new one. */
    address: z.string().optional(),
    /** The sentence of the mail that it rests on. */
    quote: z.string().optional(),
    /** ISO date on which they asked to be written to again. */
    wakeOn: z.string().optional(),
    status: z.enum(['open', 'closed']),
    outcome: z.string().optional(),
    closedAt: At.optional(),
    details: z
      .object({
        note: z.string().optional(),
        callBackAt: At.optional(),
        next: z.enum(NEXT_STEPS).optional(),
        on: z.string().optional(),
        referredTo: z.string().optional(),
      })
      .optional(),
    /** Why it is done against the ledger's advice. */
    override: z.object({ reason: z.string(), at: At }).optional(),
    /** What may be answered. */
    outcomes: z.array(z.string()),
  })
  .meta({ id: 'Task' });
export type TaskView = z.infer<typeof TaskView>;
export const TaskPage = pageOf(TaskView).meta({ id: 'TaskPage' });

/** One task, with everything needed to do it from a telephone. */
export const TaskAnswer = TaskView.extend({
  name: z.string().optional(),
  company: z.string().optional(),
  /** Their clock. */
  zone: z.string().optional(),
  /** The chat that their country uses. */
  app: z.enum(['whatsapp', 'wechat', 'line', 'kakaotalk', 'zalo']).optional(),
  /** Why not to do it now. While there are any, no link is given: POST …/override with a reason opens them. */
  cautions: z.array(z.object({ rule: z.string(), text: z.string() })).optional(),
  /** The text to send; the salesperson sends it, never the system. */
  paragraph: z.string().optional(),
  whatsappLink: z.string().optional(),
  /** Of another application than WhatsApp, where it has such links. */
  chatLink: z.string().optional(),
  telLink: z.string().optional(),
}).meta({ id: 'TaskAnswer' });
export type TaskAnswer = z.infer<typeof TaskAnswer>;

const ALL = [...new Set(Object.values(OUTCOMES).flat())] as Outcome[];
const details = {
  note: z.string().trim().min(1).max(2_000).optional(),
  /** `interested`: what comes next. */
  next: z.enum(NEXT_STEPS).optional(),
  /** ISO date: of what comes next, or on which day `later` begins. */
  on: z.iso.date('Write the day as 2027-01-15.').optional(),
  /** `wrong-person`: whom they named; saved as a contact, not written to. */
  referred: ContactInput.omit({ letters: true }).optional(),
};
export const OutcomeInput = z
  .strictObject({
    outcome: z.enum(ALL),
    /** `call-back-at`: when. */
    callBackAt: Moment.optional(),
    ...details,
  })
  .meta({ id: 'OutcomeInput' });
export type OutcomeInput = z.output<typeof OutcomeInput>;
export type OutcomeGiven = z.input<typeof OutcomeInput>;

/** Seen, and what it was: closes the task "answer" of that mail too. Without an outcome the task stays open. */
export const AcknowledgeInput = z
  .strictObject({ outcome: z.enum(OUTCOMES.answer).optional(), ...details })
  .meta({ id: 'AcknowledgeInput' });
export type AcknowledgeInput = z.output<typeof AcknowledgeInput>;
export type AcknowledgeGiven = z.input<typeof AcknowledgeInput>;

export const SnoozeInput = z.strictObject({ until: Moment.optional() }).meta({ id: 'SnoozeInput' });
export const OverrideInput = z.strictObject({ reason: line(300) }).meta({ id: 'OverrideInput' });

export const AlertView = z
  .object({
    id: z.string(),
    kind: z.string(),
    at: At,
    senderId: z.string().optional(),
    contactId: z.string().optional(),
    enrollmentId: z.string().optional(),
    campaignId: z.string().optional(),
    messageId: z.string().optional(),
    /** `quiet`: nobody waits for it. `list`: told nobody, only counted in the digest. */
    urgency: z.enum(['quiet', 'list']).optional(),
    detail: z.string().optional(),
    /** Channel → when it took the alert; further rings are `<channel>~<ring>`. */
    delivered: z.record(z.string(), At),
    acknowledgedAt: At.optional(),
    /** Of one that waits for a person: when a day has passed. */
    dueBy: At.optional(),
    /** That day has passed, and nobody has acknowledged it. */
    isRed: z.boolean().optional(),
    deliveries: z.array(DeliveryView),
  })
  .meta({ id: 'Alert' });
export type AlertView = z.infer<typeof AlertView>;
export const AlertPage = pageOf(AlertView).meta({ id: 'AlertPage' });
/** `given-up`: some channel never took it. `waiting`: a person waits, and nobody has acknowledged it. */
export const AlertQuery = PageQuery.extend({ state: z.enum(['given-up', 'waiting']).optional() });
