/** What one decision means to other systems. Ids follow from the event, so that a repeat is the same news. */
import { derivedId, type MessageId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { News } from '../notice.ts';
import type { Event } from './event.ts';
import type { ContactState } from './state.ts';

/** Pure; empty where nothing came of the event. */
export function newsOf(
  event: Event,
  before: ContactState,
  after: ContactState,
  isApplied: boolean,
  now: Instant,
): readonly News[] {
  const { contactId } = before;
  const walk = before.enrollment;
  const about = walk && { enrollmentId: walk.id, campaignId: walk.campaignId, senderId: walk.senderId };
  const news: News[] = [];
  const meant = event.kind === 'reading-corrected' ? event.now : event;
  const ofMail = (type: 'reply.received' | 'absence.detected', messageId: MessageId): News => ({
    id: derivedId('news', type, messageId),
    type,
    at: now,
    contactId,
    ...about,
    messageId,
  });
  if (isApplied && meant.kind === 'replied' && !meant.isMachine)
    news.push(ofMail('reply.received', meant.messageId));
  if (isApplied && meant.kind === 'absent') news.push(ofMail('absence.detected', meant.messageId));
  if (before.standing.kind === 'open' && after.standing.kind === 'suppressed') {
    // By the day: a round that loses its save and begins anew has the same news.
    const id = derivedId('news', 'contact.suppressed', contactId, now.slice(0, 10));
    news.push({ id, type: 'contact.suppressed', at: now, contactId, ...about, why: after.standing.why });
  }
  return news;
}
