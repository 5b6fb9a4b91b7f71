/**
 * What a mail says about its writer (title, company, numbers, a new address) is put beside the profile as a
 * suggestion with its evidence. A person takes it over or not; the profile is never overwritten.
 */
import type { Contact, Suggestion } from './domain/contact.ts';
import type { ContactId, MessageId } from './domain/ids.ts';
import type { Instant } from './domain/instant.ts';
import type { Finding, Reading } from './inbound/reading.ts';
import type { Ports } from './ports.ts';
import { quotedSentence } from './quoted-sentence.ts';

/** The newest stay: a signature is repeated in every mail, so more are other people's. */
const SUGGESTIONS_MAX = 20;
const VALUE_CHARS_MAX = 200;
const TRIES = 5;

/** Idempotent: a value that the profile or an earlier mail has already is not suggested again. */
export async function suggestFacts(
  ports: Ports,
  contactId: ContactId,
  read: { readonly reading: Reading; readonly messageId: MessageId; readonly at: Instant },
): Promise<void> {
  const found = suggestionsIn(read.reading, read.messageId, read.at);
  if (found.length === 0) return;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const contact = await ports.store.load('contact', contactId);
    const news = contact ? found.filter((one) => isNews(contact, one)) : [];
    if (!contact || news.length === 0) return;
    const suggestions = [...(contact.suggestions ?? []), ...news].slice(-SUGGESTIONS_MAX);
    const after: Contact = { ...contact, suggestions, suggestedAt: ports.clock.now() };
    const saved = await ports.store.replace('contact', contact, after, WATCHED);
    if (saved === 'saved') return;
  }
  throw new Error(`Contact ${contactId} is too contended: ${TRIES} edits in a row lost`);
}

/** What an edit at the same moment may touch; `suggestedAt` stands for the list. */
const WATCHED = ['suggestedAt', 'phones', 'title', 'company'] as const;

function isNews(contact: Contact, { field, value }: Suggestion): boolean {
  const isSame = (known: string | undefined): boolean => known?.toLowerCase() === value.toLowerCase();
  if (contact.suggestions?.some((one) => one.field === field && isSame(one.value))) return false;
  switch (field) {
    case 'phone':
      return !contact.phones.includes(value);
    case 'title':
      return !isSame(contact.title);
    case 'company':
      return !isSame(contact.company);
    case 'address':
      return !isSame(contact.address);
    default:
      return true;
  }
}

function suggestionsIn(reading: Reading, messageId: MessageId, at: Instant): readonly Suggestion[] {
  const of = (field: Suggestion['field'], value: string | undefined, finding: Finding<unknown>) => {
    if (!value || value.length > VALUE_CHARS_MAX) return [];
    const quote = quotedSentence(reading.replyText, finding.evidence);
    const { confidence } = finding;
    return [{ field, value, confidence, messageId, at, ...(quote ? { quote } : {}) }];
  };
  const { signature, newAddress, phones } = reading;
  return [
    ...(signature
      ? [
          ...of('title', signature.value.title, signature),
          ...of('authority', signature.value.authority, signature),
          ...of('company', signature.value.company, signature),
        ]
      : []),
    // A stand-in's number is a task's, never the contact's.
    ...phones
      .filter(({ value }) => value.owner === 'contact')
      .flatMap((one) => of('phone', one.value.e164, one)),
    ...(newAddress ? of('address', newAddress.value, newAddress) : []),
  ];
}
