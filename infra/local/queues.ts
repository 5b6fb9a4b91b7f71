/** The queues of the product, with the numbers that the stack will give them on AWS. */
import type { LocalClock } from './clock.ts';
import { type LocalSqs, type QueueConfig, startSqs } from './sqs.ts';

export const QUEUES = {
  steps: 'steps',
  enroll: 'enroll',
  deliveries: 'deliveries',
  inbound: 'inbound',
  alerts: 'alerts',
} as const;

/** After this many receives a message is a dead letter. */
const RECEIVES_MAX = 5;
/** SES's events wait, so that the send step's own mark comes first and most events find nothing to do. */
const DELIVERIES_DELAY_SECONDS = 60;

export function startQueues(file: string, clock: LocalClock): Promise<LocalSqs> {
  const pair = (name: string, more: Partial<QueueConfig> = {}): QueueConfig[] => [
    {
      name,
      visibilitySeconds: 90,
      deadLetter: { queue: `${name}-dead`, maxReceives: RECEIVES_MAX },
      ...more,
    },
    { name: `${name}-dead`, visibilitySeconds: 30 },
  ];
  return startSqs({
    file,
    clock,
    queues: [
      ...pair(QUEUES.steps),
      ...pair(QUEUES.enroll),
      ...pair(QUEUES.deliveries, { delaySeconds: DELIVERIES_DELAY_SECONDS }),
      ...pair(QUEUES.inbound),
      ...pair(QUEUES.alerts, { visibilitySeconds: 60 }),
    ],
  });
}
