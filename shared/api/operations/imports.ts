/** The operations of /v1/imports, of the small import and of /v1/exports. */
import { PageQuery } from '../../api.ts';
import { EXAMPLE_CAMPAIGN, EXAMPLE_IMPORT_ID } from '../examples.ts';
import {
  ExportAnswer,
  ExportInput,
  ImportCreated,
  ImportInput,
  ImportPage,
  ImportView,
  ReadAnswer,
  ReadInput,
  SmallImportInput,
} from '../imports.ts';
import type { OperationsOf } from '../operation.ts';

const csv = 'Email,Name,Company,Country\nmaria@loja.example,Maria Reis,Loja Reis,Portugal\n';

export const importOperations = {
  'imports.create': {
    summary: 'Announce a file of contacts',
    description:
      'Answers a link: PUT the CSV file there with the headers named. Up to 50 MB and 100,000 rows; UTF-8, UTF-16 or ' +
      'GB18030; comma, semicolon or tab. Columns are guessed from their headers (HubSpot, Apollo, Sales Navigator, ' +
      '邮箱, 公司, 国家 …). Then ask `GET /v1/imports/{id}`.',
    scope: 'write',
    body: ImportInput,
    answers: { 201: ImportCreated },
    example: { body: { bytes: csv.length } },
  },
  'imports.small': {
    summary: 'Import contacts from a CSV file in the body',
    description: 'For files that fit into a body of 5 MB. Rows are settled in the background.',
    scope: 'write',
    body: SmallImportInput,
    answers: { 202: ImportView },
    example: { body: { csv } },
  },
  'imports.read': {
    summary: 'Try a CSV file: its columns, contacts and errors',
    description: 'Nothing is saved. Answers the first 2,000 contacts and the first 2,000 errors.',
    scope: 'read',
    body: ReadInput,
    answers: { 200: ReadAnswer },
    example: { body: { csv } },
  },
  'imports.list': {
    summary: 'List imports, the newest first',
    scope: 'read',
    query: PageQuery,
    answers: { 200: ImportPage },
    example: {},
  },
  'imports.get': {
    summary: 'How far an import is, and its bad rows',
    scope: 'read',
    answers: { 200: ImportView },
    example: { params: { id: EXAMPLE_IMPORT_ID } },
  },
} satisfies OperationsOf<'imports'>;

export const exportOperations = {
  'exports.create': {
    summary: 'Export contacts, enrollments or suppressions',
    description:
      'Answers a link to the file, good for an hour. Contacts of one campaign or of all, enrollments of one campaign, or ' +
      'everybody who is never written to. No cell of the CSV is a formula.',
    scope: 'read',
    body: ExportInput,
    answers: { 201: ExportAnswer },
    example: { body: { what: 'enrollments', campaignId: EXAMPLE_CAMPAIGN } },
  },
} satisfies OperationsOf<'exports'>;
