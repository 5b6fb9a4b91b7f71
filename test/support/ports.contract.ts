// What any Timers and any Mailbox must guarantee. Store: `store.contract.ts` and `listing.contract.ts`.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Arrival } from '../../shared/domain/arrival.ts';
import type { CampaignId } from '../../shared/domain/ids.ts';
import { enrollmentIdOf } from '../../shared/domain/ids.ts';
import { DAY, type Instant, MINUTE, minuteName, plus, SECOND } from '../../shared/domain/instant.ts';
import type { CampaignPage, Mailbox, Timers } from '../../shared/ports.ts';
import { AT, CAMPAIGN, contactNumber, sampleArrival } from './store-samples.ts';

/** What a timer will wake: the body that `send-step` reads, and not before when. */
export type SetTimer = {
  readonly enrollmentId: string;
  readonly step: number;
  readonly minute: string;
  readonly notBefore: Instant;
};

export type OpenTimers = (now: Instant) => Promise<{
  readonly timers: Timers;
  /** Every timer that is set, in the order of setting. */
  readonly set: () => readonly SetTimer[];
  readonly pages: () => readonly CampaignPage[];
  close(): Promise<void>;
}>;

const OVERTAKES_NOBODY_MS = 5 * SECOND;
const ENROLLMENT = enrollmentIdOf(contactNumber(1), 1);

export function timersContract(open: OpenTimers): void {
  describe('timers', () => {
    let opened: Awaited<ReturnType<OpenTimers>>;
    beforeEach(async () => {
      opened = await open(AT);
    });
    afterEach(() => opened.close());
    const dueIn = (ms: number, step = 1) => ({ enrollmentId: ENROLLMENT, step, dueAt: plus(AT, ms) });

    it.each([
      ['an hour ago', -60 * MINUTE],
      ['now', 0],
      ['in a moment', 1],
      ['in two minutes', 2 * MINUTE],
      ['just after two minutes', 2 * MINUTE + 1],
      ['in a week', 7 * DAY + 123],
    ])('wake what is due %s, never before it is due', async (_when, ms) => {
      const timer = dueIn(ms);
      await opened.timers.setStep(timer);
      const [set, ...more] = opened.set();
      expect(more).toEqual([]);
      expect(set).toMatchObject({ enrollmentId: ENROLLMENT, step: 1, minute: minuteName(timer.dueAt) });
      expect(set && set.notBefore >= timer.dueAt).toBe(true);
      // A few seconds of its own for the save that comes after it; then at once.
      const soonest = plus(AT, OVERTAKES_NOBODY_MS);
      expect(set && set.notBefore >= soonest).toBe(true);
      expect(set && set.notBefore <= plus(timer.dueAt > soonest ? timer.dueAt : soonest, SECOND)).toBe(true);
    });

    it('are one where the same moment of the same step is set twice', async () => {
      await opened.timers.setStep(dueIn(DAY));
      await opened.timers.setStep(dueIn(DAY));
      expect(opened.set()).toHaveLength(1);
    });

    it('are two where a step moved, or where two steps share a minute', async () => {
      await opened.timers.setStep(dueIn(DAY));
      await opened.timers.setStep(dueIn(DAY + MINUTE));
      await opened.timers.setStep(dueIn(DAY, 2));
      expect(opened.set()).toHaveLength(3);
    });

    it('queue pages of a campaign as they were given', async () => {
      const contactIds = Array.from({ length: 500 }, (_, n) => contactNumber(n));
      const enroll: CampaignPage = { kind: 'enroll', campaignId: CAMPAIGN, contactIds };
      const opening: CampaignPage = { kind: 'gate-opened', campaignId: CAMPAIGN, since: AT, after: 'x' };
      await opened.timers.queuePage(enroll);
      await opened.timers.queuePage(opening);
      expect(opened.pages()).toHaveLength(2);
      expect(opened.pages()).toEqual(expect.arrayContaining([enroll, opening]));
    });

    it('refuse a page that no queue takes, instead of losing its end', async () => {
      const contactIds = Array.from({ length: 10_000 }, (_, n) => contactNumber(n));
      const page: CampaignPage = { kind: 'enroll', campaignId: 'big' as CampaignId, contactIds };
      await expect(opened.timers.queuePage(page)).rejects.toThrow('bytes');
      expect(opened.pages()).toEqual([]);
    });
  });
}

export type OpenMailbox = () => Promise<{
  readonly mailbox: Mailbox;
  readonly putMail: (rawKey: string, raw: Uint8Array) => Promise<void>;
  /** What `receive-mail` will be handed, parsed. */
  readonly queued: () => Promise<readonly unknown[]>;
  /** `beingLookedAt` of the `count` are in somebody's hands at the moment. */
  readonly giveUpOn: (count: number, beingLookedAt: number) => Promise<void>;
  close(): Promise<void>;
}>;

export function mailboxContract(open: OpenMailbox): void {
  describe('the mailbox', () => {
    let opened: Awaited<ReturnType<OpenMailbox>>;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());
    const raw = new TextEncoder().encode('Subject: hi\r\n\r\nGrüße');

    it('reads a mail byte for byte', async () => {
      await opened.putMail('inbound/a', raw);
      expect(await opened.mailbox.read('inbound/a', 1_000)).toEqual(raw);
      expect(await opened.mailbox.read('inbound/a', raw.length)).toEqual(raw);
    });

    it('reads no more than was asked for', async () => {
      await opened.putMail('inbound/a', raw);
      expect(await opened.mailbox.read('inbound/a', 7)).toEqual(raw.slice(0, 7));
    });

    it('tells an empty mail from none', async () => {
      await opened.putMail('inbound/empty', new Uint8Array());
      expect(await opened.mailbox.read('inbound/empty', 10)).toEqual(new Uint8Array());
      expect(await opened.mailbox.read('inbound/none', 10)).toBeUndefined();
    });

    it('sends marks and unread mails down the inbound path', async () => {
      const arrival: Arrival = sampleArrival();
      await opened.mailbox.sendMark(AT);
      await opened.mailbox.requeue(arrival);
      const queued = await opened.queued();
      expect(queued).toHaveLength(2);
      expect(queued).toEqual(
        expect.arrayContaining([
          { kind: 'mark', at: AT },
          { kind: 'arrival', arrival },
        ]),
      );
    });

    it('counts what was given up on, also while somebody looks at it', async () => {
      expect(await opened.mailbox.countDeadLetters()).toBe(0);
      await opened.giveUpOn(3, 1);
      expect(await opened.mailbox.countDeadLetters()).toBe(3);
    });
  });
}
