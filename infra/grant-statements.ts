/** From the names of the grants table to policy statements: ARNs of this deployment, and conditions where AWS has any. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { FileExchange } from './constructs/file-exchange.ts';
import type { OutgoingMail } from './constructs/outgoing-mail.ts';
import type { StepTimers } from './constructs/step-timers.ts';
import type { WorkQueue } from './constructs/work-queue.ts';
import type { DataStack } from './data-stack.ts';
import type { QueueName } from './queue-settings.ts';

export type Grantable = {
  readonly data: Pick<DataStack, 'table' | 'mails'>;
  readonly queues: Readonly<Record<QueueName, WorkQueue>>;
  readonly files: FileExchange;
  readonly timers: StepTimers;
  readonly outgoing: OutgoingMail;
};

/** Throws on a resource that it does not know: a grant that is silently left out would be found by a customer. */
export const statementsFor =
  (of: Grantable) =>
  (resource: string, actions: readonly string[]): readonly PolicyStatement[] => {
    const { data, files, queues, timers, outgoing } = of;
    const [kind = '', ...rest] = resource.split('/');
    const statement = (resources: readonly string[], more: object = {}) =>
      new PolicyStatement({ actions: [...actions], resources: [...resources], ...more });
    if (resource === 'table') return [statement([data.table.tableArn])];
    if (kind === 'table') return [statement([`${data.table.tableArn}/${rest.join('/')}`])];
    if (kind === 'queue') return [statement([queueArn(queues, rest.join('/'))])];
    if (resource === 'inbound-mail') return [statement([data.mails.bucketArn])];
    if (kind === 'inbound-mail') return [statement([data.mails.arnForObjects(rest.join('/'))])];
    if (resource === 'files') return [statement([files.bucket.bucketArn])];
    if (kind === 'files') return [statement([files.bucket.arnForObjects(rest.join('/'))])];
    if (resource === 'schedules') {
      return [
        statement([timers.schedulesArn()]),
        // Whoever makes a schedule hands the role over to it, to the Scheduler only.
        new PolicyStatement({
          sid: 'HandOver',
          actions: ['iam:PassRole'],
          resources: [timers.role.roleArn],
          conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
        }),
      ];
    }
    if (resource === 'mail') {
      return [statement(outgoing.sendingArns(), { conditions: outgoing.sendingConditions() })];
    }
    // GetSendQuota speaks of the account and knows no resource (service authorization reference, Amazon SES).
    if (resource === 'sending') return [statement(['*'])];
    throw new Error(`infra/grants.ts names ${resource}, which the stack does not have.`);
  };

function queueArn(queues: Grantable['queues'], name: string): string {
  const isDead = name.endsWith('-dead');
  const known = Object.entries(queues).find(([one]) => one === name.replace(/-dead$/, ''))?.[1];
  if (!known) throw new Error(`infra/grants.ts names a queue ${name}, which the stack does not have.`);
  return (isDead ? known.dead : known.queue).queueArn;
}
