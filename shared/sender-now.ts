/** Who does a leaver's work now: it goes on from leaver to leaver, and so do their companies. */
import type { SenderId } from './domain/ids.ts';
import type { Sender } from './domain/sender.ts';
import type { Ports } from './ports.ts';

/** A chain of leavers is followed this far. */
const TRANSFERS_MAX = 5;

/** Themselves if they are there. `undefined`: nobody is known, or the chain does not end. */
export async function senderNow(ports: Ports, id: SenderId | undefined): Promise<Sender | undefined> {
  let next = id;
  for (let step = 0; step <= TRANSFERS_MAX && next; step++) {
    const sender: Sender | undefined = await ports.store.load('sender', next);
    if (!sender?.transferredTo) return sender;
    next = sender.transferredTo;
  }
  return undefined;
}

export type Owner = { readonly id: SenderId; readonly name: string };

/**
 * Whose a company is that `owner` has taken. The launch and the page that enrolls ask the same, or one would refuse what
 * the other takes: a page that died may have taken it for somebody who had just left.
 */
export async function ownerOf(ports: Ports, owner: SenderId): Promise<Owner> {
  const sender = await senderNow(ports, owner);
  return sender ? { id: sender.id, name: sender.name } : { id: owner, name: owner };
}
