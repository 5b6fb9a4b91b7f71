/** Imports and exports in the API: files that are too large for a body go by links of their own. */
import * as z from 'zod';
import { At, GivenId, pageOf } from '../api.ts';
import { COLUMNS_MAX } from '../csv/read-rows.ts';
import { isMappedField } from '../csv/row-contact.ts';
import { IMPORT_BYTES_MAX } from '../domain/import.ts';
import { ContactInput } from './contacts.ts';

const Mapping = z
  .record(
    z.string().max(200),
    z.string().refine(isMappedField, {
      error:
        'Name a field: address, firstName, … , fields.NAME, letters.STEP.PART, or "-" to leave the column out.',
    }),
  )
  .refine((mapping) => Object.keys(mapping).length <= COLUMNS_MAX, `Keep to ${COLUMNS_MAX} columns.`);

const WARNINGS_MAX = 200;
const options = {
  /** Header → field, where the guess is to be overruled. */
  mapping: Mapping.optional(),
  /** Whoever comes in is added there, and enrolled if it runs. */
  campaignId: GivenId.optional(),
  /** A draft begins with the first rows. */
  launch: z.boolean().default(false),
  acceptWarnings: z
    .union([z.literal('all'), z.array(z.string().regex(/^[a-z2-7]{20}$/)).max(WARNINGS_MAX)], {
      error: 'Write "all", or the fingerprints of the warnings that you accept.',
    })
    .default([]),
};

/** The size is part of the link: no more can be sent by it. */
export const ImportInput = z
  .strictObject({ bytes: z.number().int().min(1).max(IMPORT_BYTES_MAX), ...options })
  .refine(({ launch, campaignId }) => !launch || campaignId, {
    error: 'Name the campaign to be launched.',
    path: ['campaignId'],
  });

const file = {
  /** The file's text. */
  csv: z.string().min(1).optional(),
  /** The file's bytes, where it is no UTF-8. */
  base64: z.base64('This is no base64.').min(1).optional(),
};
type File = { readonly csv?: string | undefined; readonly base64?: string | undefined };
const isOneFile = ({ csv, base64 }: File): boolean => (csv === undefined) !== (base64 === undefined);
const ONE_FILE = { error: 'Send the file as "csv", or as "base64" where it is no UTF-8.', path: ['csv'] };

export const SmallImportInput = z
  .strictObject({ ...file, ...options })
  .refine(isOneFile, ONE_FILE)
  .refine(({ launch, campaignId }) => !launch || campaignId, {
    error: 'Name the campaign to be launched.',
    path: ['campaignId'],
  });

export const ReadInput = z.strictObject({ ...file, mapping: Mapping.optional() }).refine(isOneFile, ONE_FILE);

const Column = z.object({ header: z.string(), field: z.string() });
const RowError = z.object({
  row: z.number().int(),
  column: z.string(),
  reason: z.string(),
  detail: z.string(),
});

export const ReadAnswer = z.object({
  columns: z.array(Column),
  encoding: z.string(),
  rows: z.number().int(),
  /** The first of them. */
  contacts: z.array(ContactInput),
  errors: z.array(RowError),
});
export type ReadAnswer = z.infer<typeof ReadAnswer>;

export const Link = z.object({ url: z.string(), expiresAt: At });

export const ImportView = z.object({
  id: z.string(),
  createdAt: At,
  status: z.enum(['waiting', 'running', 'done', 'failed']),
  campaignId: z.string().optional(),
  columns: z.array(Column).optional(),
  encoding: z.string().optional(),
  rows: z.number().int().optional(),
  done: z.number().int(),
  accepted: z.number().int(),
  refused: z.number().int(),
  /** Why nothing more of it comes in. */
  failure: z.string().optional(),
  startedAt: At.optional(),
  finishedAt: At.optional(),
  /** The rows that did not come in, each with its reason; mend it and send it again. */
  errors: Link.extend({ rows: z.number().int() }).optional(),
});
export type ImportView = z.infer<typeof ImportView>;
export const ImportPage = pageOf(ImportView);

export const ImportCreated = z.object({
  import: ImportView,
  /** PUT the file there, with exactly these headers. It works once. */
  upload: Link.extend({ method: z.literal('PUT'), headers: z.record(z.string(), z.string()) }),
});

/** Without a campaign: every contact, or everybody who is never written to. */
export const ExportInput = z
  .strictObject({
    what: z.enum(['contacts', 'enrollments', 'suppressions']),
    campaignId: GivenId.optional(),
    format: z.enum(['csv', 'json']).default('csv'),
  })
  .refine(({ what, campaignId }) => what !== 'enrollments' || campaignId, {
    error: 'Name the campaign whose enrollments are asked for.',
    path: ['campaignId'],
  })
  .refine(({ what, campaignId }) => what !== 'suppressions' || !campaignId, {
    error: 'Suppressions belong to no campaign: leave it out.',
    path: ['campaignId'],
  });
export type ExportInput = z.output<typeof ExportInput>;
export const ExportAnswer = Link.extend({ rows: z.number().int() });
