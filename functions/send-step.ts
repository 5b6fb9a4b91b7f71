/** A step fell due (EventBridge Scheduler → SQS). A throw means: ask again; after 5 times it is a dead letter. */
import * as z from 'zod/mini';
import type { EnrollmentId } from '../shared/domain/ids.ts';
import type { Ports } from '../shared/ports.ts';
import { sendDueStep } from '../shared/send-letter.ts';
import { awsMailer } from './aws/mailer.ts';
import { awsTimers } from './aws/timers.ts';
import { forEachMessage } from './queue-batch.ts';
import { onAws } from './wire.ts';

const StepDue = z.object({
  enrollmentId: z.pipe(
    z.string(),
    z.transform((id) => id as EnrollmentId),
  ),
  step: z.int().check(z.minimum(0)),
  minute: z.string(),
});

export const sendStep = (ports: Ports) => (event: unknown) =>
  forEachMessage(event, ({ body }) => sendDueStep(ports, StepDue.parse(body)));

export const handler = onAws(sendStep, { mailer: awsMailer, timers: awsTimers });
