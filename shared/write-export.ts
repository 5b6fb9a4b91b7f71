/** Contacts, enrollments or suppressions as a file behind a link. */
import { mapAtMost } from './at-most.ts';
import { eachEnrollment } from './collect-stats.ts';
import { CSV_START, csvLine } from './csv/write-csv.ts';
import type { Contact } from './domain/contact.ts';
import { exportKey } from './domain/export.ts';
import type { CampaignId } from './domain/ids.ts';
import { HOUR, type Instant, plus } from './domain/instant.ts';
import type { Suppression } from './domain/suppression.ts';
import type { EnrollmentView, Page, PageAsked, Ports } from './ports.ts';

export const EXPORTED_MAX = 20_000;
const READS_AT_ONCE = 25;
const PAGE = 500;
const LINK_MS = HOUR;

export type Exported =
  | { readonly kind: 'written'; readonly url: string; readonly expiresAt: Instant; readonly rows: number }
  | { readonly kind: 'too-many' };

export type Asked = {
  readonly what: 'contacts' | 'enrollments' | 'suppressions';
  /** Missing: all contacts, all suppressions. */
  readonly campaignId?: CampaignId | undefined;
  readonly format: 'csv' | 'json';
};

/** `id` names the file. The link is good for an hour, the file for as long as its bucket keeps it. */
export async function writeExport(ports: Ports, id: string, asked: Asked): Promise<Exported> {
  const { what, campaignId, format } = asked;
  const rows = await rowsOf(ports, asked);
  if (!rows) return { kind: 'too-many' };
  const name = `${campaignId ?? 'all'}-${what}.${format}`;
  const key = exportKey(id, name);
  const text = format === 'json' ? JSON.stringify(rows) : csvOf(rows);
  await ports.files.write(
    key,
    Buffer.from(text),
    format === 'json' ? 'application/json' : 'text/csv; charset=utf-8',
  );
  const url = await ports.files.downloadLink(key, { name, forMs: LINK_MS });
  return { kind: 'written', url, expiresAt: plus(ports.clock.now(), LINK_MS), rows: rows.length };
}

/** `undefined`: too many for one file. */
async function rowsOf(ports: Ports, { what, campaignId }: Asked): Promise<readonly Row[] | undefined> {
  const { store } = ports;
  if (what === 'suppressions') {
    const found = await upTo(EXPORTED_MAX, (page) => store.listSuppressions(page));
    return found && mapAtMost(found, READS_AT_ONCE, (one) => suppressionRow(ports, one));
  }
  if (!campaignId) return (await upTo(EXPORTED_MAX, (page) => store.listContacts(page)))?.map(contactRow);
  const walks = await eachEnrollment(ports, campaignId, EXPORTED_MAX);
  if (walks.isCut) return undefined;
  const rows = await mapAtMost(walks.items, READS_AT_ONCE, async (view) => {
    const contact = await store.load('contact', view.contactId);
    return what === 'contacts' ? contact && contactRow(contact) : enrollmentRow(view, contact);
  });
  return rows.filter((row) => row !== undefined);
}

async function upTo<Item>(
  most: number,
  list: (page: PageAsked) => Promise<Page<Item>>,
): Promise<readonly Item[] | undefined> {
  const items: Item[] = [];
  let after: string | undefined;
  // A page may be empty and not the last; no listing has more pages than that.
  for (let count = 0; count < most; count++) {
    const page = await list({ limit: PAGE, ...(after ? { after } : {}) });
    items.push(...page.items);
    after = page.next;
    if (items.length > most) return undefined;
    if (!after) return items;
  }
  return undefined;
}

type Row = Readonly<Record<string, string>>;

function csvOf(rows: readonly Row[]): string {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => csvLine(header.map((name) => row[name] ?? '')));
  return CSV_START + csvLine(header) + lines.join('');
}

/** `email` and `domain` are what our own import of suppressions reads. */
async function suppressionRow(ports: Ports, one: Suppression): Promise<Row> {
  if (one.kind === 'domain')
    return texts({ email: '', domain: one.domain, since: one.since, why: 'by-person' });
  const contact = await ports.store.load('contact', one.contactId);
  const { contactId, since, why } = one;
  return texts({ email: contact?.address, domain: '', since, why, contactId });
}

/** Headers are those that our own import knows again. */
function contactRow(contact: Contact): Row {
  const { address, firstName, lastName, title, company, country, region, city, language, grade, source } =
    contact;
  const own = {
    email: address,
    firstName,
    lastName,
    title,
    company,
    country,
    region,
    city,
    language,
    grade,
    source,
  };
  return {
    ...texts({
      id: contact.id,
      ...own,
      phone: contact.phones.join('; '),
      'lawful basis': contact.lawfulBasis,
    }),
    'time zone': contact.zone,
    ...contact.fields,
  };
}

function enrollmentRow({ contactId, enrollment: walk }: EnrollmentView, contact: Contact | undefined): Row {
  const isOpen = walk.kind === 'open';
  const state = isOpen ? walk.letter.kind : walk.end.kind;
  return texts({
    id: walk.id,
    contactId,
    email: contact?.address,
    firstName: contact?.firstName,
    lastName: contact?.lastName,
    company: contact?.company,
    country: contact?.country,
    grade: contact?.grade,
    state,
    stopped: !isOpen && walk.end.kind === 'stopped' ? walk.end.why : undefined,
    'letters sent': String(walk.sent.length),
    'last letter': walk.sent.at(-1)?.at,
    'next letter': isOpen && walk.letter.kind === 'planned' ? walk.letter.dueAt : undefined,
    ended: isOpen ? undefined : walk.endedAt,
  });
}

const texts = (row: Readonly<Record<string, string | undefined>>): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? '']));
