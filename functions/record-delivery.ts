/**
 * SES reports (configuration set → SNS, raw → SQS with 60 s delay). Every event of a claim is evidence that SES took
 * the letter; bounces and complaints say what became of it. Duplicates and any order are normal.
 */
import * as z from 'zod/mini';
import type { ClaimId, EnrollmentId, SesId } from '../shared/domain/ids.ts';
import { applyEvent } from '../shared/engine.ts';
import type { Bounce } from '../shared/inbound/reading.ts';
import type { Ports } from '../shared/ports.ts';
import { forEachMessage } from './queue-batch.ts';
import { onAws } from './wire.ts';

/** Only what is used: SES adds fields without notice. */
const SesEvent = z.object({
  eventType: z.string(),
  mail: z.object({
    messageId: z.pipe(
      z.string(),
      z.transform((id) => id as SesId),
    ),
    tags: z._default(z.record(z.string(), z.array(z.string())), {}),
  }),
  bounce: z.optional(
    z.object({
      bounceType: z.string(),
      bouncedRecipients: z._default(
        z.array(z.object({ emailAddress: z.string(), status: z.optional(z.string()) })),
        [],
      ),
    }),
  ),
});
type SesEvent = z.infer<typeof SesEvent>;

export const recordDelivery = (ports: Ports) => (event: unknown) =>
  forEachMessage(event, async ({ body }) => {
    // SNS's own test message on subscribing is no event of a letter.
    if (typeof body === 'string') return;
    await record(ports, SesEvent.parse(body));
  });

async function record(ports: Ports, event: SesEvent): Promise<void> {
  const { tags, messageId } = event.mail;
  const enrollmentId = tags.enrollment?.[0] as EnrollmentId | undefined;
  const claim = tags.claim?.[0] as ClaimId | undefined;
  const step = Number(tags.step?.[0]);
  // Alerts carry other tags; they are not part of any sequence.
  if (!enrollmentId || !claim || !Number.isInteger(step)) return;

  await applyEvent(ports, enrollmentId, { kind: 'step-sent', step, claim, sesId: messageId });
  if (event.eventType === 'Reject') {
    // SES took it and then found a virus: it will never arrive.
    await applyEvent(ports, enrollmentId, {
      kind: 'send-failed',
      claim,
      why: 'rejected',
      sesId: messageId,
    });
  }
  if (event.eventType === 'Complaint') await applyEvent(ports, enrollmentId, { kind: 'complained' });
  if (event.eventType === 'Bounce' && event.bounce) {
    await applyEvent(ports, enrollmentId, { kind: 'bounced', bounce: bounceOf(event.bounce) });
  }
}

/** `Transient/General` and `Undetermined` are what SES makes of out-of-office replies: never a reason to stop. */
function bounceOf(bounce: NonNullable<SesEvent['bounce']>): Bounce {
  const [recipient] = bounce.bouncedRecipients;
  return {
    class: bounce.bounceType === 'Permanent' ? 'permanent' : 'transient',
    ...(recipient ? { recipient: recipient.emailAddress } : {}),
    ...(recipient?.status ? { status: recipient.status } : {}),
  };
}

export const handler = onAws(recordDelivery);
