/** People's data in the API: what is kept of one person, forgetting them, and who did what. */
import * as z from 'zod';
import { At, pageOf } from '../api.ts';
import { AUDIT_DAYS_MAX, AUDIT_DAYS_MIN } from '../domain/retention.ts';

export const ErasureView = z.object({
  contactId: z.string(),
  askedAt: At,
  /** When the last sweep found that no run of before the wish can write any more. */
  doneAt: At.optional(),
});

export const AuditView = z.object({
  id: z.string(),
  at: At,
  actor: z.string(),
  operation: z.string(),
  subject: z.string().optional(),
  reason: z.string().optional(),
  status: z.number().int(),
  requestId: z.string(),
});
/** The terms that a person may change, and beside them those that a deployment sets. */
export const RetentionInput = z
  .strictObject({ auditDays: z.number().int().min(AUDIT_DAYS_MIN).max(AUDIT_DAYS_MAX) })
  .meta({ id: 'RetentionInput' });
export const RetentionView = z
  .object({
    /** Of entries of the audit log that are written from now on. */
    auditDays: z.number().int(),
    /** Of raw mails; `mailDays` of the deployment. */
    mailDays: z.number().int(),
    /** Of files that were imported or exported. */
    fileDays: z.number().int(),
  })
  .meta({ id: 'Retention' });
export const AuditPage = pageOf(AuditView);
