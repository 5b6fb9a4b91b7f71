/** A contact's walk, ready to be told things: valid by default, one field overridden at a time. */
import { decide, freshState } from '../../shared/domain/enrollment/decide.ts';
import type { Event } from '../../shared/domain/enrollment/event.ts';
import type { ContactState } from '../../shared/domain/enrollment/state.ts';
import type { Decision, Plan } from '../../shared/domain/enrollment/turn.ts';
import type { CampaignId, ClaimId, ContactId, MessageId, SenderId, SesId } from '../../shared/domain/ids.ts';
import { type Instant, instant, minuteName } from '../../shared/domain/instant.ts';

export const CONTACT = 'abcdefghijklmnopqrstuvwxyz' as ContactId;
export const CAMPAIGN = 'cmp1' as CampaignId;
export const SENDER = 'snd1' as SenderId;
export const claimOf = (name: string): ClaimId => name as ClaimId;
export const sesOf = (name: string): SesId => name as SesId;
export const messageOf = (name: string): MessageId => name as MessageId;

/** Berlin, no holidays: Tuesday 2026-11-24 is an ordinary working day. */
export const PLAN: Plan = {
  steps: [
    { kind: 'letter', delay: { days: 0 }, subject: 'Hello', body: 'First.' },
    { kind: 'letter', delay: { days: 7 }, body: 'Second.' },
  ],
  calendar: {
    zone: 'Europe/Berlin',
    country: 'DE',
    workingDays: [1, 2, 3, 4, 5],
    holidays: {},
    coveredYears: [2024, 2031],
  },
  senderZone: 'Asia/Shanghai',
};

export const TUESDAY = instant('2026-11-24T06:00:00Z');

/** A walk that hears one event after another, each at its own moment, and remembers every decision. */
export function aWalk(plan: Plan = PLAN, begin: Instant = TUESDAY) {
  let state: ContactState = freshState(CONTACT);
  let now = begin;
  const tell = (event: Event, at: Instant = now): Decision => {
    now = at;
    const decision = decide(state, event, at, plan);
    state = decision.state;
    return decision;
  };
  const walk = {
    get state() {
      return state;
    },
    get enrollment() {
      return state.enrollment;
    },
    get now() {
      return now;
    },
    tell,
    enrolled: () => tell({ kind: 'enrolled', n: 1, campaignId: CAMPAIGN, senderId: SENDER }),
    dueAt: (): Instant => {
      const letter = state.enrollment?.letter;
      if (letter?.kind !== 'planned') throw new Error(`nothing is planned: ${JSON.stringify(letter)}`);
      return letter.dueAt;
    },
    /** The planned step's own timer fires at its moment. */
    due: (claim: string) => {
      const letter = state.enrollment?.letter;
      if (letter?.kind !== 'planned') throw new Error('nothing is planned');
      const { step, dueAt } = letter;
      return tell({ kind: 'step-due', step, minute: minuteName(dueAt), claim: claimOf(claim) }, dueAt);
    },
    sent: (claim: string, step: number, at: Instant = now) =>
      tell({ kind: 'step-sent', step, claim: claimOf(claim), sesId: sesOf(`ses-${claim}`) }, at),
  };
  return walk;
}

/** The kinds of a decision's orders; putting old reasons away is not of interest here. */
export const kindsOf = (decision: Decision): readonly string[] =>
  decision.effects.map((effect) => effect.kind).filter((kind) => kind !== 'keep-because');
