/** The embedded EventBridge Scheduler, spoken to by the real client as the product's timers do. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalClock, makeClock } from '../../../infra/local/clock.ts';
import { type LocalScheduler, startScheduler } from '../../../infra/local/scheduler.ts';

const START = Date.UTC(2026, 10, 23, 9, 0, 0);
const HOUR = 3600_000;
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:steps';
const DEAD_LETTERS = 'arn:aws:sqs:us-east-1:000000000000:timers-dead';

let folder: string;
let clock: LocalClock;
let scheduler: LocalScheduler;
let client: SchedulerClient;
let delivered: { at: number; arn: string; input: string }[];
/** Which targets are broken at the moment. */
let broken: Set<string>;

const open = async (more = {}) => {
  scheduler = await startScheduler({
    file: join(folder, 'scheduler.db'),
    groups: ['timers'],
    clock,
    deliver: async (arn, input) => {
      if (broken.has(arn)) throw new Error('target is down');
      delivered.push({ at: clock.now(), arn, input });
    },
    ...more,
  });
  client = new SchedulerClient({
    endpoint: scheduler.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
};
const close = async () => {
  client.destroy();
  await scheduler.close();
};

const timer = (Name: string, more: Partial<CreateScheduleCommandInput> = {}): CreateScheduleCommandInput => ({
  Name,
  GroupName: 'timers',
  ScheduleExpression: 'at(2026-11-23T10:00:00)',
  ScheduleExpressionTimezone: 'UTC',
  FlexibleTimeWindow: { Mode: 'OFF' },
  ActionAfterCompletion: 'DELETE',
  Target: { Arn: QUEUE, RoleArn: 'arn:aws:iam::000000000000:role/timers', Input: `{"timer":"${Name}"}` },
  ...more,
});
const create = (Name: string, more: Partial<CreateScheduleCommandInput> = {}) =>
  client.send(new CreateScheduleCommand(timer(Name, more)));
const target = (more: object) => ({ Target: { ...timer('x').Target, ...more } as never });
const turnTo = async (ms: number) => {
  clock.set(ms);
  await scheduler.sweep();
};
const names = async (more = {}) => {
  const { Schedules } = await client.send(new ListSchedulesCommand({ GroupName: 'timers', ...more }));
  return Schedules?.map(({ Name }) => Name);
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relance-scheduler-'));
  clock = makeClock({ mode: 'turned', start: START });
  delivered = [];
  broken = new Set();
  await open();
});
afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

describe('firing', () => {
  it('fires once, at its moment and not before, and is gone afterwards', async () => {
    await create('a');
    expect(scheduler.nextDue()).toBe(START + HOUR);
    await turnTo(START + HOUR - 1);
    expect(delivered).toEqual([]);
    await turnTo(START + HOUR);
    await turnTo(START + 2 * HOUR);
    expect(delivered).toEqual([{ at: START + HOUR, arn: QUEUE, input: '{"timer":"a"}' }]);
    expect(await names()).toEqual([]);
  });

  it('fires in order of time when several moments pass at once', async () => {
    await create('late', { ScheduleExpression: 'at(2026-11-23T11:00:00)' });
    await create('early');
    await turnTo(START + 5 * HOUR);
    expect(delivered.map(({ input }) => input)).toEqual(['{"timer":"early"}', '{"timer":"late"}']);
  });

  it('fires a moment that has passed at once', async () => {
    await create('past', { ScheduleExpression: 'at(2022-12-31T23:59:59)' });
    await scheduler.sweep();
    expect(delivered).toHaveLength(1);
  });

  it('keeps a fired schedule that does not ask to be deleted, without firing it again', async () => {
    await create('kept', { ActionAfterCompletion: 'NONE' });
    await turnTo(START + HOUR);
    await turnTo(START + 2 * HOUR);
    expect(delivered).toHaveLength(1);
    expect(await names()).toEqual(['kept']);
    expect(scheduler.nextDue()).toBeUndefined();
  });

  it('does not fire a deleted or disabled one', async () => {
    await create('deleted');
    await create('disabled', { State: 'DISABLED' });
    await client.send(new DeleteScheduleCommand({ Name: 'deleted', GroupName: 'timers' }));
    await turnTo(START + 2 * HOUR);
    expect(delivered).toEqual([]);
  });

  it.each([
    ['winter', 'at(2026-12-01T09:00:00)', 'Europe/Lisbon', '2026-12-01T09:00:00Z'],
    ['summer', 'at(2027-06-01T09:00:00)', 'Europe/Lisbon', '2027-06-01T08:00:00Z'],
    ['the hour that is skipped', 'at(2027-03-28T01:30:00)', 'Europe/London', '2027-03-28T01:30:00Z'],
    ['half an hour off', 'at(2026-12-01T09:00:00)', 'Asia/Kolkata', '2026-12-01T03:30:00Z'],
  ])('reads local time in an IANA zone: %s', async (_name, ScheduleExpression, zone, utc) => {
    await create('zoned', { ScheduleExpression, ScheduleExpressionTimezone: zone });
    expect(new Date(scheduler.nextDue() ?? 0).toISOString()).toBe(utc.replace('Z', '.000Z'));
  });

  it('fills in the context attributes', async () => {
    const Input = '{"due":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>"}';
    await create('a', target({ Input }));
    await turnTo(START + HOUR);
    expect(JSON.parse(delivered[0]?.input ?? '')).toEqual({
      due: '2026-11-23T10:00:00Z',
      by: 'arn:aws:scheduler:us-east-1:000000000000:schedule/timers/a',
    });
  });
});

describe('a target that fails', () => {
  it('is tried again later and not given up while the policy allows it', async () => {
    await create('a');
    broken.add(QUEUE);
    await turnTo(START + HOUR);
    expect(scheduler.nextDue()).toBeGreaterThan(START + HOUR);
    broken.clear();
    await turnTo(scheduler.nextDue() ?? 0);
    expect(delivered).toHaveLength(1);
    expect(await names()).toEqual([]);
  });

  it('loses its event to the dead-letter queue when the tries are used up', async () => {
    const RetryPolicy = { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 3600 };
    await create('a', target({ RetryPolicy, DeadLetterConfig: { Arn: DEAD_LETTERS } }));
    broken.add(QUEUE);
    await turnTo(START + HOUR);
    expect(delivered).toEqual([]);
    await turnTo(scheduler.nextDue() ?? 0);
    expect(delivered).toMatchObject([{ arn: DEAD_LETTERS }]);
    expect(await names()).toEqual([]);
  });

  it('keeps its event when not even the dead-letter queue takes it', async () => {
    const RetryPolicy = { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 };
    await create('a', target({ RetryPolicy, DeadLetterConfig: { Arn: DEAD_LETTERS } }));
    broken = new Set([QUEUE, DEAD_LETTERS]);
    await turnTo(START + HOUR);
    broken.clear();
    await turnTo(scheduler.nextDue() ?? 0);
    expect(delivered).toHaveLength(1);
  });
});

describe('the API', () => {
  it('answers a second schedule of the same name with a conflict, and a repeated request with success', async () => {
    const first = await create('a', { ClientToken: 'once' });
    expect(await create('a', { ClientToken: 'once' })).toMatchObject({ ScheduleArn: first.ScheduleArn });
    await expect(create('a')).rejects.toMatchObject({ name: 'ConflictException' });
  });

  it('shows a schedule as it was created, and lists by prefix and page', async () => {
    await create('a-1');
    await create('a-2');
    await create('b-1');
    const shown = await client.send(new GetScheduleCommand({ Name: 'a-1', GroupName: 'timers' }));
    expect(shown).toMatchObject({
      ScheduleExpression: 'at(2026-11-23T10:00:00)',
      State: 'ENABLED',
      ActionAfterCompletion: 'DELETE',
      CreationDate: new Date(START),
      Target: { RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 } },
    });
    expect(await names({ NamePrefix: 'a-' })).toEqual(['a-1', 'a-2']);
    const page = await client.send(new ListSchedulesCommand({ MaxResults: 2 }));
    const rest = await client.send(new ListSchedulesCommand({ MaxResults: 2, NextToken: page.NextToken }));
    expect([page, rest].map(({ Schedules }) => Schedules?.length)).toEqual([2, 1]);
    expect(rest.NextToken).toBeUndefined();
  });

  it.each([
    ['deleting', new DeleteScheduleCommand({ Name: 'gone', GroupName: 'timers' })],
    ['showing', new GetScheduleCommand({ Name: 'gone', GroupName: 'timers' })],
    ['creating in a group', new CreateScheduleCommand(timer('a', { GroupName: 'nowhere' }))],
  ])('answers ResourceNotFoundException when %s what does not exist', async (_what, command) => {
    const sent = client.send(command as GetScheduleCommand);
    await expect(sent).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it.each<[string, Partial<CreateScheduleCommandInput>]>([
    ['a name of 65 characters', { Name: 'x'.repeat(65) }],
    ['a name with a colon', { Name: 'a:b' }],
    ['a trailing Z', { ScheduleExpression: 'at(2026-12-01T09:00:00Z)' }],
    ['a day that does not exist', { ScheduleExpression: 'at(2027-02-30T09:00:00)' }],
    ['rate()', { ScheduleExpression: 'rate(5 minutes)' }],
    ['cron()', { ScheduleExpression: 'cron(0 9 * * ? *)' }],
    ['an unknown zone', { ScheduleExpressionTimezone: 'Europe/Atlantis' }],
    ['no flexible window', { FlexibleTimeWindow: undefined }],
    ['a target that is no ARN', target({ Arn: 'steps' })],
    ['no role', target({ RoleArn: '' })],
    ['more than 185 retries', target({ RetryPolicy: { MaximumRetryAttempts: 186 } })],
    ['an input over 256 KB', target({ Input: `"${'x'.repeat(262_143)}"` })],
  ])('refuses %s', async (_what, more) => {
    await expect(create('a', more)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('stops at the quota of schedules under the name that AWS gives it', async () => {
    await close();
    await open({ schedulesMax: 1 });
    await create('a');
    await expect(create('b')).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' });
  });
});

describe('restart', () => {
  it('fires afterwards what came due while it was down', async () => {
    await create('a');
    await close();
    clock.set(START + HOUR);
    await open();
    await scheduler.sweep();
    expect(delivered).toHaveLength(1);
  });
});
