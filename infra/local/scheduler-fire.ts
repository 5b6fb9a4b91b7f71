/**
 * Fires what is due: at least once, because a schedule is only taken away after its target has taken the event. A
 * failed delivery is repeated by the schedule's own retry policy and then given to its dead-letter queue.
 */
import type { LocalClock } from './clock.ts';
import type { ScheduleStore, StoredSchedule } from './scheduler-store.ts';

/** Hands one event to a Lambda function or a queue; resolves when it is durable there. */
export type Deliver = (targetArn: string, input: string) => Promise<void>;

const ROUND = 100;
const BACKOFF_MAX_MS = 3_600_000;

/** One second, two, four … up to an hour. */
const backoffMs = (attempts: number): number => Math.min(1000 * 2 ** Math.min(attempts, 12), BACKOFF_MAX_MS);

/** Fires until nothing is due at the clock's present moment. */
export async function fireDue(options: {
  readonly store: ScheduleStore;
  readonly clock: LocalClock;
  readonly deliver: Deliver;
  readonly arnOf: (group: string, name: string) => string;
  readonly stopped: () => boolean;
}): Promise<void> {
  const { store, clock, stopped } = options;
  for (;;) {
    // Ends: whatever is fired is removed, or moved at least a second past the present moment.
    const due = store.due(clock.now(), ROUND);
    if (due.length === 0) return;
    for (const schedule of due) {
      if (stopped()) return;
      await fire(schedule, options);
    }
  }
}

async function fire(schedule: StoredSchedule, options: Parameters<typeof fireDue>[0]): Promise<void> {
  const { store, clock, deliver, arnOf } = options;
  const { Target } = schedule.definition;
  const attempts = schedule.attempts + 1;
  const input = fillIn(Target.Input ?? '', schedule, attempts, arnOf(schedule.group, schedule.name));
  // Whatever was done to the schedule while its event was under way (deleted, created anew) stands.
  const isSame = () => store.find(schedule.group, schedule.name)?.token === schedule.token;
  const retryLater = () => {
    if (isSame()) store.setNextTry(schedule, clock.now() + backoffMs(attempts), attempts);
  };
  try {
    await deliver(Target.Arn, input);
  } catch (error) {
    const { MaximumEventAgeInSeconds, MaximumRetryAttempts } = Target.RetryPolicy;
    const ageSeconds = (clock.now() - schedule.scheduledAt) / 1000;
    if (attempts <= MaximumRetryAttempts && ageSeconds < MaximumEventAgeInSeconds) return retryLater();
    console.error(`[scheduler] gave up on ${schedule.name} after ${attempts} tries`, error);
    try {
      if (Target.DeadLetterConfig !== undefined) await deliver(Target.DeadLetterConfig.Arn, input);
    } catch (deadLetterError) {
      // AWS would drop the event here and count it; on a laptop nobody watches that count, so it is kept.
      console.error(`[scheduler] the dead-letter queue did not take ${schedule.name}`, deadLetterError);
      return retryLater();
    }
  }
  if (!isSame()) return;
  if (schedule.definition.ActionAfterCompletion === 'DELETE') store.remove(schedule.group, schedule.name);
  else store.setNextTry(schedule, undefined, attempts);
}

/** The context attributes that AWS replaces within the input. */
function fillIn(input: string, schedule: StoredSchedule, attempt: number, arn: string): string {
  const scheduledTime = `${new Date(schedule.scheduledAt).toISOString().slice(0, 19)}Z`;
  return input
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.scheduled-time>', scheduledTime)
    .replaceAll('<aws.scheduler.execution-id>', `${schedule.name}-${schedule.createdAt.toString(36)}`)
    .replaceAll('<aws.scheduler.attempt-number>', String(attempt));
}
