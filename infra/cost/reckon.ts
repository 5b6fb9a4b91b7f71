/** From what a run used to what a month costs: per 1,000 contacts by line, beside the floor of any such system. */
import { type FunctionName, MEMORY_MB, QUEUE_SETTINGS } from '../queue-settings.ts';
import type { Usage } from './meter.ts';
import { FIXED_MONTHLY, PRICES } from './prices.ts';

export type Line = { readonly name: string; readonly perThousand: number; readonly floor: number };

/** What the embedded runtime has not: AWS's own steps between the functions. */
export type Run = {
  readonly usage: Usage;
  readonly contacts: number;
  readonly mailsIn: number;
  /** SES events that reach the deliveries queue. */
  readonly events: number;
  /** What all invocations took together, ms, without the embedded services. */
  readonly cpuMs: number;
};

/** Our own lines of a Lambda invocation and of an access log entry. */
const LOG_BYTES = 420;
const GB = 1_000_000_000;
/** A vCPU of Lambda begins at this memory; below it there is a share. */
const FULL_CPU_MB = 1_769;
const MS = 1_000;

/**
 * The floor (per 1,000 contacts, two letters, 15 % replies, 10 % absences, 3 % bounces): each mail three writes and one
 * read that no design can leave out, one schedule per follow-up, one queue message per letter, 128 MB, 0.2 KB of log.
 */
const FLOOR: Readonly<Record<string, number>> = {
  'DynamoDB writes': 0.0041,
  'DynamoDB reads': 0.00028,
  'DynamoDB storage': 0.00075,
  Scheduler: 0.001,
  SQS: 0.0006,
  Lambda: 0.00031,
  'CloudWatch Logs': 0.00023,
  'SNS and SES events': 0.00009,
  'HTTP API': 0.00004,
};

export function linesOf(run: Run): readonly Line[] {
  const { units, functions, tableBytes, mailBytes } = run.usage;
  const per = (amount: number, price: number): number => (amount * price * 1_000) / run.contacts;
  const invocations = sum(
    Object.entries(functions).map(([name, one]) => (name === 'reconcile' ? 0 : (one?.invocations ?? 0))),
  );
  const line = (name: string, perThousand: number): Line => ({ name, perThousand, floor: FLOOR[name] ?? 0 });
  return [
    line('SES letters', per(units.letters, PRICES.sesOut)),
    line('SES alerts', per(units.alerts, PRICES.sesOut)),
    line('SES inbound', per(run.mailsIn, PRICES.sesIn)),
    line('DynamoDB writes', per(units.writeUnit, PRICES.writeUnit)),
    line('DynamoDB reads', per(units.readUnit, PRICES.readUnit)),
    line('DynamoDB storage', per(tableBytes / GB, PRICES.tableGbMonth)),
    line('Scheduler', per(units.schedule, PRICES.schedule)),
    line('SQS', per(sqsRequests(run), PRICES.sqsRequest)),
    line(
      'S3',
      per(run.mailsIn, PRICES.s3Put) + per(units.s3Get, PRICES.s3Get) + per(mailBytes / GB, PRICES.s3GbMonth),
    ),
    line('SNS and SES events', per(run.events + run.mailsIn, PRICES.snsPublish)),
    line('Lambda', per(invocations, PRICES.lambdaRequest) + per(gbSeconds(run), PRICES.lambdaGbSecond)),
    line('CloudWatch Logs', per((invocations * LOG_BYTES) / GB, PRICES.logGb)),
    line('HTTP API', per(functions.api?.invocations ?? 0, PRICES.httpRequest)),
  ];
}

/** Each message is sent, received and deleted once; batches are not counted on. The Scheduler's own sends are free. */
function sqsRequests({ usage, events, mailsIn }: Run): number {
  const received = sum(
    Object.values(QUEUE_SETTINGS).map((one) => usage.functions[one.function]?.invocations ?? 0),
  );
  return usage.units.sqsSend + events + mailsIn + 2 * received;
}

/**
 * Waiting by the medians of AWS's answers, work by the CPU time of the local run (its loading and compiling included, so
 * this is too much rather than too little), slowed down to the share of a CPU that the memory buys.
 */
function gbSeconds({ usage, cpuMs }: Run): number {
  const all = Object.entries(usage.functions) as [FunctionName, { ms: number; waitMs: number }][];
  const wall = sum(all.map(([, one]) => one.ms)) || 1;
  return sum(
    all.map(([name, { ms, waitMs }]) => {
      if (name === 'reconcile') return 0;
      const memory = MEMORY_MB[name];
      const workMs = (cpuMs * ms) / wall / Math.min(1, memory / FULL_CPU_MB);
      return ((workMs + waitMs) / MS) * (memory / 1_024);
    }),
  );
}

export const fixedMonthly = (): number => sum(FIXED_MONTHLY.map(([, count, each]) => count * each));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

export type Totals = { readonly ses: number; readonly sesWithInbound: number; readonly beyond: number };

/** `beyond`: everything that is not a letter or an inbound mail; our own alerts are beyond. */
export function totalsOf(lines: readonly Line[]): Totals {
  const of = (name: string): number => lines.find((one) => one.name === name)?.perThousand ?? 0;
  const ses = of('SES letters');
  const sesWithInbound = ses + of('SES inbound');
  return { ses, sesWithInbound, beyond: sum(lines.map((one) => one.perThousand)) - sesWithInbound };
}
