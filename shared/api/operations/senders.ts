/** The operations of /v1/senders. */
import { PageQuery } from '../../api.ts';
import { EXAMPLE_COLLEAGUE, EXAMPLE_SENDER } from '../examples.ts';
import type { OperationsOf } from '../operation.ts';
import {
  SenderInput,
  SenderPage,
  SenderPatch,
  SenderPause,
  SenderView,
  TransferAnswer,
  TransferInput,
} from '../senders.ts';

const ofLin = { params: { id: EXAMPLE_SENDER.id } };
const { id: _id, ...WITHOUT_ID } = EXAMPLE_SENDER;

export const senderOperations = {
  'senders.create': {
    summary: 'Create a sender',
    description:
      'Without an `id` of its own a sender is its address. The same sender again is answered with 200; another one under a taken id with 409.',
    scope: 'write',
    body: SenderInput,
    answers: { 201: SenderView, 200: SenderView },
    isVersioned: true,
    example: { body: { ...WITHOUT_ID, address: 'new.colleague@export.example' } },
  },
  'senders.list': {
    summary: 'List senders',
    scope: 'read',
    query: PageQuery,
    answers: { 200: SenderPage },
    example: { query: { limit: '20' } },
  },
  'senders.get': {
    summary: 'Read a sender',
    scope: 'read',
    answers: { 200: SenderView },
    isVersioned: true,
    example: ofLin,
  },
  'senders.change': {
    summary: 'Change a sender',
    description: 'RFC 7396: what is left out stays, `null` removes. Channels are replaced as a whole.',
    scope: 'write',
    body: SenderPatch,
    answers: { 200: SenderView },
    isVersioned: true,
    example: { ...ofLin, body: { dailyQuota: 40, website: 'harbour-tools.example' } },
  },
  'senders.pause': {
    summary: 'Pause a sender',
    description:
      'Closes the sender’s gate: letters of all their campaigns wait, until the moment if one is given.',
    scope: 'write',
    body: SenderPause,
    isBodyOptional: true,
    answers: { 200: SenderView },
    example: { ...ofLin, body: { until: '2030-01-07T09:00:00+08:00' } },
  },
  'senders.resume': {
    summary: 'Resume a sender',
    scope: 'write',
    answers: { 200: SenderView },
    example: ofLin,
  },
  'senders.probe': {
    summary: 'Try the sender’s own mailbox',
    description:
      'Sends a mail to the sender’s own address. If their mailbox redirects to `redirectTo`, it comes back and `ownMailbox.seenAt` says so.',
    scope: 'write',
    answers: { 202: SenderView },
    example: ofLin,
  },
  'senders.transfer': {
    summary: 'Hand everything of a sender to another',
    description:
      'Companies, campaigns, walks, tasks and waiting alerts of a leaver. They follow in the background.',
    scope: 'admin',
    body: TransferInput,
    answers: { 202: TransferAnswer },
    example: { ...ofLin, body: { to: EXAMPLE_COLLEAGUE.id } },
  },
} satisfies OperationsOf<'senders'>;
