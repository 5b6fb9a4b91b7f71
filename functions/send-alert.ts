/** One alert for one channel (SQS). A throw means: bring it again; after 5 times it is a dead letter. */
import { z } from 'zod';
import { deliverAlert } from '../shared/deliver-alert.ts';
import type { Ports } from '../shared/ports.ts';
import { forEachMessage } from './queue-batch.ts';
import { onAws } from './wire.ts';

const AlertDue = z.object({
  alertId: z.string(),
  channelId: z.string(),
  attempt: z.number().int().min(0),
});

export const sendAlert = (ports: Ports) => (event: unknown) =>
  forEachMessage(event, ({ body }) => deliverAlert(ports, AlertDue.parse(body)));

export const handler = onAws(sendAlert);
