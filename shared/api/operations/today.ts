/** The operations of /v1/today and /v1/pulse. */
import * as z from 'zod';
import { GivenSenderId } from '../../api.ts';
import { EXAMPLE_SENDER } from '../examples.ts';
import type { OperationsOf } from '../operation.ts';
import { PulseAnswer, TodayAnswer } from '../today.ts';

export const todayOperations = {
  'today.get': {
    summary: 'Plan the day',
    description:
      'Open work with the hour at which each person can be reached, and the letters that go out until midnight. Of one sender, or of everybody.',
    scope: 'read',
    query: z.strictObject({ sender: GivenSenderId.optional() }),
    answers: { 200: TodayAnswer },
    example: { query: { sender: EXAMPLE_SENDER.id } },
  },
  'today.pulse': {
    summary: 'Ask whether anything is new',
    description: 'The mark is another one whenever an alert or an open task has come or gone.',
    scope: 'read',
    answers: { 200: PulseAnswer },
    example: {},
  },
} satisfies OperationsOf<'today'>;
