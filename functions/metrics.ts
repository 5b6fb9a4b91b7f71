/**
 * Counts what the functions do, by looking at their ports from outside, and writes it as one line of CloudWatch's
 * embedded metric format at the end of an invocation. Numbers only: no id, no address, no word of anybody's.
 */
import type { EnrollmentId } from '../shared/domain/ids.ts';
import { epochMs, type Instant, msBetween, SECOND } from '../shared/domain/instant.ts';
import type { MailKind } from '../shared/inbound/reading.ts';
import type { Documents, Kind, Ports, Store, Timers } from '../shared/ports.ts';
import { METRIC_NAMESPACE, METRICS, type MetricName } from './metric-names.ts';

export type Metrics = {
  /** The same ports, counted. */
  readonly ports: Ports;
  /** The line to log, if anything happened since the last one. */
  flush(): string | undefined;
};

/** Values of one metric in one line: what CloudWatch takes. */
const VALUES_MAX = 100;
/** Of moments and due steps that are remembered for one invocation. */
const REMEMBERED_MAX = 5_000;

/** `stage` is the only dimension. */
export function measured(ports: Ports, stage: string): Metrics {
  const values = new Map<MetricName, number[]>();
  const count = (name: MetricName, value = 1): void => {
    const all = values.get(name) ?? [];
    if (all.length < VALUES_MAX) all.push(value);
    else if (METRICS[name] === 'Count') all[VALUES_MAX - 1] = (all[VALUES_MAX - 1] ?? 0) + value;
    values.set(name, all);
  };
  const dueSince = new Map<EnrollmentId, Instant>();
  const { mailer, mailbox } = ports;
  return {
    ports: {
      ...ports,
      store: watchedStates(countedStore(ports.store, count), dueSince, ports),
      timers: countedTimers(ports, dueSince, count),
      mailer: {
        ...mailer,
        async send(mail) {
          const outcome = await mailer.send(mail);
          // Alerts carry other tags, and are counted by their own log of attempts.
          if (mail.tags.enrollment) count(LETTER_METRIC[outcome.kind]);
          return outcome;
        },
      },
      mailbox: {
        ...mailbox,
        async sendMark(at) {
          await mailbox.sendMark(at);
          // Only `reconcile` sends one, once in each run.
          count('Reconciled');
        },
      },
    },
    flush() {
      if (values.size === 0) return undefined;
      const line = embedded(values, stage, ports.clock.now());
      values.clear();
      dueSince.clear();
      return line;
    },
  };
}

const LETTER_METRIC = {
  accepted: 'LettersSent',
  refused: 'LettersRefused',
  unknown: 'LettersUnknown',
} as const satisfies Record<string, MetricName>;

const mailMetric = (kind: MailKind): MetricName => {
  if (kind === 'reply' || kind === 'unknown') return 'Replies';
  return kind === 'absence' ? 'Absences' : 'OtherMails';
};

type Count = (name: MetricName, value?: number) => void;

/** The functions ask for the alert before they deliver it: its moment is what the latency counts from. */
function countedStore(store: Store, count: Count): Store {
  const raisedAt = new Map<string, Instant>();
  return {
    ...store,
    async load(kind, ...key) {
      const document = await store.load(kind, ...key);
      if (kind === 'alert' && document && raisedAt.size < REMEMBERED_MAX) {
        const alert = document as Documents['alert'];
        raisedAt.set(alert.id, alert.at);
      }
      return document;
    },
    async putNew(kind, document) {
      const answer = await store.putNew(kind, document);
      if (answer === 'put') countNew(kind, document, raisedAt, count);
      return answer;
    },
  };
}

function countNew<K extends Kind>(
  kind: K,
  document: Documents[K],
  raisedAt: ReadonlyMap<string, Instant>,
  count: Count,
): void {
  if (kind === 'alert') count('AlertsRaised');
  if (kind === 'message') {
    const message = document as Documents['message'];
    if (message.kind === 'in') count(mailMetric(message.reading.kind.value));
  }
  if (kind === 'attempt') {
    const { of, at, outcome } = document as Documents['attempt'];
    const raised = raisedAt.get(of);
    count(outcome === 'taken' ? 'AlertsDelivered' : 'AlertsFailed');
    if (raised && outcome === 'taken') count('AlertLatency', msBetween(raised, at));
  }
}

/** What `reconcile` finds planned in the past; the other functions set timers of the future only. */
function watchedStates(store: Store, dueSince: Map<EnrollmentId, Instant>, { clock }: Ports): Store {
  return {
    ...store,
    async loadState(contactId) {
      const loaded = await store.loadState(contactId);
      const walk = loaded?.state.enrollment;
      const letter = walk?.letter;
      if (
        walk &&
        letter?.kind === 'planned' &&
        letter.dueAt < clock.now() &&
        dueSince.size < REMEMBERED_MAX
      ) {
        dueSince.set(walk.id, letter.dueAt);
      }
      return loaded;
    },
  };
}

/** A lost timer that is set again, or a step planned anew: how long it had been due by then. */
function countedTimers(ports: Ports, dueSince: ReadonlyMap<EnrollmentId, Instant>, count: Count): Timers {
  const { timers, clock } = ports;
  return {
    ...timers,
    async setStep(timer) {
      const due = dueSince.get(timer.enrollmentId);
      if (due) count('DueStepsAge', Math.max(0, msBetween(due, clock.now()) / SECOND));
      await timers.setStep(timer);
    },
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
function embedded(values: ReadonlyMap<MetricName, readonly number[]>, stage: string, at: Instant): string {
  const Metrics = [...values.keys()].map((Name) => ({ Name, Unit: METRICS[Name] }));
  const one = { Namespace: METRIC_NAMESPACE, Dimensions: [['stage']], Metrics };
  return JSON.stringify({
    _aws: { Timestamp: epochMs(at), CloudWatchMetrics: [one] },
    stage,
    ...Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all])),
  });
}
