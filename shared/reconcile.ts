/**
 * The safety net under everything that can be lost: timers, marks, readings, the inbound path itself. Finds its work
 * in the sparse due-index and only ever applies the event `reconciled`; the state machine decides what that means.
 */
import type { Enrollment } from './domain/enrollment/state.ts';
import { isFenceClosed, passageOf } from './domain/gate.ts';
import { type AlertId, type CampaignId, type ContactId, derivedId } from './domain/ids.ts';
import type { Instant } from './domain/instant.ts';
import { applyEvent } from './engine.ts';
import { finishErasures } from './erase-person.ts';
import { finishCampaigns } from './finish-campaigns.ts';
import { giveBackForgotten } from './give-back.ts';
import { heedAllowance } from './heed-allowance.ts';
import type { Ports } from './ports.ts';
import { raiseAlert } from './raise-alert.ts';
import { ringForgotten } from './ring-forgotten.ts';
import { type GatesBefore, seeToGate } from './see-to-gate.ts';
import { sendDigests } from './send-digests.ts';
import { tellForgotten } from './tell-forgotten.ts';

/** Contacts looked at in one run; what is left waits a quarter of an hour. */
const LOOKED_AT_MAX = 5_000;
const PAGE = 100;

export type Reconciled = {
  readonly looked: number;
  readonly waiting: number;
  readonly finished: number;
  /** Places and meeting hours that nobody has any more. */
  readonly given: number;
  /** Wishes to be forgotten that are through. */
  readonly erased: number;
  readonly fence: 'open' | 'closed';
  /** Alerts whose way to a channel had broken off, and rings that fall due. */
  readonly rung: number;
  /** The same of news for other systems, and tasks that have fallen due. */
  readonly told: number;
  readonly digests: number;
};

export async function reconcileAll(ports: Ports): Promise<Reconciled> {
  const now = ports.clock.now();
  const failures: unknown[] = [];
  const attempt = async <Answer>(look: () => Promise<Answer>): Promise<Answer | undefined> => {
    try {
      return await look();
    } catch (error) {
      failures.push(error);
      return undefined;
    }
  };
  // Each look stands for itself: one that fails must not blind the others until the next quarter of an hour.
  await attempt(() => ports.mailbox.sendMark(now));
  const fence = await attempt(() => watchFence(ports, now));
  const rung = await attempt(() => ringForgotten(ports, now));
  const told = await attempt(() => tellForgotten(ports, now));
  const digests = await attempt(() => sendDigests(ports, now));
  const due = await attempt(() => lookAtDue(ports, now));
  const finished = await attempt(() => finishCampaigns(ports, now));
  await attempt(() => heedAllowance(ports, now));
  const given = await attempt(() => giveBackForgotten(ports, now));
  const erased = await attempt(() => finishErasures(ports));
  if (failures.length > 0 || !due || !fence)
    throw new Error(`${failures.length} looks of reconcile failed`, { cause: failures[0] });
  const counts = { finished: finished ?? 0, given: given ?? 0, erased: erased ?? 0, rung: rung ?? 0 };
  return { ...due, ...counts, fence, told: told ?? 0, digests: digests ?? 0 };
}

async function watchFence(ports: Ports, now: Instant): Promise<'open' | 'closed'> {
  const known = await ports.store.loadInbound();
  const deadLetters = await ports.mailbox.countDeadLetters();
  // Only the dead letters are this function's to tell: the mark's arrival is what `receive-mail` writes.
  if (known?.deadLetters !== deadLetters) await ports.store.saveInbound({ deadLetters });
  const inbound = { ...known, deadLetters };
  if (!isFenceClosed(inbound, now)) return 'open';
  // A first start has no mark yet: that is not a failure of the path.
  if (inbound.markAt || deadLetters > 0) {
    const id = derivedId('alert', 'fence-closed', now.slice(0, 10)) as AlertId;
    await raiseAlert(ports, { id, kind: 'fence-closed', at: now, delivered: {} });
  }
  return 'closed';
}

async function lookAtDue(ports: Ports, now: Instant): Promise<{ looked: number; waiting: number }> {
  const gatesOf = gateKeeper(ports, now);
  let looked = 0;
  let waiting = 0;
  let after: string | undefined;
  do {
    const page = await ports.store.listDue(now, after ? { after, limit: PAGE } : { limit: PAGE });
    for (const contactId of page.items) {
      if (await lookAt(ports, contactId, gatesOf)) looked += 1;
      else waiting += 1;
    }
    after = page.next;
  } while (after && looked + waiting < LOOKED_AT_MAX);
  return { looked, waiting };
}

/** `false`: it waits behind a closed gate, which queues every enrollment itself when it opens. */
async function lookAt(ports: Ports, contactId: ContactId, gatesOf: GateKeeper): Promise<boolean> {
  const walk = (await ports.store.loadState(contactId))?.state.enrollment;
  if (!walk) return false;
  const before = walk.kind === 'open' && walk.letter.kind === 'planned' ? await gatesOf(walk) : undefined;
  if (before?.passage.kind === 'shut') {
    // Begun by a page that outlived its campaign.
    await applyEvent(ports, walk.id, { kind: 'stopped-by-person' });
    return true;
  }
  if (before) await seeToGate(ports, before);
  const isUnread = walk.kind === 'open' && walk.holds.some((hold) => hold.kind === 'inbound');
  if (before?.passage.kind === 'closed' && !isUnread) return false;
  await applyEvent(ports, walk.id, { kind: 'reconciled' });
  return true;
}

type GateKeeper = (walk: Enrollment) => Promise<GatesBefore>;

/** Asks each campaign's and sender's gate once a run. */
function gateKeeper(ports: Ports, now: Instant): GateKeeper {
  const known = new Map<CampaignId, Promise<GatesBefore>>();
  return ({ campaignId, senderId }) => {
    const asked = known.get(campaignId);
    if (asked) return asked;
    const answer = ports.store
      .readGates({ campaignId, senderId })
      .then((gates) => ({ campaignId, gates, passage: passageOf(gates, false, now) }));
    known.set(campaignId, answer);
    return answer;
  };
}
