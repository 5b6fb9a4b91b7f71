/**
 * SDK call → IAM action and resource, in names that mean the same on a laptop and in an account: `table`,
 * `table/index/due`, `queue/steps`, `inbound-mail/inbound/*`. From the service authorization reference, per operation.
 */
import type { SdkCall } from '../../functions/aws/observe.ts';

/** One thing that a function did, or may do. */
export type Permission = { readonly action: string; readonly resource: string };

type Input = SdkCall['input'];
type Mapping = (input: Input) => readonly Permission[];

const text = (input: Input, name: string): string => String(input[name] ?? '');

/** An index is a resource of its own; the table's name does not cover it. */
const onTable =
  (action: string): Mapping =>
  (input) => {
    const index = text(input, 'IndexName');
    return [{ action, resource: index === '' ? 'table' : `table/index/${index}` }];
  };
const onQueue =
  (action: string): Mapping =>
  (input) => [{ action, resource: `queue/${text(input, 'QueueUrl').split('/').pop()}` }];
/** Keys carry ids: only what stands before the first slash is a place that a policy can name. */
const onObject =
  (action: string): Mapping =>
  (input) => [{ action, resource: `${text(input, 'Bucket')}/${text(input, 'Key').split('/')[0]}/*` }];

const ACTIONS: Readonly<Record<string, Mapping>> = {
  'dynamodb GetItem': onTable('dynamodb:GetItem'),
  'dynamodb PutItem': onTable('dynamodb:PutItem'),
  'dynamodb UpdateItem': onTable('dynamodb:UpdateItem'),
  'dynamodb DeleteItem': onTable('dynamodb:DeleteItem'),
  'dynamodb BatchGetItem': onTable('dynamodb:BatchGetItem'),
  'dynamodb BatchWriteItem': onTable('dynamodb:BatchWriteItem'),
  'dynamodb Query': onTable('dynamodb:Query'),
  'dynamodb Scan': onTable('dynamodb:Scan'),
  'sqs SendMessage': onQueue('sqs:SendMessage'),
  'sqs SendMessageBatch': onQueue('sqs:SendMessage'),
  'sqs GetQueueAttributes': onQueue('sqs:GetQueueAttributes'),
  's3 GetObject': onObject('s3:GetObject'),
  's3 HeadObject': onObject('s3:GetObject'),
  's3 PutObject': onObject('s3:PutObject'),
  's3 DeleteObject': onObject('s3:DeleteObject'),

  's3 ListObjectsV2': (input) => [{ action: 's3:ListBucket', resource: text(input, 'Bucket') }],
  'scheduler CreateSchedule': () => [{ action: 'scheduler:CreateSchedule', resource: 'schedules' }],
  'ses GetSendQuota': () => [{ action: 'ses:GetSendQuota', resource: 'sending' }],
  'ses SendRawEmail': () => [{ action: 'ses:SendRawEmail', resource: 'mail' }],
};

/** Throws on an operation that the table does not know: it would otherwise be allowed by nobody and missed by all. */
export function permissionsOf(service: string, call: Pick<SdkCall, 'operation' | 'input'>) {
  const name = `${service} ${call.operation}`;
  const mapping = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (!mapping) throw new Error(`${name} is missing in infra/permissions/sdk-actions.ts.`);
  return mapping(call.input);
}
