/**
 * SQS batches as Lambda delivers them. One message's failure is its own: it alone comes back
 * (`ReportBatchItemFailures`), the others are done.
 */
import * as z from 'zod/mini';
import { checkMessageVersion } from './message-version.ts';

const Batch = z.object({
  Records: z.array(
    z.object({
      messageId: z.string(),
      body: z.string(),
      attributes: z.optional(z.object({ ApproximateReceiveCount: z.optional(z.coerce.number()) })),
    }),
  ),
});

export type QueueMessage = { readonly body: unknown; readonly receives: number };
export type BatchAnswer = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };

/** Handles one message after another; a throw gives that message back to the queue and is logged without its body. */
export async function forEachMessage(
  event: unknown,
  handle: (message: QueueMessage) => Promise<unknown>,
): Promise<BatchAnswer> {
  const failures: { itemIdentifier: string }[] = [];
  for (const record of Batch.parse(event).Records) {
    const receives = record.attributes?.ApproximateReceiveCount ?? 1;
    try {
      const body = parseJson(record.body);
      checkMessageVersion(body);
      await handle({ body, receives });
    } catch (error) {
      // The error's name and stack lead to the line; its message could quote a person's mail.
      reportFailure(record.messageId, error);
      failures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures: failures };
}

/** SES's first message to a new subscription is plain text, so a body that is no JSON stays what it is. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function reportFailure(messageId: string, error: unknown): void {
  const name = error instanceof Error ? error.name : typeof error;
  // A message of several lines stands in the stack too: only its frames are kept.
  const stack =
    error instanceof Error ? error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) : undefined;
  process.stderr.write(
    `${JSON.stringify({ level: 'error', messageId, error: name, stack: stack?.slice(0, 5) })}\n`,
  );
}
