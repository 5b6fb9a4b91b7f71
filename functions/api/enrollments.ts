/** /v1/enrollments: what a person may say about one contact's walk. */
import type { EnrollmentView } from '../../shared/api/contacts.ts';
import type { enrollmentOperations } from '../../shared/api/operations/enrollments.ts';
import type { PersonEvent } from '../../shared/domain/enrollment/event.ts';
import type { Enrollment } from '../../shared/domain/enrollment/state.ts';
import type { ClaimId } from '../../shared/domain/ids.ts';
import { applyEvent } from '../../shared/engine.ts';
import { explainNext } from '../../shared/explain-step.ts';
import { findWalk } from '../../shared/find-walk.ts';
import { reopenCampaign } from '../../shared/reopen-campaign.ts';
import { enrollmentViews, nextStepView } from './enrollment-view.ts';
import { type Language, type MakeHandlers, ok } from './handler.ts';
import { approveNextLetter, declineNextLetter, showNextLetter, writeNextLetter } from './letters.ts';
import { conflict, notFound } from './problem.ts';
import { laterOnly } from './request.ts';

/** The hold that a person sets: one at a time, so that its release needs no name. */
const PERSON_HOLD = 'person';

export const enrollmentHandlers: MakeHandlers<typeof enrollmentOperations> = (ports) => {
  const load = async (id: string) => {
    const found = await findWalk(ports, id);
    if (!found) throw notFound(`Enrollment ${id}`);
    return found;
  };
  const view = async (id: string, language: Language): Promise<EnrollmentView> => {
    const { contactId, walk } = await load(id);
    const [shown] = await enrollmentViews(ports, [{ contactId, enrollment: walk }], language);
    if (!shown) throw new Error('One enrollment asked for, none worded');
    return shown;
  };
  /** `refusal` says what is wrong where the state machine has nothing to change. */
  const say = async (walk: Enrollment, event: PersonEvent, refusal: string, language: Language) => {
    const { answer } = await applyEvent(ports, walk.id, event);
    if (answer !== 'applied') throw conflict(refusal);
    return ok(await view(walk.id, language));
  };
  return {
    'enrollments.get': async ({ params, language }) => ok(await view(params.id, language)),
    'enrollments.next': async ({ params }) => {
      const { contactId, walk } = await load(params.id);
      const state = (await ports.store.loadState(contactId))?.state;
      const current = state?.enrollment?.id === walk.id ? state.enrollment : walk;
      const next = state && current.kind === 'open' ? await explainNext(ports, state, current) : undefined;
      return ok(nextStepView(current, next));
    },
    'enrollments.hold': async ({ params, body: { until }, language }) => {
      const { walk } = await load(params.id);
      laterOnly(ports, until);
      const hold = { id: PERSON_HOLD, kind: 'person', ...(until ? { until } : {}) } as const;
      const refusal = `Enrollment ${walk.id} has ended: there is nothing to hold.`;
      return say(walk, { kind: 'held', hold }, refusal, language);
    },
    'enrollments.release': async ({ params, body: { hold }, language }) => {
      const { walk } = await load(params.id);
      const names = walk.kind === 'open' ? walk.holds.map(({ id }) => id).join(', ') : '';
      const refusal = `Enrollment ${walk.id} has no hold ${hold}; ${names ? `it has ${names}` : 'nothing holds it'}.`;
      return say(walk, { kind: 'released', holdId: hold }, refusal, language);
    },
    'enrollments.letter': async ({ params }) => {
      await load(params.id);
      return ok(await showNextLetter(ports, params.id));
    },
    'enrollments.editLetter': async ({ params, body }) => {
      await load(params.id);
      return ok(await writeNextLetter(ports, params.id, params.step, body));
    },
    'enrollments.approve': async ({ params, body: { step, print }, language }) => {
      await load(params.id);
      await approveNextLetter(ports, params.id, step, print);
      return ok(await view(params.id, language));
    },
    'enrollments.decline': async ({ params, body, language }) => {
      await load(params.id);
      await declineNextLetter(ports, params.id, body);
      return ok(await view(params.id, language));
    },
    'enrollments.stop': async ({ params, language }) => {
      const { walk } = await load(params.id);
      // Asking twice is no error; what ended otherwise keeps its own end.
      if (walk.kind === 'open') await applyEvent(ports, walk.id, { kind: 'stopped-by-person' });
      return ok(await view(walk.id, language));
    },
    'enrollments.resume': async ({ params, language }) => {
      const { walk } = await load(params.id);
      if (walk.kind === 'open') throw conflict(`Enrollment ${walk.id} is open; end a hold with /release.`);
      if (!(await reopenCampaign(ports, walk.campaignId))) {
        throw conflict(`Campaign ${walk.campaignId} was stopped: enroll the contact in another one.`);
      }
      const refusal =
        `Enrollment ${walk.id} cannot go on: it was unsubscribed, bounced or complained about, its last letter's ` +
        'fate is open, its last step is done, or the contact walks elsewhere now.';
      return say(walk, { kind: 'resumed' }, refusal, language);
    },
    'enrollments.decide': async ({ params, body: { decision, claim }, language }) => {
      const { walk } = await load(params.id);
      const refusal = `Nothing is to be decided about enrollment ${walk.id}: the fate of its letter is known, or that was an earlier claim.`;
      return say(walk, { kind: 'decided', decision, claim: claim as ClaimId }, refusal, language);
    },
  };
};
