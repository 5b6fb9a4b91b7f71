/** The operations of /v1/approvals: the letters that wait for a person's word, and many words at once. */
import { ApprovalsAnswer, ApprovalsInput, ApprovalsQuery, LetterToApprovePage } from '../approvals.ts';
import { EXAMPLE_CAMPAIGN, EXAMPLE_ENROLLMENT_ID, EXAMPLE_PRINT } from '../examples.ts';
import type { OperationsOf } from '../operation.ts';

export const approvalOperations = {
  'approvals.list': {
    summary: 'List the letters that wait for approval',
    description:
      'Of one campaign or of one sender, each as it would go, with what the lint says and its minute. A page may be empty and not the last.',
    scope: 'read',
    query: ApprovalsQuery,
    answers: { 200: LetterToApprovePage },
    example: { query: { campaignId: EXAMPLE_CAMPAIGN } },
  },
  'approvals.approve': {
    summary: 'Approve many letters',
    description:
      'One answer for each, in the order asked; one that cannot be approved keeps no other waiting.',
    scope: 'write',
    body: ApprovalsInput,
    answers: { 200: ApprovalsAnswer },
    example: { body: { approve: [{ enrollmentId: EXAMPLE_ENROLLMENT_ID, step: 0, print: EXAMPLE_PRINT }] } },
  },
} satisfies OperationsOf<'approvals'>;
