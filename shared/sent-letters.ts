/** The letters of one walk that really went out: what a paragraph may refer to. */
import { type CampaignId, type EnrollmentId, readEnrollmentId } from './domain/ids.ts';
import { letterMessageId } from './domain/message.ts';
import type { SentLetterLine } from './domain/paragraph.ts';
import type { Ports } from './ports.ts';

/** Oldest first. The state item is the truth about what went out; the message record knows the words. */
export async function sentLetters(
  ports: Ports,
  enrollmentId: EnrollmentId,
  campaignId: CampaignId,
): Promise<readonly SentLetterLine[]> {
  const contactId = readEnrollmentId(enrollmentId)?.contactId;
  if (!contactId) return [];
  const current = (await ports.store.loadState(contactId))?.state.enrollment;
  const walks = current?.id === enrollmentId ? [current] : await ports.store.listWalks(contactId);
  const sent = walks.find((walk) => walk.id === enrollmentId)?.sent ?? [];
  // Written for this person, its why is better than any field.
  const own = sent.length > 0 ? await ports.store.load('letters', contactId, campaignId) : undefined;
  const lines = await Promise.all(
    sent.map(async ({ step, at }): Promise<SentLetterLine[]> => {
      const message = await ports.store.load('message', contactId, letterMessageId(enrollmentId, step));
      if (message?.kind !== 'out') return [];
      const { why, language } = own?.steps[step] ?? {};
      const written = { ...(why ? { why } : {}), ...(language ? { language } : {}) };
      return [{ step, sentAt: at, subject: message.subject, ...written }];
    }),
  );
  return lines.flat();
}
