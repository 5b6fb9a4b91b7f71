/**
 * The Timers port: EventBridge Scheduler for what is far, SQS for what is near. Behind both stands the steps queue,
 * so that a thousand schedules at nine o'clock do not meet an SES account of fourteen letters a second.
 */
import { ConflictException, CreateScheduleCommand } from '@aws-sdk/client-scheduler';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import {
  epochMs,
  type Instant,
  instant,
  MINUTE,
  minuteName,
  msBetween,
  SECOND,
} from '../../shared/domain/instant.ts';
import type { CampaignPage, Clock, Timers } from '../../shared/ports.ts';
import type { Env } from '../env.ts';
import { messageBody } from '../message-version.ts';
import type { Place } from './place.ts';
import { schedulerClient } from './scheduler-client.ts';
import { sqsClient } from './sqs-client.ts';

/** A schedule keeps to the minute only, and what one does that lies in the past AWS documents nowhere. */
const NEAR_MS = 2 * MINUTE;
/** A timer is set before the save that it is for: a message that overtook the save would find nothing to do. */
const OVERTAKES_NOBODY_SECONDS = 5;
/** The queue behind it is durable and `reconcile` sets a lost timer again: an hour of trying is plenty. */
const SCHEDULE_RETRIES = { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 60 };
/** What SQS and the embedded queue surely take. */
const PAGE_BYTES_MAX = 256 * 1024;

type Timer = Parameters<Timers['setStep']>[0];

type TimersEnv = Pick<
  Env,
  | 'STEPS_QUEUE_URL'
  | 'STEPS_QUEUE_ARN'
  | 'ENROLL_QUEUE_URL'
  | 'IMPORTS_QUEUE_URL'
  | 'SCHEDULE_GROUP'
  | 'SCHEDULE_ROLE_ARN'
  | 'SCHEDULE_DEAD_LETTER_ARN'
>;

/** Pages are queued just before their campaign runs; one that came sooner would only be sent back. */
const PAGE_DELAY_SECONDS = 5;

export const awsTimers = (env: TimersEnv, place: Place, clock: Clock): Timers => ({
  async setStep(timer) {
    const waitMs = msBetween(clock.now(), timer.dueAt);
    if (waitMs > NEAR_MS) return createSchedule(env, place, timer);
    await sqsClient(place).send(
      new SendMessageCommand({
        QueueUrl: env.STEPS_QUEUE_URL,
        MessageBody: stepBody(timer),
        // Rounded up: a message that comes early would only be sent back.
        DelaySeconds: Math.max(OVERTAKES_NOBODY_SECONDS, Math.ceil(waitMs / SECOND)),
      }),
    );
  },

  async queueImport(importId, delayMs = 0) {
    await sqsClient(place).send(
      new SendMessageCommand({
        QueueUrl: env.IMPORTS_QUEUE_URL,
        MessageBody: messageBody({ kind: 'import', importId }),
        DelaySeconds: Math.ceil(delayMs / SECOND),
      }),
    );
  },

  async queuePage(page: CampaignPage) {
    const body = messageBody(page);
    if (Buffer.byteLength(body) > PAGE_BYTES_MAX) {
      throw new Error(`A campaign page of more than ${PAGE_BYTES_MAX} bytes fits no queue message.`);
    }
    await sqsClient(place).send(
      new SendMessageCommand({
        QueueUrl: env.ENROLL_QUEUE_URL,
        MessageBody: body,
        DelaySeconds: PAGE_DELAY_SECONDS,
      }),
    );
  },
});

async function createSchedule(env: TimersEnv, place: Place, timer: Timer): Promise<void> {
  try {
    await schedulerClient(place).send(
      new CreateScheduleCommand({
        GroupName: env.SCHEDULE_GROUP,
        Name: `${timer.enrollmentId}-${timer.step}-${minuteName(timer.dueAt)}`,
        ScheduleExpression: `at(${wholeSecond(timer.dueAt)})`,
        ScheduleExpressionTimezone: 'UTC',
        FlexibleTimeWindow: { Mode: 'OFF' },
        // Otherwise every finished schedule would stay and count against the quota.
        ActionAfterCompletion: 'DELETE',
        Target: {
          Arn: env.STEPS_QUEUE_ARN,
          RoleArn: env.SCHEDULE_ROLE_ARN,
          Input: stepBody(timer),
          RetryPolicy: SCHEDULE_RETRIES,
          DeadLetterConfig: { Arn: env.SCHEDULE_DEAD_LETTER_ARN },
        },
      }),
    );
  } catch (error) {
    // The name is the moment: whoever was first has set this very timer.
    if (!(error instanceof ConflictException)) throw error;
  }
}

const stepBody = ({ enrollmentId, step, dueAt }: Timer): string =>
  messageBody({ enrollmentId, step, minute: minuteName(dueAt) });

/** `at()` takes neither a fraction nor a `Z`; rounded up, so that it never fires before its moment. */
const wholeSecond = (at: Instant): string =>
  instant(Math.ceil(epochMs(at) / SECOND) * SECOND).slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
