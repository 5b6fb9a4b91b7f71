/** A queue with its dead letters: encrypted, TLS only, and as patient as the function behind it needs. */
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import {
  DEAD_LETTER_DAYS,
  QUEUE_SETTINGS,
  type QueueName,
  RECEIVES_MAX,
  visibilitySeconds,
} from '../queue-settings.ts';
import type { ProductFunction } from './product-function.ts';

export const deadLetterQueue = (scope: Construct, id: string): Queue =>
  new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(DEAD_LETTER_DAYS),
  });

export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly dead: Queue;
  readonly name: QueueName;

  constructor(scope: Construct, id: string, props: { readonly name: QueueName }) {
    super(scope, id);
    const settings = QUEUE_SETTINGS[props.name];
    this.name = props.name;
    this.dead = deadLetterQueue(this, 'Dead');
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(visibilitySeconds(settings)),
      deliveryDelay: Duration.seconds(settings.delaySeconds ?? 0),
      retentionPeriod: Duration.days(DEAD_LETTER_DAYS),
      deadLetterQueue: { queue: this.dead, maxReceiveCount: RECEIVES_MAX },
    });
  }

  /** `concurrency`: how many run at once; the queue holds back the rest. */
  feed(consumer: ProductFunction, concurrency: number): void {
    const { batchSize } = QUEUE_SETTINGS[this.name];
    // The three that Lambda's pollers need (Lambda developer guide, "Using Lambda with Amazon SQS").
    const polling = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
    const statement = new PolicyStatement({
      sid: 'Poll',
      actions: polling,
      resources: [this.queue.queueArn],
    });
    const policy = consumer.role.addToPrincipalPolicy(statement).policyDependable;
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: consumer.lambda,
      eventSourceArn: this.queue.queueArn,
      batchSize,
      maxConcurrency: concurrency,
      reportBatchItemFailures: true,
    });
    // Lambda tries to poll when the mapping is made, and refuses it without the permission.
    if (policy) mapping.node.addDependency(policy);
  }
}
