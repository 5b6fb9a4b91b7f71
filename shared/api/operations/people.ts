/** The operations on people's data. */
import { PageQuery } from '../../api.ts';
import { EXAMPLE_CONTACT_ID } from '../examples.ts';
import type { OperationsOf } from '../operation.ts';
import { AuditPage, ErasureView, RetentionInput, RetentionView } from '../people.ts';

const ana = { params: { id: EXAMPLE_CONTACT_ID } };

export const peopleOperations = {
  'people.export': {
    summary: 'Everything that is kept of one person',
    description:
      'A zip: `person.json`, and each mail of theirs as it came, `mails/*.eml` (up to 4 MB; more by `raw` of each message).',
    scope: 'admin',
    answers: {
      200: { mediaType: 'application/zip', description: 'The file; its name stands in Content-Disposition.' },
    },
    example: ana,
  },
  'people.erase': {
    summary: 'Forget a person',
    description:
      'Nothing is written to them from the answer on. Profile, letters, mails, tasks, reasons and rows of reports go at once; ' +
      'half an hour later a last sweep takes what was under way (`doneAt`). What stays is "suppressed" under an id from which ' +
      'no address can be computed. Asking again is no error.',
    scope: 'admin',
    answers: { 202: ErasureView },
    example: ana,
  },
  'people.erasure': {
    summary: 'Whether a person is forgotten',
    scope: 'admin',
    answers: { 200: ErasureView },
    example: ana,
  },
} satisfies OperationsOf<'people'>;

export const auditOperations = {
  'audit.list': {
    summary: 'Who did what, the newest first',
    description:
      'Every request that changes something or takes people’s data away; ids only. Kept for a year, or as `PUT /v1/retention` says.',
    scope: 'admin',
    query: PageQuery,
    answers: { 200: AuditPage },
    example: {},
  },
} satisfies OperationsOf<'audit'>;

export const retentionOperations = {
  'retention.get': {
    summary: 'How long things are kept',
    scope: 'admin',
    answers: { 200: RetentionView },
    example: {},
  },
  'retention.set': {
    summary: 'Say how long the audit log is kept',
    description:
      'Holds for what is written from now on: an entry keeps the term of its day. Raw mails and files follow the deployment ' +
      '(`mailDays`); profiles, conversations and suppressions stay until the person is erased.',
    scope: 'admin',
    body: RetentionInput,
    answers: { 200: RetentionView },
    example: { body: { auditDays: 730 } },
  },
} satisfies OperationsOf<'retention'>;
