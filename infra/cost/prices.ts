/**
 * What AWS asks, us-east-1, USD, list prices without any free tier, as of 2026-11. Where each comes from stands beside
 * it; read them again before you rely on them: nothing here asks AWS.
 */
export const PRICED_ON = '2026-11-22';

const MILLION = 1_000_000;
const THOUSAND = 1_000;

export const PRICES = {
  /** SES pricing, à la carte: $0.10 per 1,000. The Essentials plan, which new accounts begin with, asks $0.16. */
  sesOut: 0.1 / THOUSAND,
  sesIn: 0.1 / THOUSAND,
  /** DynamoDB on demand, standard table class: $0.625 and $0.125 per million units. */
  writeUnit: 0.625 / MILLION,
  readUnit: 0.125 / MILLION,
  /** Per GB and month; point-in-time recovery asks another $0.20. */
  tableGbMonth: 0.25 + 0.2,
  /** EventBridge Scheduler: $1.00 per million invocations. */
  schedule: 1 / MILLION,
  /** SQS standard: $0.40 per million requests of 64 KB. */
  sqsRequest: 0.4 / MILLION,
  /** SNS: $0.50 per million; delivery to SQS is free. */
  snsPublish: 0.5 / MILLION,
  s3Put: 5 / MILLION,
  s3Get: 0.4 / MILLION,
  s3GbMonth: 0.023,
  /** Lambda on arm64: $0.20 per million, $0.0000133334 per GB-second. */
  lambdaRequest: 0.2 / MILLION,
  lambdaGbSecond: 0.0000133334,
  httpRequest: 1 / MILLION,
  logGb: 0.5,
} as const;

/** What an installation costs in a month that sends nothing. */
export const FIXED_MONTHLY: readonly (readonly [line: string, count: number, each: number])[] = [
  ['secrets', 2, 0.4],
  ['alarms', 17, 0.1],
  ['dashboard', 1, 3],
  ['custom metrics', 12, 0.3],
  // Five pollers per queue, a long poll of 20 s each: 657,000 requests a month.
  ['idle polling of six queues', 6, 657_000 * PRICES.sqsRequest],
];
