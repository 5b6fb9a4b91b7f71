/**
 * Every environment variable that the functions read, with what it is for. The stack and the local runtime set them,
 * `readEnv` checks them once per process; nothing else looks into `process.env`.
 */
import * as z from 'zod';

/** A stolen short secret can be searched for offline; 32 characters of base32 or hex cannot. */
const SECRET_CHARS_MIN = 32;
const secret = () => z.string().min(SECRET_CHARS_MIN, `at least ${SECRET_CHARS_MIN} characters`);
const text = () => z.string().min(1);
const url = () => z.url({ protocol: /^https?$/ });
const arn = () => z.string().startsWith('arn:');

/** Name → schema; the description is what a missing variable's error says it is for. */
export const ENVIRONMENT = {
  TABLE_NAME: text().describe('the DynamoDB table'),
  MAIL_BUCKET: text().describe('the S3 bucket of raw inbound mail'),
  FILES_BUCKET: text().describe('the S3 bucket of imports and exports'),
  STEPS_QUEUE_URL: url().describe('the SQS queue of due steps'),
  STEPS_QUEUE_ARN: arn().describe('the same queue, as the target of schedules'),
  ENROLL_QUEUE_URL: url().describe('the SQS queue of campaign pages'),
  IMPORTS_QUEUE_URL: url().describe('the SQS queue of files of contacts'),
  INBOUND_QUEUE_URL: url().describe('the SQS queue of inbound mail'),
  INBOUND_DEAD_LETTER_URL: url().describe('the SQS queue of inbound mail that was given up on'),
  ALERTS_QUEUE_URL: url().describe('the SQS queue of alerts to deliver'),
  SCHEDULE_GROUP: text().describe('the EventBridge Scheduler group of step timers'),
  SCHEDULE_ROLE_ARN: arn().describe('the role by which a schedule writes to the steps queue'),
  SCHEDULE_DEAD_LETTER_ARN: arn().describe('the SQS queue of schedules that could not fire'),
  CONFIGURATION_SET: text().describe('the SES configuration set that reports what became of a letter'),
  REPLY_DOMAIN: z.string().includes('.').toLowerCase().describe('the mail domain that receives replies'),
  PUBLIC_URL: url()
    .transform((value) => value.replace(/\/$/, ''))
    .describe('where opt-out links lead'),
  ALERT_ADDRESS: z.email().describe('the From address of alerts'),
  OPERATOR_ADDRESS: z.email().describe('who is told what concerns no single sender'),
  CONTACT_SECRET: secret().describe('the secret behind contact ids; it never rotates'),
  TOKEN_KEYS: z
    .string()
    .transform(readTokenKeys)
    .describe('the keys of reply and opt-out tokens, as JSON or `id:key,id:key`; the first signs'),
  API_TOKEN: secret()
    .optional()
    .describe('the bearer token of the local API; on AWS a JWT authorizer stands before it'),
  REQUESTS_PER_SECOND: z.coerce
    .number()
    .positive()
    .optional()
    .describe('how often one caller of the API may ask; without it as often as they like'),
  AWS_REGION: z
    .string()
    .regex(/^[a-z0-9-]{4,32}$/)
    .describe('the AWS region'),
  STAGE: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,19}$/)
    .default('dev')
    .describe('which installation of the account this is, for its metrics'),
  RUNS_ON: z
    .enum(['aws', 'local'])
    .default('aws')
    .describe('`local` allows webhooks to this machine and http links'),
} as const;

const schema = z.object(ENVIRONMENT).superRefine((env, context) => {
  if (env.RUNS_ON === 'aws' && !env.PUBLIC_URL.startsWith('https:')) {
    // RFC 8058 §3.1: a one-click opt-out is an HTTPS URI.
    context.addIssue({ code: 'custom', path: ['PUBLIC_URL'], message: 'must be https' });
  }
});

export type Env = Readonly<z.infer<typeof schema>>;

/** Throws one error that names every missing or wrong variable and says what it is for; never shows a value. */
export function readEnv(env: Readonly<Record<string, string | undefined>>): Env {
  const read = schema.safeParse(env);
  if (read.success) return read.data;
  const lines = new Map(read.error.issues.map((issue) => [String(issue.path[0]), issue.message]));
  const wrong = [...lines].map(([name, message]) => {
    const purpose = ENVIRONMENT[name as keyof typeof ENVIRONMENT].description;
    return env[name] === undefined
      ? `${name} is missing: ${purpose}`
      : `${name} is wrong (${message}): ${purpose}`;
  });
  throw new Error(`The environment is incomplete.\n${wrong.join('\n')}`);
}

/** A digit as key id would be enumerated before every letter by JavaScript, so "the first signs" would not hold. */
const KEY_ID = /^[a-z]$/;

function readTokenKeys(value: string, context: z.RefinementCtx): Readonly<Record<string, string>> {
  const pairs = value.trim().startsWith('{') ? pairsOfJson(value) : value.split(',').map(pairOf);
  const sound = pairs.every(([id, key]) => KEY_ID.test(id) && key.length >= SECRET_CHARS_MIN);
  const ids = new Set(pairs.map(([id]) => id));
  if (pairs.length === 0 || !sound || ids.size !== pairs.length) {
    const message = `each key needs its own id, one letter a-z, and at least ${SECRET_CHARS_MIN} characters`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
  return Object.fromEntries(pairs);
}

function pairOf(pair: string): readonly [id: string, key: string] {
  const [id = '', ...rest] = pair.trim().split(':');
  return [id, rest.join(':')];
}

function pairsOfJson(value: string): readonly (readonly [id: string, key: string])[] {
  try {
    const parsed = z.record(z.string(), z.string()).safeParse(JSON.parse(value));
    return parsed.success ? Object.entries(parsed.data) : [];
  } catch {
    return [];
  }
}
