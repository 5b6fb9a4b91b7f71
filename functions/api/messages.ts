/** /v1/messages: one mail, and the mails that no contact could be found for. */
import type { messageOperations } from '../../shared/api/operations/messages.ts';
import { correctReading } from '../../shared/correct-reading.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { type MakeHandlers, ok } from './handler.ts';
import { messageView } from './message-view.ts';
import { conflict, notFound } from './problem.ts';

type Named = { readonly contactId: string; readonly id: string };

export const messageHandlers: MakeHandlers<typeof messageOperations> = (ports) => {
  const find = ({ contactId, id }: Named) =>
    ports.store.load('message', contactId as ContactId | 'unmatched', id);
  return {
    'messages.list': async ({ query: { unmatched: _asked, ...page } }) => {
      const { items, ...more } = await ports.store.listMessages('unmatched', page);
      return ok({ ...more, items: items.map(messageView) });
    },
    'messages.get': async ({ params }) => {
      const message = await find(params);
      if (!message) throw notFound(`Message ${params.id}`);
      return ok(messageView(message));
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
