import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTableInput, tableDefinition } from '../../functions/aws/table.ts';
import { readConfig } from '../../infra/config.ts';
import { DataStack } from '../../infra/data-stack.ts';

let template: Template;
beforeAll(() => {
  // The validator is not the point here and costs seconds.
  process.env.CDK_VALIDATION = 'false';
  template = Template.fromStack(new DataStack(new App(), 'Data', { mailDays: 365 }));
});

describe('the table', () => {
  it('has on AWS the very keys and indexes that it has locally', () => {
    const local = createTableInput('any');
    const [table] = Object.values(template.findResources('AWS::DynamoDB::GlobalTable'));
    const { KeySchema, GlobalSecondaryIndexes, TimeToLiveSpecification } = table!.Properties;
    expect(KeySchema).toEqual(local.KeySchema);
    const shape = (index: { IndexName?: string; KeySchema?: unknown; Projection?: unknown }) => [
      index.IndexName,
      index.KeySchema,
      index.Projection,
    ];
    expect(GlobalSecondaryIndexes.map(shape).sort()).toEqual(
      (local.GlobalSecondaryIndexes ?? []).map(shape).sort(),
    );
    expect(TimeToLiveSpecification).toEqual({ AttributeName: tableDefinition.timeToLive, Enabled: true });
  });

  it('cannot be deleted by mistake, and can be put back to any second', () => {
    template.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      BillingMode: 'PAY_PER_REQUEST',
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
    });
  });
});

it('keeps raw mails private, encrypted, and no longer than asked', () => {
  template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
  template.hasResourceProperties('AWS::S3::Bucket', {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    LifecycleConfiguration: { Rules: [{ ExpirationInDays: 365, Prefix: 'inbound/', Status: 'Enabled' }] },
  });
});

it('gives no physical names, so that two stages live in one account', () => {
  const named = JSON.stringify(template.toJSON()).match(/"(TableName|BucketName)":/g);
  expect(named).toBeNull();
});

describe('configuration', () => {
  it('reads context before the environment, and has defaults', () => {
    const context = (name: string) => (name === 'stage' ? 'prod' : undefined);
    expect(readConfig(context, { RELANCE_STAGE: 'test', RELANCE_MAIL_DAYS: '90' })).toEqual({
      stage: 'prod',
      mailDays: 90,
    });
    expect(readConfig(() => undefined, {})).toEqual({ stage: 'dev', mailDays: 365 });
  });

  it('names every mistake and where to mend it', () => {
    expect(() => readConfig(() => undefined, { RELANCE_STAGE: 'Prod!', RELANCE_MAIL_DAYS: '3' })).toThrow(
      /stage .*RELANCE_STAGE[\s\S]*mailDays .*at least 30 days/,
    );
  });
});
