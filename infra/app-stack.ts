/** Everything that runs, put together from `constructs/`: it holds no data and may be deleted and deployed again. */
import { Annotations, CfnOutput, Duration, SecretValue, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { type Config, isPlaceholder } from './config.ts';
import { Alarms } from './constructs/alarms.ts';
import { ConsoleSite, type SiteHeaders } from './constructs/console-site.ts';
import { FileExchange } from './constructs/file-exchange.ts';
import { ProductHttpApi } from './constructs/http-api.ts';
import { IncomingMail } from './constructs/incoming-mail.ts';
import { OutgoingMail } from './constructs/outgoing-mail.ts';
import { Overview } from './constructs/overview.ts';
import { ProductFunction } from './constructs/product-function.ts';
import { COGNITO_SCOPE, consoleClient } from './constructs/sign-in.ts';
import { StepTimers } from './constructs/step-timers.ts';
import { WorkQueue } from './constructs/work-queue.ts';
import type { DataStack } from './data-stack.ts';
import { statementsFor } from './grant-statements.ts';
import { sendConcurrency } from './pacing.ts';
import {
  FUNCTIONS,
  type FunctionName,
  MEMORY_MB,
  QUEUE_SETTINGS,
  type QueueName,
  TIMEOUT_SECONDS,
} from './queue-settings.ts';

export type AppStackProps = StackProps & {
  readonly config: Config;
  readonly data: DataStack;
  /** Directories with `index.mjs`. */
  readonly bundles: Readonly<Record<FunctionName | 'activate-rule-set', string>>;
  /** Where the console's build lies, if there is one. */
  readonly consoleBuild: string;
  /** The headers of the console's pages, which may ask these hosts beside their own. */
  readonly siteHeaders: (hosts: readonly string[]) => SiteHeaders;
};

const QUEUES = Object.keys(QUEUE_SETTINGS) as QueueName[];
/** More than two at once would only press the table: nothing in these queues is in a hurry beyond that. */
const CONCURRENCY: Readonly<Record<Exclude<QueueName, 'steps'>, number>> = {
  enroll: 2,
  deliveries: 2,
  inbound: 10,
  alerts: 10,
  imports: 2,
};

export class AppStack extends Stack {
  readonly functions: Readonly<Record<FunctionName, ProductFunction>>;
  readonly timers: StepTimers;
  readonly isActivating: boolean;

  constructor(scope: Construct, id: string, props: AppStackProps) {
    super(scope, id, props);
    const { config, data } = props;
    const logDays: RetentionDays = config.logDays;
    const queues = byName(QUEUES, (name) => new WorkQueue(this, `${capital(name)}Queue`, { name }));
    this.timers = new StepTimers(this, 'Timers', { steps: queues.steps.queue });
    const outgoing = new OutgoingMail(this, 'Outgoing', { config, deliveries: queues.deliveries.queue });
    const incoming = new IncomingMail(this, 'Incoming', {
      replyDomain: config.replyDomain,
      mails: data.mails,
      inbound: queues.inbound.queue,
    });
    this.isActivating = config.activateRuleSet;
    if (this.isActivating) incoming.activate({ bundle: props.bundles['activate-rule-set'], logDays });
    const files = new FileExchange(this, 'Exchange', { imports: queues.imports.queue });
    const http = new ProductHttpApi(this, 'Http', { config, logDays });

    const environment = this.#environment(config, data, { queues, files, outgoing, url: http.url });
    const statementOf = statementsFor({ data, files, queues, timers: this.timers, outgoing });
    this.functions = byName(FUNCTIONS, (name) => {
      const isFed = QUEUES.find((queue) => QUEUE_SETTINGS[queue].function === name);
      return new ProductFunction(this, pascal(name), {
        name,
        bundle: props.bundles[name],
        timeoutSeconds: isFed
          ? QUEUE_SETTINGS[isFed].timeoutSeconds
          : TIMEOUT_SECONDS[name as keyof typeof TIMEOUT_SECONDS],
        memoryMb: MEMORY_MB[name],
        environment,
        logDays,
        tracing: config.tracing,
        statementOf,
      });
    });
    for (const name of QUEUES) {
      const concurrency = name === 'steps' ? sendConcurrency(config.sendRate) : CONCURRENCY[name];
      queues[name].feed(this.functions[QUEUE_SETTINGS[name].function], concurrency);
    }
    new Rule(this, 'EveryQuarter', {
      schedule: Schedule.rate(Duration.minutes(15)),
      targets: [
        new LambdaTarget(this.functions.reconcile.lambda, {
          event: RuleTargetInput.fromObject({}),
          // The next quarter comes anyway; a backlog of looks would only look at the same.
          retryAttempts: 0,
          maxEventAge: Duration.minutes(15),
        }),
      ],
    });
    this.#openTheDoor(props, http, files);
    new Alarms(this, 'Alarms', {
      stage: config.stage,
      operatorAddress: config.operatorAddress,
      dead: { ...byName(QUEUES, (name) => queues[name].dead), schedules: this.timers.dead },
      inbound: queues.inbound.queue,
      functions: FUNCTIONS.map((name) => this.functions[name].lambda),
    });
    new Overview(this, 'Overview', {
      stage: config.stage,
      queues: byName(QUEUES, (name) => queues[name].queue),
    });
    new CfnOutput(this, 'ConfigurationSet', { value: outgoing.configurationSet.configurationSetName });
    new CfnOutput(this, 'RuleSet', { value: incoming.ruleSet.receiptRuleSetName });
    new CfnOutput(this, 'ApiUrl', { value: http.url });
    Tags.of(this).add('relance', config.stage);
    if (isPlaceholder(config.domain)) {
      Annotations.of(this).addWarningV2(
        'relance:placeholder-domain',
        `The domain is still ${config.domain}. Choose yours with -c domain=… before you deploy.`,
      );
    }
  }

  /** What `functions/env.ts` asks for; Lambda itself sets AWS_REGION. */
  #environment(
    config: Config,
    data: DataStack,
    of: {
      readonly queues: Readonly<Record<QueueName, WorkQueue>>;
      readonly files: FileExchange;
      readonly outgoing: OutgoingMail;
      readonly url: string;
    },
  ): Readonly<Record<string, string>> {
    const { queues, outgoing } = of;
    const { timers } = this;
    return {
      TABLE_NAME: data.table.tableName,
      MAIL_BUCKET: data.mails.bucketName,
      FILES_BUCKET: of.files.bucket.bucketName,
      STEPS_QUEUE_URL: queues.steps.queue.queueUrl,
      STEPS_QUEUE_ARN: queues.steps.queue.queueArn,
      ENROLL_QUEUE_URL: queues.enroll.queue.queueUrl,
      IMPORTS_QUEUE_URL: queues.imports.queue.queueUrl,
      INBOUND_QUEUE_URL: queues.inbound.queue.queueUrl,
      INBOUND_DEAD_LETTER_URL: queues.inbound.dead.queueUrl,
      ALERTS_QUEUE_URL: queues.alerts.queue.queueUrl,
      SCHEDULE_GROUP: timers.group.scheduleGroupName,
      SCHEDULE_ROLE_ARN: timers.role.roleArn,
      SCHEDULE_DEAD_LETTER_ARN: timers.dead.queueArn,
      CONFIGURATION_SET: outgoing.configurationSet.configurationSetName,
      REPLY_DOMAIN: config.replyDomain,
      PUBLIC_URL: of.url,
      ALERT_ADDRESS: config.alertAddress,
      OPERATOR_ADDRESS: config.operatorAddress,
      // Resolved by CloudFormation while it deploys: no template, log or diff ever shows the value.
      CONTACT_SECRET: data.contactSecret.secretValue.unsafeUnwrap(),
      // The version is named after a rotation: otherwise the template would be the same and nothing would be deployed.
      TOKEN_KEYS: SecretValue.secretsManager(
        data.tokenKeys.secretArn,
        config.tokenKeysVersion ? { versionId: config.tokenKeysVersion } : {},
      ).unsafeUnwrap(),
      STAGE: config.stage,
      MAIL_DAYS: String(config.mailDays),
      // One client may take half of what the gateway lets through for all: the others still get an answer.
      REQUESTS_PER_SECOND: String(Math.max(1, Math.floor(config.requestsPerSecond / 2))),
    };
  }

  #openTheDoor(
    { config, data, consoleBuild, siteHeaders }: AppStackProps,
    http: ProductHttpApi,
    files: FileExchange,
  ): void {
    const issuer = config.oidcIssuer ?? data.signIn?.pool.userPoolProviderUrl ?? '';
    const site = new ConsoleSite(this, 'Console', {
      apiHost: http.hostName(),
      headers: siteHeaders([
        ...(data.signIn
          ? [`https://cognito-idp.${this.region}.amazonaws.com`, data.signIn.hostName]
          : [issuer]),
        `https://${files.bucket.bucketRegionalDomainName}`,
      ]),
    });
    const client = data.signIn && consoleClient(this, data.signIn, site.url);
    const audience = client ? [client.userPoolClientId] : config.oidcAudience;
    http.route({
      api: this.functions.api,
      unsubscribe: this.functions.unsubscribe,
      issuer,
      audience,
    });
    const clientId = client?.userPoolClientId ?? config.oidcClientId ?? audience[0] ?? '';
    const scope = data.signIn ? COGNITO_SCOPE : 'openid email';
    const domain = data.signIn ? { domain: data.signIn.hostName } : {};
    site.fill(consoleBuild, { auth: { kind: 'oidc', issuer, clientId, scope, audience, ...domain } });
    new CfnOutput(this, 'ConsoleUrl', { value: site.url });
  }
}

function byName<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Readonly<Record<Name, Value>> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Readonly<Record<Name, Value>>;
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const pascal = (name: string): string => name.split('-').map(capital).join('');
