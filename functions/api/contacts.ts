/** /v1/contacts: one person, their next letter and why then, and everything that happened. */
import type { ContactAnswer } from '../../shared/api/contacts.ts';
import type { contactOperations } from '../../shared/api/operations/contacts.ts';
import type { Fault } from '../../shared/api.ts';
import { mailDomainOf } from '../../shared/domain/company.ts';
import { type Contact, displayName } from '../../shared/domain/contact.ts';
import { type ContactId, contactIdOf, normaliseAddress } from '../../shared/domain/ids.ts';
import { cardRemark, vCard } from '../../shared/domain/reach-out.ts';
import { editContact, settleSuggestion } from '../../shared/edit-contact.ts';
import type { Page, PageAsked, Ports } from '../../shared/ports.ts';
import { suppressContact } from '../../shared/suppress-contact.ts';
import { takeContacts } from '../../shared/take-contacts.ts';
import { cardAnswer } from './card.ts';
import { enrollmentView } from './enrollment-view.ts';
import { checkVersion, versioned } from './etag.ts';
import { type Language, type MakeHandlers, ok } from './handler.ts';
import { messageView } from './message-view.ts';
import { invalid, notFound } from './problem.ts';
import { timelineOf } from './timeline.ts';

export const contactHandlers: MakeHandlers<typeof contactOperations> = (ports) => {
  const load = async (id: string): Promise<Contact> => {
    const contact = await ports.store.load('contact', id as ContactId);
    if (!contact) throw notFound(`Contact ${id}`);
    return contact;
  };
  const answer = async (contact: Contact, language: Language) =>
    ok(await contactAnswer(ports, contact, language), versioned(contact));
  return {
    'contacts.list': async ({ query: { search, ...page } }) => {
      const { items, ...more } = await findContacts(ports, search, page);
      return ok({ ...more, items: items.map(contactView) });
    },
    'contacts.save': async ({ body, ifMatch, language }) => {
      await checkKnown(ports, body.address, ifMatch);
      const [taken] = await takeContacts(ports, [body]);
      if (taken?.kind !== 'taken') throw invalid(taken?.faults ?? []);
      return answer(taken.contact, language);
    },
    'contacts.saveMany': async ({ body: { contacts } }) => {
      const answers = await takeContacts(ports, contacts);
      const saved = answers.flatMap((one) => (one.kind === 'taken' ? [one.contact.id] : []));
      const refused = answers.flatMap((one, at): Fault[] =>
        one.kind === 'refused'
          ? one.faults.map(({ pointer, reason, detail }) => ({
              pointer: `/contacts/${at}${pointer}`,
              reason,
              detail,
            }))
          : [],
      );
      return ok({ saved: [...new Set(saved)], refused });
    },
    'contacts.get': async ({ params, language }) => answer(await load(params.id), language),
    'contacts.card': async ({ params }) => {
      const contact = await load(params.id);
      if (contact.phones.length === 0) throw notFound(`A telephone number of contact ${contact.id}`);
      const card = vCard({ contact, phone: contact.phones, remark: cardRemark(contact) });
      return cardAnswer(displayName(contact), card);
    },
    'contacts.timeline': async ({ params, language }) =>
      ok(await timelineOf(ports, await load(params.id), language)),
    'contacts.messages': async ({ params, query }) => {
      const page = await ports.store.listMessages((await load(params.id)).id, query);
      return ok({ ...page, items: page.items.map(messageView) });
    },
    'contacts.edit': async ({ params, body, ifMatch, language }) => {
      const { id } = await load(params.id);
      const expected = ifMatch === undefined ? undefined : (before: Contact) => checkVersion(ifMatch, before);
      const contact = await editContact(ports, id, body, expected);
      if (!contact) throw notFound(`Contact ${id}`);
      return answer(contact, language);
    },
    'contacts.settleSuggestion': async ({ params, body, language }) => {
      const { id } = await load(params.id);
      const contact = await settleSuggestion(ports, id, body);
      if (!contact) throw notFound(`This suggestion for contact ${id}`);
      return answer(contact, language);
    },
    'contacts.suppress': async ({ params, language }) => {
      const contact = await load(params.id);
      await suppressContact(ports, contact.id, 'by-person');
      return answer(contact, language);
    },
  };
};

/** All, by address, or by the mail domain that stands for a company. */
async function findContacts(
  ports: Ports,
  search: string | undefined,
  page: PageAsked,
): Promise<Page<Contact>> {
  if (search === undefined) return ports.store.listContacts(page);
  const address = normaliseAddress(search);
  if (address) {
    const contact = await ports.store.load('contact', contactIdOf(ports.ids.contactSecret, address));
    return { items: contact ? [contact] : [] };
  }
  const domain = normaliseAddress(`x@${search.replace(/^@/, '')}`);
  if (!domain) {
    const detail = 'Write a whole mail address, or the mail domain of a company such as example.com.';
    throw invalid([{ parameter: 'search', detail }]);
  }
  return ports.store.listCompany(mailDomainOf(domain), page);
}

async function checkKnown(ports: Ports, given: string, ifMatch: string | undefined): Promise<void> {
  const address = ifMatch === undefined ? undefined : normaliseAddress(given);
  if (!address) return;
  const known = await ports.store.load('contact', contactIdOf(ports.ids.contactSecret, address));
  checkVersion(ifMatch, known ?? {});
}

function contactView({ suggestedAt: _when, ...contact }: Contact): ContactAnswer['contact'] {
  const { phones, fields, suggestions } = contact;
  return {
    ...contact,
    phones: [...phones],
    fields: { ...fields },
    ...(suggestions ? { suggestions: [...suggestions] } : { suggestions: undefined }),
  };
}

async function contactAnswer(ports: Ports, contact: Contact, language: Language): Promise<ContactAnswer> {
  const state = (await ports.store.loadState(contact.id))?.state;
  const walk = state?.enrollment;
  const enrollment = walk && enrollmentView({ contactId: contact.id, walk, contact, state, language });
  const isPlanned = enrollment?.state === 'planned' && enrollment.dueAt !== undefined;
  return {
    contact: contactView(contact),
    standing: state?.standing ?? { kind: 'open' },
    ...(enrollment ? { enrollment } : {}),
    ...(isPlanned
      ? { next: { step: enrollment.step ?? 0, dueAt: enrollment.dueAt ?? '', reasons: enrollment.reasons } }
      : {}),
  };
}
