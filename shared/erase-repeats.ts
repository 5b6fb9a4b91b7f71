/** Answers that are remembered for a day under an `Idempotency-Key`, where they name the person. */
import { gunzipSync } from 'node:zlib';
import type { ContactId } from './domain/ids.ts';
import type { Ports } from './ports.ts';
import type { Repeat } from './repeat.ts';

/** 100,000 calls with a key in one day. */
const PAGES_MAX = 1_000;
const PAGE = 100;
const ANSWER_BYTES_MAX = 32 * 1024 * 1024;

/** Without it the same call is done anew, and is refused where it concerns them. */
export async function sweepRepeats(
  ports: Ports,
  contactId: ContactId,
  isTheirs: (address: string | undefined) => boolean,
): Promise<void> {
  let after: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const found = await ports.store.listRepeats({ limit: PAGE, ...(after ? { after } : {}) });
    for (const repeat of found.items) {
      const text = answerOf(repeat);
      const isDoomed =
        text.includes(contactId) ||
        text.split(/[\s,;:<>"'(){}[\]\\]+/).some((word) => word.includes('@') && isTheirs(word));
      if (isDoomed) await ports.store.remove('repeat', repeat.id);
    }
    after = found.next;
    if (!after) return;
  }
}

function answerOf({ answer }: Repeat): string {
  const body = answer?.body ?? '';
  if (!body.startsWith('gz:')) return body;
  return gunzipSync(Buffer.from(body.slice(3), 'base64'), { maxOutputLength: ANSWER_BYTES_MAX }).toString();
}
