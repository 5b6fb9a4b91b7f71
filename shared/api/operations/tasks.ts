/** The operations of /v1/tasks. */
import { PageQuery } from '../../api.ts';
import { EXAMPLE_CONTACT_ID, EXAMPLE_TASK_ID } from '../examples.ts';
import type { OperationsOf } from '../operation.ts';
import { OutcomeInput, OverrideInput, SnoozeInput, TaskAnswer, TaskPage, TaskView } from '../tasks.ts';

const task = { params: { contactId: EXAMPLE_CONTACT_ID, id: EXAMPLE_TASK_ID } };

export const taskOperations = {
  'tasks.list': {
    summary: 'List open tasks',
    description: 'By the moment at which they are due.',
    scope: 'read',
    query: PageQuery,
    answers: { 200: TaskPage },
    example: { query: { limit: '50' } },
  },
  'tasks.get': {
    summary: 'Read a task',
    description:
      'With everything needed to do it from a telephone: the paragraph, the links, both clocks. While there are `cautions`, no link is given.',
    scope: 'read',
    answers: { 200: TaskAnswer },
    example: task,
  },
  'tasks.card': {
    summary: 'Whom to call, as a vCard',
    scope: 'read',
    answers: { 200: { mediaType: 'text/vcard', description: 'RFC 6350; a telephone opens it.' } },
    example: task,
  },
  'tasks.close': {
    summary: 'Close a task with its outcome',
    description:
      'The outcome is what the sequence goes on from; `outcomes` of the task says which there are.',
    scope: 'write',
    body: OutcomeInput,
    answers: { 200: TaskView },
    example: { ...task, body: { outcome: 'answered', note: 'Wants a price list.' } },
  },
  'tasks.snooze': {
    summary: 'Do it later',
    description: 'Without a moment: the next working day of theirs.',
    scope: 'write',
    body: SnoozeInput,
    isBodyOptional: true,
    answers: { 200: TaskView },
    example: { ...task, body: { until: '2030-01-07T10:00:00Z' } },
  },
  'tasks.override': {
    summary: 'Do it against the ledger’s advice',
    description: 'The reason is kept; then the links are given.',
    scope: 'write',
    body: OverrideInput,
    answers: { 200: TaskAnswer },
    example: { ...task, body: { reason: 'She asked me at the fair to write on WhatsApp.' } },
  },
} satisfies OperationsOf<'tasks'>;
