// The Alerts port: what is queued, and that the environment decides whether a webhook may lead to this machine.
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { awsAlerts } from '../../../functions/aws/alerts.ts';
import { sqsClient } from '../../../functions/aws/sqs-client.ts';
import { sampleEnv } from '../../support/environment.ts';

it('queues one message per alert and channel, with ids only', async () => {
  const place = { region: 'eu-west-1' };
  const sqs = mockClient(sqsClient(place));
  const env = sampleEnv();
  await awsAlerts(env, place).queue({ alertId: 'alert1', channelId: 'hook', attempt: 3 }, 1_200);
  expect(sqs.commandCalls(SendMessageCommand).map((call) => call.args[0].input)).toEqual([
    {
      QueueUrl: env.ALERTS_QUEUE_URL,
      MessageBody: '{"v":1,"alertId":"alert1","channelId":"hook","attempt":3}',
      DelaySeconds: 2,
    },
  ]);
});

it('calls no webhook on this machine unless it runs locally', async () => {
  const post = (RUNS_ON: string) =>
    awsAlerts(sampleEnv({ RUNS_ON }), { region: 'eu-west-1' }).post('http://127.0.0.1:1/hook', {}, '{}');
  await expect(post('aws')).rejects.toThrow('not https');
  await expect(post('local')).rejects.toThrow('could not be reached');
});
