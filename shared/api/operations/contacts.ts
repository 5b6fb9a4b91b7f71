/** The operations of /v1/contacts. */
import { PageQuery } from '../../api.ts';
import { ContactAnswer, ContactPatch, MessagePage, SuggestionInput, Timeline } from '../contacts.ts';
import { EXAMPLE_CONTACT_ID } from '../examples.ts';
import type { OperationsOf } from '../operation.ts';

const ana = { params: { id: EXAMPLE_CONTACT_ID } };

export const contactOperations = {
  'contacts.get': {
    summary: 'Read a contact',
    description: 'The profile, the standing, and the next letter with why it goes then.',
    scope: 'read',
    answers: { 200: ContactAnswer },
    isVersioned: true,
    example: ana,
  },
  'contacts.edit': {
    summary: 'Edit the customer file',
    description:
      '`grade: null` goes back to the one reckoned from the factors; a field of the dossier that is `null` goes.',
    scope: 'write',
    body: ContactPatch,
    answers: { 200: ContactAnswer },
    isVersioned: true,
    example: { ...ana, body: { title: 'Head of purchasing', grade: 'B' } },
  },
  'contacts.card': {
    summary: 'The contact as a vCard',
    scope: 'read',
    answers: { 200: { mediaType: 'text/vcard', description: 'RFC 6350; a telephone opens it.' } },
    example: ana,
  },
  'contacts.timeline': {
    summary: 'Everything that happened to a contact',
    description: 'Messages, tasks, decisions with their reasons, ended walks; oldest first.',
    scope: 'read',
    answers: { 200: Timeline },
    example: ana,
  },
  'contacts.messages': {
    summary: 'List the mails of a contact, out and in',
    scope: 'read',
    query: PageQuery,
    answers: { 200: MessagePage },
    example: ana,
  },
  'contacts.settleSuggestion': {
    summary: 'Accept or dismiss what their mails say of them',
    scope: 'write',
    body: SuggestionInput,
    answers: { 200: ContactAnswer },
    example: { ...ana, body: { field: 'title', value: 'Store manager', accept: true } },
  },
  'contacts.suppress': {
    summary: 'Never write to this person again',
    scope: 'write',
    answers: { 200: ContactAnswer },
    example: ana,
  },
} satisfies OperationsOf<'contacts'>;
