/** The queues of the product, with the very numbers that the stack gives them on AWS. */
import { QUEUE_SETTINGS, type QueueName, RECEIVES_MAX, visibilitySeconds } from '../queue-settings.ts';
import type { LocalClock } from './clock.ts';
import { type LocalSqs, type QueueConfig, startSqs } from './sqs.ts';

export const deadLetterOf = (queue: QueueName): string => `${queue}-dead`;

export function startQueues(file: string, clock: LocalClock): Promise<LocalSqs> {
  const pairs = (Object.keys(QUEUE_SETTINGS) as QueueName[]).flatMap((name): QueueConfig[] => {
    const settings = QUEUE_SETTINGS[name];
    return [
      {
        name,
        visibilitySeconds: visibilitySeconds(settings),
        deadLetter: { queue: deadLetterOf(name), maxReceives: RECEIVES_MAX },
        ...(settings.delaySeconds === undefined ? {} : { delaySeconds: settings.delaySeconds }),
      },
      { name: deadLetterOf(name), visibilitySeconds: 30 },
    ];
  });
  return startSqs({ file, clock, queues: pairs });
}
