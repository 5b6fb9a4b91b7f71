/**
 * The numbers of every function and of the queue before it, as plain data: the stack declares them on AWS, the local
 * runtime makes its queues from them, so that a redelivery takes as long on a laptop as in the cloud.
 */

export type QueueName = 'steps' | 'enroll' | 'deliveries' | 'inbound' | 'alerts' | 'imports';

/** A file of `functions/` each; the name stands in logs, metrics, roles and in the tables of permissions and costs. */
export const FUNCTIONS = [
  'api',
  'unsubscribe',
  'enroll-contacts',
  'send-step',
  'record-delivery',
  'receive-mail',
  'send-alert',
  'import-contacts',
  'reconcile',
] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** Of those that no queue feeds; API Gateway itself waits 30 s. */
export const TIMEOUT_SECONDS = { api: 29, unsubscribe: 15, reconcile: 300 } as const;

/** Lambda gives CPU by memory: reading a mail and composing letters are work, the rest is waiting. */
export const MEMORY_MB: Readonly<Record<FunctionName, number>> = {
  api: 1024,
  unsubscribe: 256,
  'enroll-contacts': 256,
  'send-step': 256,
  'record-delivery': 256,
  'receive-mail': 1024,
  'send-alert': 256,
  'import-contacts': 1024,
  reconcile: 256,
};

export type QueueSettings = {
  readonly function: FunctionName;
  /** Messages per invocation. Several only where one costs little, for a time-out gives the whole batch back. */
  readonly batchSize: number;
  /** Of the function. */
  readonly timeoutSeconds: number;
  /** Before a message is first seen. */
  readonly delaySeconds?: number;
};

export const QUEUE_SETTINGS: Readonly<Record<QueueName, QueueSettings>> = {
  // Four letters that each wait the full 3 s for SES still end inside the time-out: none is cut off while being sent.
  steps: { function: 'send-step', batchSize: 4, timeoutSeconds: 15 },
  enroll: { function: 'enroll-contacts', batchSize: 1, timeoutSeconds: 30 },
  // SES's events wait, so that the send step's own mark comes first and most events find nothing to do.
  deliveries: { function: 'record-delivery', batchSize: 10, timeoutSeconds: 15, delaySeconds: 60 },
  // One mail at a time: no mail may keep another from being held.
  inbound: { function: 'receive-mail', batchSize: 1, timeoutSeconds: 15 },
  alerts: { function: 'send-alert', batchSize: 1, timeoutSeconds: 10 },
  // Half a minute's work is a run's share; then the import queues itself.
  imports: { function: 'import-contacts', batchSize: 1, timeoutSeconds: 120 },
};

/** After this many receives a message is a dead letter. */
export const RECEIVES_MAX = 5;
/** The longest that SQS keeps anything: a dead letter must survive a fortnight's holiday. */
export const DEAD_LETTER_DAYS = 14;
/** The developer guide's rule, so that throttled invocations do not use up the receives. */
const VISIBILITY_PER_TIMEOUT = 6;

export const visibilitySeconds = (settings: QueueSettings): number =>
  settings.timeoutSeconds * VISIBILITY_PER_TIMEOUT;
