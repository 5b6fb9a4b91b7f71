/** Their mails, wherever they were filed: under them, under a colleague by the subject, under nobody. */
import type { Erasure } from './domain/erasure.ts';
import type { ContactId } from './domain/ids.ts';
import type { Message } from './domain/message.ts';
import type { Ports } from './ports.ts';

const PAGE = 100;
/** 10,000 mails of one person or of nobody: more would be a machine's, and the next sweep goes on. */
const PAGES_MAX = 100;
const COLLEAGUES_MAX = 200;

/** The raw mail first: the record is what leads to it. */
export async function sweepMessages(
  ports: Ports,
  { contactId, companyDomain }: Erasure,
  isTheirs: (address: string | undefined) => boolean,
): Promise<void> {
  await sweepList(ports, contactId, () => true);
  await sweepList(ports, 'unmatched', isFromThem);
  if (!companyDomain) return;
  const colleagues = await ports.store.listCompany(companyDomain, { limit: COLLEAGUES_MAX });
  for (const { id } of colleagues.items) if (id !== contactId) await sweepList(ports, id, isFromThem);

  function isFromThem(message: Message): boolean {
    return message.kind === 'in' && isTheirs(message.from);
  }
}

async function sweepList(
  ports: Ports,
  of: ContactId | 'unmatched',
  isDoomed: (message: Message) => boolean,
): Promise<void> {
  let after: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const found = await ports.store.listMessages(of, { limit: PAGE, ...(after ? { after } : {}) });
    for (const message of found.items.filter(isDoomed)) {
      if (message.kind === 'in') await ports.mailbox.remove(message.rawKey);
      await ports.store.remove('message', of, message.id);
    }
    after = found.next;
    if (!after) return;
  }
}
