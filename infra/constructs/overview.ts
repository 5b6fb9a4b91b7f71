/** One dashboard: what went out, what came back, how fast the bell rang, and where something waits. */
import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, SingleValueWidget, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { MetricName } from '../../functions/metric-names.ts';
import { productMetric, sesMetric } from './alarms.ts';

const THIRD = 8;

export class Overview extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { readonly stage: string; readonly queues: Readonly<Record<string, Queue>> },
  ) {
    super(scope, id);
    const sum = (...names: MetricName[]) => names.map((name) => productMetric(props.stage, name, Stats.SUM));
    const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: THIRD });
    const period = Duration.minutes(5);
    const dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.days(7) });
    dashboard.addWidgets(
      new SingleValueWidget({
        title: 'This week',
        width: 24,
        setPeriodToTimeRange: true,
        metrics: sum('LettersSent', 'Replies', 'Absences', 'AlertsDelivered', 'LettersUnknown'),
      }),
    );
    dashboard.addWidgets(
      graph('Letters', sum('LettersSent', 'LettersRefused', 'LettersUnknown')),
      graph('What came back', sum('Replies', 'Absences', 'OtherMails')),
      graph(
        'From mail to bell (ms)',
        ['p50', 'p95'].map((at) => productMetric(props.stage, 'AlertLatency', at)),
      ),
    );
    dashboard.addWidgets(
      graph('SES reputation', [
        sesMetric('Reputation.BounceRate', Stats.AVERAGE),
        sesMetric('Reputation.ComplaintRate', Stats.AVERAGE),
      ]),
      graph(
        'Oldest message (s)',
        Object.entries(props.queues).map(([label, queue]) =>
          queue.metricApproximateAgeOfOldestMessage({ label, period, statistic: Stats.MAXIMUM }),
        ),
      ),
      graph('Alerts', sum('AlertsRaised', 'AlertsDelivered', 'AlertsFailed')),
    );
  }
}
