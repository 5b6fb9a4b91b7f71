// The Timers port: what is asked of EventBridge Scheduler and of SQS, with both clients answering from this file.
import { ConflictException, CreateScheduleCommand, ThrottlingException } from '@aws-sdk/client-scheduler';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { schedulerClient } from '../../../functions/aws/scheduler-client.ts';
import { sqsClient } from '../../../functions/aws/sqs-client.ts';
import { awsTimers } from '../../../functions/aws/timers.ts';
import { enrollmentIdOf } from '../../../shared/domain/ids.ts';
import { instant, plus, SECOND } from '../../../shared/domain/instant.ts';
import type { CampaignPage } from '../../../shared/ports.ts';
import { sampleEnv } from '../../support/environment.ts';
import { type OpenTimers, type SetTimer, timersContract } from '../../support/ports.contract.ts';
import { AT, contactNumber } from '../../support/store-samples.ts';

const env = sampleEnv();

/** Every body says its version, beside what was asked to be queued. */
function contentOf(body: string) {
  const { v, ...content } = JSON.parse(body);
  expect(v).toBe(1);
  return content;
}

function openMocked() {
  const place = { region: 'eu-west-1' };
  const sqs = mockClient(sqsClient(place));
  const scheduler = mockClient(schedulerClient(place));
  const timers = awsTimers(env, place, { now: () => AT });
  return { sqs, scheduler, timers };
}

const open: OpenTimers = async (now) => {
  const { sqs, scheduler, timers } = openMocked();
  const set: SetTimer[] = [];
  const pages: CampaignPage[] = [];
  const names = new Set<string>();
  sqs.on(SendMessageCommand).callsFake(({ QueueUrl, MessageBody, DelaySeconds = 0 }) => {
    if (QueueUrl === env.ENROLL_QUEUE_URL) pages.push(contentOf(MessageBody));
    else set.push({ ...contentOf(MessageBody), notBefore: plus(now, DelaySeconds * SECOND) });
    return { MessageId: '1' };
  });
  scheduler.on(CreateScheduleCommand).callsFake(({ Name, ScheduleExpression, Target }) => {
    if (names.has(Name)) throw new ConflictException({ Message: 'exists', message: 'exists', $metadata: {} });
    names.add(Name);
    const [, moment = ''] = /^at\((.*)\)$/.exec(ScheduleExpression) ?? [];
    set.push({ ...contentOf(Target.Input), notBefore: instant(`${moment}Z`) });
    return { ScheduleArn: 'arn:aws:scheduler' };
  });
  return { timers, set: () => set, pages: () => pages, close: async () => {} };
};

timersContract(open);

describe('a timer on AWS', () => {
  const enrollmentId = enrollmentIdOf(contactNumber(1), 12);

  it('that is far is a one-time schedule which deletes itself and writes to the steps queue', async () => {
    const { scheduler, sqs, timers } = openMocked();
    const dueAt = instant('2027-03-09T09:31:20.250Z');
    await timers.setStep({ enrollmentId, step: 3, dueAt });
    const minute = Math.floor(Date.parse(dueAt) / 60_000).toString(36);
    expect(scheduler.commandCalls(CreateScheduleCommand).map((call) => call.args[0].input)).toEqual([
      {
        GroupName: 'relance-steps',
        Name: `${enrollmentId}-3-${minute}`,
        ScheduleExpression: 'at(2027-03-09T09:31:21)',
        ScheduleExpressionTimezone: 'UTC',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: {
          Arn: env.STEPS_QUEUE_ARN,
          RoleArn: env.SCHEDULE_ROLE_ARN,
          Input: JSON.stringify({ v: 1, enrollmentId, step: 3, minute }),
          RetryPolicy: { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 60 },
          DeadLetterConfig: { Arn: env.SCHEDULE_DEAD_LETTER_ARN },
        },
      },
    ]);
    expect(sqs.calls()).toHaveLength(0);
  });

  it('has a name that Scheduler takes, even in the last walk of a long sequence', async () => {
    const { scheduler, timers } = openMocked();
    await timers.setStep({
      enrollmentId: enrollmentIdOf(contactNumber(1), 9_999),
      step: 999,
      dueAt: instant('2090-01-01T00:00:00Z'),
    });
    const { Name } = scheduler.commandCalls(CreateScheduleCommand)[0]?.args[0].input ?? {};
    expect(Name).toMatch(/^[0-9a-zA-Z\-_.]{1,64}$/);
  });

  it.each([
    [-1, 5],
    [0, 5],
    [4_999, 5],
    [5_001, 6],
    [59_001, 60],
    [120_000, 120],
  ])('that is due in %i ms is a message delayed by %i s', async (ms, seconds) => {
    const { scheduler, sqs, timers } = openMocked();
    await timers.setStep({ enrollmentId, step: 0, dueAt: plus(AT, ms) });
    const { QueueUrl, DelaySeconds } = sqs.commandCalls(SendMessageCommand)[0]?.args[0].input ?? {};
    expect({ QueueUrl, DelaySeconds }).toEqual({ QueueUrl: env.STEPS_QUEUE_URL, DelaySeconds: seconds });
    expect(scheduler.calls()).toHaveLength(0);
  });

  it('fails loudly where Scheduler refuses it for any reason but its name', async () => {
    const { scheduler, timers } = openMocked();
    scheduler
      .on(CreateScheduleCommand)
      .rejects(new ThrottlingException({ Message: 'slow', message: 'slow', $metadata: {} }));
    const far = { enrollmentId, step: 0, dueAt: instant('2027-04-01T00:00:00Z') };
    await expect(timers.setStep(far)).rejects.toThrow('slow');
  });
});
