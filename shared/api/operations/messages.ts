/** The operations of /v1/messages. */
import * as z from 'zod';
import { PageQuery } from '../../api.ts';
import { AnswerInput, AssignInput, CorrectionInput, MessagePage, MessageView } from '../contacts.ts';
import { EXAMPLE_CONTACT_ID, EXAMPLE_REPLY_ID, EXAMPLE_UNMATCHED_ID } from '../examples.ts';
import type { OperationsOf } from '../operation.ts';
import { OriginalView } from '../originals.ts';

const reply = { params: { contactId: EXAMPLE_CONTACT_ID, id: EXAMPLE_REPLY_ID } };

export const messageOperations = {
  'messages.list': {
    summary: 'List what came in',
    description:
      'Newest first: from contacts, or with `unmatched=true` the mails that no contact could be found for. The mails of one contact: `GET /v1/contacts/{id}/messages`.',
    scope: 'read',
    query: PageQuery.extend({ unmatched: z.enum(['true', 'false', '']).optional() }),
    answers: { 200: MessagePage },
    example: { query: { unmatched: 'true' } },
  },
  'messages.get': {
    summary: 'Read a mail',
    description:
      'As plain text, with what was read in it and on which words. `contactId` may be `unmatched`.',
    scope: 'read',
    answers: { 200: MessageView },
    example: reply,
  },
  'messages.original': {
    summary: 'Read a whole inbound mail',
    description:
      'Its text with quotes and signature, and its HTML reduced to formatting: no pictures, styles, scripts, forms or links. 404 once the bucket has let go of it.',
    scope: 'read',
    answers: { 200: OriginalView },
    example: reply,
  },
  'messages.raw': {
    summary: 'Download a mail as it came in',
    description: 'Always as an attachment, never shown: it may hold anything. Up to 4 MB; 409 beyond.',
    scope: 'read',
    answers: { 200: { mediaType: 'message/rfc822', description: 'The bytes as SES received them.' } },
    example: reply,
  },
  'messages.answer': {
    summary: 'Answer a mail in its thread',
    description:
      'Leaves at once, from the sender’s address, and counts as their own answer: open follow-ups are held and the alert is acknowledged. Send an `Idempotency-Key`: then a repeat sends nothing. `sentAt` is missing where the mail server said neither yes nor no.',
    scope: 'write',
    body: AnswerInput,
    answers: { 201: MessageView },
    example: {
      ...reply,
      body: { text: 'Dear Ana,\n\nthe price list is on its way.\n\nKind regards,\nLin Wei' },
    },
  },
  'messages.assign': {
    summary: 'Say whose an unmatched mail is',
    description: 'It moves to the contact’s mails, and their enrollment follows what it says.',
    scope: 'write',
    body: AssignInput,
    answers: { 200: MessageView },
    example: { params: { id: EXAMPLE_UNMATCHED_ID }, body: { contactId: EXAMPLE_CONTACT_ID } },
  },
  'messages.correct': {
    summary: 'Correct how a mail was read',
    description: 'The sequence follows the corrected reading.',
    scope: 'write',
    body: CorrectionInput,
    answers: { 200: MessageView },
    example: { ...reply, body: { kind: 'absence', returnOn: '2030-01-07', reason: 'leave' } },
  },
} satisfies OperationsOf<'messages'>;
