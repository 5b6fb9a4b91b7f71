/**
 * A process made to be killed: the whole runtime on one data directory and a turned clock. It launches its campaign
 * where there is none yet, works until the day's end, says how every enrollment stands, and ends.
 */
import { makeClock } from '../../infra/local/clock.ts';
import { startRuntime } from '../../infra/local/runtime.ts';
import { runUntil } from '../../infra/local/turned.ts';
import { ApiRefusal, type Client, relanceClient } from '../../shared/client.ts';
import type { Ports } from '../../shared/ports.ts';
import {
  CAMPAIGN_ID,
  endOfDay,
  type FromChild,
  type LifeOrder,
  type Standing,
  type StrikeAmong,
  theCampaign,
} from './kill-campaign.ts';

const ITEMS_MAX = 10_000;

const order = JSON.parse(process.argv[2] ?? '') as LifeOrder;
const say = (message: FromChild): void => void process.send?.(message);
// Should the parent die first, nobody would be left to end this process.
const abandoned = (): never => process.exit(2);
process.once('disconnect', abandoned);

const counts: Record<StrikeAmong, number> = { 'all calls': 0, sends: 0, acceptances: 0 };
const turned = makeClock({ mode: 'turned', start: order.at });
const clock = {
  ...turned,
  // Told before it holds, so that the parent never starts the next life in this one's past.
  set: (at: number) => {
    say({ kind: 'moment', at });
    turned.set(at);
  },
};
say({ kind: 'starting' });
const runtime = await startRuntime({ dir: order.dir, clock, apiPort: 0, smtpPort: 0, around: counted });
const client = relanceClient({ baseUrl: runtime.apiUrl, token: runtime.config.apiToken, fetch });
await launch(client);
await runUntil(runtime, clock, endOfDay(clock.now()));
const standings = await readStandings(client);
await runtime.close();
say({ kind: 'done', standings });
process.off('disconnect', abandoned).disconnect();

/** What anybody does whose launch was cut off: asks what became of it, and asks for it again. */
async function launch({ campaigns }: Client): Promise<void> {
  const known = await campaigns.get(CAMPAIGN_ID).catch((error: unknown) => {
    if (error instanceof ApiRefusal && error.status === 404) return undefined;
    throw error;
  });
  if (!known) await campaigns.create(theCampaign(order.contacts, order.steps));
  else if (known.status === 'draft') await campaigns.launch(CAMPAIGN_ID);
}

async function readStandings({ campaigns, contacts, alerts }: Client): Promise<Standing[]> {
  const asked = new Set((await everyPage(alerts.list)).map((alert) => `${alert.kind} ${alert.enrollmentId}`));
  const found: Standing[] = [];
  for (const one of await everyPage((page) => campaigns.enrollments(CAMPAIGN_ID, page))) {
    const { contact } = await contacts.get(one.contactId);
    found.push({
      contactId: one.contactId,
      address: contact.address,
      state: one.state,
      sesIds: one.sent.map(({ sesId }) => sesId ?? ''),
      isAsked: asked.has(`needs-decision ${one.id}`),
    });
  }
  return found;
}

async function everyPage<Item>(
  list: (page: { after?: string }) => Promise<{ readonly items: readonly Item[]; readonly next?: string }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let after: string | undefined;
  do {
    const page = await list(after ? { after } : {});
    all.push(...page.items);
    after = page.next;
  } while (after && all.length < ITEMS_MAX);
  return all;
}

/** Counts the calls into the world, and tells the parent when the one has begun at which it wants to strike. */
function counted(ports: Ports): Ports {
  const { store, timers, mailer, mailbox, alerts } = ports;
  const { among, count } = order.strikeAt ?? {};
  const happened = (what: StrikeAmong): void => {
    counts[what] += 1;
    if (what === among && counts[what] === count) say({ kind: 'here' });
  };
  const watched = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return (...args: unknown[]) => {
          happened('all calls');
          const answer: unknown = method.apply(target, args);
          if (port === mailer) {
            happened('sends');
            void Promise.resolve(answer).then(() => happened('acceptances'));
          }
          return answer;
        };
      },
    });
  return {
    ...ports,
    store: watched(store),
    timers: watched(timers),
    mailer: watched(mailer),
    mailbox: watched(mailbox),
    alerts: watched(alerts),
  };
}
