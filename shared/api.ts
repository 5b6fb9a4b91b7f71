/**
 * The HTTP API in one place: what may be asked and what is answered, as zod schemas from which the types follow.
 * Here stands what every resource shares; the resources are in `api/`. The console and the client take types only.
 */
import * as z from 'zod';
import type { Instant } from './domain/instant.ts';

/** API Gateway takes 10 MB and Lambda 6 MB, base64 included; more contacts come in further calls. */
export const BODY_BYTES_MAX = 5 * 1024 * 1024;
export const CONTACTS_PER_CALL_MAX = 2_000;
export const PAGE_ITEMS_MAX = 200;
/** A problem names this many faults and counts the others: nobody mends more in one go. */
export const FAULTS_SHOWN_MAX = 100;

/** What is wrong at one place of a request, and what mends it. */
export const Fault = z
  .object({
    /** RFC 6901, into the request body. */
    pointer: z.string().optional(),
    /** Of the query. */
    parameter: z.string().optional(),
    header: z.string().optional(),
    /** Where the request named contacts without writing them out. */
    contactId: z.string().optional(),
    /** A word that programs can tell apart; the detail is for people. */
    reason: z.string().optional(),
    /** Of a lint warning: what `acceptWarnings` takes. */
    fingerprint: z.string().optional(),
    detail: z.string(),
  })
  .meta({ id: 'Fault' });
export type Fault = z.infer<typeof Fault>;

/** RFC 9457, `application/problem+json`. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    /** At most 100; `errorCount` says how many there are. */
    errors: z.array(Fault).optional(),
    errorCount: z.number().int().optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** Chosen by the client for a campaign or a sequence. */
export const GivenId = z.string().regex(/^[a-z0-9-]{3,40}$/, 'Use 3 to 40 characters of a-z, 0-9 and "-".');

/** A sender's id travels inside tokens in mail addresses, whose case mail systems fold: base32, no digits 0, 1, 8, 9. */
export const GivenSenderId = z.string().regex(/^[a-z2-7]{3,26}$/, 'Use 3 to 26 characters of a-z and 2-7.');

/** One line of text; a line break would let a value begin a header or a line of its own. */
export const line = (charsMax: number) =>
  z
    .string()
    .trim()
    .min(1, 'Leave it out where there is nothing to say.')
    .max(charsMax, `Keep it under ${charsMax} characters.`)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'Write it in one line, without control characters.');

/** Any ISO 8601 moment with an offset; kept in UTC. */
export const Moment = z.iso
  .datetime({ offset: true, error: 'Write a moment with its offset, such as 2026-11-30T09:00:00Z.' })
  .transform((text) => new Date(text).toISOString() as Instant);

/** A moment in an answer: UTC, milliseconds. */
export const At = z.string();

export const PageQuery = z.strictObject({
  limit: z.coerce.number<string | number>().int().min(1).max(PAGE_ITEMS_MAX).optional(),
  after: z.string().min(1).max(2_000).optional(),
});
export type PageQuery = z.input<typeof PageQuery>;

/** "Invalid input: expected string, received undefined" is no sentence for a person. */
export const wordIssue = (issue: { readonly code?: string; readonly input?: unknown }): string | undefined =>
  issue.code === 'invalid_type' && issue.input === undefined ? 'This is missing.' : undefined;

/** A page may be empty and not the last: only a missing `next` ends a listing. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().optional() });

/** Why a thing is as it is: the rule's code and its words in the asked language. */
export const ReasonView = z.object({ at: At, rule: z.string(), text: z.string() }).meta({ id: 'Reason' });

export const Health = z
  .object({
    status: z.literal('ok'),
    /** Closed: replies may wait unread, so follow-ups do too. */
    inbound: z.object({
      fence: z.enum(['open', 'closed']),
      markAt: At.optional(),
      deadLetters: z.number().int(),
    }),
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof Health>;
