/** What becomes of the people of a company of whom one has answered: a person's word, carried out. */
import type { ContactId } from './domain/ids.ts';
import { applyEvent } from './engine.ts';
import { openWalks } from './hold-company.ts';
import type { Ports } from './ports.ts';

/** Opens the gate and plans every walk behind it anew, from now on. Idempotent. */
export async function releaseCompany(ports: Ports, contactId: ContactId): Promise<void> {
  const domain = (await ports.store.load('contact', contactId))?.companyDomain;
  if (!domain) return;
  const since = (await ports.store.loadCompany(domain)).heldSince;
  await ports.store.releaseCompany(domain);
  if (!since) return;
  for (const { id } of await openWalks(ports, domain, contactId)) {
    await applyEvent(ports, id, { kind: 'gate-opened', gate: 'company', since });
  }
}

/** Their colleague has the conversation: the others' walks end, and a later campaign may write to them again. */
export async function leaveCompany(ports: Ports, contactId: ContactId): Promise<void> {
  const domain = (await ports.store.load('contact', contactId))?.companyDomain;
  if (!domain) return;
  // Behind the closed gate, so that no letter slips out in between.
  for (const { id } of await openWalks(ports, domain, contactId)) {
    await applyEvent(ports, id, { kind: 'stopped-by-person' });
  }
  await ports.store.releaseCompany(domain);
}
