/** /v1/messages: one mail, and the mails that no contact could be found for. */
import { Hono } from 'hono/quick';
import { CorrectionInput } from '../../shared/api/contacts.ts';
import { correctReading } from '../../shared/correct-reading.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { Ports } from '../../shared/ports.ts';
import { messageView } from './message-view.ts';
import { conflict, invalid, notFound } from './problem.ts';
import { readBody, readPageOf } from './request.ts';

export const messageRoutes = (ports: Ports) =>
  new Hono()
    .get('/', async (context) => {
      const { unmatched, ...query } = context.req.query();
      if (unmatched === undefined || unmatched === 'false') {
        const detail = 'Ask for ?unmatched, or for one contact: GET /v1/contacts/ID/messages.';
        throw invalid([{ parameter: 'unmatched', detail }]);
      }
      const page = await ports.store.listMessages('unmatched', readPageOf(query));
      return context.json({ ...page, items: page.items.map(messageView) });
    })
    .get('/:contactId/:id', async (context) => {
      const { contactId, id } = context.req.param();
      const message = await ports.store.load('message', contactId as ContactId | 'unmatched', id);
      if (!message) throw notFound(`Message ${id}`);
      return context.json(messageView(message));
    })
    .post('/:contactId/:id/reading', async (context) => {
      const { contactId, id } = context.req.param();
      const message = await ports.store.load('message', contactId as ContactId | 'unmatched', id);
      if (message?.kind !== 'in') throw notFound(`Inbound mail ${id}`);
      const { kind, returnOn, reason } = await readBody(context, CorrectionInput);
      const corrected = await correctReading(ports, message, {
        kind,
        ...(returnOn ? { returnOn } : {}),
        ...(reason ? { reason } : {}),
      });
      if (!corrected)
        throw conflict(`Mail ${id} belongs to no enrollment, so no sequence can follow its reading.`);
      return context.json(messageView(corrected));
    });
