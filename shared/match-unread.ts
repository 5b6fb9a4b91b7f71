/** Whose a mail may be that nobody could read: it holds whoever it names first, until a person has looked. */
import { readEnrollmentId } from './domain/ids.ts';
import { readOwnMessageId, readSesMessageId } from './domain/message-id.ts';
import { namesInRaw } from './inbound/raw-names.ts';
import { type Match, walkOf } from './match-mail.ts';
import type { Ports } from './ports.ts';

/**
 * The letter that one of its ids names, or the first contact among its addresses. Never acts: `mayAct` is false.
 * @param head the first bytes of the mail as it came; headers, and where a forward is written out, its words.
 */
export async function matchUnread(ports: Ports, head: Uint8Array): Promise<Match | undefined> {
  const names = namesInRaw(head);
  for (const name of names) {
    const enrollmentId = await letterOf(ports, name);
    const contactId = enrollmentId && readEnrollmentId(enrollmentId)?.contactId;
    if (enrollmentId && contactId && (await ports.store.loadState(contactId)))
      return { contactId, enrollmentId, by: 'message-id', mayAct: false };
  }
  for (const name of names) {
    const walk = await walkOf(ports, name);
    if (walk) return { ...walk, by: 'sender', mayAct: false };
  }
  return undefined;
}

async function letterOf(ports: Ports, name: string) {
  const sesId = readSesMessageId(`<${name}>`);
  if (sesId) return (await ports.store.findSesId(sesId))?.enrollmentId;
  return readOwnMessageId(`<${name}>`, ports.settings.replyDomain)?.enrollmentId;
}
