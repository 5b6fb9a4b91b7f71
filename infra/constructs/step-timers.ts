/** The group of one-time schedules, and the role by which they write into the steps queue and nowhere else. */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetterQueue } from './work-queue.ts';

export class StepTimers extends Construct {
  readonly group: ScheduleGroup;
  readonly role: Role;
  readonly dead: Queue;

  constructor(scope: Construct, id: string, props: { readonly steps: Queue }) {
    super(scope, id);
    const { account } = Stack.of(this);
    // Its schedules are worth nothing without the table's states, and a group that stays would block the next deploy.
    this.group = new ScheduleGroup(this, 'Group', { removalPolicy: RemovalPolicy.DESTROY });
    this.dead = deadLetterQueue(this, 'Dead');
    this.role = new Role(this, 'Role', {
      // Both conditions keep other accounts and other groups from borrowing the role (the "confused deputy").
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': this.group.scheduleGroupArn },
        },
      }),
    });
    this.role.addToPolicy(
      new PolicyStatement({
        sid: 'Fire',
        actions: ['sqs:SendMessage'],
        resources: [props.steps.queueArn, this.dead.queueArn],
      }),
    );
  }

  /** Every schedule of the group: their names are made at run time. */
  schedulesArn(): string {
    return Stack.of(this).formatArn({
      service: 'scheduler',
      resource: 'schedule',
      resourceName: `${this.group.scheduleGroupName}/*`,
    });
  }
}
