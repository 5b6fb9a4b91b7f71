/** What a person writes into the customer file: facts, grade, dossier, and what becomes of a suggestion. */
import type { ContactPatch, SuggestionInput } from './api/contacts.ts';
import type { Contact } from './domain/contact.ts';
import { mergeDossier } from './domain/dossier.ts';
import { gradeOf } from './domain/grade.ts';
import type { ContactId } from './domain/ids.ts';
import type { Ports } from './ports.ts';

const TRIES = 5;
/** What an edit at the same moment may touch: a suggestion, a wrong number, another person's edit. */
const WATCHED = [
  'suggestedAt',
  'suggestions',
  'phones',
  'title',
  'company',
  'grade',
  'factors',
  'dossier',
] as const;

/** `undefined`: there is no such contact. `expected` throws where it is not as the caller knew it. */
export const editContact = (
  ports: Ports,
  id: ContactId,
  patch: ContactPatch,
  expected?: (before: Contact) => void,
): Promise<Contact | undefined> =>
  edit(ports, id, (contact) => {
    expected?.(contact);
    return edited(contact, patch);
  });

/** Accepted, it goes where it belongs; either way it is not suggested again. `undefined`: no such suggestion. */
export const settleSuggestion = (
  ports: Ports,
  id: ContactId,
  { field, value, accept }: SuggestionInput,
): Promise<Contact | undefined> =>
  edit(ports, id, (contact) => {
    const isMeant = (one: { field: string; value: string }) => one.field === field && one.value === value;
    if (!contact.suggestions?.some(isMeant)) return undefined;
    const suggestions = contact.suggestions.map((one) =>
      isMeant(one) ? { ...one, settled: accept ? ('accepted' as const) : ('dismissed' as const) } : one,
    );
    return { ...(accept ? taken(contact, field, value) : contact), suggestions };
  });

async function edit(
  ports: Ports,
  id: ContactId,
  change: (contact: Contact) => Contact | undefined,
): Promise<Contact | undefined> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const before = await ports.store.load('contact', id);
    const after = before && change(before);
    if (!before || !after) return undefined;
    if ((await ports.store.replace('contact', before, after, WATCHED)) === 'saved') return after;
  }
  throw new Error(`Contact ${id} is too contended: ${TRIES} edits in a row lost`);
}

/** A grade that is given stands; one that was reckoned follows its factors. */
function edited(contact: Contact, { factors, dossier, grade, ...facts }: ContactPatch): Contact {
  const weighed = factors ? { ...contact.factors, ...factors } : contact.factors;
  const isGiven = grade !== undefined ? grade !== null : contact.gradeFrom !== 'factors' && contact.grade;
  const reckoned = weighed && gradeOf(weighed);
  const { grade: _grade, gradeFrom: _from, ...rest } = contact;
  const given = grade ?? contact.grade;
  return {
    ...rest,
    ...definedOf(facts),
    ...(isGiven && given ? { grade: given, gradeFrom: 'given' as const } : {}),
    ...(!isGiven && reckoned ? { grade: reckoned, gradeFrom: 'factors' as const } : {}),
    ...(weighed ? { factors: definedOf(weighed) } : {}),
    ...(dossier ? { dossier: mergeDossier(contact.dossier, dossier) } : {}),
  };
}

/** Another address is another contact, so it is noted, never written over the one that names this one. */
function taken(contact: Contact, field: SuggestionInput['field'], value: string): Contact {
  switch (field) {
    case 'title':
    case 'company':
      return { ...contact, [field]: value };
    case 'phone':
      return { ...contact, phones: [...new Set([...contact.phones, value])] };
    case 'authority':
      return { ...contact, dossier: mergeDossier(contact.dossier, { contact: { authority: value } }) };
    case 'address':
      return { ...contact, dossier: mergeDossier(contact.dossier, { contact: { otherAddress: value } }) };
    default:
      return field satisfies never;
  }
}

function definedOf<Value extends object>(value: Value): { [K in keyof Value]: Exclude<Value[K], undefined> } {
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries) as { [K in keyof Value]: Exclude<Value[K], undefined> };
}
