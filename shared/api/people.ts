/** People's data in the API: what is kept of one person, forgetting them, and who did what. */
import * as z from 'zod';
import { At, pageOf } from '../api.ts';

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
  status: z.number().int(),
  requestId: z.string(),
});
export const AuditPage = pageOf(AuditView);
