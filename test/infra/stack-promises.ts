// What every deployment promises, as functions from both templates to what is wrong with them. The tests ask them of
// the real templates, and of spoilt ones, which each must notice.
import { ENVIRONMENT } from '../../functions/env.ts';
import { FUNCTIONS, QUEUE_SETTINGS } from '../../infra/queue-settings.ts';
import { type Json, ofType, type Resource, type TemplateJson, type Templates } from './stack-fixture.ts';

export type Promise = { readonly name: string; readonly broken: (templates: Templates) => readonly string[] };

const both = ({ data, application }: Templates): readonly TemplateJson[] => [data, application];
const all = (templates: Templates, type: string) => both(templates).flatMap((one) => ofType(one, type));
const text = (value: unknown): string => JSON.stringify(value ?? null);
const without = (
  found: readonly (readonly [string, Resource])[],
  isRight: (resource: Resource, id: string) => boolean,
): string[] => found.filter(([id, one]) => !isRight(one, id)).map(([id]) => id);

/** Set by Lambda itself, or only locally. */
const NOT_SET = new Set(['AWS_REGION', 'API_TOKEN', 'RUNS_ON']);

/** The product's own functions; CDK's helpers run at deploy only. */
export const productFunctions = (template: TemplateJson) =>
  ofType(template, 'AWS::Lambda::Function').filter(([, one]) =>
    FUNCTIONS.some((name) => one.Properties.Description === `Relance: ${name}`),
  );

export const policiesOf = (template: TemplateJson): readonly (readonly [string, Statement])[] =>
  ofType(template, 'AWS::IAM::Policy').flatMap(([id, one]) =>
    (one.Properties.PolicyDocument as { Statement: Statement[] }).Statement.map(
      (statement) => [id, statement] as const,
    ),
  );
export type Statement = {
  readonly Effect: string;
  readonly Sid?: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
} & Json;

const PUBLIC_ACCESS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

/** A policy that refuses whatever comes without TLS. */
const refusesPlain = (document: unknown): boolean =>
  text(document).includes('"aws:SecureTransport":"false"') && text(document).includes('"Effect":"Deny"');

const tlsOnly = (templates: Templates, type: string, policyType: string, key: string): string[] => {
  const policies = all(templates, policyType).filter(([, one]) =>
    refusesPlain(one.Properties.PolicyDocument),
  );
  return without(all(templates, type), (_, id) =>
    policies.some(([, one]) => text(one.Properties[key]).includes(`"${id}"`)),
  );
};

export const PROMISES: readonly Promise[] = [
  {
    name: 'keeps table, mails, secrets and users when the stack is deleted',
    broken: ({ data }) =>
      [
        'AWS::DynamoDB::GlobalTable',
        'AWS::S3::Bucket',
        'AWS::SecretsManager::Secret',
        'AWS::Cognito::UserPool',
      ].flatMap((type) =>
        without(
          ofType(data, type),
          (one) => one.DeletionPolicy === 'Retain' && one.UpdateReplacePolicy === 'Retain',
        ),
      ),
  },
  {
    name: 'can put the table back to any second, and refuses to delete it',
    broken: ({ data }) =>
      without(ofType(data, 'AWS::DynamoDB::GlobalTable'), (one) => {
        const [replica] = one.Properties.Replicas as Json[];
        return (
          replica?.DeletionProtectionEnabled === true &&
          (replica.PointInTimeRecoverySpecification as Json)?.PointInTimeRecoveryEnabled === true
        );
      }),
  },
  {
    name: 'forgets by itself: mails by age, table items by their time to live, logs by days',
    broken: (templates) => [
      ...without(ofType(templates.data, 'AWS::S3::Bucket'), (one) =>
        text(one.Properties.LifecycleConfiguration).includes('ExpirationInDays'),
      ),
      ...without(ofType(templates.data, 'AWS::DynamoDB::GlobalTable'), (one) =>
        text(one.Properties.TimeToLiveSpecification).includes('"Enabled":true'),
      ),
      ...without(all(templates, 'AWS::Logs::LogGroup'), (one) => Number(one.Properties.RetentionInDays) > 0),
    ],
  },
  {
    name: 'encrypts every bucket and queue at rest',
    broken: (templates) => [
      ...without(all(templates, 'AWS::S3::Bucket'), (one) =>
        text(one.Properties.BucketEncryption).includes('SSEAlgorithm'),
      ),
      ...without(all(templates, 'AWS::SQS::Queue'), (one) => one.Properties.SqsManagedSseEnabled === true),
    ],
  },
  {
    name: 'has no public bucket',
    broken: (templates) =>
      without(all(templates, 'AWS::S3::Bucket'), (one) =>
        PUBLIC_ACCESS.every(
          (name) => (one.Properties.PublicAccessBlockConfiguration as Json)?.[name] === true,
        ),
      ),
  },
  {
    name: 'takes nothing without TLS',
    broken: (templates) => [
      ...tlsOnly(templates, 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'Bucket'),
      ...tlsOnly(templates, 'AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'Queues'),
      ...tlsOnly(templates, 'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'Topics'),
    ],
  },
  {
    name: 'gives every queue that a function reads a dead-letter queue with an alarm',
    broken: ({ application }) => {
      const alarms = ofType(application, 'AWS::CloudWatch::Alarm');
      return ofType(application, 'AWS::Lambda::EventSourceMapping').flatMap(([id, mapping]) => {
        const queue = text(mapping.Properties.EventSourceArn);
        const source = ofType(application, 'AWS::SQS::Queue').find(([name]) =>
          queue.includes(`"${name}"`),
        )?.[1];
        const dead = text((source?.Properties.RedrivePolicy as Json)?.deadLetterTargetArn);
        const name = /\["(\w+)","Arn"\]/.exec(dead)?.[1];
        const isWatched = alarms.some(([, one]) => name && text(one.Properties.Dimensions).includes(name));
        return isWatched ? [] : [id];
      });
    },
  },
  {
    name: 'answers batches message by message, and waits six times as long as a function may take',
    broken: ({ application }) =>
      ofType(application, 'AWS::Lambda::EventSourceMapping').flatMap(([id, { Properties }]) => {
        const queues = ofType(application, 'AWS::SQS::Queue');
        const queue = queues.find(([name]) => text(Properties.EventSourceArn).includes(`"${name}"`))?.[1];
        const target = application.Resources[(Properties.FunctionName as { Ref: string }).Ref];
        const isPatient =
          Number(queue?.Properties.VisibilityTimeout) >= 6 * Number(target?.Properties.Timeout);
        const isByMessage = text(Properties.FunctionResponseTypes) === '["ReportBatchItemFailures"]';
        const isPaced = Number((Properties.ScalingConfig as Json)?.MaximumConcurrency) >= 2;
        return isPatient && isByMessage && isPaced ? [] : [id];
      }),
  },
  {
    name: 'deploys every function file, on arm64 and Node 24, and lets something wake it',
    broken: ({ application }) => {
      const wakers = [
        'AWS::Lambda::EventSourceMapping',
        'AWS::ApiGatewayV2::Integration',
        'AWS::Events::Rule',
      ].flatMap((type) => ofType(application, type));
      return FUNCTIONS.flatMap((name) => {
        const found = productFunctions(application).find(
          ([, one]) => one.Properties.Description === `Relance: ${name}`,
        );
        if (!found) return [name];
        const [id, { Properties }] = found;
        const isRight =
          Properties.Runtime === 'nodejs24.x' &&
          text(Properties.Architectures) === '["arm64"]' &&
          wakers.some(([, one]) => text(one.Properties).includes(`"${id}"`));
        return isRight ? [] : [name];
      });
    },
  },
  {
    name: 'has one function per queue, and each queue has its function',
    broken: ({ application }) => {
      const count = ofType(application, 'AWS::Lambda::EventSourceMapping').length;
      const wanted = Object.keys(QUEUE_SETTINGS).length;
      return count === wanted ? [] : [`${count} mappings, not ${wanted}`];
    },
  },
  {
    name: 'sets every variable of functions/env.ts, and none that it does not know',
    broken: ({ application }) =>
      productFunctions(application).flatMap(([id, one]) => {
        const set = Object.keys((one.Properties.Environment as { Variables: Json }).Variables);
        const asked = Object.keys(ENVIRONMENT).filter((name) => !NOT_SET.has(name));
        return [
          ...asked.filter((name) => !set.includes(name)).map((name) => `${id} lacks ${name}`),
          ...set.filter((name) => !asked.includes(name)).map((name) => `${id} sets ${name}`),
        ];
      }),
  },
  {
    name: 'gives each function a role of its own, and no role a wildcard action',
    broken: ({ application }) => {
      const roles = productFunctions(application).map(([, one]) => text(one.Properties.Role));
      const doubled = roles.filter((role, n) => roles.indexOf(role) !== n);
      const wild = productPolicies(application).filter(([, { Action }]) => text(Action).includes('*'));
      return [...doubled, ...wild.map(([id]) => id)];
    },
  },
  {
    name: 'hands the schedule role over to the Scheduler only',
    broken: ({ application }) =>
      policiesOf(application)
        .filter(([, { Action }]) => text(Action).includes('iam:PassRole'))
        .filter(([, one]) => !text(one.Condition).includes('"iam:PassedToService":"scheduler.amazonaws.com"'))
        .map(([id]) => id),
  },
  {
    name: 'sends letters only from its own domains, and back to the reply domain',
    broken: ({ application }) =>
      policiesOf(application)
        .filter(([, { Action }]) => text(Action).includes('ses:SendRawEmail'))
        .filter(([, one]) => {
          const conditions = text(one.Condition);
          return !conditions.includes('ses:FromAddress') || !conditions.includes('ses:FeedbackAddress');
        })
        .map(([id]) => id),
  },
  {
    name: 'keeps feedback forwarding on for every identity',
    broken: ({ application }) =>
      without(ofType(application, 'AWS::SES::EmailIdentity'), (one) =>
        text(one.Properties.FeedbackAttributes).includes('"EmailForwardingEnabled":true'),
      ),
  },
  {
    name: 'lets in nobody without a token, except to open routes',
    broken: ({ application }) =>
      ofType(application, 'AWS::ApiGatewayV2::Route')
        .filter(([, one]) => String(one.Properties.RouteKey).includes('/v1/{proxy+}'))
        .filter(([, one]) => one.Properties.AuthorizationType !== 'JWT')
        .map(([id]) => id),
  },
  {
    name: 'writes no path, address or agent into the access log',
    broken: ({ application }) =>
      without(ofType(application, 'AWS::ApiGatewayV2::Stage'), (one) => {
        const { Format = '' } = (one.Properties.AccessLogSettings ?? {}) as { Format?: string };
        return Format !== '' && !/sourceIp|userAgent|\.path|protocol|claims/.test(Format);
      }),
  },
  {
    name: 'throttles its API',
    broken: ({ application }) =>
      without(
        ofType(application, 'AWS::ApiGatewayV2::Stage'),
        (one) => Number((one.Properties.DefaultRouteSettings as Json)?.ThrottlingRateLimit) > 0,
      ),
  },
  {
    name: 'gives no physical names, so that two stages live in one account',
    broken: (templates) =>
      both(templates).flatMap((one) =>
        [
          ...text(one).matchAll(
            /"(TableName|BucketName|QueueName|TopicName|FunctionName|RoleName|UserPoolName|RuleSetName|DashboardName)":"[^"]+"/g,
          ),
        ].map(([found]) => found),
      ),
  },
];

/** Policies of the product's own roles. */
export function productPolicies(template: TemplateJson): readonly (readonly [string, Statement])[] {
  const roles = new Set(
    productFunctions(template).map(([, one]) => /\["(\w+)","Arn"\]/.exec(text(one.Properties.Role))?.[1]),
  );
  return policiesOf(template).filter(([id]) => {
    const attached = text(template.Resources[id]?.Properties.Roles);
    return [...roles].some((role) => role && attached.includes(`"${role}"`));
  });
}
