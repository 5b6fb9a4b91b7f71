/** /v1/contacts: one person, their next letter and why then, and everything that happened. */
import type { Context } from 'hono';
import { Hono } from 'hono/quick';
import { type ContactAnswer, ContactPatch, SuggestionInput } from '../../shared/api/contacts.ts';
import { type Contact, displayName } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { cardRemark, vCard } from '../../shared/domain/reach-out.ts';
import { editContact, settleSuggestion } from '../../shared/edit-contact.ts';
import type { Ports } from '../../shared/ports.ts';
import { suppressContact } from '../../shared/suppress-contact.ts';
import { cardAnswer } from './card.ts';
import { enrollmentView, type Language } from './enrollment-view.ts';
import { messageView } from './message-view.ts';
import { notFound } from './problem.ts';
import { languageOf, readBody, readPage } from './request.ts';
import { timelineOf } from './timeline.ts';

export function contactRoutes(ports: Ports) {
  const load = async (context: Context): Promise<Contact> => {
    const id = context.req.param('id') as ContactId;
    const contact = await ports.store.load('contact', id);
    if (!contact) throw notFound(`Contact ${id}`);
    return contact;
  };
  return new Hono()
    .get('/:id', async (context) =>
      context.json(await contactAnswer(ports, await load(context), languageOf(context))),
    )
    .get('/:id/card', async (context) => {
      const contact = await load(context);
      if (contact.phones.length === 0) throw notFound(`A telephone number of contact ${contact.id}`);
      const card = vCard({ contact, phone: contact.phones, remark: cardRemark(contact) });
      return cardAnswer(context, displayName(contact), card);
    })
    .get('/:id/timeline', async (context) =>
      context.json(await timelineOf(ports, (await load(context)).id, languageOf(context))),
    )
    .get('/:id/messages', async (context) => {
      const page = await ports.store.listMessages((await load(context)).id, readPage(context));
      return context.json({ ...page, items: page.items.map(messageView) });
    })
    .patch('/:id', async (context) => {
      const { id } = await load(context);
      const contact = await editContact(ports, id, await readBody(context, ContactPatch));
      if (!contact) throw notFound(`Contact ${id}`);
      return context.json(await contactAnswer(ports, contact, languageOf(context)));
    })
    .post('/:id/suggestions', async (context) => {
      const { id } = await load(context);
      const contact = await settleSuggestion(ports, id, await readBody(context, SuggestionInput));
      if (!contact) throw notFound(`This suggestion for contact ${id}`);
      return context.json(await contactAnswer(ports, contact, languageOf(context)));
    })
    .post('/:id/suppress', async (context) => {
      const contact = await load(context);
      await suppressContact(ports, contact.id, 'by-person');
      return context.json(await contactAnswer(ports, contact, languageOf(context)));
    });
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
