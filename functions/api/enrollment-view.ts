/** Enrollments as people read them: what the letter is doing, what holds it, and why, in words. */
import type { z } from 'zod';
import type { Clock, EnrollmentView, NextStepView, WordedReason } from '../../shared/api/contacts.ts';
import type { ReasonView } from '../../shared/api.ts';
import { type Because, type Reason, wordBecause } from '../../shared/domain/because.ts';
import { type Contact, displayName } from '../../shared/domain/contact.ts';
import type { ContactState, Enrollment } from '../../shared/domain/enrollment/state.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { localDate, localTime } from '../../shared/domain/time/plan.ts';
import type { NextStep } from '../../shared/explain-step.ts';
import type { EnrollmentView as Listed, Ports } from '../../shared/ports.ts';
import type { Language } from './handler.ts';

/** `zone`: by whose clock its moments are said. */
export const reasonView = (because: Because, language: Language, zone: string) =>
  ({ at: because.at, rule: because.rule, text: wordBecause(because, language, zone) }) satisfies z.infer<
    typeof ReasonView
  >;

/** Reads the names and the reasons beside each, all by two large reads; in the order given. */
export async function enrollmentViews(
  ports: Ports,
  listed: readonly Listed[],
  language: Language,
): Promise<EnrollmentView[]> {
  const [states, contacts] = await Promise.all([
    ports.store.loadStates(listed.map(({ contactId }) => contactId)),
    ports.store.loadMany(
      'contact',
      listed.map(({ contactId }) => [contactId]),
    ),
  ]);
  return listed.map(({ contactId, enrollment }, at) => {
    const state = states[at]?.state;
    const isCurrent = state?.enrollment?.id === enrollment.id;
    return enrollmentView({
      contactId,
      walk: isCurrent && state.enrollment ? state.enrollment : enrollment,
      contact: contacts[at],
      state: isCurrent ? state : undefined,
      language,
    });
  });
}

export function enrollmentView(of: {
  readonly contactId: ContactId;
  readonly walk: Enrollment;
  readonly contact: Contact | undefined;
  /** Of the walk that the contact is on now: its reasons stand on the state item. */
  readonly state: ContactState | undefined;
  readonly language: Language;
}): EnrollmentView {
  const { contactId, walk, contact, state, language } = of;
  return {
    id: walk.id,
    contactId,
    campaignId: walk.campaignId,
    senderId: walk.senderId,
    ...(contact ? { name: displayName(contact) } : {}),
    ...(contact?.company ? { company: contact.company } : {}),
    ...(contact?.country ? { country: contact.country } : {}),
    ...(contact?.grade ? { grade: contact.grade } : {}),
    ...progressOf(walk),
    holds: walk.kind === 'open' ? [...walk.holds] : [],
    sent: [...walk.sent],
    reasons: (state?.because ?? []).map((because) => reasonView(because, language, contact?.zone ?? 'UTC')),
  };
}

function progressOf(
  walk: Enrollment,
): Pick<EnrollmentView, 'state' | 'stopped' | 'step' | 'dueAt' | 'claim' | 'endedAt'> {
  if (walk.kind === 'ended') {
    const { end, endedAt } = walk;
    return end.kind === 'stopped'
      ? { state: end.kind, stopped: end.why, endedAt }
      : { state: end.kind, endedAt };
  }
  const { letter } = walk;
  const dueAt = letter.kind === 'planned' ? { dueAt: letter.dueAt } : {};
  const claim = letter.kind === 'unknown' ? { claim: letter.claim } : {};
  return { state: letter.kind, step: letter.step, ...dueAt, ...claim };
}

/** In both languages: a plan is often read by two people. */
export const wordedReason = (reason: Reason, zone: string): z.infer<typeof WordedReason> => ({
  rule: reason.rule,
  en: wordBecause(reason, 'en', zone),
  zh: wordBecause(reason, 'zh', zone),
});

export const clockView = (zone: string, at: Instant): z.infer<typeof Clock> => ({
  zone,
  date: localDate(zone, at),
  time: localTime(zone, at),
});

export function nextStepView(walk: Enrollment, next: NextStep | undefined): NextStepView {
  const { state } = progressOf(walk);
  if (!next) return { enrollmentId: walk.id, state, reasons: [] };
  const { step, at, reasons, zone, senderZone } = next;
  const clocks = at && { at, theirs: clockView(zone, at), ours: clockView(senderZone, at) };
  return {
    enrollmentId: walk.id,
    state,
    step,
    ...clocks,
    reasons: reasons.map((reason) => wordedReason(reason, zone)),
  };
}
