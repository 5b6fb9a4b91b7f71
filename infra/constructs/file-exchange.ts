/**
 * Files that people bring and take: imports wait here to be read, exports to be fetched, both for days only. An upload
 * is announced to the imports queue by the bucket itself.
 */
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FILES_KEPT_DAYS } from '../../shared/domain/retention.ts';

export class FileExchange extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: { readonly imports: Queue }) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Files', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [
        { expiration: Duration.days(FILES_KEPT_DAYS) },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      // The signature in the link is the permission; the console's own host name is not known yet when this is made.
      cors: [
        {
          allowedMethods: [HttpMethods.PUT, HttpMethods.GET],
          allowedOrigins: ['*'],
          allowedHeaders: ['content-type', 'if-none-match'],
          maxAge: Duration.hours(1).toSeconds(),
        },
      ],
      // A bucket that is not empty cannot be deleted, and a deploy must not fail over last week's exports.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.#announceTo(props.imports);
  }

  /** By the bucket's own property: CDK's way would add a function that may rewrite every bucket's notifications. */
  #announceTo(queue: Queue): void {
    const stack = Stack.of(this);
    const { policyDependable } = queue.addToResourcePolicy(announcements(queue, stack.account));
    const resource = this.bucket.node.defaultChild;
    if (!(resource instanceof CfnBucket)) throw new Error('The bucket of files is no resource.');
    resource.notificationConfiguration = {
      queueConfigurations: [
        {
          event: 's3:ObjectCreated:*',
          queue: queue.queueArn,
          filter: {
            s3Key: {
              rules: [
                { name: 'prefix', value: 'imports/' },
                { name: 'suffix', value: '/source' },
              ],
            },
          },
        },
      ],
    };
    // S3 tries the queue when the notification is made, and refuses one that it may not write to.
    if (policyDependable) resource.node.addDependency(policyDependable);
  }
}

const announcements = (queue: Queue, account: string): PolicyStatement =>
  new PolicyStatement({
    sid: 'BucketsOfThisAccount',
    principals: [new ServicePrincipal('s3.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    conditions: { StringEquals: { 'aws:SourceAccount': account } },
  });
