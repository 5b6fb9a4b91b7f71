/** The operations of /v1/webhooks. */
import * as z from 'zod';
import { PageQuery } from '../../api.ts';
import { ChannelTest } from '../channels.ts';
import { EXAMPLE_ENDPOINT_ID, EXAMPLE_NOTICE_ID } from '../examples.ts';
import type { OperationsOf } from '../operation.ts';
import { EndpointInput, EndpointList, EndpointMade, UndeliveredPage, UndeliveredView } from '../webhooks.ts';

const ofOne = { params: { id: EXAMPLE_ENDPOINT_ID } };

export const webhookOperations = {
  'webhooks.list': {
    summary: 'List webhooks',
    scope: 'read',
    answers: { 200: EndpointList },
    example: {},
  },
  'webhooks.add': {
    summary: 'Add a webhook',
    description:
      'It is told of what happens from now on, signed by the Standard Webhooks scheme. Each body has an `id` to deduplicate by and a number per contact, `sequence`. What it does not take is tried again for a day. The secret is made here, unless one is given, and shown this once.',
    scope: 'admin',
    body: EndpointInput,
    answers: { 201: EndpointMade },
    example: { body: { url: 'https://crm.example.com/relance', types: ['reply.received', 'task.due'] } },
  },
  'webhooks.remove': {
    summary: 'Remove a webhook',
    scope: 'admin',
    answers: { 200: EndpointList },
    example: ofOne,
  },
  'webhooks.test': {
    summary: 'Try whether a webhook answers',
    description: 'Sends a signed body of the type `ping` now, and says what came back.',
    scope: 'write',
    answers: { 200: ChannelTest },
    example: ofOne,
  },
  'webhooks.undelivered': {
    summary: 'List what a webhook has not taken',
    description: '`waiting`: still tried. `dead`: not taken for a day. Oldest first.',
    scope: 'read',
    query: PageQuery.extend({ state: z.enum(['waiting', 'dead']).optional() }),
    answers: { 200: UndeliveredPage },
    example: { ...ofOne, query: { state: 'dead' } },
  },
  'webhooks.retry': {
    summary: 'Try a dead notice again',
    scope: 'write',
    answers: { 200: UndeliveredView },
    example: { params: { id: EXAMPLE_ENDPOINT_ID, noticeId: EXAMPLE_NOTICE_ID } },
  },
} satisfies OperationsOf<'webhooks'>;
