/**
 * Findings of cdk-nag that stay, each with its reason. They are acknowledged where they stand, one by one: a new
 * finding anywhere else fails `cdk synth`.
 */
import { CfnElement, type Stack, Token, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { AppStack } from './app-stack.ts';
import type { DataStack } from './data-stack.ts';
import { FUNCTIONS } from './queue-settings.ts';

/** Path of the construct below its stack, the finding's id, why it stays. */
type Acknowledgement = readonly [path: string, id: string, reason: string];

const DATA: readonly Acknowledgement[] = [
  [
    'Mails',
    'AwsSolutions-S1',
    'Access logs would repeat the keys of people’s mails for years; who reads is in CloudTrail data events, where wanted.',
  ],
  [
    'ContactSecret',
    'AwsSolutions-SMG4',
    'Contact ids are HMACs by it: rotated, every contact would be a new one.',
  ],
  [
    'TokenKeys',
    'AwsSolutions-SMG4',
    'Tokens in letters never expire, so keys are added by hand (docs/runbook.md) and none is taken away by a timer.',
  ],
];
const SIGN_IN: readonly Acknowledgement[] = [
  [
    'SignIn/Users',
    'AwsSolutions-COG2',
    'A second factor is offered; whoever must demand it of all signs in by their own issuer.',
  ],
  [
    'SignIn/Users',
    'AwsSolutions-COG8',
    'The Plus plan costs per user and month; threat detection is the issuer’s where it matters.',
  ],
];

const OPEN = 'Open on purpose: answers nothing about anybody.';
const OPT_OUT =
  'The opt-out link: its token is the key (RFC 8058 forbids a login), its role can do nothing else.';
const APPLICATION: readonly Acknowledgement[] = [
  [
    'Timers/Dead',
    'AwsSolutions-SQS3',
    'It is the dead-letter queue of every schedule; a schedule is made at run time.',
  ],
  ['Http/Api/GET--v1--health', 'AwsSolutions-APIG4', OPEN],
  ['Http/Api/GET--v1--openapi.json', 'AwsSolutions-APIG4', OPEN],
  ['Http/Api/GET--docs', 'AwsSolutions-APIG4', OPEN],
  ['Http/Api/GET--docs--{proxy+}', 'AwsSolutions-APIG4', OPEN],
  ['Http/Api/GET--u--{token}', 'AwsSolutions-APIG4', OPT_OUT],
  ['Http/Api/POST--u--{token}', 'AwsSolutions-APIG4', OPT_OUT],
  [
    'Exchange/Files',
    'AwsSolutions-S1',
    'Kept for a week; a log of its keys would be kept longer than what it is about.',
  ],
  ['Console/Files', 'AwsSolutions-S1', 'Public program files; CloudFront is the only reader.'],
  ['Console/Site', 'AwsSolutions-CFR1', 'Salespeople travel: no country is shut out.'],
  [
    'Console/Site',
    'AwsSolutions-CFR2',
    'Static files, and an API with its own throttle and authorizer; a WAF costs more than the rest together.',
  ],
  [
    'Console/Site',
    'AwsSolutions-CFR3',
    'A log of addresses and paths would be people’s data for nothing; the API logs its routes.',
  ],
  [
    'Console/Site',
    'AwsSolutions-CFR4',
    'CloudFront’s own certificate fixes the policy; browsers of today speak TLS 1.3 to it all the same.',
  ],
];

const ACTIVATION: readonly Acknowledgement[] = [
  [
    'Incoming/ActivationRole',
    'AwsSolutions-IAM5[Resource::*]',
    'The two actions on the active receipt rule set know no resources (service authorization reference, Amazon SES).',
  ],
];

/** The custom resource of CDK that unpacks the console's files; what it may do is CDK's, not ours. */
const FILES = 'Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C';
const BY_CDK = 'CDK’s own bucket deployment: runs at deploy only, on the bucket of public program files.';

function ofFiles(stack: Stack): readonly Acknowledgement[] {
  const wildcards = [
    'Action::s3:GetObject*',
    'Action::s3:GetBucket*',
    'Action::s3:List*',
    'Action::s3:DeleteObject*',
    'Action::s3:Abort*',
    `Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-${accountOf(stack)}-${stack.region}/*`,
    `Resource::<${idOf(stack, 'Console/Files')}.Arn>/*`,
    'Resource::*',
  ];
  return [
    [FILES, 'AwsSolutions-L1', BY_CDK],
    [
      `${FILES}/ServiceRole`,
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      BY_CDK,
    ],
    ...wildcards.map((one): Acknowledgement => [`${FILES}/ServiceRole`, `AwsSolutions-IAM5[${one}]`, BY_CDK]),
  ];
}

/** The two places where AWS offers nothing narrower than a star at the end. */
function ofFunctions(data: DataStack, application: AppStack): readonly Acknowledgement[] {
  const { region } = application;
  const group = application.timers.group.scheduleGroupName;
  const schedules = `arn:<AWS::Partition>:scheduler:${region}:${accountOf(application)}:schedule/${group}/*`;
  const bucket = application.resolve(data.exportValue(data.mails.bucketArn))['Fn::ImportValue'];
  const exchange = idOf(application, 'Exchange/Files');
  return FUNCTIONS.flatMap((name): readonly Acknowledgement[] => {
    const { role } = application.functions[name];
    const path = role.node.path.slice(application.node.path.length + 1);
    return [
      [
        path,
        `AwsSolutions-IAM5[Resource::${schedules}]`,
        'The schedules of one group: each is named at run time by the enrollment, step and minute it wakes.',
      ],
      [
        path,
        `AwsSolutions-IAM5[Resource::${bucket}/inbound/*]`,
        'The mails below one prefix: SES names each at its arrival.',
      ],
      ...['imports', 'exports'].map(
        (prefix): Acknowledgement => [
          path,
          `AwsSolutions-IAM5[Resource::<${exchange}.Arn>/${prefix}/*]`,
          'The files below one prefix: each is named by its import or export when somebody asks for it.',
        ],
      ),
      ...(name === 'reconcile' ? [[path, 'AwsSolutions-IAM5[Resource::*]', QUOTA_OF_ACCOUNT] as const] : []),
    ];
  });
}

const QUOTA_OF_ACCOUNT =
  'GetSendQuota speaks of the account and knows no resource (service authorization reference, Amazon SES).';

export function acknowledge(data: DataStack, application: AppStack): void {
  acknowledgeIn(data, [...DATA, ...(data.signIn ? SIGN_IN : [])]);
  acknowledgeIn(application, [
    ...APPLICATION,
    ...(application.isActivating ? ACTIVATION : []),
    ...ofFiles(application),
    ...ofFunctions(data, application),
  ]);
}

/** A path that leads nowhere is a mistake here: the finding would be back, or its construct is gone. */
function acknowledgeIn(stack: Stack, acknowledgements: readonly Acknowledgement[]): void {
  for (const [path, id, reason] of acknowledgements) {
    const construct = path
      .split('/')
      .reduce<IConstruct | undefined>((at, name) => at?.node.tryFindChild(name), stack);
    if (!construct)
      throw new Error(`infra/acknowledgements.ts names ${path}, which ${stack.node.path} does not have.`);
    Validations.of(construct).acknowledge({ id: `AwsSolutions::${id}`, reason });
  }
}

const accountOf = (stack: Stack): string =>
  Token.isUnresolved(stack.account) ? '<AWS::AccountId>' : stack.account;

function idOf(stack: Stack, path: string): string {
  const child = path
    .split('/')
    .reduce<IConstruct | undefined>((at, name) => at?.node.tryFindChild(name), stack);
  const resource = child?.node.defaultChild;
  if (!(resource instanceof CfnElement)) throw new Error(`${path} is no resource of ${stack.node.path}.`);
  return stack.getLogicalId(resource);
}
