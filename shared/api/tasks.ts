/** Tasks with their outcomes, and alerts, in the API. */
import { z } from 'zod';
import { At, pageOf } from '../api.ts';
import { OUTCOMES, type Outcome } from '../domain/task.ts';

const KINDS = [
  'whatsapp',
  'call',
  'answer',
  'check-date',
  'find-another-way',
  'decide',
  'confirm-opt-out',
  'new-address',
  'custom',
] as const;

export const TaskView = z.object({
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
  /** What may be answered. */
  outcomes: z.array(z.string()),
});
export type TaskView = z.infer<typeof TaskView>;
export const TaskPage = pageOf(TaskView);

/** One task, with everything needed to do it from a telephone. */
export const TaskAnswer = TaskView.extend({
  name: z.string().optional(),
  company: z.string().optional(),
  /** Their clock. */
  zone: z.string().optional(),
  /** The text to send; the salesperson sends it, never the system. */
  paragraph: z.string().optional(),
  whatsappLink: z.string().optional(),
  telLink: z.string().optional(),
});
export type TaskAnswer = z.infer<typeof TaskAnswer>;

const ALL = [...new Set(Object.values(OUTCOMES).flat())] as Outcome[];
export const OutcomeInput = z.strictObject({ outcome: z.enum(ALL) });

export const AlertView = z.object({
  id: z.string(),
  kind: z.string(),
  at: At,
  senderId: z.string().optional(),
  contactId: z.string().optional(),
  enrollmentId: z.string().optional(),
  campaignId: z.string().optional(),
  messageId: z.string().optional(),
  /** `quiet`: nobody waits for it. */
  urgency: z.literal('quiet').optional(),
  detail: z.string().optional(),
  /** Channel → when it took the alert. */
  delivered: z.record(z.string(), At),
  acknowledgedAt: At.optional(),
});
export type AlertView = z.infer<typeof AlertView>;
export const AlertPage = pageOf(AlertView);
