/** One alert for one channel, the next ring of one that waits, or one notice for one endpoint (SQS). A throw means: bring it again; after 5 times it is a dead letter. */
import * as z from 'zod/mini';
import { deliverAlert } from '../shared/deliver-alert.ts';
import { deliverNotice } from '../shared/deliver-notice.ts';
import type { Ports } from '../shared/ports.ts';
import { ringOnce } from '../shared/ring-next.ts';
import { awsAlerts } from './aws/alerts.ts';
import { awsMailer } from './aws/mailer.ts';
import { forEachMessage } from './queue-batch.ts';
import { onAws } from './wire.ts';

const AlertDue = z.union([
  z.object({ alertId: z.string(), channelId: z.string(), attempt: z.int().check(z.minimum(0)) }),
  z.object({ alertId: z.string(), ring: z.int().check(z.minimum(0)) }),
  z.object({ noticeId: z.string(), endpointId: z.string(), attempt: z.int().check(z.minimum(0)) }),
]);

export const sendAlert = (ports: Ports) => (event: unknown) =>
  forEachMessage(event, async ({ body }) => {
    const due = AlertDue.parse(body);
    if ('noticeId' in due) await deliverNotice(ports, due);
    else if ('ring' in due) await ringOnce(ports, due);
    else await deliverAlert(ports, due);
  });

export const handler = onAws(sendAlert, { alerts: awsAlerts, mailer: awsMailer });
