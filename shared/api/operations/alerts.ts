/** The operations of /v1/alerts. */
import { PageQuery } from '../../api.ts';
import { EXAMPLE_ALERT_ID } from '../examples.ts';
import type { OperationsOf } from '../operation.ts';
import { AcknowledgeInput, AlertPage, AlertView } from '../tasks.ts';

export const alertOperations = {
  'alerts.list': {
    summary: 'List alerts, newest first',
    scope: 'read',
    query: PageQuery,
    answers: { 200: AlertPage },
    example: { query: { limit: '20' } },
  },
  'alerts.acknowledge': {
    summary: 'Acknowledge an alert',
    description: 'It stops ringing. With an `outcome` the task "answer" of that mail is closed, too.',
    scope: 'write',
    body: AcknowledgeInput,
    isBodyOptional: true,
    answers: { 200: AlertView },
    example: { params: { id: EXAMPLE_ALERT_ID } },
  },
} satisfies OperationsOf<'alerts'>;
