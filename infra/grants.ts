/**
 * What each function may do, and nothing else: the stack makes its roles from this table, and `npm run permissions`
 * holds it against what the functions did in the end-to-end runs. Resources are named as in `sdk-actions.ts`.
 */
import type { FunctionName } from './queue-settings.ts';

type Grants = Readonly<Record<string, readonly string[]>>;

const READ = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const WRITE = ['dynamodb:PutItem', 'dynamodb:UpdateItem'];

export const GRANTS: Readonly<Record<FunctionName, Grants>> = {
  api: {
    table: [...READ, ...WRITE, 'dynamodb:DeleteItem'],
    'table/index/list': ['dynamodb:Query'],
    schedules: ['scheduler:CreateSchedule'],
    'queue/steps': ['sqs:SendMessage'],
    'queue/enroll': ['sqs:SendMessage'],
    mail: ['ses:SendRawEmail'],
  },
  unsubscribe: { table: ['dynamodb:GetItem', 'dynamodb:Query', ...WRITE] },
  'enroll-contacts': {
    table: [...READ, ...WRITE],
    'table/index/list': ['dynamodb:Query'],
    schedules: ['scheduler:CreateSchedule'],
    'queue/steps': ['sqs:SendMessage'],
    'queue/enroll': ['sqs:SendMessage'],
  },
  'send-step': {
    table: [...READ, ...WRITE],
    schedules: ['scheduler:CreateSchedule'],
    'queue/steps': ['sqs:SendMessage'],
    'queue/alerts': ['sqs:SendMessage'],
    mail: ['ses:SendRawEmail'],
  },
  'record-delivery': {
    table: ['dynamodb:GetItem', ...WRITE],
    schedules: ['scheduler:CreateSchedule'],
  },
  'receive-mail': {
    table: [...READ, ...WRITE, 'dynamodb:DeleteItem'],
    'table/index/list': ['dynamodb:Query'],
    'inbound-mail/inbound/*': ['s3:GetObject'],
    schedules: ['scheduler:CreateSchedule'],
    'queue/alerts': ['sqs:SendMessage'],
  },
  'send-alert': {
    table: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
    'inbound-mail/inbound/*': ['s3:GetObject'],
    'queue/alerts': ['sqs:SendMessage'],
    mail: ['ses:SendRawEmail'],
  },
  'import-contacts': {
    table: [...READ, ...WRITE],
    'queue/enroll': ['sqs:SendMessage'],
    'queue/imports': ['sqs:SendMessage'],
  },
  reconcile: {
    table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', ...WRITE],
    'table/index/list': ['dynamodb:Query'],
    'table/index/due': ['dynamodb:Query'],
    'queue/inbound': ['sqs:SendMessage'],
    'queue/inbound-dead': ['sqs:GetQueueAttributes'],
    'queue/alerts': ['sqs:SendMessage'],
  },
};
