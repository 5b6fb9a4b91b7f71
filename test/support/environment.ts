// A complete environment of the functions; override what the test is about.
import { type Env, readEnv } from '../../functions/env.ts';

const queue = (name: string) => `http://127.0.0.1:1/000000000000/${name}`;
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

export const VARIABLES: Readonly<Record<string, string>> = {
  TABLE_NAME: 'relance',
  MAIL_BUCKET: 'relance-mail',
  FILES_BUCKET: 'relance-files',
  STEPS_QUEUE_URL: queue('steps'),
  STEPS_QUEUE_ARN: queueArn('steps'),
  ENROLL_QUEUE_URL: queue('enroll'),
  IMPORTS_QUEUE_URL: queue('imports'),
  INBOUND_QUEUE_URL: queue('inbound'),
  INBOUND_DEAD_LETTER_URL: queue('inbound-dead'),
  ALERTS_QUEUE_URL: queue('alerts'),
  SCHEDULE_GROUP: 'relance-steps',
  SCHEDULE_ROLE_ARN: 'arn:aws:iam::000000000000:role/schedule',
  SCHEDULE_DEAD_LETTER_ARN: queueArn('schedule-dead'),
  CONFIGURATION_SET: 'relance-letters',
  REPLY_DOMAIN: 'reply.example.com',
  PUBLIC_URL: 'https://relance.example.com',
  ALERT_ADDRESS: 'alerts@example.com',
  OPERATOR_ADDRESS: 'operator@example.com',
  CONTACT_SECRET: 'c'.repeat(32),
  TOKEN_KEYS: `b:${'2'.repeat(32)},a:${'1'.repeat(32)}`,
  AWS_REGION: 'eu-west-1',
};

export const sampleEnv = (over: Readonly<Record<string, string>> = {}): Env =>
  readEnv({ ...VARIABLES, ...over });
