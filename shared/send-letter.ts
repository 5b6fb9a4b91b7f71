/**
 * One due step, in this order and no other: prepare → claim → gates → one SES call → next timer → mark. SES has no
 * idempotency token, so whatever is not a definite yes or a definite no becomes `unknown` and is never retried here;
 * SES's own events, which carry the claim in their tags, or a person, settle it.
 */
import { decide } from './domain/enrollment/decide.ts';
import type { Event } from './domain/enrollment/event.ts';
import { isFollowUp } from './domain/enrollment/planning.ts';
import type { ContactState, OpenEnrollment } from './domain/enrollment/state.ts';
import { type Passage, passageOf } from './domain/gate.ts';
import { type AlertId, type ClaimId, derivedId, type EnrollmentId, readEnrollmentId } from './domain/ids.ts';
import { HOUR, type Instant, msBetween, plus, SECOND } from './domain/instant.ts';
import { limitsOf } from './domain/sender.ts';
import { localDate } from './domain/time/plan.ts';
import { type Applied, applyEvent } from './engine.ts';
import { type KnownWalk, loadKnown } from './known-walk.ts';
import type { Loaded, OutgoingMail, Ports, SendOutcome } from './ports.ts';
import { type PreparedLetter, prepareLetter } from './prepare-letter.ts';
import { raiseAlert } from './raise-alert.ts';
import { seeToGate } from './see-to-gate.ts';

export type StepTimer = {
  readonly enrollmentId: EnrollmentId;
  readonly step: number;
  /** The minute that the timer was named after, base 36. */
  readonly minute: string;
};

/** A claim older than this in the line before the call is given back: a paused execution must not wake up and send. */
export const CLAIM_FRESH_MS = 5 * SECOND;
/** A daily quota rolls over 24 hours; asking again every hour costs little. */
const QUOTA_RETRY_MS = HOUR;

/** Answers what became of the timer. Throws only on surprises before the SES call; the queue then asks again. */
export async function sendDueStep(ports: Ports, timer: StepTimer): Promise<Applied['answer']> {
  const { enrollmentId, step, minute } = timer;
  const event = { kind: 'step-due', step, minute, claim: ports.ids.fresh() as ClaimId } as const;

  const due = await lookAhead(ports, enrollmentId, event);
  if (due?.known.plan.steps[step]?.kind === 'task') return putStepTask(ports, due, event);
  const prepared = due && (await prepareLetter(ports, due.walk, due.known, step));
  if (prepared?.kind === 'changed')
    return (await applyEvent(ports, enrollmentId, { kind: 'letter-changed', step })).answer;
  if (prepared?.kind === 'invalid') {
    const held = await applyEvent(ports, enrollmentId, { kind: 'letter-invalid', step, rule: prepared.rule });
    return held.answer;
  }
  const claimed = await applyEvent(ports, enrollmentId, event, due?.known.plan, due?.seen);
  if (!claimed.sendLetter) return claimed.answer;
  const { claim, claimedAt } = claimed.sendLetter;
  if (!prepared || !isWhatWasApproved(prepared, claimed.state)) {
    // It became sendable, or other words were approved, between the look and the claim: the claim goes back.
    return (await applyEvent(ports, enrollmentId, { kind: 'claim-expired', claim })).answer;
  }
  await throughGates(ports, { ...prepared, claimed: claimed.saved }, claim, claimedAt);
  return claimed.answer;
}

const isWhatWasApproved = ({ walk }: PreparedLetter, claimed: ContactState | undefined): boolean =>
  claimed?.enrollment?.kind === 'open' && claimed.enrollment.approved?.print === walk.approved?.print;

/** No claim is needed: the task's id hangs on the step. A gate that closes in between lets one task through. */
async function putStepTask(
  ports: Ports,
  { walk, known }: LookedAhead,
  event: Extract<Event, { kind: 'step-due' }>,
): Promise<Applied['answer']> {
  const { contact, plan } = known;
  const { step } = event;
  const gates = await ports.store.readGates({
    campaignId: walk.campaignId,
    senderId: walk.senderId,
    ...(contact.companyDomain ? { companyDomain: contact.companyDomain } : {}),
  });
  const passage = passageOf(gates, isFollowUp(plan.steps, step), ports.clock.now());
  await seeToGate(ports, {
    campaignId: walk.campaignId,
    companyDomain: contact.companyDomain,
    gates,
    passage,
  });
  return (await applyEvent(ports, walk.id, taskEvent(passage, event), plan)).answer;
}

function taskEvent(passage: Passage, event: Extract<Event, { kind: 'step-due' }>): Event {
  switch (passage.kind) {
    case 'open':
      return event;
    case 'closed':
      return { kind: 'step-postponed', step: event.step, gate: passage.gate, retryAt: passage.retryAt };
    case 'shut':
      return { kind: 'stopped-by-person' };
    default:
      return passage satisfies never;
  }
}

type LookedAhead = { readonly walk: OpenEnrollment; readonly known: KnownWalk; readonly seen: Loaded };
/** `claimed`: the state as the claim has saved it. */
type ClaimedLetter = PreparedLetter & { readonly claimed: Loaded | undefined };

/** A look without a write: nothing is rendered for the many timers that turn out stale. */
async function lookAhead(
  ports: Ports,
  enrollmentId: EnrollmentId,
  event: Event,
): Promise<LookedAhead | undefined> {
  const named = readEnrollmentId(enrollmentId);
  const loaded = named && (await ports.store.loadState(named.contactId));
  const walk = loaded?.state.enrollment;
  if (!loaded || walk?.id !== enrollmentId || walk.kind !== 'open') return undefined;
  const known = await loadKnown(ports, walk);
  const decision = decide(loaded.state, event, ports.clock.now(), known.plan);
  const wouldAct = decision.effects.some(({ kind }) => kind === 'send-letter' || kind === 'add-task');
  return wouldAct ? { walk, known, seen: loaded } : undefined;
}

async function throughGates(
  ports: Ports,
  prepared: ClaimedLetter,
  claim: ClaimId,
  claimedAt: Instant,
): Promise<void> {
  const { walk, step } = prepared;
  const { sender, contact, plan } = prepared.known;
  const back = (event: Event): Promise<Applied> => applyEvent(ports, walk.id, event, plan);
  const gates = await ports.store.readGates({
    campaignId: walk.campaignId,
    senderId: walk.senderId,
    ...(contact.companyDomain ? { companyDomain: contact.companyDomain } : {}),
  });
  const now = ports.clock.now();
  const passage = passageOf(gates, isFollowUp(plan.steps, step), now);
  if (passage.kind !== 'open') {
    await back({ kind: 'gate-closed', claim, gate: passage.gate, retryAt: passage.retryAt });
    // A page that outlived its campaign, or came after its company was suppressed, began this walk.
    if (passage.kind === 'shut') await back({ kind: 'stopped-by-person' });
    await seeToGate(ports, {
      campaignId: walk.campaignId,
      companyDomain: contact.companyDomain,
      gates,
      passage,
    });
    return;
  }
  const day = localDate(sender.zone, now);
  if (!(await ports.store.takeQuota(sender.id, day, limitsOf(sender).perDay))) {
    await back({ kind: 'gate-closed', claim, gate: 'sender', retryAt: plus(now, QUOTA_RETRY_MS) });
    return;
  }
  const mail: OutgoingMail = { ...prepared.mail, tags: { enrollment: walk.id, step: String(step), claim } };
  if (msBetween(claimedAt, ports.clock.now()) > CLAIM_FRESH_MS) {
    await back({ kind: 'claim-expired', claim });
    await ports.store.giveQuota(sender.id, day);
    return;
  }
  const outcome = await ports.mailer.send(mail);
  await settle(ports, prepared, claim, outcome);
  if (outcome.kind === 'refused') await ports.store.giveQuota(sender.id, day);
}

/** Turns SES's answer into an event. A `yes` that cannot be recorded throws; SES's Send event then records it. */
async function settle(
  ports: Ports,
  prepared: ClaimedLetter,
  claim: ClaimId,
  outcome: SendOutcome,
): Promise<void> {
  const { walk, step, known, claimed } = prepared;
  const tell = (event: Event): Promise<Applied> => applyEvent(ports, walk.id, event, known.plan, claimed);
  if (outcome.kind === 'accepted') {
    await tell({ kind: 'step-sent', step, claim, sesId: outcome.sesId });
    return;
  }
  if (outcome.kind === 'unknown') {
    await tell({ kind: 'send-unknown', claim });
    return;
  }
  const now = ports.clock.now();
  switch (outcome.why) {
    case 'throttled':
    case 'unreachable':
      await tell({ kind: 'send-refused', claim, why: outcome.why, retryAt: plus(now, retryMs(claim)) });
      return;
    case 'rejected':
      await tell({ kind: 'send-failed', claim, why: outcome.why });
      return;
    case 'daily-quota':
    case 'sending-paused': {
      const until = plus(now, QUOTA_RETRY_MS);
      await ports.store.pauseSender({ senderId: walk.senderId, at: now, until, why: outcome.why });
      await tell({ kind: 'gate-closed', claim, gate: 'sender', retryAt: until });
      await alarm(ports, prepared, outcome.why, now);
      return;
    }
    case 'configuration':
      await pauseCampaign(ports, prepared, now);
      await tell({ kind: 'gate-closed', claim, gate: 'campaign', retryAt: plus(now, QUOTA_RETRY_MS) });
      await alarm(ports, prepared, outcome.why, now);
      return;
    default:
      return outcome.why satisfies never;
  }
}

/** 5–60 s, spread by the claim, so that a burst that was refused together does not come back together. */
const retryMs = (claim: ClaimId): number =>
  (5 + (Number.parseInt(derivedId('jitter', claim).slice(0, 6), 36) % 56)) * SECOND;

/** No letter of this campaign can go: better to stop and ring than to burn every step against the same wall. */
async function pauseCampaign(ports: Ports, prepared: PreparedLetter, now: Instant): Promise<void> {
  const campaign = await ports.store.load('campaign', prepared.walk.campaignId);
  if (campaign?.status !== 'running') return;
  await ports.store.replace('campaign', campaign, { ...campaign, status: 'paused', statusSince: now }, [
    'status',
  ]);
}

async function alarm(ports: Ports, prepared: PreparedLetter, why: string, now: Instant): Promise<void> {
  const { senderId, campaignId } = prepared.walk;
  const day = localDate(prepared.known.sender.zone, now);
  await raiseAlert(ports, {
    id: derivedId('alert', 'sending-stopped', senderId, why, day) as AlertId,
    kind: 'sending-stopped',
    at: now,
    senderId,
    campaignId,
    detail: why,
    delivered: {},
  });
}
