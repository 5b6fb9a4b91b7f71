/** /v1/enrollments/ID/letter and what may be said of it: seen, edited, approved, declined. */
import type { EditLetterGiven, LetterToApprove } from '../../shared/api/approvals.ts';
import { approveLetter, declineLetter, nextLetterOf } from '../../shared/approve-letters.ts';
import type { EnrollmentId } from '../../shared/domain/ids.ts';
import { editLetter } from '../../shared/edit-letter.ts';
import type { Ports } from '../../shared/ports.ts';
import { letterToApprove, refusalOf } from './approvals.ts';
import { conflict, invalid } from './problem.ts';

const nothingToGo = (id: string) =>
  conflict(
    `No letter of enrollment ${id} is about to go: it is on its way, a task is next, or the walk is over.`,
  );

export async function showNextLetter(ports: Ports, id: string): Promise<LetterToApprove> {
  const next = await nextLetterOf(ports, id as EnrollmentId);
  if (!next) throw nothingToGo(id);
  return letterToApprove(next);
}

/** Throws a 409 where another step is next, or where the lint does not let go what `approve` asks for. */
export async function writeNextLetter(
  ports: Ports,
  id: string,
  step: number,
  { approve, ...given }: EditLetterGiven,
): Promise<LetterToApprove> {
  const edited = await editLetter(ports, id as EnrollmentId, step, given);
  if (edited.kind === 'gone')
    throw conflict(`Letter ${step} of enrollment ${id} is not the one that goes next.`);
  if (edited.kind === 'invalid') {
    const place = `/letters/${step}`;
    throw invalid(edited.faults.map((fault) => ({ ...fault, pointer: fault.pointer.replace(place, '') })));
  }
  const shown = await showNextLetter(ports, id);
  if (!approve || shown.print === undefined) return shown;
  await approveNextLetter(ports, id, step, shown.print);
  return showNextLetter(ports, id);
}

export async function approveNextLetter(
  ports: Ports,
  id: string,
  step: number,
  print: string,
): Promise<void> {
  const detail = refusalOf(await approveLetter(ports, { enrollmentId: id as EnrollmentId, step, print }));
  if (detail) throw conflict(detail);
}

export async function declineNextLetter(
  ports: Ports,
  id: string,
  asked: { readonly step: number; readonly instead: 'stop' | 'skip'; readonly reason: string },
): Promise<void> {
  const declined = await declineLetter(ports, { enrollmentId: id as EnrollmentId, ...asked });
  if (declined === 'first-letter')
    throw conflict(
      'A first letter cannot be skipped: what follows would follow up on nothing. Stop the walk.',
    );
  if (declined === 'not-waiting') throw nothingToGo(id);
}
