/** Looks through the mails of one contact, page by page. */
import type { ContactId } from './domain/ids.ts';
import type { Message } from './domain/message.ts';
import type { Ports } from './ports.ts';

/** The first that `is` wants. `too-many`: it may stand beyond the pages looked at, which hold what people write. */
export async function findMessage<Wanted extends Message>(
  ports: Ports,
  contactId: ContactId,
  pagesMax: number,
  is: (message: Message) => message is Wanted,
): Promise<Wanted | 'none' | 'too-many'> {
  let after: string | undefined;
  for (let page = 0; page < pagesMax; page++) {
    const found = await ports.store.listMessages(contactId, after ? { after } : {});
    const wanted = found.items.find(is);
    if (wanted) return wanted;
    if (!found.next) return 'none';
    after = found.next;
  }
  return 'too-many';
}
