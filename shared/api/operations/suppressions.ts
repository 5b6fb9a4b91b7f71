/** The operations of /v1/suppressions. */
import { PageQuery } from '../../api.ts';
import type { OperationsOf } from '../operation.ts';
import {
  SuppressionAnswer,
  SuppressionEntry,
  SuppressionInput,
  SuppressionPage,
  SuppressionsAnswer,
  SuppressionsInput,
  UnsuppressQuery,
} from '../suppressions.ts';

export const suppressionOperations = {
  'suppressions.list': {
    summary: 'List who is never written to, the newest first',
    description:
      'People and companies. As a file: `POST /v1/exports` with `"what": "suppressions"`. An index that may lag by a second.',
    scope: 'read',
    query: PageQuery,
    answers: { 200: SuppressionPage },
    example: {},
  },
  'suppressions.add': {
    summary: 'Never write to an address or a company again',
    description:
      'Of an address that is no contact only a keyed hash is kept: it is refused whenever it comes, and cannot be read back.',
    scope: 'write',
    body: SuppressionInput,
    answers: { 200: SuppressionAnswer },
    example: { body: { domain: 'competitor.example' } },
  },
  'suppressions.addMany': {
    summary: 'Import a list of addresses and domains',
    description:
      'Up to 2,000 in one call, as `entries`, or as a sheet: `csv`, or `base64` where it is UTF-16, GBK or another of Excel’s. Each is taken or refused by itself; asking again is no error.',
    scope: 'write',
    body: SuppressionsInput,
    answers: { 200: SuppressionsAnswer },
    example: { body: { csv: 'Email\nno.more@ferragens.example\ncompetitor.example\n' } },
  },
  'suppressions.remove': {
    summary: 'Let a company or a person be written to again',
    description:
      'By mail domain, address or contact id. Whoever opted out or complained comes back only with a `reason`: `they-asked`, or ' +
      '`recorded-by-mistake`; it stands in the audit log beside who said so. Whoever asked to be forgotten does not come back. A walk ' +
      'that has ended stays ended. `suppressed: true`: the rest of the company still is, and so are they.',
    scope: 'admin',
    params: { entry: SuppressionEntry },
    query: UnsuppressQuery,
    answers: { 200: SuppressionAnswer },
    example: { params: { entry: 'ana.silva@ferragens.example' }, query: { reason: 'recorded-by-mistake' } },
  },
} satisfies OperationsOf<'suppressions'>;
