// What any Store's listings must guarantee: they end, they are complete, they are in order, and they show what is stored now.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshState } from '../../shared/domain/enrollment/decide.ts';
import { wakeAt } from '../../shared/domain/enrollment/wake.ts';
import type { AlertId, CampaignId, MessageId, SenderId, TaskId } from '../../shared/domain/ids.ts';
import { MINUTE, plus } from '../../shared/domain/instant.ts';
import type { Page, PageAsked, Store } from '../../shared/ports.ts';
import type { OpenStore } from './store.contract.ts';
import * as samples from './store-samples.ts';
import { AT, CAMPAIGN, contactNumber, dated, walkOf } from './store-samples.ts';

/** More than any listing here can need: one that never ends fails instead of hanging. */
const PAGES_MAX = 200;

/** Walks a listing page by page; throws if it does not end. */
export async function everyPage<Item>(
  list: (page: PageAsked) => Promise<Page<Item>>,
  limit: number,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    const page: Page<Item> = await list({ limit, ...(after === undefined ? {} : { after }) });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    if (page.next === undefined) return items;
    after = page.next;
  }
  throw new Error(`The listing did not end after ${PAGES_MAX} pages.`);
}

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);
/** Writes in another order than they are listed in. */
const shuffled = (count: number) => upTo(count).map((n) => (n * 7 + 3) % count);
const OTHER = 'autumn' as CampaignId;

export function turnsContract(open: OpenStore): void {
  it('turns of a minute are exact under twenty who want one at once, and each minute has its own', async () => {
    const { store, close } = await open();
    const late = plus(AT, MINUTE);
    const taken = await Promise.all(upTo(20).map(() => store.takeTurn('robot', AT, 7)));
    expect(taken.filter(Boolean)).toHaveLength(7);
    expect(await store.takeTurn('robot', plus(AT, 1), 7)).toBe(false);
    expect([await store.takeTurn('robot', late, 7), await store.takeTurn('other', AT, 7)]).toEqual([
      true,
      true,
    ]);
    await close();
  });
}

export function listingContract(open: OpenStore): void {
  let store: Store;
  let close: () => Promise<void>;
  beforeEach(async () => {
    ({ store, close } = await open());
  });
  afterEach(() => close());

  describe.each([[1], [4], [25]])('a listing in pages of %i', (limit) => {
    it('shows every campaign once, newest first', async () => {
      for (const n of shuffled(11)) {
        const id = `c${n}` as CampaignId;
        await store.put('campaign', samples.sampleCampaign({ id, createdAt: dated(n) }));
      }
      const listed = await everyPage((page) => store.listCampaigns(page), limit);
      expect(listed.map(({ id }) => id)).toEqual(
        upTo(11)
          .reverse()
          .map((n) => `c${n}`),
      );
    });

    it('shows every sender once', async () => {
      for (const n of shuffled(9)) {
        await store.put('sender', samples.sampleSender({ id: `s${n}` as SenderId }));
      }
      const listed = await everyPage((page) => store.listSenders(page), limit);
      expect(listed.map(({ id }) => id).sort()).toEqual(upTo(9).map((n) => `s${n}`));
    });

    it('shows alerts newest first', async () => {
      for (const n of shuffled(9)) {
        await store.putNew('alert', samples.sampleAlert({ id: `a${n}` as AlertId, at: dated(n) }));
      }
      const listed = await everyPage((page) => store.listAlerts(page), limit);
      expect(listed.map(({ id }) => id)).toEqual(
        upTo(9)
          .reverse()
          .map((n) => `a${n}`),
      );
    });

    it('shows the attempts of one alert in order, and of no other', async () => {
      for (const n of shuffled(9)) {
        const attempt = { of: 'a1', at: dated(n), way: 'desk', outcome: '503' };
        await store.putNew('attempt', attempt);
        await store.putNew('attempt', { ...attempt, of: 'a2' });
      }
      const listed = await everyPage((page) => store.listAttempts('a1', page), limit);
      expect(listed.map(({ of, at }) => [of, at])).toEqual(upTo(9).map((n) => ['a1', dated(n)]));
    });

    it('shows the mails of nobody newest first, and of a contact only its own', async () => {
      for (const n of shuffled(9)) {
        const mail = samples.sampleMessage({ id: `m${n}` as MessageId, at: dated(n) });
        await store.put('message', mail);
        await store.put('message', { ...mail, contactId: contactNumber(n % 2) });
      }
      const lost = await everyPage((page) => store.listMessages('unmatched', page), limit);
      expect(lost.map(({ id }) => id)).toEqual(
        upTo(9)
          .reverse()
          .map((n) => `m${n}`),
      );
      const own = await everyPage((page) => store.listMessages(contactNumber(1), page), limit);
      expect(own.map(({ id }) => id).sort()).toEqual(['m1', 'm3', 'm5', 'm7']);
    });

    it('shows open tasks by due time, closed ones only at their contact', async () => {
      for (const n of shuffled(9)) {
        const contactId = contactNumber(n % 2);
        const task = samples.sampleTask({ id: `t${n}` as TaskId, dueAt: dated(n), contactId });
        await store.putNew('task', task);
        if (n >= 6) await store.put('task', { ...task, status: 'closed', outcome: 'spoke' });
      }
      const due = await everyPage((page) => store.listTasks({ open: true }, page), limit);
      expect(due.map(({ id }) => id)).toEqual(upTo(6).map((n) => `t${n}`));
      const own = await everyPage((page) => store.listTasks({ contactId: contactNumber(1) }, page), limit);
      expect(own.map(({ id }) => id).sort()).toEqual(['t1', 't3', 't5', 't7']);
    });

    it('shows every contact once', async () => {
      for (const n of shuffled(9))
        await store.put('contact', samples.sampleContact({ id: contactNumber(n) }));
      const listed = await everyPage((page) => store.listContacts(page), limit);
      expect(listed.map(({ id }) => id)).toEqual(upTo(9).map(contactNumber).sort());
    });

    it('shows who is never written to, people and companies, newest first, until they are let go', async () => {
      for (const n of shuffled(6)) {
        const standing = { kind: 'suppressed', why: 'by-person', since: dated(n) } as const;
        const state = { ...freshState(contactNumber(n)), standing };
        await store.saveState(n % 2 === 0 ? state : freshState(contactNumber(n)), undefined, `w${n}`);
        if (n % 2 === 1) await store.suppressDomain(`firm-${n}.example`, dated(n));
      }
      await store.suppressDomain('firm-1.example', dated(20));
      await store.suppressDomain('firm-3.example', undefined);
      const listed = await everyPage((page) => store.listSuppressions(page), limit);
      expect(listed).toEqual(
        [5, 4, 2, 1, 0].map((n) =>
          n % 2 === 1
            ? { kind: 'domain', domain: `firm-${n}.example`, since: dated(n) }
            : { kind: 'contact', contactId: contactNumber(n), why: 'by-person', since: dated(n) },
        ),
      );
    });

    it('shows the contacts of one company, and of no other', async () => {
      for (const n of shuffled(9)) {
        const companyDomain = n % 2 === 0 ? 'acme.example' : 'other.example';
        await store.put('contact', samples.sampleContact({ id: contactNumber(n), companyDomain }));
      }
      const own = await everyPage((page) => store.listCompany('ACME.example', page), limit);
      expect(own.map(({ id }) => id).sort()).toEqual([0, 2, 4, 6, 8].map(contactNumber).sort());
      expect(await everyPage((page) => store.listCompany('nobody.example', page), limit)).toEqual([]);
    });

    it('shows each enrollment of a campaign once: current ones, and the copies of those that others followed', async () => {
      for (const n of shuffled(9)) await enrol(n, n % 3);
      const listed = await everyPage((page) => store.listEnrollments(CAMPAIGN, page), limit);
      const shown = listed.map(({ contactId, enrollment }) => [contactId, enrollment.id, enrollment.kind]);
      const expected = upTo(9).map((n) => [contactNumber(n), walkOf(n), n % 3 === 0 ? 'open' : 'ended']);
      expect(shown.sort()).toEqual(expected.sort());
      const others = await everyPage((page) => store.listEnrollments(OTHER, page), limit);
      expect(others.map(({ enrollment }) => enrollment.id).sort()).toEqual(
        upTo(9)
          .filter((n) => n % 3 === 2)
          .map((n) => walkOf(n, 2))
          .sort(),
      );
    });

    it('shows who is due, oldest first, and nobody else', async () => {
      for (const n of shuffled(40)) {
        const walk = samples.openWalk(contactNumber(n), 1, {
          letter: { kind: 'planned', step: 0, dueAt: dated(n) },
        });
        await store.saveState(samples.sampleState(contactNumber(n), { enrollment: walk }), undefined, 'w');
      }
      await store.saveState(samples.sampleState(contactNumber(99)), undefined, 'w');
      const last = samples.sampleState(contactNumber(29), {
        enrollment: samples.openWalk(contactNumber(29), 1, {
          letter: { kind: 'planned', step: 0, dueAt: dated(29) },
        }),
      });
      const now = wakeAt(last) ?? AT;
      const listed = await everyPage((page) => store.listDue(now, page), limit);
      expect(listed).toEqual(upTo(30).map(contactNumber));
    });
  });

  /** 0: still walking · 1: ended, its copy just kept, the next walk not yet begun · 2: on its next walk elsewhere. */
  async function enrol(n: number, stage: number): Promise<void> {
    const id = contactNumber(n);
    const first = stage === 0 ? samples.openWalk(id) : samples.endedWalk(id);
    await store.saveState(samples.sampleState(id, { enrollment: first }), undefined, 'w1');
    if (first.kind === 'ended') await store.keepWalk(first, id);
    if (stage < 2) return;
    const second = samples.openWalk(id, 2, { campaignId: OTHER });
    const version = (await store.loadState(id))?.version;
    await store.saveState(samples.sampleState(id, { enrollment: second }), version, 'w2');
  }

  describe('a listing', () => {
    it('of nothing is one empty page', async () => {
      expect(await store.listCampaigns()).toEqual({ items: [] });
      expect(await store.listDue(AT)).toEqual({ items: [] });
      expect(await store.listEnrollments(CAMPAIGN)).toEqual({ items: [] });
      expect(await store.listTasks({ open: true })).toEqual({ items: [] });
    });

    it('shows a document as it is stored now', async () => {
      await store.put('campaign', samples.sampleCampaign());
      await store.put('campaign', samples.sampleCampaign({ status: 'paused' }));
      expect((await store.listCampaigns()).items).toEqual([samples.sampleCampaign({ status: 'paused' })]);
    });

    it('forgets a contact that waits for nothing any more', async () => {
      const id = contactNumber(1);
      const enrollment = samples.openWalk(id);
      await store.saveState(samples.sampleState(id, { enrollment }), undefined, 'w1');
      const later = plus(AT, 60 * MINUTE);
      expect((await store.listDue(later)).items).toEqual([id]);
      await store.saveState(samples.sampleState(id, { enrollment: samples.endedWalk(id) }), 'w1', 'w2');
      expect((await store.listDue(later)).items).toEqual([]);
    });

    it.each([['%%%'], ['bm9uc2Vuc2U'], ['e30'], ['bnVsbA'], ['WzEsMl0']])(
      'refuses the cursor %j, which it never gave',
      async (after) => {
        await expect(store.listCampaigns({ after })).rejects.toMatchObject({ name: 'BadCursor' });
        await expect(store.listDue(AT, { after })).rejects.toMatchObject({ name: 'BadCursor' });
      },
    );

    it('refuses the cursor of another listing', async () => {
      for (const n of upTo(3))
        await store.put('campaign', samples.sampleCampaign({ id: `c${n}` as CampaignId }));
      const { next: after = '' } = await store.listCampaigns({ limit: 1 });
      expect(after).not.toBe('');
      await expect(store.listAlerts({ after })).rejects.toMatchObject({ name: 'BadCursor' });
      await expect(store.listEnrollments(CAMPAIGN, { after })).rejects.toMatchObject({ name: 'BadCursor' });
    });
  });
}
