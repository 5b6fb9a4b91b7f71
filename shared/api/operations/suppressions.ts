/** The operations of /v1/suppressions. */
import { DomainAnswer, DomainInput } from '../contacts.ts';
import type { OperationsOf } from '../operation.ts';

export const suppressionOperations = {
  'suppressions.add': {
    summary: 'Never write to a company again',
    scope: 'write',
    body: DomainInput,
    answers: { 200: DomainAnswer },
    example: { body: { domain: 'competitor.example' } },
  },
  'suppressions.remove': {
    summary: 'Let a company be written to again',
    scope: 'admin',
    answers: { 200: DomainAnswer },
    example: { params: { domain: 'competitor.example' } },
  },
} satisfies OperationsOf<'suppressions'>;
