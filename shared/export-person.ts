/** Everything that is kept of one person, as a zip: what the table has, and each mail of theirs as it came. */
import { type Zippable, zipSync } from 'fflate';
import type { ContactId } from './domain/ids.ts';
import { arrivalIdOf, type Message } from './domain/message.ts';
import type { Task } from './domain/task.ts';
import type { Page, PageAsked, Ports } from './ports.ts';

/** Lambda answers 6 MB, base64 included. */
const MAILS_BYTES_MAX = 4 * 1024 * 1024;
const PAGES_MAX = 50;

/** `undefined`: nothing is known of them. */
export async function exportPerson(
  ports: Ports,
  contactId: ContactId,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { store } = ports;
  const [contact, state] = await Promise.all([store.load('contact', contactId), store.loadState(contactId)]);
  if (!contact && !state) return undefined;
  const [messages, tasks, because, walks] = await Promise.all([
    everyPage<Message>((page) => store.listMessages(contactId, page)),
    everyPage<Task>((page) => store.listTasks({ contactId }, page)),
    store.listBecause(contactId),
    store.listWalks(contactId),
  ]);
  const files: Zippable = {};
  const leftOut: string[] = [];
  let left = MAILS_BYTES_MAX;
  for (const message of messages) {
    if (message.kind !== 'in') continue;
    const name = `mails/${arrivalIdOf(message.rawKey)}.eml`;
    // A virus is handed on to nobody, not even to whoever asks for their own mails.
    if (message.hasVirus) {
      leftOut.push(name);
      continue;
    }
    const raw = await ports.mailbox.read(message.rawKey, left + 1);
    if (!raw) continue;
    if (raw.length > left) leftOut.push(name);
    else {
      files[name] = raw;
      left -= raw.length;
    }
  }
  const told = {
    exportedAt: ports.clock.now(),
    contact,
    state: state?.state,
    walks,
    because,
    messages,
    tasks,
    leftOut,
  };
  files['person.json'] = Buffer.from(JSON.stringify(told, null, 2));
  return zipSync(files);
}

async function everyPage<Item>(list: (page: PageAsked) => Promise<Page<Item>>): Promise<readonly Item[]> {
  const items: Item[] = [];
  let after: string | undefined;
  for (let count = 0; count < PAGES_MAX; count++) {
    const page = await list(after ? { after, limit: 100 } : { limit: 100 });
    items.push(...page.items);
    after = page.next;
    if (!after) break;
  }
  return items;
}
