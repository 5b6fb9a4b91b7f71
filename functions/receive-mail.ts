/**
 * A mail arrived (SES receipt rule: S3 + SNS, raw → SQS, batch size 1), a mark of the fence came through, or an
 * unread mail is queued again. A throw means: ask again; the mail stays held meanwhile.
 */
import * as z from 'zod/mini';
import type { Arrival, Verdict } from '../shared/domain/arrival.ts';
import { heardMark } from '../shared/domain/gate.ts';
import { type Instant, instant } from '../shared/domain/instant.ts';
import type { Ports } from '../shared/ports.ts';
import { receiveMail } from '../shared/receive-mail.ts';
import { awsMailbox } from './aws/mailbox.ts';
import { forEachMessage } from './queue-batch.ts';
import { onAws } from './wire.ts';

const moment = z.pipe(
  z.string(),
  z.transform((text): Instant => instant(text)),
);
const verdict = z.pipe(
  z.optional(z.object({ status: z.enum(['PASS', 'FAIL', 'GRAY', 'PROCESSING_FAILED', 'DISABLED']) })),
  z.transform((given): Verdict => given?.status ?? 'DISABLED'),
);

/** The fields used of SES's "Received" notification; its header copies are cut at 10 KB and never read. */
const Received = z.object({
  notificationType: z.literal('Received'),
  mail: z.object({ messageId: z.string(), timestamp: moment }),
  receipt: z.object({
    recipients: z.array(z.string()),
    spfVerdict: verdict,
    dkimVerdict: verdict,
    dmarcVerdict: verdict,
    spamVerdict: verdict,
    virusVerdict: verdict,
    action: z.object({ objectKey: z.string() }),
  }),
});

const Queued = z.object({
  kind: z.literal('arrival'),
  arrival: z.object({
    id: z.string(),
    rawKey: z.string(),
    at: moment,
    recipients: z.array(z.string()),
    verdicts: z.custom<Arrival['verdicts']>((value) => typeof value === 'object' && value !== null),
  }),
});

const Mark = z.object({ kind: z.literal('mark'), at: moment });
const Inbound = z.union([Received, Queued, Mark]);

export const receiveMailFrom = (ports: Ports) => (event: unknown) =>
  forEachMessage(event, async ({ body, receives }) => {
    if (typeof body === 'string') return;
    const inbound = Inbound.parse(body);
    if ('kind' in inbound && inbound.kind === 'mark')
      return ports.store.saveInbound(heardMark(inbound.at, ports.clock.now()));
    if ('kind' in inbound) return receiveMail(ports, inbound.arrival, receives);
    const { mail, receipt } = inbound;
    const arrival: Arrival = {
      id: mail.messageId,
      rawKey: receipt.action.objectKey,
      at: mail.timestamp,
      recipients: receipt.recipients,
      verdicts: {
        spf: receipt.spfVerdict,
        dkim: receipt.dkimVerdict,
        dmarc: receipt.dmarcVerdict,
        spam: receipt.spamVerdict,
        virus: receipt.virusVerdict,
      },
    };
    return receiveMail(ports, arrival, receives);
  });

export const handler = onAws(receiveMailFrom, { mailbox: awsMailbox });
