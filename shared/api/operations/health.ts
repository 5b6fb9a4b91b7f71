/** The operations of /v1/health. */
import { Health } from '../../api.ts';
import type { OperationsOf } from '../operation.ts';

export const healthOperations = {
  'health.get': {
    summary: 'Is it well?',
    description:
      'For a load balancer or a watchdog. `inbound.fence` is `closed` while replies may wait unread: follow-ups wait then, too.',
    scope: 'public',
    answers: { 200: Health },
    example: {},
  },
} satisfies OperationsOf<'health'>;
