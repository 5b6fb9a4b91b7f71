/** The operations of /v1/enrollments: what a person may say about one contact's walk. */
import { ApproveInput, DeclineInput, EditLetterInput, LetterToApprove, StepInPath } from '../approvals.ts';
import { DecideInput, EnrollmentView, HoldInput, NextStepView, ReleaseInput } from '../contacts.ts';
import { EXAMPLE_ENROLLMENT_ID, EXAMPLE_PRINT } from '../examples.ts';
import type { OperationsOf } from '../operation.ts';

const walk = { params: { id: EXAMPLE_ENROLLMENT_ID } };

export const enrollmentOperations = {
  'enrollments.get': {
    summary: 'Read an enrollment',
    scope: 'read',
    answers: { 200: EnrollmentView },
    example: walk,
  },
  'enrollments.next': {
    summary: 'When does the next step happen, and why then?',
    scope: 'read',
    answers: { 200: NextStepView },
    example: walk,
  },
  'enrollments.hold': {
    summary: 'Hold an enrollment',
    description: '"Do not write now". Without a moment only a person releases it.',
    scope: 'write',
    body: HoldInput,
    isBodyOptional: true,
    answers: { 200: EnrollmentView },
    example: { ...walk, body: { until: '2030-01-07T09:00:00Z' } },
  },
  'enrollments.release': {
    summary: 'End a hold',
    scope: 'write',
    body: ReleaseInput,
    isBodyOptional: true,
    answers: { 200: EnrollmentView },
    example: { ...walk, body: { hold: 'person' } },
  },
  'enrollments.stop': {
    summary: 'Stop an enrollment',
    description: 'Asking twice is no error; what ended otherwise keeps its own end.',
    scope: 'write',
    answers: { 200: EnrollmentView },
    example: walk,
  },
  'enrollments.resume': {
    summary: 'Resume a stopped enrollment',
    description: 'Only a person resumes, and never after unsubscribed, complained or bounced.',
    scope: 'write',
    answers: { 200: EnrollmentView },
    example: walk,
  },
  'enrollments.decide': {
    summary: 'Decide the fate of an unknown letter',
    description: 'Where SES answered neither yes nor no: "it went", or "send again".',
    scope: 'write',
    body: DecideInput,
    answers: { 200: EnrollmentView },
    example: { ...walk, body: { decision: 'it-went', claim: 'k7q2m5x3' } },
  },
  'enrollments.letter': {
    summary: 'Read the next letter as it would go',
    description:
      'With what the lint says, the minute at which it goes, and its `print`: an approval names the words it has seen.',
    scope: 'read',
    answers: { 200: LetterToApprove },
    example: walk,
  },
  'enrollments.editLetter': {
    summary: 'Write the next letter for this contact',
    description:
      'From then on it is frozen. What is left out stays as the sequence has it; `approve` lets it go at once.',
    scope: 'write',
    params: { step: StepInPath },
    body: EditLetterInput,
    answers: { 200: LetterToApprove },
    example: {
      params: { ...walk.params, step: '0' },
      body: { subject: 'Hand tools for your new shop' },
    },
  },
  'enrollments.approve': {
    summary: 'Approve the next letter',
    description: 'Names the words that were seen by their `print`; other words meanwhile are a conflict.',
    scope: 'write',
    body: ApproveInput,
    answers: { 200: EnrollmentView },
    example: { ...walk, body: { step: 0, print: EXAMPLE_PRINT } },
  },
  'enrollments.decline': {
    summary: 'Not this letter',
    description: 'Ends the walk, or goes on without this letter; a first letter cannot be skipped.',
    scope: 'write',
    body: DeclineInput,
    answers: { 200: EnrollmentView },
    example: { ...walk, body: { step: 0, instead: 'stop', reason: 'Met them at the fair yesterday' } },
  },
} satisfies OperationsOf<'enrollments'>;
