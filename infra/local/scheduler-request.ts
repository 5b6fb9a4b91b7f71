/**
 * Reads and judges a CreateSchedule request by AWS's patterns and ranges. Only one-time schedules are taken: the
 * product uses no other, and one that never fires here would be worse than a refusal.
 */
import { Temporal } from 'temporal-polyfill';

export type Json = Readonly<Record<string, unknown>>;

export class SchedulerError extends Error {
  readonly status: number;

  constructor(status: number, name: string, message: string) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

export const invalid = (message: string) => new SchedulerError(400, 'ValidationException', message);
export const notFound = (what: string, name: string) =>
  new SchedulerError(404, 'ResourceNotFoundException', `${what} ${name} does not exist.`);

/** How often and how long a failed delivery is repeated; AWS's own defaults stand in `DEFAULT_RETRY`. */
export type RetryPolicy = {
  readonly MaximumEventAgeInSeconds: number;
  readonly MaximumRetryAttempts: number;
};
export const DEFAULT_RETRY: RetryPolicy = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 };

export type ScheduleTarget = {
  readonly Arn: string;
  readonly RoleArn: string;
  readonly Input?: string;
  readonly RetryPolicy: RetryPolicy;
  readonly DeadLetterConfig?: { readonly Arn: string };
};

/** What GetSchedule shows of a schedule, beside its names. */
export type ScheduleDefinition = {
  readonly ScheduleExpression: string;
  readonly ScheduleExpressionTimezone: string;
  readonly FlexibleTimeWindow: { readonly Mode: string; readonly MaximumWindowInMinutes?: number };
  readonly ActionAfterCompletion: 'NONE' | 'DELETE';
  readonly State: 'ENABLED' | 'DISABLED';
  readonly Description?: string;
  readonly Target: ScheduleTarget;
};

export type CreateRequest = {
  readonly group: string;
  readonly token: string | undefined;
  readonly definition: ScheduleDefinition;
  /** Milliseconds since 1970. A moment that has passed is fine. */
  readonly due: number;
};

const NAME = /^[0-9a-zA-Z-_.]{1,64}$/;
const TOKEN = /^[a-zA-Z0-9-_]{1,64}$/;
const TARGET_ARN = /^arn:aws(-[a-z]+)*:(lambda|sqs):[a-z0-9-]+:\d{12}:[A-Za-z0-9_:.-]{1,200}$/;
const ROLE_ARN = /^arn:aws(-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/;
const QUEUE_ARN = /^arn:aws(-[a-z]+)*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,80}$/;
/** No `Z`, no offset, no fraction: AWS refuses them. */
const AT = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/;
const INPUT_BYTES_MAX = 262_144;
const DESCRIPTION_CHARACTERS_MAX = 512;
const WINDOW_MINUTES_MAX = 1_440;

/** Refuses what is no name of a schedule or, with `member` so, of a group. */
export function checkName(name: string, member = 'name'): string {
  if (!NAME.test(name)) {
    throw invalid(
      `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9a-zA-Z-_.]+$ and have length less than or equal to 64`,
    );
  }
  return name;
}

/**
 * The UTC moment of `at(YYYY-MM-DDThh:mm:ss)` in an IANA zone. In the hour that a clock change skips the later reading
 * holds, in the one it repeats the earlier (Temporal's `compatible`; AWS says only that it resolves them).
 */
function dueAt(expression: string, zone: string): number {
  const local = AT.exec(expression)?.[1];
  if (local === undefined) throw invalid(`Invalid Schedule Expression ${expression}.`);
  let plain: Temporal.PlainDateTime;
  try {
    plain = Temporal.PlainDateTime.from(local, { overflow: 'reject' });
  } catch {
    throw invalid(`Invalid Schedule Expression ${expression}.`);
  }
  try {
    return plain.toZonedDateTime(zone).epochMilliseconds;
  } catch {
    throw invalid(`The ScheduleExpressionTimezone ${zone} is not supported.`);
  }
}

const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

function oneOf<Value extends string>(value: unknown, member: string, allowed: readonly Value[]): Value {
  const found = allowed.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw invalid(
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${allowed.join(', ')}]`,
  );
}

function matching(value: unknown, member: string, pattern: RegExp): string {
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw invalid(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${pattern.source}`,
  );
}

function within(value: unknown, member: string, low: number, high: number, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high) return value;
  throw invalid(
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: Member must be between ${low} and ${high}`,
  );
}

function readTarget(value: unknown): ScheduleTarget {
  const target = asObject(value);
  const Input = target.Input;
  if (Input !== undefined && (typeof Input !== 'string' || Buffer.byteLength(Input) > INPUT_BYTES_MAX)) {
    throw invalid(`Value at 'target.input' must be a text of at most ${INPUT_BYTES_MAX} bytes`);
  }
  const Arn = matching(target.Arn, 'target.arn', TARGET_ARN);
  if (Arn.includes(':lambda:') && Input !== undefined && !isJson(Input)) {
    throw invalid('Invalid JSON in Target.Input.');
  }
  const retry = asObject(target.RetryPolicy);
  const dead = target.DeadLetterConfig === undefined ? undefined : asObject(target.DeadLetterConfig).Arn;
  return {
    Arn,
    RoleArn: matching(target.RoleArn, 'target.roleArn', ROLE_ARN),
    ...(Input === undefined ? {} : { Input }),
    RetryPolicy: {
      MaximumEventAgeInSeconds: within(
        retry.MaximumEventAgeInSeconds,
        'target.retryPolicy.maximumEventAgeInSeconds',
        60,
        DEFAULT_RETRY.MaximumEventAgeInSeconds,
        DEFAULT_RETRY.MaximumEventAgeInSeconds,
      ),
      MaximumRetryAttempts: within(
        retry.MaximumRetryAttempts,
        'target.retryPolicy.maximumRetryAttempts',
        0,
        DEFAULT_RETRY.MaximumRetryAttempts,
        DEFAULT_RETRY.MaximumRetryAttempts,
      ),
    },
    ...(dead === undefined
      ? {}
      : { DeadLetterConfig: { Arn: matching(dead, 'target.deadLetterConfig.arn', QUEUE_ARN) } }),
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function readWindow(value: unknown): ScheduleDefinition['FlexibleTimeWindow'] {
  const window = asObject(value);
  const Mode = oneOf(window.Mode, 'flexibleTimeWindow.mode', ['OFF', 'FLEXIBLE']);
  if (Mode === 'OFF') return { Mode };
  const minutes = within(window.MaximumWindowInMinutes, 'maximumWindowInMinutes', 1, WINDOW_MINUTES_MAX, 0);
  if (minutes === 0) throw invalid('MaximumWindowInMinutes must be set when the Mode is FLEXIBLE.');
  return { Mode, MaximumWindowInMinutes: minutes };
}

/** The whole of a CreateSchedule body, defaults filled in. Throws `SchedulerError`. */
export function readCreateRequest(body: Json): CreateRequest {
  const expression = String(body.ScheduleExpression ?? '');
  const zone = String(body.ScheduleExpressionTimezone ?? 'UTC');
  const description = body.Description;
  if (description !== undefined && String(description).length > DESCRIPTION_CHARACTERS_MAX) {
    throw invalid(`Value at 'description' must have at most ${DESCRIPTION_CHARACTERS_MAX} characters`);
  }
  const token = body.ClientToken === undefined ? undefined : matching(body.ClientToken, 'clientToken', TOKEN);
  return {
    group: checkName(String(body.GroupName ?? 'default'), 'groupName'),
    token,
    due: dueAt(expression, zone),
    definition: {
      ScheduleExpression: expression,
      ScheduleExpressionTimezone: zone,
      FlexibleTimeWindow: readWindow(body.FlexibleTimeWindow),
      ActionAfterCompletion: oneOf(body.ActionAfterCompletion ?? 'NONE', 'actionAfterCompletion', [
        'NONE',
        'DELETE',
      ]),
      State: oneOf(body.State ?? 'ENABLED', 'state', ['ENABLED', 'DISABLED']),
      ...(description === undefined ? {} : { Description: String(description) }),
      Target: readTarget(body.Target),
    },
  };
}
