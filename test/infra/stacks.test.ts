// The synthesized templates: what they promise, and that a template which breaks a promise is noticed.
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTableInput, tableDefinition } from '../../functions/aws/table.ts';
import {
  ofType,
  type Resource,
  synthesize,
  type TemplateJson,
  type Templates,
  templatesOf,
} from './stack-fixture.ts';
import { PROMISES, policiesOf, productFunctions } from './stack-promises.ts';

let templates: Templates;
beforeAll(() => {
  templates = templatesOf({ domain: 'letters.example.com' });
});

it.each(PROMISES)('$name', ({ broken }) => {
  expect(broken(templates)).toEqual([]);
});

type Spoil = (templates: Templates) => void;
const first = (template: TemplateJson, type: string): Resource => ofType(template, type)[0]![1];
const own = (template: TemplateJson): Resource => productFunctions(template)[0]![1];
// biome-ignore lint/suspicious/noExplicitAny: a template is JSON of CloudFormation's making.
const properties = (resource: Resource): Record<string, any> => resource.Properties;

/** Promise → one way to break it. */
const SPOILT: Readonly<Record<string, Spoil>> = {
  'keeps table, mails, secrets and users when the stack is deleted': ({ data }) => {
    Object.assign(first(data, 'AWS::Cognito::UserPool'), { DeletionPolicy: 'Delete' });
  },
  'can put the table back to any second, and refuses to delete it': ({ data }) => {
    properties(first(data, 'AWS::DynamoDB::GlobalTable')).Replicas[0].DeletionProtectionEnabled = false;
  },
  'forgets by itself: mails by age, table items by their time to live, logs by days': ({ application }) => {
    delete properties(first(application, 'AWS::Logs::LogGroup')).RetentionInDays;
  },
  'encrypts every bucket and queue at rest': ({ application }) => {
    delete properties(first(application, 'AWS::SQS::Queue')).SqsManagedSseEnabled;
  },
  'has no public bucket': ({ data }) => {
    properties(first(data, 'AWS::S3::Bucket')).PublicAccessBlockConfiguration.BlockPublicPolicy = false;
  },
  'takes nothing without TLS': ({ application }) => {
    properties(first(application, 'AWS::SNS::TopicPolicy')).PolicyDocument.Statement = [];
  },
  'gives every queue that a function reads a dead-letter queue with an alarm': ({ application }) => {
    const fed = ofType(application, 'AWS::SQS::Queue').find(([, one]) => one.Properties.RedrivePolicy)!;
    delete properties(fed[1]).RedrivePolicy;
  },
  'answers batches message by message, and waits six times as long as a function may take': ({
    application,
  }) => {
    delete properties(first(application, 'AWS::Lambda::EventSourceMapping')).FunctionResponseTypes;
  },
  'deploys every function file, on arm64 and Node 24, and lets something wake it': ({ application }) => {
    properties(own(application)).Runtime = 'nodejs20.x';
  },
  'has one function per queue, and each queue has its function': ({ application }) => {
    delete application.Resources[ofType(application, 'AWS::Lambda::EventSourceMapping')[0]![0]];
  },
  'sets every variable of functions/env.ts, and none that it does not know': ({ application }) => {
    delete properties(own(application)).Environment.Variables.REPLY_DOMAIN;
  },
  'gives each function a role of its own, and no role a wildcard action': ({ application }) => {
    const [one, other] = productFunctions(application);
    properties(one![1]).Role = properties(other![1]).Role;
  },
  'hands the schedule role over to the Scheduler only': ({ application }) => {
    const passing = policiesOf(application).find(([, { Action }]) => Action === 'iam:PassRole')!;
    delete (passing[1] as Record<string, unknown>).Condition;
  },
  'sends letters only from its own domains, and back to the reply domain': ({ application }) => {
    const sending = policiesOf(application).find(([, { Action }]) => Action === 'ses:SendRawEmail')!;
    delete (sending[1] as Record<string, unknown>).Condition;
  },
  'keeps feedback forwarding on for every identity': ({ application }) => {
    properties(first(application, 'AWS::SES::EmailIdentity')).FeedbackAttributes.EmailForwardingEnabled =
      false;
  },
  'lets in nobody without a token, except to open routes': ({ application }) => {
    const routes = ofType(application, 'AWS::ApiGatewayV2::Route').filter(([, one]) =>
      String(one.Properties.RouteKey).includes('/v1/{proxy+}'),
    );
    properties(routes[0]![1]).AuthorizationType = 'NONE';
  },
  'writes no path, address or agent into the access log': ({ application }) => {
    properties(first(application, 'AWS::ApiGatewayV2::Stage')).AccessLogSettings.Format =
      '{"ip":"$context.identity.sourceIp"}';
  },
  'throttles its API': ({ application }) => {
    delete properties(first(application, 'AWS::ApiGatewayV2::Stage')).DefaultRouteSettings;
  },
  'gives no physical names, so that two stages live in one account': ({ data }) => {
    properties(first(data, 'AWS::S3::Bucket')).BucketName = 'relance-mails';
  },
};

describe('a spoilt template', () => {
  it.each(PROMISES)('is noticed: $name', ({ name, broken }) => {
    const spoilt = structuredClone(templates);
    const spoil = SPOILT[name];
    expect(spoil, `no way to break "${name}" is known`).toBeDefined();
    spoil?.(spoilt);
    expect(broken(spoilt)).not.toEqual([]);
  });
});

describe('the table', () => {
  it('has on AWS the very keys and indexes that it has locally', () => {
    const local = createTableInput('any');
    const table = properties(first(templates.data, 'AWS::DynamoDB::GlobalTable'));
    expect(table.KeySchema).toEqual(local.KeySchema);
    const shape = (index: { IndexName?: string; KeySchema?: unknown; Projection?: unknown }) => [
      index.IndexName,
      index.KeySchema,
      index.Projection,
    ];
    expect(table.GlobalSecondaryIndexes.map(shape).sort()).toEqual(
      (local.GlobalSecondaryIndexes ?? []).map(shape).sort(),
    );
    expect(table.TimeToLiveSpecification).toEqual({
      AttributeName: tableDefinition.timeToLive,
      Enabled: true,
    });
    expect(table.BillingMode).toBe('PAY_PER_REQUEST');
  });
});

describe('settings reach the template', () => {
  it('as receiving rule, pace, sign-in and names', () => {
    const given = templatesOf({
      domain: 'letters.example.com',
      region: 'eu-west-1',
      sendRate: '50',
      oidcIssuer: 'https://login.example.com',
      oidcAudience: 'relance',
      activateRuleSet: 'true',
    });
    const rule = properties(first(given.application, 'AWS::SES::ReceiptRule')).Rule;
    expect(rule).toMatchObject({
      Recipients: ['reply.letters.example.com'],
      ScanEnabled: true,
      Enabled: true,
    });
    expect(rule.Actions[0].S3Action.ObjectKeyPrefix).toBe('inbound/');
    const authorizer = properties(first(given.application, 'AWS::ApiGatewayV2::Authorizer'));
    expect(authorizer.JwtConfiguration).toEqual({
      Audience: ['relance'],
      Issuer: 'https://login.example.com',
    });
    expect(ofType(given.data, 'AWS::Cognito::UserPool')).toEqual([]);
    expect(ofType(given.application, 'Custom::ActiveReceiptRuleSet')).toHaveLength(1);
    const paces = ofType(given.application, 'AWS::Lambda::EventSourceMapping').map(
      ([, one]) => (properties(one).ScalingConfig as { MaximumConcurrency: number }).MaximumConcurrency,
    );
    expect(paces).toContain(10);
  });

  it('and the rule set stays as it is where nobody asked for it', () => {
    expect(ofType(templates.application, 'Custom::ActiveReceiptRuleSet')).toEqual([]);
  });

  it('as traces, with the right to write them, and neither where nobody asked', () => {
    const traced = templatesOf({ domain: 'letters.example.com', tracing: 'true' });
    const modes = ({ application }: Templates) =>
      productFunctions(application).map(
        ([, one]) => (properties(one).TracingConfig as { Mode?: string } | undefined)?.Mode ?? 'none',
      );
    expect(new Set(modes(traced))).toEqual(new Set(['Active']));
    expect(JSON.stringify(traced.application)).toContain('xray:PutTraceSegments');
    expect(modes(templates)).not.toContain('Active');
    expect(JSON.stringify(templates.application)).not.toContain('xray:');
  });
});

it('two stages of one account share no stack, no export and no name', () => {
  const names = ['dev', 'live'].map((stage) => {
    const { data, application } = synthesize({ domain: 'letters.example.com', stage });
    const made = [data, application].map((stack) => Template.fromStack(stack).toJSON() as TemplateJson);
    const outputs = made.flatMap(
      (one) => Object.values(one.Outputs ?? {}) as { Export?: { Name: unknown } }[],
    );
    const exported = outputs.flatMap((one) => (one.Export ? [JSON.stringify(one.Export.Name)] : []));
    return [data.stackName, application.stackName, ...exported];
  });
  const [dev = [], live = []] = names;
  expect(dev.length).toBeGreaterThan(2);
  expect(dev.filter((name) => live.includes(name))).toEqual([]);
});
