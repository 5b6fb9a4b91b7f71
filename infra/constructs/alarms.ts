/**
 * What wakes the operator. Each alarm has a chapter of its own in docs/runbook.md, named in its description, and
 * `test/infra/runbook.test.ts` keeps the two in step.
 */
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE, type MetricName } from '../../functions/metric-names.ts';

const MINUTES_5 = Duration.minutes(5);
const MINUTES_15 = Duration.minutes(15);
/** SES reviews an account at 5 % bounces and 0.1 % complaints; at these a person still has time to act. */
const BOUNCE_RATE = 0.04;
const COMPLAINT_RATE = 0.0008;
/** With the fence at 35 minutes, a mail that has waited so long is about to hold back every follow-up. */
const INBOUND_AGE_SECONDS = 900;
/** `reconcile` looks every 15 minutes; a step that two looks could not move needs a person. */
const DUE_AGE_SECONDS = 2_700;

export const productMetric = (stage: string, metricName: MetricName, statistic: string): Metric =>
  new Metric({
    namespace: METRIC_NAMESPACE,
    metricName,
    statistic,
    period: MINUTES_15,
    dimensionsMap: { stage },
  });

export const sesMetric = (metricName: string, statistic: string): Metric =>
  new Metric({ namespace: 'AWS/SES', metricName, statistic, period: MINUTES_15 });

export type AlarmsProps = {
  readonly stage: string;
  readonly operatorAddress: string;
  /** Dead-letter queues by the name of what they belong to. */
  readonly dead: Readonly<Record<string, Queue>>;
  readonly inbound: Queue;
  readonly functions: readonly LambdaFunction[];
};

export class Alarms extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const topic = alarmTopic(this, props.operatorAddress);
    const metric = (name: MetricName, statistic: string) => productMetric(props.stage, name, statistic);
    const when = (chapter: string, text: string, of: Partial<Rule> & { readonly metric: IMetric }): Alarm => {
      const alarm = new Alarm(this, pascal(chapter), {
        alarmDescription: `${text} See docs/runbook.md#${chapter}`,
        metric: of.metric,
        threshold: of.above ?? 0,
        evaluationPeriods: of.periods ?? 1,
        comparisonOperator: of.comparison ?? ComparisonOperator.GREATER_THAN_THRESHOLD,
        treatMissingData: of.missing ?? TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
      return alarm;
    };
    this.alarms = [
      ...Object.entries(props.dead).map(([name, queue]) =>
        when(`dead-letters-${name}`, `Messages of ${name} were given up on.`, {
          metric: queue.metricApproximateNumberOfMessagesVisible({
            period: MINUTES_5,
            statistic: Stats.MAXIMUM,
          }),
        }),
      ),
      when('inbound-too-old', 'A mail has waited 15 minutes to be read: an answer may lie unseen.', {
        metric: props.inbound.metricApproximateAgeOfOldestMessage({
          period: MINUTES_5,
          statistic: Stats.MAXIMUM,
        }),
        above: INBOUND_AGE_SECONDS,
      }),
      when('letters-of-unknown-fate', 'Nobody knows whether a letter went out.', {
        metric: metric('LettersUnknown', Stats.SUM),
      }),
      when('bounce-rate', 'Bounces near what SES tolerates (5 %).', {
        metric: sesMetric('Reputation.BounceRate', Stats.AVERAGE),
        above: BOUNCE_RATE,
      }),
      when('complaint-rate', 'Complaints near what SES tolerates (0.1 %).', {
        metric: sesMetric('Reputation.ComplaintRate', Stats.AVERAGE),
        above: COMPLAINT_RATE,
      }),
      when('alerts-not-delivered', 'An alert has not reached the salesperson.', {
        metric: metric('AlertsFailed', Stats.SUM),
        above: 2,
        periods: 2,
      }),
      when('letters-refused', 'SES refuses letters.', {
        metric: metric('LettersRefused', Stats.SUM),
        above: 5,
        periods: 2,
      }),
      when('functions-fail', 'Functions end with errors.', {
        metric: new MathExpression({
          expression: 'SUM(METRICS())',
          label: 'errors',
          period: MINUTES_5,
          usingMetrics: Object.fromEntries(
            props.functions.map((one, n) => [
              `f${n}`,
              one.metricErrors({ period: MINUTES_5, statistic: Stats.SUM }),
            ]),
          ),
        }),
        above: 3,
        periods: 3,
      }),
      when('steps-overdue', 'Steps that are due do not go out.', {
        metric: metric('DueStepsAge', Stats.MAXIMUM),
        above: DUE_AGE_SECONDS,
      }),
      when('reconcile-silent', 'Nothing has looked after lost timers for 45 minutes.', {
        metric: metric('Reconciled', Stats.SUM),
        above: 1,
        periods: 3,
        comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
        missing: TreatMissingData.BREACHING,
      }),
    ];
  }
}

type Rule = {
  readonly above: number;
  readonly periods: number;
  readonly comparison: ComparisonOperator;
  readonly missing: TreatMissingData;
};

function alarmTopic(scope: Construct, address: string): Topic {
  const topic = new Topic(scope, 'Operator', { enforceSSL: true });
  // A topic with a policy of its own loses the default one, by which alarms of this account may publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsOfThisAccount',
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': topic.env.account } },
    }),
  );
  topic.addSubscription(new EmailSubscription(address));
  return topic;
}

const pascal = (words: string): string =>
  words.replace(/(^|-)([a-z])/g, (_, __, letter) => letter.toUpperCase());
