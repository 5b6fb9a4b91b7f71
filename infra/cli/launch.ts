/** `relance launch FILE`: creates and launches the campaign that a JSON file describes, and waits until all are enrolled. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import type { CampaignGiven } from '../../shared/api/campaigns.ts';
import type { Client } from '../../shared/client.ts';
import { UsageError } from './arguments.ts';
import { print, remotely } from './remote.ts';

const LOOK_EVERY_MS = 1_000;
/** An hour: a launch of 10,000 takes minutes. */
const LOOKS_MAX = 3_600;
const PAGE = 200;

export const launch = (args: readonly string[]): Promise<number> =>
  remotely(args, { 'no-wait': { type: 'boolean' } }, async (asked) => {
    const [file] = asked.positionals;
    if (!file) throw new UsageError('relance launch FILE: name a JSON file as POST /v1/campaigns takes it.');
    const text = readCampaign(file);
    // The same file within a day is the same launch: pressing the key twice makes no second campaign.
    const idempotencyKey = createHash('sha256').update(text).digest('hex');
    const campaign = { ...(JSON.parse(text) as CampaignGiven), launch: true };
    const answer = await asked.client.with({ idempotencyKey }).campaigns.create(campaign);
    const { id, contactCount } = answer.campaign;
    print(asked, answer, ({ accepted, refused, advice }) =>
      [
        `campaign ${id}: ${accepted} taken, ${refused.length} refused`,
        ...refused.map((one) => `  ${one.pointer ?? one.contactId ?? ''} ${one.detail}`),
        ...advice.map((one) => `note: ${one.detail}`),
      ].join('\n'),
    );
    if (!asked.isJson && asked.values['no-wait'] !== true) await watch(asked.client, id, contactCount);
  });

function readCampaign(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`${file} cannot be read.`, { cause });
  }
  try {
    JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${file} is not JSON: ${cause instanceof Error ? cause.message : ''}`, { cause });
  }
  return text;
}

async function watch(client: Client, id: string, total: number): Promise<void> {
  const bar = new SingleBar({ format: 'enrolled {bar} {value}/{total}', noTTYOutput: false });
  bar.start(total, 0);
  try {
    for (let look = 0; look < LOOKS_MAX; look++) {
      const enrolled = await countEnrolled(client, id);
      bar.update(enrolled);
      if (enrolled >= total) return;
      await wait(LOOK_EVERY_MS);
    }
  } finally {
    bar.stop();
  }
}

async function countEnrolled(client: Client, id: string): Promise<number> {
  let count = 0;
  let after: string | undefined;
  do {
    const page = await client.campaigns.enrollments(id, { limit: PAGE, ...(after ? { after } : {}) });
    count += page.items.length;
    after = page.next;
  } while (after);
  return count;
}
