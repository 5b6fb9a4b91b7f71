/** /v1/messages: what came in, one mail, and its original. */

import { answerMail } from '../../shared/answer-mail.ts';
import type { messageOperations } from '../../shared/api/operations/messages.ts';
import { assignMessage } from '../../shared/assign-message.ts';
import { correctReading } from '../../shared/correct-reading.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { openOriginal } from '../../shared/open-original.ts';
import { created, type MakeHandlers, ok } from './handler.ts';
import { messageView } from './message-view.ts';
import { conflict, invalid, notFound } from './problem.ts';

/** Lambda answers 6 MB, and bytes travel as base64. */
const RAW_BYTES_MAX = 4 * 1024 * 1024;

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
    'messages.raw': async ({ params }) => {
      const message = await find(params);
      if (message?.kind === 'in' && message.hasVirus) {
        const words = 'what it says: GET /v1/messages/CONTACT/ID and …/original';
        throw conflict(`A virus was found in mail ${params.id}: it is not handed on. Read ${words}.`);
      }
      const bytes =
        message?.kind === 'in' ? await ports.mailbox.read(message.rawKey, RAW_BYTES_MAX + 1) : undefined;
      if (!bytes) throw notFound(`The original of mail ${params.id}`);
      if (bytes.length > RAW_BYTES_MAX)
        throw conflict(`Mail ${params.id} is larger than can be sent from here.`);
      return {
        status: 200,
        file: new Uint8Array(bytes),
        mediaType: 'message/rfc822',
        headers: {
          'Content-Disposition': 'attachment; filename="mail.eml"',
          'X-Content-Type-Options': 'nosniff',
        },
      };
    },
    'messages.answer': async ({ params, body, freshId }) => {
      const message = await find(params);
      if (message?.kind !== 'in') throw notFound(`Inbound mail ${params.id}`);
      const outcome = await answerMail(ports, message, body.text, freshId());
      if (outcome.kind === 'refused') throw conflict(outcome.detail);
      return created(messageView(outcome.message));
    },
    'messages.assign': async ({ params: { id }, body }) => {
      const message = await find({ contactId: 'unmatched', id });
      if (message?.kind !== 'in') {
        // Asked again because the answer was lost: it is theirs already.
        const known = await find({ contactId: body.contactId, id });
        if (known?.kind === 'in' && known.matchedBy === 'person') return ok(messageView(known));
        throw notFound(`Unmatched mail ${id}`);
      }
      const moved = await assignMessage(ports, message, body.contactId as ContactId);
      if (!moved) throw invalid([{ pointer: '/contactId', detail: 'No such contact: save it first.' }]);
      return ok(messageView(moved));
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
