/** Every operation of the API. A resource adds its declarations here, its routes to `routes.ts`, its handlers to `functions/api.ts`. */
import type { z } from 'zod';
import type { FileAnswer, Frozen, Operation } from './operation.ts';
import { alertOperations } from './operations/alerts.ts';
import { approvalOperations } from './operations/approvals.ts';
import { campaignOperations } from './operations/campaigns.ts';
import { channelOperations } from './operations/channels.ts';
import { companyOperations } from './operations/companies.ts';
import { contactOperations } from './operations/contacts.ts';
import { enrollmentOperations } from './operations/enrollments.ts';
import { healthOperations } from './operations/health.ts';
import { exportOperations, importOperations } from './operations/imports.ts';
import { messageOperations } from './operations/messages.ts';
import { auditOperations, peopleOperations, retentionOperations } from './operations/people.ts';
import { referenceOperations } from './operations/reference.ts';
import { senderOperations } from './operations/senders.ts';
import { sequenceOperations } from './operations/sequences.ts';
import { statsOperations } from './operations/stats.ts';
import { suppressionOperations } from './operations/suppressions.ts';
import { taskOperations } from './operations/tasks.ts';
import { todayOperations } from './operations/today.ts';
import { webhookOperations } from './operations/webhooks.ts';
import type { OperationId } from './routes.ts';

export const OPERATIONS = {
  ...healthOperations,
  ...todayOperations,
  ...companyOperations,
  ...referenceOperations,
  ...senderOperations,
  ...channelOperations,
  ...sequenceOperations,
  ...campaignOperations,
  ...contactOperations,
  ...enrollmentOperations,
  ...approvalOperations,
  ...messageOperations,
  ...taskOperations,
  ...alertOperations,
  ...webhookOperations,
  ...suppressionOperations,
  ...importOperations,
  ...exportOperations,
  ...statsOperations,
  ...peopleOperations,
  ...auditOperations,
  ...retentionOperations,
} satisfies { readonly [Id in OperationId]: Operation };

export type Operations = typeof OPERATIONS;

/** What a client writes, before defaults. */
export type BodyGiven<Declared> = Declared extends { readonly body: infer Body extends z.ZodType }
  ? Frozen<z.input<Body>>
  : undefined;
export type QueryGiven<Declared> = Declared extends { readonly query: infer Query extends z.ZodType }
  ? Frozen<z.input<Query>>
  : undefined;

type Answered<Schemas> = {
  [Status in keyof Schemas]: Schemas[Status] extends z.ZodType ? z.output<Schemas[Status]> : never;
}[keyof Schemas];
/** What a success brings; a file where no status has a schema. */
export type AnswerBody<Declared> = Declared extends { readonly answers: infer Schemas }
  ? Schemas[keyof Schemas] extends FileAnswer
    ? 'file'
    : Answered<Schemas>
  : never;
