/**
 * SES as a receiver: one rule for the reply domain that puts the mail into the bucket and tells SNS → SQS. The rule set
 * is made inactive: an account has one active set per region, and switching ours on would switch another team's off.
 */
import { CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { ReceiptRuleSet, TlsPolicy } from 'aws-cdk-lib/aws-ses';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { publishedBySes } from './outgoing-mail.ts';

export const INBOUND_PREFIX = 'inbound/';

export class IncomingMail extends Construct {
  readonly ruleSet: ReceiptRuleSet;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly replyDomain: string; readonly mails: IBucket; readonly inbound: Queue },
  ) {
    super(scope, id);
    const topic = publishedBySes(this, 'Arrivals');
    topic.addSubscription(new SqsSubscription(props.inbound, { rawMessageDelivery: true }));
    this.ruleSet = new ReceiptRuleSet(this, 'Rules');
    this.ruleSet.addRule('Replies', {
      recipients: [props.replyDomain],
      scanEnabled: true,
      // A prospect's server without TLS is a prospect all the same.
      tlsPolicy: TlsPolicy.OPTIONAL,
      actions: [
        {
          // Not CDK's own S3 action: that gives SES the whole bucket, by the sender's account only.
          bind: () => ({
            s3Action: {
              bucketName: props.mails.bucketName,
              objectKeyPrefix: INBOUND_PREFIX,
              topicArn: topic.topicArn,
            },
          }),
        },
      ],
    });
  }

  /** Makes the set active at deploy, unless another one is: then the deploy fails and says so. */
  activate(props: { readonly bundle: string; readonly logDays: RetentionDays }): void {
    const logGroup = new LogGroup(this, 'ActivationLogs', {
      retention: props.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'ActivationRole', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    role.addToPolicy(
      new PolicyStatement({
        sid: 'Logs',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        sid: 'OneActiveSet',
        actions: ['ses:DescribeActiveReceiptRuleSet', 'ses:SetActiveReceiptRuleSet'],
        // Neither action knows resources (service authorization reference, Amazon SES).
        resources: ['*'],
      }),
    );
    const handler = new LambdaFunction(this, 'Activation', {
      description: 'Relance: makes the receipt rule set the active one',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.bundle),
      role,
      timeout: Duration.seconds(30),
      logGroup,
    });
    const active = new CustomResource(this, 'ActiveRuleSet', {
      serviceToken: handler.functionArn,
      resourceType: 'Custom::ActiveReceiptRuleSet',
      properties: { RuleSetName: this.ruleSet.receiptRuleSetName },
    });
    active.node.addDependency(role);
  }
}

/** SES of this account, by one of its rule sets, may write below the prefix. */
export function acceptMailFromSes(bucket: IBucket): void {
  const stack = Stack.of(bucket);
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'SesOfThisAccount',
      principals: [new ServicePrincipal('ses.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects(`${INBOUND_PREFIX}*`)],
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: {
          'aws:SourceArn': stack.formatArn({
            service: 'ses',
            resource: 'receipt-rule-set',
            resourceName: '*',
          }),
        },
      },
    }),
  );
}
