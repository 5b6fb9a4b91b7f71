/** One alert for one channel (SQS). A throw means that the channel did not take it: the queue asks again. */
import { z } from 'zod';
import { deliverAlert } from '../shared/deliver-alert.ts';
import type { Ports } from '../shared/ports.ts';
import { forEachMessage } from './queue-batch.ts';
import { onAws } from './wire.ts';

const AlertDue = z.object({ alertId: z.string(), channelId: z.string() });

export const sendAlert = (ports: Ports) => (event: unknown) =>
  forEachMessage(event, ({ body }) => {
    const { alertId, channelId } = AlertDue.parse(body);
    return deliverAlert(ports, alertId, channelId);
  });

export const handler = onAws(sendAlert);
