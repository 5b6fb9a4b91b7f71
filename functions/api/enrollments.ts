/** /v1/enrollments: what a person may say about one contact's walk. */
import type { Context } from 'hono';
import { Hono } from 'hono/quick';
import { DecideInput, type EnrollmentView, HoldInput, ReleaseInput } from '../../shared/api/contacts.ts';
import type { PersonEvent } from '../../shared/domain/enrollment/event.ts';
import type { Enrollment } from '../../shared/domain/enrollment/state.ts';
import { type ContactId, type EnrollmentId, readEnrollmentId } from '../../shared/domain/ids.ts';
import { applyEvent } from '../../shared/engine.ts';
import { explainNext } from '../../shared/explain-step.ts';
import type { Ports } from '../../shared/ports.ts';
import { reopenCampaign } from '../../shared/reopen-campaign.ts';
import { enrollmentViews, nextStepView } from './enrollment-view.ts';
import { conflict, invalid, notFound } from './problem.ts';
import { languageOf, readBody } from './request.ts';

/** The hold that a person sets: one at a time, so that its release needs no name. */
const PERSON_HOLD = 'person';

export function enrollmentRoutes(ports: Ports) {
  const load = async (context: Context) => {
    const id = context.req.param('id') ?? '';
    const found = await findWalk(ports, id);
    if (!found) throw notFound(`Enrollment ${id}`);
    return found;
  };
  const view = async (context: Context): Promise<EnrollmentView> => {
    const { contactId, walk } = await load(context);
    const [shown] = await enrollmentViews(ports, [{ contactId, enrollment: walk }], languageOf(context));
    if (!shown) throw new Error('One enrollment asked for, none worded');
    return shown;
  };
  /** `refusal` says what is wrong where the state machine has nothing to change. */
  const say = async (context: Context, walk: Enrollment, event: PersonEvent, refusal: string) => {
    const { answer } = await applyEvent(ports, walk.id, event);
    if (answer !== 'applied') throw conflict(refusal);
    return context.json(await view(context));
  };
  return new Hono()
    .get('/:id', async (context) => context.json(await view(context)))
    .get('/:id/next', async (context) => {
      const { contactId, walk } = await load(context);
      const state = (await ports.store.loadState(contactId))?.state;
      const current = state?.enrollment?.id === walk.id ? state.enrollment : walk;
      const next = state && current.kind === 'open' ? await explainNext(ports, state, current) : undefined;
      return context.json(nextStepView(current, next));
    })
    .post('/:id/hold', async (context) => {
      const { walk } = await load(context);
      const { until } = await readBody(context, HoldInput, 'optional');
      if (until !== undefined && until <= ports.clock.now()) {
        throw invalid([
          { pointer: '/until', detail: 'This moment has passed: name a later one, or leave it out.' },
        ]);
      }
      const hold = { id: PERSON_HOLD, kind: 'person', ...(until ? { until } : {}) } as const;
      return say(
        context,
        walk,
        { kind: 'held', hold },
        `Enrollment ${walk.id} has ended: there is nothing to hold.`,
      );
    })
    .post('/:id/release', async (context) => {
      const { walk } = await load(context);
      const { hold } = await readBody(context, ReleaseInput, 'optional');
      const names = walk.kind === 'open' ? walk.holds.map(({ id }) => id).join(', ') : '';
      const refusal = `Enrollment ${walk.id} has no hold ${hold}; ${names ? `it has ${names}` : 'nothing holds it'}.`;
      return say(context, walk, { kind: 'released', holdId: hold }, refusal);
    })
    .post('/:id/stop', async (context) => {
      const { walk } = await load(context);
      // Asking twice is no error; what ended otherwise keeps its own end.
      if (walk.kind === 'open') await applyEvent(ports, walk.id, { kind: 'stopped-by-person' });
      return context.json(await view(context));
    })
    .post('/:id/resume', async (context) => {
      const { walk } = await load(context);
      if (walk.kind === 'open') throw conflict(`Enrollment ${walk.id} is open; end a hold with /release.`);
      if (!(await reopenCampaign(ports, walk.campaignId))) {
        throw conflict(`Campaign ${walk.campaignId} was stopped: enroll the contact in another one.`);
      }
      const refusal =
        `Enrollment ${walk.id} cannot go on: it was unsubscribed, bounced or complained about, its last letter's ` +
        'fate is open, its last step is done, or the contact walks elsewhere now.';
      return say(context, walk, { kind: 'resumed' }, refusal);
    })
    .post('/:id/decide', async (context) => {
      const { walk } = await load(context);
      const { decision } = await readBody(context, DecideInput);
      const refusal = `Nothing is to be decided about enrollment ${walk.id}: the fate of its letter is known.`;
      return say(context, walk, { kind: 'decided', decision }, refusal);
    });
}

/** The walk that the contact is on, or an older one. */
async function findWalk(
  ports: Ports,
  id: string,
): Promise<{ readonly contactId: ContactId; readonly walk: Enrollment } | undefined> {
  const named = readEnrollmentId(id);
  if (!named) return undefined;
  const current = (await ports.store.loadState(named.contactId))?.state.enrollment;
  if (current?.id === id) return { contactId: named.contactId, walk: current };
  const older = await ports.store.listWalks(named.contactId);
  const walk = older.find((one) => one.id === (id as EnrollmentId));
  return walk && { contactId: named.contactId, walk };
}
