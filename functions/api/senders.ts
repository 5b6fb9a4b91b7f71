/** /v1/senders: who writes. A pause closes the sender's gate: letters of all campaigns wait. */
import type { senderOperations } from '../../shared/api/operations/senders.ts';
import type { SenderView } from '../../shared/api/senders.ts';
import { mapAtMost } from '../../shared/at-most.ts';
import type { SenderId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Sender } from '../../shared/domain/sender.ts';
import { senderAddress } from '../../shared/domain/token.ts';
import type { Ports } from '../../shared/ports.ts';
import { sendProbe } from '../../shared/probe-mailbox.ts';
import { changeSender, createSender } from '../../shared/senders.ts';
import { transferSender } from '../../shared/transfer-sender.ts';
import { channelView } from './channel-view.ts';
import { checkVersion, versioned } from './etag.ts';
import { accepted, created, type MakeHandlers, ok } from './handler.ts';
import { conflict, invalid, notFound } from './problem.ts';
import { laterOnly } from './request.ts';

export const senderHandlers: MakeHandlers<typeof senderOperations> = (ports) => {
  const load = async (id: string): Promise<Sender> => {
    const sender = await ports.store.load('sender', id as SenderId);
    if (!sender) throw notFound(`Sender ${id}`);
    return sender;
  };
  const view = (sender: Sender): SenderView => senderView(ports, sender);
  const viewWithGate = async (sender: Sender): Promise<SenderView> => {
    const { paused, pausedUntil } = await ports.store.loadSenderGate(sender.id);
    const isOver = pausedUntil !== undefined && pausedUntil <= ports.clock.now();
    return { ...view(sender), ...(paused && !isOver ? { paused: pausedOf(pausedUntil) } : {}) };
  };
  return {
    'senders.create': async ({ body }) => {
      const draft = await createSender(ports, body);
      if (draft.kind === 'invalid') throw invalid(draft.faults);
      if (draft.kind === 'taken') {
        throw conflict(`Another sender has the id ${draft.sender.id}. Choose another, or PATCH that one.`);
      }
      const { kind, sender } = draft;
      return kind === 'new' ? created(view(sender), versioned(sender)) : ok(view(sender), versioned(sender));
    },
    'senders.list': async ({ query }) => {
      const page = await ports.store.listSenders(query);
      return ok({ ...page, items: await mapAtMost(page.items, GATES_AT_ONCE, viewWithGate) });
    },
    'senders.get': async ({ params }) => {
      const sender = await load(params.id);
      return ok(await viewWithGate(sender), versioned(sender));
    },
    'senders.change': async ({ params: { id }, body, ifMatch }) => {
      const expected = ifMatch === undefined ? undefined : (before: Sender) => checkVersion(ifMatch, before);
      const change = await changeSender(ports, id as SenderId, body, expected);
      if (change.kind === 'unknown') throw notFound(`Sender ${id}`);
      if (change.kind === 'invalid') throw invalid(change.faults);
      return ok(view(change.sender), versioned(change.sender));
    },
    'senders.pause': async ({ params, body: { until } }) => {
      const sender = await load(params.id);
      laterOnly(ports, until);
      const pause = { senderId: sender.id, at: ports.clock.now(), until, why: 'by-person' };
      if (!(await ports.store.pauseSender(pause))) throw conflict(SAID_MEANWHILE);
      return ok({ ...view(sender), paused: pausedOf(until) });
    },
    'senders.probe': async ({ params }) => {
      const sender = await load(params.id);
      const outcome = await sendProbe(ports, sender);
      if (outcome.kind === 'refused') {
        const detail = `No probe was sent: SES refused it (${outcome.why}). The runbook has what to do.`;
        throw conflict(detail);
      }
      return accepted(view(await load(sender.id)));
    },
    'senders.transfer': async ({ params, body: { to: id } }) => {
      const from = await load(params.id);
      const to = await ports.store.load('sender', id as SenderId);
      const faulty = (detail: string) => invalid([{ pointer: '/to', detail }]);
      if (!to) throw faulty(`Sender ${id} does not exist: create it first.`);
      if (to.id === from.id) throw faulty('This is the sender who leaves: name another one.');
      if (to.transferredTo) throw faulty(`${to.name} has left as well: name ${to.transferredTo}.`);
      const moved = await transferSender(ports, from, to);
      return accepted({ from: from.id, to: to.id, ...moved });
    },
    'senders.resume': async ({ params }) => {
      const sender = await load(params.id);
      if (!(await ports.store.resumeSender(sender.id, ports.clock.now()))) throw conflict(SAID_MEANWHILE);
      return ok(view(sender));
    },
  };
};

const GATES_AT_ONCE = 10;

const pausedOf = (until: Instant | undefined) => (until ? { until } : {});

const SAID_MEANWHILE =
  'Somebody paused or resumed this sender a moment later: look again, and ask again if need be.';

/** Without the webhooks' secrets, and with the address that the sender's own mailbox should redirect to. */
function senderView(ports: Ports, sender: Sender): SenderView {
  const channels = sender.channels.map(channelView);
  const { settings, ids } = ports;
  return { ...sender, channels, redirectTo: senderAddress(settings.replyDomain, ids.tokenKeys, sender.id) };
}
