/** The Alerts port: one queue message per alert and way, so that a slow webhook holds back no mail. */
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { SECOND } from '../../shared/domain/instant.ts';
import type { Alerts } from '../../shared/ports.ts';
import type { Env } from '../env.ts';
import { httpPost } from '../http-post.ts';
import { messageBody } from '../message-version.ts';
import type { Place } from './place.ts';
import { sqsClient } from './sqs-client.ts';

export const awsAlerts = (env: Pick<Env, 'ALERTS_QUEUE_URL' | 'RUNS_ON'>, place: Place): Alerts => ({
  async queue(message, delayMs = 0) {
    await sqsClient(place).send(
      new SendMessageCommand({
        QueueUrl: env.ALERTS_QUEUE_URL,
        MessageBody: messageBody(message),
        DelaySeconds: Math.ceil(delayMs / SECOND),
      }),
    );
  },

  post: (url, headers, body) => httpPost(url, headers, body, { isLocal: env.RUNS_ON === 'local' }),
});
