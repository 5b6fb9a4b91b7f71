// The simulator's ports are held to the contracts of the real ones: what is proved here must hold there.
import { describe, expect, it } from 'vitest';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import type { CampaignPage } from '../../shared/ports.ts';
import { companiesContract } from '../support/companies.contract.ts';
import { listingContract, turnsContract } from '../support/listing.contract.ts';
import { placesContract } from '../support/places.contract.ts';
import { mailboxContract, type SetTimer, timersContract } from '../support/ports.contract.ts';
import { storeContract } from '../support/store.contract.ts';
import { AT } from '../support/store-samples.ts';
import { makeCalls, type Run } from './calls.ts';
import { scriptedFaults } from './faults.ts';
import { mailboxOf, makeScheduler, timersOf } from './ports/edges.ts';
import { storeOf } from './ports/store.ts';
import { makeTable } from './ports/table.ts';
import { makeQueues } from './queues.ts';
import { makeRandom } from './random.ts';
import { makeTimeline, type Timeline } from './timeline.ts';

const run = (): Run => ({
  id: 'test#1',
  skewMs: 0,
  isDead: false,
  frozenUntil: 0,
  pending: 0,
  isSpared: false,
  isDone: true,
});

/** Virtual time goes on by itself while a contract waits. */
function playing(startMs: number): { readonly timeline: Timeline; stop(): void } {
  const timeline = makeTimeline(startMs, false);
  let isOver = false;
  const on = async (): Promise<void> => {
    while (!isOver) {
      await timeline.play(() => isOver || timeline.next() === undefined);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  on();
  return {
    timeline,
    stop: () => {
      isOver = true;
    },
  };
}

const ignored = (): void => {};
const WATCH = {
  stateSaved: ignored,
  campaignSaved: ignored,
  senderPaused: ignored,
  companySaved: ignored,
  inboundSaved: ignored,
};
const nothing = () => scriptedFaults(new Map());

async function openStore() {
  const { timeline, stop } = playing(Date.parse(AT));
  const calls = makeCalls(timeline, nothing(), makeRandom(1));
  const table = makeTable(timeline, () => 0);
  return { store: storeOf(run(), calls, table, WATCH), close: async () => stop() };
}

describe('the simulated store', () => {
  storeContract(openStore);
  listingContract(openStore);
  turnsContract(openStore);
  companiesContract(openStore);
  placesContract(openStore);
});

describe('the simulated timers', () => {
  timersContract(async (now: Instant) => {
    const { timeline, stop } = playing(Date.parse(now));
    const set: SetTimer[] = [];
    const pages: CampaignPage[] = [];
    const queues = makeQueues(timeline, nothing(), makeRandom(1));
    const remember = (body: unknown, notBefore: number): void => {
      set.push({ ...(body as Omit<SetTimer, 'notBefore'>), notBefore: instant(notBefore) });
    };
    const watched = {
      ...queues,
      send: (queue: string, body: unknown, delayMs = 0) => {
        if (queue === 'enroll') pages.push(body as CampaignPage);
        else remember(body, Date.parse(now) + delayMs);
      },
    };
    const scheduler = makeScheduler(timeline, nothing(), makeRandom(1), watched);
    const named = {
      ...scheduler,
      create: (name: string, at: number, body: unknown) => {
        if (!scheduler.names().has(name)) remember(body, at);
        scheduler.create(name, Number.MAX_SAFE_INTEGER, body);
      },
    };
    // What the contract asks for counts from the call, and a call takes a moment here.
    const still = { ...timeline, now: () => Date.parse(now) };
    const calls = makeCalls(timeline, nothing(), makeRandom(1));
    return {
      timers: timersOf(run(), calls, still, named, watched),
      set: () => set,
      pages: () => pages,
      close: async () => stop(),
    };
  });
});

describe('the simulated mailbox', () => {
  mailboxContract(async () => {
    const { timeline, stop } = playing(Date.parse(AT));
    const bucket = new Map<string, Uint8Array>();
    const sent: unknown[] = [];
    let dead = 0;
    const queues = makeQueues(timeline, nothing(), makeRandom(1));
    const watched = {
      ...queues,
      send: (_queue: string, body: unknown) => {
        sent.push(body);
      },
      deadLetters: () =>
        Array.from({ length: dead }, () => ({ id: 'm', body: '', queue: 'inbound' as const })),
    };
    return {
      mailbox: mailboxOf(run(), makeCalls(timeline, nothing(), makeRandom(1)), bucket, watched),
      putMail: async (rawKey, raw) => {
        bucket.set(rawKey, raw);
      },
      queued: async () => sent,
      giveUpOn: async (count) => {
        dead = count;
      },
      close: async () => stop(),
    };
  });
});

describe('virtual time', () => {
  it('runs what happens at the same moment in the order in which it was set', async () => {
    const timeline = makeTimeline(0, false);
    const seen: string[] = [];
    for (const name of ['a', 'b', 'c']) timeline.at(5, () => seen.push(name));
    timeline.at(1, () => timeline.after(4, () => seen.push('d')));
    await timeline.play(() => false);
    expect([seen.join(''), timeline.now()]).toEqual(['abcd', 5]);
  });
});
