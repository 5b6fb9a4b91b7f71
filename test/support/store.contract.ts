// What any Store must guarantee, on DynamoDB, on the embedded one or in the simulator: `describe` it with a way to open one.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CampaignId, enrollmentIdOf, type SenderId, type SesId } from '../../shared/domain/ids.ts';
import { MINUTE, plus } from '../../shared/domain/instant.ts';
import type { Store } from '../../shared/ports.ts';
import * as samples from './store-samples.ts';
import { AT, CAMPAIGN, contactNumber, SENDER } from './store-samples.ts';

export type OpenStore = () => Promise<{ readonly store: Store; close(): Promise<void> }>;

export function storeContract(open: OpenStore): void {
  let store: Store;
  let close: () => Promise<void>;
  beforeEach(async () => {
    ({ store, close } = await open());
  });
  afterEach(() => close());
  stateContract(() => store);
  documentContract(() => store);
  timelineContract(() => store);
  gateContract(() => store);
  quotaContract(() => store);
}

const ada = contactNumber(1);
const state = samples.sampleState(ada, { enrollment: samples.openWalk(ada) });

function stateContract(store: () => Store): void {
  describe('the state item', () => {
    it('is not there before it is saved', async () => {
      expect(await store().loadState(ada)).toBeUndefined();
    });

    it('comes back as it was saved, without what is undefined', async () => {
      expect(await store().saveState({ ...state, lastClaimAt: undefined }, undefined, 'w1')).toBe('saved');
      expect((await store().loadState(ada))?.state).toEqual(state);
    });

    it('is found among many in the order asked for, twice where asked for twice', async () => {
      await store().saveState(state, undefined, 'w1');
      const alone = await store().loadState(ada);
      const ids = [
        contactNumber(2),
        ada,
        ...Array.from({ length: 130 }, (_, n) => contactNumber(n + 3)),
        ada,
      ];
      const found = await store().loadStates(ids);
      expect(found).toHaveLength(133);
      expect([found[1], found[132]]).toEqual([alone, alone]);
      expect(found.filter((one) => one !== undefined)).toHaveLength(2);
      expect(await store().loadStates([])).toEqual([]);
    });

    it('is saved only over the version that was loaded', async () => {
      await store().saveState(state, undefined, 'w1');
      const loaded = await store().loadState(ada);
      expect(await store().saveState({ ...state, lastClaimAt: AT }, loaded?.version, 'w2')).toBe('saved');
      expect(await store().saveState(state, loaded?.version, 'w3')).toBe('conflict');
      expect(await store().saveState(state, undefined, 'w4')).toBe('conflict');
      expect((await store().loadState(ada))?.state.lastClaimAt).toBe(AT);
    });

    it('is a conflict where it was expected and is missing', async () => {
      expect(await store().saveState(state, 'w0', 'w1')).toBe('conflict');
    });

    it('counts a save whose answer was lost as saved, until another save follows', async () => {
      await store().saveState(state, undefined, 'w1');
      expect(await store().saveState(state, undefined, 'w1')).toBe('saved');
      const loaded = await store().loadState(ada);
      await store().saveState(state, loaded?.version, 'w2');
      expect(await store().saveState(state, undefined, 'w1')).toBe('conflict');
    });

    it.each([['to create it'], ['to change it']])('has one winner of 50 who race %s', async (race) => {
      if (race === 'to change it') await store().saveState(state, undefined, 'w');
      const version = (await store().loadState(ada))?.version;
      const runs = Array.from({ length: 50 }, (_, n) => n);
      const outcomes = await Promise.all(
        runs.map((n) => store().saveState({ ...state, becauseCount: n + 1 }, version, `w${n}`)),
      );
      const winners = runs.filter((n) => outcomes[n] === 'saved');
      expect(winners).toHaveLength(1);
      expect((await store().loadState(ada))?.state.becauseCount).toBe((winners[0] ?? -1) + 1);
    });
  });
}

function documentContract(store: () => Store): void {
  describe('documents', () => {
    const put = {
      sender: () =>
        store()
          .put('sender', samples.sampleSender())
          .then(() => store().load('sender', SENDER)),
      sequence: () =>
        store()
          .put('sequence', samples.sampleSequence())
          .then(() => store().load('sequence', 'intro', 1)),
      campaign: () =>
        store()
          .put('campaign', samples.sampleCampaign())
          .then(() => store().load('campaign', CAMPAIGN)),
      contact: () =>
        store()
          .put('contact', samples.sampleContact())
          .then(() => store().load('contact', ada)),
      message: () =>
        store()
          .put('message', samples.sampleMessage({ contactId: ada }))
          .then(() => store().load('message', ada, 'mail1')),
      task: () =>
        store()
          .put('task', samples.sampleTask())
          .then(() => store().load('task', ada, samples.sampleTask().id)),
      alert: () =>
        store()
          .put('alert', samples.sampleAlert())
          .then(() => store().load('alert', 'alert1')),
      arrival: () =>
        store()
          .put('arrival', samples.sampleArrival())
          .then(() => store().load('arrival', 'arrival1')),
    };

    it('come back as they were put', async () => {
      expect(await put.sender()).toEqual(samples.sampleSender());
      expect(await put.sequence()).toEqual(samples.sampleSequence());
      expect(await put.campaign()).toEqual(samples.sampleCampaign());
      expect(await put.contact()).toEqual(samples.sampleContact());
      expect(await put.message()).toEqual(samples.sampleMessage({ contactId: ada }));
      expect(await put.task()).toEqual(samples.sampleTask());
      expect(await put.alert()).toEqual(samples.sampleAlert());
      expect(await put.arrival()).toEqual(samples.sampleArrival());
    });

    it('are undefined where nothing was put', async () => {
      expect(await store().load('sender', SENDER)).toBeUndefined();
      expect(await store().load('sequence', 'intro', 2)).toBeUndefined();
      expect(await store().load('task', ada, samples.sampleTask().id)).toBeUndefined();
    });

    it('are put and found by the hundred, in the order asked for; of two with one key the last stays', async () => {
      const many = Array.from({ length: 130 }, (_, n) => samples.sampleContact({ id: contactNumber(n + 1) }));
      const renamed = samples.sampleContact({ id: contactNumber(7), firstName: 'Grace' });
      await store().putMany('contact', [...many, renamed]);
      await store().putMany('contact', []);
      const keys = [contactNumber(500), ...many.map(({ id }) => id), contactNumber(1)].map(
        (id) => [id] as const,
      );
      const found = await store().loadMany('contact', keys);
      expect(found).toEqual([
        undefined,
        ...many.map((one) => (one.id === renamed.id ? renamed : one)),
        many[0],
      ]);
      expect(await store().loadMany('letters', [[ada, CAMPAIGN]])).toEqual([undefined]);
    });

    it('keep the versions of a sequence apart', async () => {
      await store().put('sequence', samples.sampleSequence({ version: 1, name: 'old' }));
      await store().put('sequence', samples.sampleSequence({ version: 12, name: 'new' }));
      expect((await store().load('sequence', 'intro', 1))?.name).toBe('old');
      expect((await store().load('sequence', 'intro', 12))?.name).toBe('new');
    });

    it('keep a mail of nobody apart from the same mail of a contact', async () => {
      await store().put('message', samples.sampleMessage());
      expect(await store().load('message', ada, 'mail1')).toBeUndefined();
      expect(await store().load('message', 'unmatched', 'mail1')).toEqual(samples.sampleMessage());
    });

    it('are put new once: the second put changes nothing', async () => {
      expect(await store().putNew('alert', samples.sampleAlert())).toBe('put');
      expect(await store().putNew('alert', samples.sampleAlert({ kind: 'unread' }))).toBe('exists');
      expect((await store().load('alert', 'alert1'))?.kind).toBe('reply');
    });

    it('are overwritten by a plain put', async () => {
      await store().put('campaign', samples.sampleCampaign());
      await store().put('campaign', samples.sampleCampaign({ status: 'paused' }));
      expect((await store().load('campaign', CAMPAIGN))?.status).toBe('paused');
    });

    it('are replaced only while the named fields are what they were', async () => {
      const before = samples.sampleCampaign();
      await store().put('campaign', { ...before, name: 'Renamed' });
      const paused = { ...before, status: 'paused' } as const;
      expect(await store().replace('campaign', before, paused, ['status', 'statusSince'])).toBe('saved');
      expect(await store().replace('campaign', before, paused, ['status'])).toBe('conflict');
      expect(await store().load('campaign', CAMPAIGN)).toEqual(paused);
    });

    it('are not replaced where a field that was absent has appeared, or the document is gone', async () => {
      const before = samples.sampleAlert();
      const after = samples.sampleAlert({ acknowledgedAt: AT });
      expect(await store().replace('alert', before, after, ['acknowledgedAt'])).toBe('conflict');
      await store().put('alert', before);
      expect(await store().replace('alert', before, after, ['acknowledgedAt'])).toBe('saved');
      expect(await store().replace('alert', before, after, ['acknowledgedAt'])).toBe('conflict');
    });

    it('are compared as a whole where a field is a list or a map', async () => {
      const one = samples.sampleAlert({ delivered: { mail: AT } });
      const both = samples.sampleAlert({ delivered: { mail: AT, hook: AT } });
      await store().put('alert', both);
      expect(await store().replace('alert', one, one, ['delivered'])).toBe('conflict');
      expect(await store().replace('alert', both, one, ['delivered'])).toBe('saved');
      expect(await store().replace('alert', both, one, ['delivered'])).toBe('conflict');

      const before = samples.sampleSender();
      const [mail] = before.channels;
      const after = { ...before, channels: mail ? [{ ...mail, id: 'other' }] : [] };
      await store().put('sender', before);
      expect(await store().replace('sender', before, after, ['channels'])).toBe('saved');
      expect(await store().replace('sender', before, after, ['channels'])).toBe('conflict');
      expect(await store().replace('sender', { ...after, channels: [] }, before, ['channels'])).toBe(
        'conflict',
      );
    });
  });
}

function timelineContract(store: () => Store): void {
  describe('the timeline', () => {
    it('keeps older reasons in the order of walks and numbers, each once', async () => {
      const walks = [enrollmentIdOf(ada, 2), enrollmentIdOf(ada, 10)] as const;
      const reason = (due: string) => ({ at: AT, rule: 'planned', args: { step: 1, due } }) as const;
      await store().keepBecause(walks[1], 1, reason('c'));
      await store().keepBecause(walks[0], 12, reason('b'));
      await store().keepBecause(walks[0], 3, reason('a'));
      await store().keepBecause(walks[0], 3, reason('repeated'));
      expect(await store().listBecause(ada)).toEqual([
        { enrollmentId: walks[0], because: reason('a') },
        { enrollmentId: walks[0], because: reason('b') },
        { enrollmentId: walks[1], because: reason('c') },
      ]);
      expect(await store().listBecause(contactNumber(2))).toEqual([]);
    });

    it('keeps ended walks in their order, each as it was first kept', async () => {
      await store().keepWalk(samples.endedWalk(ada, 10), ada);
      await store().keepWalk(samples.endedWalk(ada, 2), ada);
      await store().keepWalk(samples.endedWalk(ada, 2, { end: { kind: 'finished' } }), ada);
      expect(await store().listWalks(ada)).toEqual([samples.endedWalk(ada, 2), samples.endedWalk(ada, 10)]);
    });

    it('leads from a SES id to its letter, however the mail systems folded it', async () => {
      const sesId = '0100019aa-11-000000' as SesId;
      await store().linkSesId(sesId, enrollmentIdOf(ada, 1), 2);
      await store().linkSesId(sesId, enrollmentIdOf(ada, 1), 2);
      const found = { enrollmentId: enrollmentIdOf(ada, 1), step: 2 };
      expect(await store().findSesId(sesId)).toEqual(found);
      expect(await store().findSesId(sesId.toUpperCase())).toEqual(found);
    });

    it.each([
      ['unknown', 'another'],
      ['empty', ''],
      ['full of signs', '<id#@host>\u0000'],
      ['longer than any key', 'a'.repeat(5_000)],
    ])("finds nothing behind a stranger's id that is %s", async (_what, id) => {
      expect(await store().findSesId(id)).toBeUndefined();
    });
  });
}

function gateContract(store: () => Store): void {
  const of = { campaignId: CAMPAIGN, senderId: SENDER, companyDomain: 'example.com' };

  describe('gates', () => {
    beforeEach(() => store().put('campaign', samples.sampleCampaign()));

    it('are open around a running campaign where nothing was recorded', async () => {
      expect(await store().readGates(of)).toEqual({ campaign: { status: 'running' }, sender: {} });
    });

    it('show a pause of the sender with its end, and none after it was resumed', async () => {
      const pause = { senderId: SENDER, at: AT, why: 'daily-quota' };
      await store().pauseSender({ ...pause, until: plus(AT, MINUTE) });
      expect((await store().readGates(of)).sender).toEqual({ paused: true, pausedUntil: plus(AT, MINUTE) });
      expect(await store().loadSenderGate(SENDER)).toEqual({ paused: true, pausedUntil: plus(AT, MINUTE) });
      await store().pauseSender(pause);
      expect((await store().readGates(of)).sender).toEqual({ paused: true });
      expect(await store().loadSenderGate(SENDER)).toEqual({ paused: true });
      expect((await store().readGates({ ...of, senderId: 'other' as SenderId })).sender).toEqual({});
      expect(await store().loadSenderGate('other' as SenderId)).toEqual({});
      await store().resumeSender(SENDER, AT);
      await store().resumeSender(SENDER, AT);
      expect(await store().loadSenderGate(SENDER)).toEqual({});
      expect((await store().readGates(of)).sender).toEqual({});
    });

    it('keep the latest word about the sender: what was stuck on its way changes nothing', async () => {
      const pause = { senderId: SENDER, at: AT, why: 'by-person' };
      const later = plus(AT, MINUTE);
      expect(await store().resumeSender(SENDER, later)).toBe(true);
      expect(await store().pauseSender(pause)).toBe(false);
      expect((await store().readGates(of)).sender).toEqual({});
      expect(await store().pauseSender({ ...pause, at: plus(later, MINUTE) })).toBe(true);
      expect(await store().resumeSender(SENDER, later)).toBe(false);
      expect((await store().readGates(of)).sender).toEqual({ paused: true });
    });

    it('do not touch the sender beside its pause', async () => {
      await store().put('sender', samples.sampleSender());
      await store().pauseSender({ senderId: SENDER, at: AT, why: 'by-person' });
      await store().put('sender', samples.sampleSender({ name: 'Anna Lund' }));
      expect((await store().readGates(of)).sender.paused).toBe(true);
      expect((await store().load('sender', SENDER))?.name).toBe('Anna Lund');
    });

    it('show a suppressed domain in any case, until it is written to again', async () => {
      await store().suppressDomain('Example.COM', AT);
      expect(await store().isDomainSuppressed('example.com')).toBe(true);
      expect((await store().readGates(of)).company).toEqual({ suppressed: true });
      expect((await store().readGates({ ...of, companyDomain: undefined })).company).toBeUndefined();
      await store().suppressDomain('example.com', undefined);
      expect(await store().isDomainSuppressed('example.com')).toBe(false);
      expect((await store().readGates(of)).company?.suppressed).toBeUndefined();
    });

    it('join what is said of the inbound path at different times, and believe the newest mark', async () => {
      expect(await store().loadInbound()).toBeUndefined();
      await store().saveInbound({ markAt: plus(AT, MINUTE) });
      await store().saveInbound({ deadLetters: 2 });
      await store().saveInbound({ markAt: AT });
      const inbound = { markAt: plus(AT, MINUTE), deadLetters: 2 };
      expect(await store().loadInbound()).toEqual(inbound);
      expect((await store().readGates(of)).inbound).toEqual(inbound);
      await store().saveInbound({ markAt: plus(AT, 2 * MINUTE), deadLetters: 0 });
      expect(await store().loadInbound()).toEqual({ markAt: plus(AT, 2 * MINUTE), deadLetters: 0 });
      await store().saveInbound({ behindAt: plus(AT, MINUTE) });
      await store().saveInbound({ behindAt: AT });
      expect(await store().loadInbound()).toMatchObject({ behindAt: plus(AT, MINUTE), deadLetters: 0 });
    });

    it('cannot be read without a campaign: that would be all gates open', async () => {
      const missing = { ...of, campaignId: 'missing' as CampaignId };
      await expect(store().readGates(missing)).rejects.toThrow('missing');
    });
  });
}

function quotaContract(store: () => Store): void {
  const day = '2027-03-02';
  const take = (count: number, quota: number) =>
    Promise.all(Array.from({ length: count }, () => store().takeQuota(SENDER, day, quota)));

  describe('the daily quota', () => {
    it('is exact under 50 takes at once', async () => {
      const taken = await take(50, 17);
      expect(taken.filter(Boolean)).toHaveLength(17);
    });

    it('of nothing gives nothing', async () => {
      expect(await store().takeQuota(SENDER, day, 0)).toBe(false);
    });

    it('gives one again for each that came back, and none for what was never taken', async () => {
      await store().giveQuota(SENDER, day);
      await take(2, 2);
      expect(await store().takeQuota(SENDER, day, 2)).toBe(false);
      await store().giveQuota(SENDER, day);
      expect(await take(3, 2)).toEqual(expect.arrayContaining([true, false, false]));
      for (let n = 0; n < 5; n++) await store().giveQuota(SENDER, day);
      expect((await take(5, 2)).filter(Boolean)).toHaveLength(2);
    });

    it('is counted per sender and per day', async () => {
      await take(1, 1);
      expect(await store().takeQuota(SENDER, '2027-03-03', 1)).toBe(true);
      expect(await store().takeQuota('other' as SenderId, day, 1)).toBe(true);
    });
  });
}
