/** Who is never written to, in the API: one or many addresses and mail domains, and the list of all. */
import * as z from 'zod';
import { At, Fault, pageOf } from '../api.ts';

/** A person by the address, or everybody at one mail domain. */
export const SuppressionInput = z
  .strictObject({ domain: z.string().max(253).optional(), address: z.string().max(320).optional() })
  .refine(({ domain, address }) => (domain === undefined) !== (address === undefined), {
    error: 'Name one mail address, or one mail domain.',
    path: ['domain'],
  })
  .meta({ id: 'SuppressionInput' });

export const SuppressionAnswer = z
  .object({ domain: z.string().optional(), contactId: z.string().optional(), suppressed: z.boolean() })
  .meta({ id: 'SuppressionAnswer' });

/** A mail domain, an address or a contact id. */
export const SuppressionEntry = z.string().min(1).max(320);

/** Why somebody may be written to again who once said, or whose mail server said, that they may not. */
export const UnsuppressQuery = z.strictObject({
  reason: z.enum(['they-asked', 'recorded-by-mistake', 'address-works']).optional(),
});

export const SUPPRESSED_PER_CALL_MAX = 2_000;

/** `entries`: addresses and domains, mixed. A sheet has a column of either; without a header its first column. */
export const SuppressionsInput = z
  .strictObject({
    entries: z
      .array(z.string().max(320))
      .min(1, 'Name at least one.')
      .max(SUPPRESSED_PER_CALL_MAX)
      .optional(),
    /** The sheet's text. */
    csv: z.string().min(1).optional(),
    /** Its bytes, where it is no UTF-8. */
    base64: z.base64('This is no base64.').min(1).optional(),
  })
  .refine((given) => Object.values(given).filter((one) => one !== undefined).length === 1, {
    error: 'Send the list as "entries", as "csv", or as "base64" where it is no UTF-8.',
    path: ['entries'],
  })
  .meta({ id: 'SuppressionsInput' });

export const SuppressionsAnswer = z
  .object({
    /** New ones and those that were suppressed already. */
    suppressed: z.number().int(),
    /** What is neither an address nor a company’s domain, by its place in the list (of a CSV: its row, from 1). */
    refused: z.array(Fault),
  })
  .meta({ id: 'SuppressionsAnswer' });

export const SuppressionView = z
  .object({
    kind: z.enum(['contact', 'domain']),
    domain: z.string().optional(),
    contactId: z.string().optional(),
    /** Missing where nothing but a keyed hash is kept: of whoever was forgotten, or never was a contact. */
    address: z.string().optional(),
    name: z.string().optional(),
    why: z.enum(['unsubscribed', 'bounced', 'complained', 'by-person', 'erased']),
    since: At,
  })
  .meta({ id: 'Suppression' });
export type SuppressionView = z.infer<typeof SuppressionView>;
export const SuppressionPage = pageOf(SuppressionView).meta({ id: 'SuppressionPage' });
