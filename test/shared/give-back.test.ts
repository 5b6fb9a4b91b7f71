// A run may die after it took or left a place or a meeting hour: an hour later reconcile gives back what nobody has.
import { afterEach, describe, expect, it } from 'vitest';
import { instant, plus } from '../../shared/domain/instant.ts';
import type { Task } from '../../shared/domain/task.ts';
import { closeTask } from '../../shared/effects.ts';
import { applyEvent } from '../../shared/engine.ts';
import { giveBackForgotten } from '../../shared/give-back.ts';
import { loadKnown } from '../../shared/known-walk.ts';
import type { PlaceStore } from '../../shared/place-store.ts';
import type { Ports, Store } from '../../shared/ports.ts';
import { prepareLetter } from '../../shared/prepare-letter.ts';
import { putTask } from '../../shared/put-task.ts';
import { queueEnrolling } from '../../shared/queue-pages.ts';
import { aFloor, type Floor } from '../support/sending-floor.ts';

const HOUR_MS = 3_600_000;
const OFFER = [
  {
    kind: 'letter',
    delay: { days: 0 },
    subject: 'A meeting',
    body: 'Would {{ "tuesday 10:00" | slot }} suit?',
  },
] as const;

let floor: Floor;
afterEach(() => floor.close());

async function enrolled(count: number, steps?: Parameters<typeof aFloor>[0]['steps']): Promise<void> {
  const grades = Array.from({ length: count }, () => undefined);
  floor = await aFloor({ grades, limits: { dailyQuota: 5 }, ...(steps ? { steps } : {}) });
  await queueEnrolling(floor.ports, floor.campaign.id, floor.contacts);
  await floor.work(1);
}

const at = (ms: number): Ports => ({
  ...floor.ports,
  clock: { now: () => plus(floor.ports.clock.now(), ms) },
});
/** A run that dies at that call. */
const dyingAt = (call: keyof Store, ports = floor.ports): Ports => ({
  ...ports,
  store: {
    ...ports.store,
    [call]: async () => {
      throw new Error('the process died');
    },
  },
});
const reconciled = (ms: number) => giveBackForgotten(at(ms), at(ms).clock.now());
const used = async (day: string) => (await floor.taken([day]))[day]?.used ?? 0;
const watched = async () => (await floor.ports.store.listWatched(instant('2028-01-01'), 500)).length;

describe('a place', () => {
  it('that a dead run left comes back after an hour, and not before', async () => {
    await enrolled(2);
    const { day } = await floor.placeOf(floor.contacts[0]!);
    const stop = applyEvent(dyingAt('releasePlace'), floor.walkIdOf(floor.contacts[0]!), {
      kind: 'stopped-by-person',
    });
    await expect(stop).rejects.toThrow('died');
    await reconciled(HOUR_MS / 2);
    expect(await used(day)).toBe(2);
    await reconciled(HOUR_MS);
    expect(await used(day)).toBe(1);
    expect(await watched()).toBe(0);
  });

  it('that a dead run took for a move that it could not save comes back; the one it wanted to leave stays', async () => {
    await enrolled(1);
    const [only] = floor.contacts;
    const before = await floor.placeOf(only!);
    const until = instant(`${before.day}T12:00:00Z`);
    const hold = { id: 'person', kind: 'person', until: plus(until, 240 * HOUR_MS) } as const;
    let took = '';
    const store: Pick<PlaceStore, 'reservePlace'> = {
      reservePlace: (sender, place, ...rest) => {
        took = place.day;
        return floor.ports.store.reservePlace(sender, place, ...rest);
      },
    };
    const dying = dyingAt('saveState', { ...floor.ports, store: { ...floor.ports.store, ...store } });
    await expect(applyEvent(dying, floor.walkIdOf(only!), { kind: 'held', hold })).rejects.toThrow('died');
    expect([await used(took), await used(before.day)]).toEqual([1, 1]);
    expect(await reconciled(HOUR_MS)).toBe(1);
    expect([await used(took), await used(before.day)]).toEqual([0, 1]);
  });

  it('of a walk that stands, or of a letter that went, stays', async () => {
    await enrolled(3);
    const [first] = floor.contacts;
    const { letter } = await floor.walkOf(first!);
    if (letter.kind !== 'planned') throw new Error('nothing is planned');
    const { day } = await floor.placeOf(first!);
    const minute = Math.floor(Date.parse(letter.dueAt) / 60_000).toString(36);
    const ports = { ...floor.ports, clock: { now: () => letter.dueAt } };
    const tell = (event: Parameters<typeof applyEvent>[2]) =>
      applyEvent(ports, floor.walkIdOf(first!), event);
    await tell({ kind: 'step-due', step: 0, minute, claim: 'c1' as never });
    await tell({ kind: 'step-sent', step: 0, claim: 'c1' as never, sesId: 's1' as never });
    expect(await reconciled(100 * HOUR_MS)).toBe(0);
    expect(await used(day)).toBe(3);
    expect(await watched()).toBe(0);
  });

  it('that cannot be judged does not keep those behind it', async () => {
    await enrolled(2);
    const { day } = await floor.placeOf(floor.contacts[0]!);
    await applyEvent(dyingAt('releasePlace'), floor.walkIdOf(floor.contacts[0]!), {
      kind: 'stopped-by-person',
    }).catch(() => {});
    const later = at(HOUR_MS);
    await floor.ports.store.watchPlace('ghost' as never, '2027-03-01', 'no-enrollment-at-all-0', instant(0));
    const broken = dyingAt('releasePlace', later);
    const half: Ports = {
      ...later,
      store: {
        ...later.store,
        releasePlace: (senderId, ...rest) =>
          senderId === 'ghost'
            ? broken.store.releasePlace(senderId, ...rest)
            : later.store.releasePlace(senderId, ...rest),
      },
    };
    await expect(giveBackForgotten(half, later.clock.now())).rejects.toThrow('1 watched places failed');
    expect(await used(day)).toBe(1);
  });
});

describe('a WhatsApp’s place', () => {
  it('comes back when its task was closed unsent by a run that died', async () => {
    await enrolled(1);
    const { ports, contacts, campaign } = floor;
    const [contact] = contacts;
    const task: Task = {
      id: 'task1' as never,
      kind: 'whatsapp',
      contactId: contact!.id,
      enrollmentId: floor.walkIdOf(contact!),
      campaignId: campaign.id,
      senderId: campaign.senderId,
      dueAt: ports.clock.now(),
      status: 'open',
      createdAt: ports.clock.now(),
    } as Task;
    await putTask(ports, task);
    const stored = (await ports.store.load('task', contact!.id, task.id))!;
    const list = `${campaign.senderId}:whatsapp` as never;
    const places = async () =>
      (await ports.store.readPlaces(list, [stored.placeDay!]))[stored.placeDay!]?.used ?? 0;
    await reconciled(HOUR_MS);
    expect(await places()).toBe(1);
    await expect(closeTask(dyingAt('releasePlace'), contact!.id, task.id)).rejects.toThrow('died');
    expect(await places()).toBe(1);
    await reconciled(3 * HOUR_MS);
    expect(await places()).toBe(0);
  });
});

describe('a meeting hour', () => {
  const slots = () => floor.ports.store.listSlots(floor.campaign.senderId, instant(0), instant('2027-06-01'));
  const prepare = async (ports: Ports) => {
    const walk = await floor.walkOf(floor.contacts[0]!);
    return prepareLetter(ports, walk, await loadKnown(ports, walk), 0);
  };

  it('that was reserved for a letter which was never written comes back', async () => {
    await enrolled(1, OFFER);
    await expect(prepare(dyingAt('putNew'))).rejects.toThrow('died');
    expect(await slots()).toHaveLength(1);
    expect(await reconciled(HOUR_MS / 2)).toBe(0);
    expect(await reconciled(HOUR_MS)).toBe(1);
    expect(await slots()).toEqual([]);
  });

  it('of a letter that is planned stays, and comes back when the run that ended its walk died', async () => {
    await enrolled(1, OFFER);
    await prepare(floor.ports);
    await reconciled(HOUR_MS);
    expect(await slots()).toHaveLength(1);
    const walkId = floor.walkIdOf(floor.contacts[0]!);
    const stop = applyEvent(dyingAt('releaseSlot'), walkId, { kind: 'stopped-by-person' });
    await expect(stop).rejects.toThrow('died');
    expect(await slots()).toHaveLength(1);
    await reconciled(3 * HOUR_MS);
    expect(await slots()).toEqual([]);
    expect(await watched()).toBe(0);
  });
});
