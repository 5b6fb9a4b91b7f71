/** What must survive everything: the table and the raw mails. The application stack comes and goes beside it. */
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { tableDefinition } from '../functions/aws/table.ts';
import type { Config } from './config.ts';

export class DataStack extends Stack {
  readonly table: TableV2;
  readonly mails: Bucket;

  constructor(scope: Construct, id: string, config: Pick<Config, 'mailDays'>) {
    super(scope, id, { terminationProtection: true });
    this.table = tableFrom(this);
    this.mails = new Bucket(this, 'Mails', {
      // SES writes with the bucket's own key; its KMS option would be client-side encryption without a JavaScript client.
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: false,
      lifecycleRules: [{ prefix: 'inbound/', expiration: Duration.days(config.mailDays) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}

/** From the same plain definition by which the local runtime makes its table. */
function tableFrom(scope: Construct): TableV2 {
  const key = (name: string) => ({ name, type: AttributeType.STRING });
  return new TableV2(scope, 'Table', {
    partitionKey: key(tableDefinition.partitionKey),
    sortKey: key(tableDefinition.sortKey),
    globalSecondaryIndexes: Object.entries(tableDefinition.indexes).map(([indexName, index]) => ({
      indexName,
      partitionKey: key(index.partitionKey),
      sortKey: key(index.sortKey),
      projectionType: ProjectionType.KEYS_ONLY,
    })),
    timeToLiveAttribute: tableDefinition.timeToLive,
    billing: Billing.onDemand(),
    deletionProtection: true,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
