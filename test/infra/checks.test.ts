// cdk-nag and CDK's own CloudFormation validator over both stacks: nothing may be left, and something would be found.
import { rmSync } from 'node:fs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';
import { synthesize } from './stack-fixture.ts';

type Made = ReturnType<typeof synthesize>;

/** Throws `ValidationFailed` with every finding. */
function check(spoil: (made: Made) => void): void {
  const made = synthesize(
    { stage: 'prod', domain: 'letters.example.com', activateRuleSet: 'true' },
    { plugin: (app) => new AwsSolutionsChecks(app), validate: true },
  );
  try {
    spoil(made);
    made.app.synth();
  } finally {
    rmSync(made.outdir, { recursive: true, force: true });
  }
}

it('cdk-nag and the validator find nothing that is not acknowledged', () => {
  expect(() => check(() => {})).not.toThrow();
});

it('cdk-nag would find a careless bucket, and the validator a queue that keeps messages for ever', () => {
  const careless = ({ application }: Made): void => {
    new Bucket(application, 'Careless');
    new CfnQueue(application, 'Eternal', { messageRetentionPeriod: 99_999_999 });
  };
  expect(() => check(careless)).toThrow(/(?=[\s\S]*AwsSolutions-S10)(?=[\s\S]*Eternal)/);
});
