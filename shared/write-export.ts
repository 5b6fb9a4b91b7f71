/** A campaign's contacts or enrollments as a file behind a link. */
import { mapAtMost } from './at-most.ts';
import { eachEnrollment } from './collect-stats.ts';
import { CSV_START, csvLine } from './csv/write-csv.ts';
import type { Contact } from './domain/contact.ts';
import { exportKey } from './domain/export.ts';
import type { CampaignId } from './domain/ids.ts';
import { HOUR, type Instant, plus } from './domain/instant.ts';
import type { EnrollmentView, Ports } from './ports.ts';

export const EXPORTED_MAX = 20_000;
const READS_AT_ONCE = 25;
const LINK_MS = HOUR;

export type Exported =
  | { readonly kind: 'written'; readonly url: string; readonly expiresAt: Instant; readonly rows: number }
  | { readonly kind: 'too-many' };

/** `id` names the file. The link is good for an hour, the file for as long as its bucket keeps it. */
export async function writeExport(
  ports: Ports,
  id: string,
  asked: {
    readonly what: 'contacts' | 'enrollments';
    readonly campaignId: CampaignId;
    readonly format: 'csv' | 'json';
  },
): Promise<Exported> {
  const { what, campaignId, format } = asked;
  const walks = await eachEnrollment(ports, campaignId, EXPORTED_MAX);
  if (walks.isCut) return { kind: 'too-many' };
  const rows = await mapAtMost(walks.items, READS_AT_ONCE, async (view) => {
    const contact = await ports.store.load('contact', view.contactId);
    return what === 'contacts' ? contact && contactRow(contact) : enrollmentRow(view, contact);
  });
  const found = rows.filter((row) => row !== undefined);
  const name = `${campaignId}-${what}.${format}`;
  const key = exportKey(id, name);
  const text = format === 'json' ? JSON.stringify(found) : csvOf(found);
  await ports.files.write(
    key,
    Buffer.from(text),
    format === 'json' ? 'application/json' : 'text/csv; charset=utf-8',
  );
  const url = await ports.files.downloadLink(key, { name, forMs: LINK_MS });
  return { kind: 'written', url, expiresAt: plus(ports.clock.now(), LINK_MS), rows: found.length };
}

type Row = Readonly<Record<string, string>>;

function csvOf(rows: readonly Row[]): string {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => csvLine(header.map((name) => row[name] ?? '')));
  return CSV_START + csvLine(header) + lines.join('');
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
