/** The operations of /v1/enrollments: what a person may say about one contact's walk. */
import { DecideInput, EnrollmentView, HoldInput, NextStepView, ReleaseInput } from '../contacts.ts';
import { EXAMPLE_ENROLLMENT_ID } from '../examples.ts';
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
    example: { ...walk, body: { decision: 'it-went' } },
  },
} satisfies OperationsOf<'enrollments'>;
