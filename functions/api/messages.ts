/** /v1/messages: what came in, one mail, and its original. */
import type { messageOperations } from '../../shared/api/operations/messages.ts';
import { correctReading } from '../../shared/correct-reading.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { openOriginal } from '../../shared/open-original.ts';
import { type MakeHandlers, ok } from './handler.ts';
import { messageView } from './message-view.ts';
import { conflict, notFound } from './problem.ts';

type Named = { readonly contactId: string; readonly id: string };

export const messageHandlers: MakeHandlers<typeof messageOperations> = (ports) => {
  const find = ({ contactId, id }: Named) =>
    ports.store.load('message', contactId as ContactId | 'unmatched', id);
  return {
    'messages.list': async ({ query: { unmatched, ...page } }) => {
      const isInbox = unmatched === undefined || unmatched === 'false';
      const { items, ...more } = await ports.store.listMessages(isInbox ? 'inbox' : 'unmatched', page);
      return ok({ ...more, items: items.map(messageView) });
    },
    'messages.get': async ({ params }) => {
      const message = await find(params);
      if (!message) throw notFound(`Message ${params.id}`);
      return ok(messageView(message));
    },
    'messages.original': async ({ params }) => {
      const message = await find(params);
      const original = message?.kind === 'in' ? await openOriginal(ports, message) : undefined;
      if (!original) throw notFound(`The original of mail ${params.id}`);
      return ok(original);
    },
    'messages.correct': async ({ params, body: { kind, returnOn, reason } }) => {
      const message = await find(params);
      if (message?.kind !== 'in') throw notFound(`Inbound mail ${params.id}`);
      const corrected = await correctReading(ports, message, {
        kind,
        ...(returnOn ? { returnOn } : {}),
        ...(reason ? { reason } : {}),
      });
      if (!corrected)
        throw conflict(`Mail ${params.id} belongs to no enrollment, so no sequence can follow its reading.`);
      return ok(messageView(corrected));
    },
  };
};
