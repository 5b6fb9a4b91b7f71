/**
 * Every environment variable that the functions read, with what it is for. The stack and the local runtime set them,
 * `readEnv` checks them once per process; nothing else looks into `process.env`. Here and in the handlers zod is its small
 * form: every cold start pays for it.
 */
import * as z from 'zod/mini';

/** A stolen short secret can be searched for offline; 32 characters of base32 or hex cannot. */
const SECRET_CHARS_MIN = 32;
const secret = () =>
  z.string().check(z.minLength(SECRET_CHARS_MIN, `at least ${SECRET_CHARS_MIN} characters`));
const text = () => z.string().check(z.minLength(1, 'empty'));
const url = () => z.url({ protocol: /^https?$/, error: 'no URL' });
const arn = () => z.string().check(z.startsWith('arn:', 'no ARN'));

/** Name → what it must be, and what a missing variable's error says it is for. */
export const ENVIRONMENT = {
  TABLE_NAME: { is: text(), of: 'the DynamoDB table' },
  MAIL_BUCKET: { is: text(), of: 'the S3 bucket of raw inbound mail' },
  FILES_BUCKET: { is: text(), of: 'the S3 bucket of imports and exports' },
  STEPS_QUEUE_URL: { is: url(), of: 'the SQS queue of due steps' },
  STEPS_QUEUE_ARN: { is: arn(), of: 'the same queue, as the target of schedules' },
  ENROLL_QUEUE_URL: { is: url(), of: 'the SQS queue of campaign pages' },
  IMPORTS_QUEUE_URL: { is: url(), of: 'the SQS queue of files of contacts' },
  INBOUND_QUEUE_URL: { is: url(), of: 'the SQS queue of inbound mail' },
  INBOUND_DEAD_LETTER_URL: { is: url(), of: 'the SQS queue of inbound mail that was given up on' },
  ALERTS_QUEUE_URL: { is: url(), of: 'the SQS queue of alerts to deliver' },
  SCHEDULE_GROUP: { is: text(), of: 'the EventBridge Scheduler group of step timers' },
  SCHEDULE_ROLE_ARN: { is: arn(), of: 'the role by which a schedule writes to the steps queue' },
  SCHEDULE_DEAD_LETTER_ARN: { is: arn(), of: 'the SQS queue of schedules that could not fire' },
  CONFIGURATION_SET: {
    is: text(),
    of: 'the SES configuration set that reports what became of a letter',
  },
  REPLY_DOMAIN: {
    is: z.string().check(z.includes('.', 'no domain'), z.toLowerCase()),
    of: 'the mail domain that receives replies',
  },
  PUBLIC_URL: {
    is: z.pipe(
      url(),
      z.transform((value: string) => value.replace(/\/$/, '')),
    ),
    of: 'where opt-out links lead',
  },
  ALERT_ADDRESS: { is: z.email('no mail address'), of: 'the From address of alerts' },
  OPERATOR_ADDRESS: { is: z.email('no mail address'), of: 'who is told what concerns no single sender' },
  CONTACT_SECRET: { is: secret(), of: 'the secret behind contact ids; it never rotates' },
  TOKEN_KEYS: {
    is: z.pipe(z.string(), z.transform(readTokenKeys)),
    of: 'the keys of reply and opt-out tokens, as JSON or `id:key,id:key`; the first signs',
  },
  API_TOKEN: {
    is: z.optional(secret()),
    of: 'the bearer token of the local API; on AWS a JWT authorizer stands before it',
  },
  REQUESTS_PER_SECOND: {
    is: z.optional(z.coerce.number().check(z.positive('not above 0'))),
    of: 'how often one caller of the API may ask; without it as often as they like',
  },
  MAIL_DAYS: {
    is: z.optional(z.coerce.number().check(z.positive('not above 0'))),
    of: 'how many days the mail bucket keeps a raw mail',
  },
  AWS_REGION: { is: z.string().check(z.regex(/^[a-z0-9-]{4,32}$/, 'no region')), of: 'the AWS region' },
  STAGE: {
    is: z._default(z.string().check(z.regex(/^[a-z][a-z0-9-]{0,19}$/, 'no stage name')), 'dev'),
    of: 'which installation of the account this is, for its metrics',
  },
  RUNS_ON: {
    is: z._default(z.enum(['aws', 'local'], '`aws` or `local`'), 'aws'),
    of: '`local` allows webhooks to this machine and http links',
  },
} as const;

type Schemas = { readonly [Name in keyof typeof ENVIRONMENT]: (typeof ENVIRONMENT)[Name]['is'] };
const schemas = Object.fromEntries(
  Object.entries(ENVIRONMENT).map(([name, { is }]) => [name, is]),
) as unknown as Schemas;

const schema = z.object(schemas).check((context) => {
  const { RUNS_ON, PUBLIC_URL } = context.value;
  if (RUNS_ON === 'aws' && !PUBLIC_URL.startsWith('https:')) {
    // RFC 8058 §3.1: a one-click opt-out is an HTTPS URI.
    const message = 'must be https';
    context.issues.push({ code: 'custom', path: ['PUBLIC_URL'], input: PUBLIC_URL, message });
  }
});

export type Env = Readonly<z.infer<typeof schema>>;

/** Throws one error that names every missing or wrong variable and says what it is for; never shows a value. */
export function readEnv(env: Readonly<Record<string, string | undefined>>): Env {
  const read = schema.safeParse(env);
  if (read.success) return read.data;
  const lines = new Map(read.error.issues.map((issue) => [String(issue.path[0]), issue.message]));
  const wrong = [...lines].map(([name, message]) => {
    const purpose = ENVIRONMENT[name as keyof typeof ENVIRONMENT].of;
    return env[name] === undefined
      ? `${name} is missing: ${purpose}`
      : `${name} is wrong (${message}): ${purpose}`;
  });
  throw new Error(`The environment is incomplete.\n${wrong.join('\n')}`);
}

/** A digit as key id would be enumerated before every letter by JavaScript, so "the first signs" would not hold. */
const KEY_ID = /^[a-z]$/;

type Refusing = {
  readonly issues: { push(issue: { code: 'custom'; input: unknown; message: string }): unknown };
};

function readTokenKeys(value: string, context: Refusing): Readonly<Record<string, string>> {
  const pairs = value.trim().startsWith('{') ? pairsOfJson(value) : value.split(',').map(pairOf);
  const sound = pairs.every(([id, key]) => KEY_ID.test(id) && key.length >= SECRET_CHARS_MIN);
  const ids = new Set(pairs.map(([id]) => id));
  if (pairs.length === 0 || !sound || ids.size !== pairs.length) {
    const message = `each key needs its own id, one letter a-z, and at least ${SECRET_CHARS_MIN} characters`;
    context.issues.push({ code: 'custom', input: undefined, message });
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
