/** A company as a person looks at it: owner, people with where each stands, and the hold with the task that asks. */
import type { CompanyAnswer } from './api/companies.ts';
import { mapAtMost } from './at-most.ts';
import { type Contact, displayName } from './domain/contact.ts';
import type { ContactId } from './domain/ids.ts';
import type { Ports } from './ports.ts';

const PEOPLE_SHOWN_MAX = 200;
const TASKS_READ = 100;
const READS_AT_ONCE = 25;

/** `undefined`: nobody of it is known, and nobody has had to do with it. */
export async function lookAtCompany(ports: Ports, domain: string): Promise<CompanyAnswer | undefined> {
  const { store } = ports;
  const [gate, found] = await Promise.all([
    store.loadCompany(domain),
    store.listCompany(domain, { limit: PEOPLE_SHOWN_MAX }),
  ]);
  if (found.items.length === 0 && Object.keys(gate).length === 0) return undefined;
  const owner = gate.owner && (await store.load('sender', gate.owner));
  const { heldSince: since, heldBy: by } = gate;
  const name = commonName(found.items);
  return {
    domain,
    ...(name ? { name } : {}),
    ...(owner ? { owner: { id: owner.id, name: owner.name } } : {}),
    ...(since && by ? { hold: { since, by, ...(await askingTask(ports, by)) } } : {}),
    suppressed: gate.suppressed === true,
    people: await mapAtMost(found.items, READS_AT_ONCE, (contact) => personOf(ports, contact)),
    isCut: found.next !== undefined,
  };
}

async function askingTask(ports: Ports, by: ContactId): Promise<{ readonly taskId?: string }> {
  const { items } = await ports.store.listTasks({ contactId: by }, { limit: TASKS_READ });
  const task = items.find(({ kind, status }) => kind === 'company-held' && status === 'open');
  return task ? { taskId: task.id } : {};
}

async function personOf(ports: Ports, contact: Contact): Promise<CompanyAnswer['people'][number]> {
  const walk = (await ports.store.loadState(contact.id))?.state.enrollment;
  const standing =
    walk?.kind === 'open'
      ? { state: walk.letter.kind }
      : walk && { state: walk.end.kind, ...(walk.end.kind === 'stopped' ? { stopped: walk.end.why } : {}) };
  return {
    id: contact.id,
    name: displayName(contact),
    ...(contact.title ? { title: contact.title } : {}),
    ...(contact.grade ? { grade: contact.grade } : {}),
    ...standing,
  };
}

/** People write it differently; the spelling of most is the company's. */
function commonName(people: readonly Contact[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { company } of people) if (company) counts.set(company, (counts.get(company) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
