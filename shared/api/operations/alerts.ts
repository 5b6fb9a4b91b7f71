/** The operations of /v1/alerts. */
import { PageQuery } from '../../api.ts';
import { AttemptPage } from '../channels.ts';
import { EXAMPLE_ALERT_ID } from '../examples.ts';
import type { OperationsOf } from '../operation.ts';
import { AcknowledgeInput, AlertPage, AlertQuery, AlertView } from '../tasks.ts';

export const alertOperations = {
  'alerts.list': {
    summary: 'List alerts, newest first',
    scope: 'read',
    query: AlertQuery,
    answers: { 200: AlertPage },
    example: { query: { limit: '20' } },
  },
  'alerts.get': {
    summary: 'Read an alert',
    scope: 'read',
    answers: { 200: AlertView },
    example: { params: { id: EXAMPLE_ALERT_ID } },
  },
  'alerts.deliveries': {
    summary: 'Read the delivery log of an alert',
    description: 'Each attempt by each channel, oldest first, for 90 days: when, and what came of it.',
    scope: 'read',
    query: PageQuery,
    answers: { 200: AttemptPage },
    example: { params: { id: EXAMPLE_ALERT_ID } },
  },
  'alerts.retry': {
    summary: 'Try again what a channel did not take',
    description: 'Ways that were given up after a day are tried for another one.',
    scope: 'write',
    answers: { 200: AlertView },
    example: { params: { id: EXAMPLE_ALERT_ID } },
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
