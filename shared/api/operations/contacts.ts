/** The operations of /v1/contacts. */
import { line, PageQuery } from '../../api.ts';
import {
  ContactAnswer,
  ContactInput,
  ContactPage,
  ContactPatch,
  ContactsBatchAnswer,
  ContactsBatchInput,
  MessagePage,
  SuggestionInput,
  Timeline,
} from '../contacts.ts';
import { EXAMPLE_CONTACT, EXAMPLE_CONTACT_ID, EXAMPLE_SECOND_CONTACT } from '../examples.ts';
import type { OperationsOf } from '../operation.ts';

const ana = { params: { id: EXAMPLE_CONTACT_ID } };

export const contactOperations = {
  'contacts.list': {
    summary: 'List or find contacts',
    description:
      'All of them, or those that `search` names: a mail address, or the mail domain of a company. A campaign’s contacts: `GET /v1/campaigns/{id}/enrollments`. As a file: `POST /v1/exports`.',
    scope: 'read',
    query: PageQuery.extend({ search: line(320).optional() }),
    answers: { 200: ContactPage },
    example: { query: { search: 'ferragens.example' } },
  },
  'contacts.save': {
    summary: 'Save a contact',
    description:
      'In no campaign yet. The address is the contact: what is given wins over what was known, the rest stays. Nobody suppressed is taken.',
    scope: 'write',
    body: ContactInput.omit({ letters: true }).meta({ id: 'ContactGiven' }),
    answers: { 200: ContactAnswer },
    isVersioned: true,
    example: { body: { ...EXAMPLE_CONTACT, title: 'Owner' } },
  },
  'contacts.saveMany': {
    summary: 'Save many contacts',
    description: 'Each is taken or refused by itself; `refused` names each place and the reason.',
    scope: 'write',
    body: ContactsBatchInput,
    answers: { 200: ContactsBatchAnswer },
    example: { body: { contacts: [EXAMPLE_CONTACT, EXAMPLE_SECOND_CONTACT] } },
  },
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
