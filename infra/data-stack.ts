/**
 * What must survive everything: the table, the raw mails, the secrets, the people who may sign in. The application
 * stack comes and goes beside it.
 */
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { tableDefinition } from '../functions/aws/table.ts';
import type { Config } from './config.ts';
import { acceptMailFromSes, INBOUND_PREFIX } from './constructs/incoming-mail.ts';
import { SignIn } from './constructs/sign-in.ts';

/** A part of a mail that never arrived whole is worth nothing the next day. */
const BROKEN_UPLOAD_DAYS = 1;

export class DataStack extends Stack {
  readonly table: TableV2;
  readonly mails: Bucket;
  /** Contact ids hang on it, so it never rotates. */
  readonly contactSecret: Secret;
  /** `{"a":"…"}`: the first signs, all verify. */
  readonly tokenKeys: Secret;
  readonly signIn: SignIn | undefined;

  constructor(
    scope: Construct,
    id: string,
    config: Pick<Config, 'stage' | 'mailDays' | 'oidcIssuer'>,
    props: StackProps = {},
  ) {
    super(scope, id, { ...props, terminationProtection: true });
    this.table = tableFrom(this);
    this.mails = new Bucket(this, 'Mails', {
      // SES writes with the bucket's own key; its KMS option would be client-side encryption without a JavaScript client.
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      // An erased person's mail must be gone, not hidden behind a newer version.
      versioned: false,
      lifecycleRules: [
        { prefix: INBOUND_PREFIX, expiration: Duration.days(config.mailDays) },
        { abortIncompleteMultipartUploadAfter: Duration.days(BROKEN_UPLOAD_DAYS) },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acceptMailFromSes(this.mails);
    this.contactSecret = generated(this, 'ContactSecret', 'Relance: the secret behind contact ids');
    this.tokenKeys = generated(this, 'TokenKeys', 'Relance: keys of reply and opt-out tokens', 'a');
    this.signIn = config.oidcIssuer === undefined ? new SignIn(this, 'SignIn', config) : undefined;
  }
}

/** 64 letters and digits, made in the account and seen by nobody. */
const generated = (scope: Construct, id: string, description: string, key?: string): Secret =>
  new Secret(scope, id, {
    description,
    generateSecretString: {
      passwordLength: 64,
      excludePunctuation: true,
      ...(key ? { secretStringTemplate: '{}', generateStringKey: key } : {}),
    },
    removalPolicy: RemovalPolicy.RETAIN,
  });

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
