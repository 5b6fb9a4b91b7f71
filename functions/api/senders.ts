/** /v1/senders: who writes. A pause closes the sender's gate: letters of all campaigns wait. */
import { Hono } from 'hono/quick';
import {
  SenderInput,
  SenderPatch,
  SenderPause,
  type SenderView,
  type TransferAnswer,
  TransferInput,
} from '../../shared/api/senders.ts';
import type { SenderId } from '../../shared/domain/ids.ts';
import type { Sender } from '../../shared/domain/sender.ts';
import { senderAddress } from '../../shared/domain/token.ts';
import type { Ports } from '../../shared/ports.ts';
import { sendProbe } from '../../shared/probe-mailbox.ts';
import { changeSender, createSender } from '../../shared/senders.ts';
import { transferSender } from '../../shared/transfer-sender.ts';
import { conflict, invalid, notFound } from './problem.ts';
import { readBody, readPage } from './request.ts';

export function senderRoutes(ports: Ports) {
  const load = async (id: string): Promise<Sender> => {
    const sender = await ports.store.load('sender', id as SenderId);
    if (!sender) throw notFound(`Sender ${id}`);
    return sender;
  };
  const view = (sender: Sender): SenderView => senderView(ports, sender);
  return new Hono()
    .post('/', async (context) => {
      const draft = await createSender(ports, await readBody(context, SenderInput));
      if (draft.kind === 'taken') {
        throw conflict(`Another sender has the id ${draft.sender.id}. Choose another, or PATCH that one.`);
      }
      return context.json(view(draft.sender), draft.kind === 'new' ? 201 : 200);
    })
    .get('/', async (context) => {
      const page = await ports.store.listSenders(readPage(context));
      return context.json({ ...page, items: page.items.map(view) });
    })
    .get('/:id', async (context) => context.json(view(await load(context.req.param('id')))))
    .patch('/:id', async (context) => {
      const id = context.req.param('id') as SenderId;
      const change = await changeSender(ports, id, await readBody(context, SenderPatch));
      if (change.kind === 'unknown') throw notFound(`Sender ${id}`);
      if (change.kind === 'invalid') throw invalid(change.faults);
      return context.json(view(change.sender));
    })
    .post('/:id/pause', async (context) => {
      const sender = await load(context.req.param('id'));
      const { until } = await readBody(context, SenderPause, 'optional');
      if (until !== undefined && until <= ports.clock.now()) {
        throw invalid([
          { pointer: '/until', detail: 'This moment has passed: name a later one, or leave it out.' },
        ]);
      }
      await ports.store.pauseSender(sender.id, until, 'by-person');
      return context.json(view(sender));
    })
    .post('/:id/probe', async (context) => {
      const sender = await load(context.req.param('id'));
      const outcome = await sendProbe(ports, sender);
      if (outcome.kind === 'refused') {
        const detail = `No probe was sent: SES refused it (${outcome.why}). The runbook has what to do.`;
        throw conflict(detail);
      }
      return context.json(view(await load(sender.id)), 202);
    })
    .post('/:id/transfer', async (context) => {
      const from = await load(context.req.param('id'));
      const { to: id } = await readBody(context, TransferInput);
      const to = await ports.store.load('sender', id as SenderId);
      const faulty = (detail: string) => invalid([{ pointer: '/to', detail }]);
      if (!to) throw faulty(`Sender ${id} does not exist: create it first.`);
      if (to.id === from.id) throw faulty('This is the sender who leaves: name another one.');
      if (to.transferredTo) throw faulty(`${to.name} has left as well: name ${to.transferredTo}.`);
      const moved = await transferSender(ports, from, to);
      return context.json({ from: from.id, to: to.id, ...moved } satisfies TransferAnswer, 202);
    })
    .post('/:id/resume', async (context) => {
      const sender = await load(context.req.param('id'));
      await ports.store.resumeSender(sender.id);
      return context.json(view(sender));
    });
}

/** Without the webhooks' secrets, and with the address that the sender's own mailbox should redirect to. */
function senderView(ports: Ports, sender: Sender): SenderView {
  const channels = sender.channels.map((channel) =>
    channel.kind === 'mail' ? channel : { kind: channel.kind, id: channel.id, url: channel.url },
  );
  const { settings, ids } = ports;
  return { ...sender, channels, redirectTo: senderAddress(settings.replyDomain, ids.tokenKeys, sender.id) };
}
