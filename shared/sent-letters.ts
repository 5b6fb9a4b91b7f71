/** The letters of one walk that really went out: what a paragraph may refer to. */
import { type EnrollmentId, readEnrollmentId } from './domain/ids.ts';
import { letterMessageId } from './domain/message.ts';
import type { SentLetterLine } from './domain/paragraph.ts';
import type { Ports } from './ports.ts';

/** Oldest first. The state item is the truth about what went out; the message record knows the words. */
export async function sentLetters(
  ports: Ports,
  enrollmentId: EnrollmentId,
): Promise<readonly SentLetterLine[]> {
  const contactId = readEnrollmentId(enrollmentId)?.contactId;
  if (!contactId) return [];
  const current = (await ports.store.loadState(contactId))?.state.enrollment;
  const walks = current?.id === enrollmentId ? [current] : await ports.store.listWalks(contactId);
  const sent = walks.find((walk) => walk.id === enrollmentId)?.sent ?? [];
  const lines = await Promise.all(
    sent.map(async ({ step, at }): Promise<SentLetterLine[]> => {
      const message = await ports.store.load('message', contactId, letterMessageId(enrollmentId, step));
      return message?.kind === 'out' ? [{ step, sentAt: at, subject: message.subject }] : [];
    }),
  );
  return lines.flat();
}
