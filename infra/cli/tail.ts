/** `relance tail`: alerts and inbound mails as they come, until Ctrl-C. Two small reads every few seconds, no more. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '../../shared/client.ts';
import { type Asked, print, remotely } from './remote.ts';

const LOOK_EVERY_MS = 3_000;
const NEWEST = 50;
/** Ids remembered, so that nothing is told twice. */
const SEEN_MAX = 5_000;

type Happening = {
  readonly what: 'alert' | 'mail';
  readonly id: string;
  readonly at: string;
  readonly words: string;
};

export const tail = (args: readonly string[]): Promise<number> =>
  remotely(args, { once: { type: 'boolean' } }, async (asked) => {
    const seen = new Set<string>();
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    process.once('SIGTERM', () => stop.abort());
    do {
      tell(asked, await newest(asked.client), seen);
    } while (asked.values.once !== true && (await paused(stop.signal)));
  });

const paused = (signal: AbortSignal): Promise<boolean> =>
  wait(LOOK_EVERY_MS, true, { signal }).catch(() => false);

async function newest(client: Client): Promise<readonly Happening[]> {
  const [alerts, mails] = await Promise.all([
    client.alerts.list({ limit: NEWEST }),
    client.messages.list({ limit: NEWEST }),
  ]);
  const found: Happening[] = [
    ...alerts.items.map(({ id, at, kind, contactId, detail }) => ({
      ...{ what: 'alert' as const, id, at },
      words: [kind, contactId, detail].filter(Boolean).join(' '),
    })),
    ...mails.items.map(({ id, at, read, from, subject, contactId }) => ({
      ...{ what: 'mail' as const, id, at },
      words: [read, from, subject && `"${subject}"`, contactId].filter(Boolean).join(' '),
    })),
  ];
  return found.sort((a, b) => (a.at < b.at ? -1 : 1));
}

function tell(asked: Asked, happenings: readonly Happening[], seen: Set<string>): void {
  for (const one of happenings.filter(({ what, id }) => !seen.has(`${what} ${id}`))) {
    if (seen.size >= SEEN_MAX) seen.clear();
    seen.add(`${one.what} ${one.id}`);
    print(asked, one, ({ at, what, words }) => `${at}  ${what.padEnd(5)}  ${words}`);
  }
}
