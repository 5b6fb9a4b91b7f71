/**
 * A person's word about a mail is the last one. A run that read the mail before they did, and stood still meanwhile, must
 * not do once more what they have taken back.
 */
import type { Event } from './event.ts';
import type { ContactState } from './state.ts';

/** A contact has a handful of mails; the state item stays small. */
const KEPT_MAX = 20;

/** `mail`: the key under which its arrival put its hold. */
export function withReadByPerson(state: ContactState, mail: string | undefined): ContactState {
  if (mail === undefined || isReadByPerson(state, mail)) return state;
  return { ...state, readByPerson: [...(state.readByPerson ?? []), mail].slice(-KEPT_MAX) };
}

/** What a reader says of a mail that a person has read gives back its own hold, no more. */
export function unlessReadByPerson(state: ContactState, event: Event): Event {
  if (!('mail' in event) || event.mail === undefined || event.kind === 'mail-arrived') return event;
  if (!isReadByPerson(state, event.mail)) return event;
  return { kind: 'mail-noted', mail: event.mail, what: 'read by a person' };
}

const isReadByPerson = (state: ContactState, mail: string): boolean =>
  state.readByPerson?.includes(mail) === true;
