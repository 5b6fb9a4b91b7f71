/** A mail as it came, made harmless: what the console shows when the new words alone do not do. */
import * as z from 'zod';

export const OriginalView = z.object({
  from: z.string().optional(),
  subject: z.string().optional(),
  /** The whole body as text, quotes and signature included. */
  text: z.string(),
  /** Formatting only: no pictures, styles, scripts, forms or links. Absent where the mail is plain text. */
  html: z.string().optional(),
  attachments: z.array(z.object({ name: z.string().optional(), type: z.string(), bytes: z.number().int() })),
  /** The mail was longer than what is read of one. */
  isCut: z.boolean(),
});
export type OriginalView = z.infer<typeof OriginalView>;
