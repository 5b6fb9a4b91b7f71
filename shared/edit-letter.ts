/**
 * A letter edited for one contact before it goes. From then on it is frozen: neither the sequence nor the contact's
 * data changes it. What had been approved stops standing first, so that no run sends the old words in between.
 */
import { stateOf } from './approve-letters.ts';
import type { ContactFault } from './complete-contact.ts';
import type { CampaignId, ContactId, EnrollmentId } from './domain/ids.ts';
import type { FrozenLetter, LetterText } from './domain/letter/letter-text.ts';
import { applyEvent } from './engine.ts';
import { loadKnown } from './known-walk.ts';
import { freezeOwnLetters } from './own-letters.ts';
import type { Ports } from './ports.ts';

export type Edited =
  | { readonly kind: 'edited' }
  | { readonly kind: 'invalid'; readonly faults: readonly ContactFault[] }
  /** It has gone, it is on its way, or another step is next. */
  | { readonly kind: 'gone' };

const CHANGE_TRIES = 5;

/** What `given` leaves out is taken from the sequence's step as it is today. Idempotent. */
export async function editLetter(
  ports: Ports,
  enrollmentId: EnrollmentId,
  step: number,
  given: LetterText & { readonly language?: string | undefined },
): Promise<Edited> {
  const state = await stateOf(ports, enrollmentId);
  const walk = state?.enrollment;
  if (!state || walk?.kind !== 'open' || !isNext(walk, step)) return { kind: 'gone' };
  const known = await loadKnown(ports, walk);
  const own = freezeOwnLetters({ [step]: given }, known);
  const letter = own?.steps[String(step)];
  if (!letter) return { kind: 'invalid', faults: own?.faults ?? [] };
  await applyEvent(ports, enrollmentId, { kind: 'letter-edited', step });
  await keepLetter(ports, state.contactId, walk.campaignId, step, letter);
  const after = (await stateOf(ports, enrollmentId))?.enrollment;
  return after?.kind === 'open' && isNext(after, step) ? { kind: 'edited' } : { kind: 'gone' };
}

const isNext = (walk: { readonly letter: { readonly kind: string; readonly step: number } }, step: number) =>
  walk.letter.kind === 'planned' && walk.letter.step === step;

async function keepLetter(
  ports: Ports,
  contactId: ContactId,
  campaignId: CampaignId,
  step: number,
  letter: FrozenLetter,
): Promise<void> {
  for (let attempt = 0; attempt < CHANGE_TRIES; attempt++) {
    const known = await ports.store.load('letters', contactId, campaignId);
    const kept = known ?? { contactId, campaignId, steps: {} };
    const edits = (kept.edits ?? 0) + 1;
    const after = { ...kept, edits, steps: { ...kept.steps, [step]: letter } };
    if (!known && (await ports.store.putNew('letters', after)) === 'put') return;
    if (known && (await ports.store.replace('letters', known, after, ['edits'])) === 'saved') return;
  }
  throw new Error(
    `The letters of contact ${contactId} are too contended: ${CHANGE_TRIES} changes in a row lost`,
  );
}
