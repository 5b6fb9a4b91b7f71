/**
 * Pages over the sparse indexes. An index says only where to look and may lag by seconds, so every listed document is
 * read anew, consistently; what no longer belongs to the listing drops out. A page may therefore be shorter than
 * asked, even empty, and only a missing `next` ends a listing.
 */
import type { ContactState } from '../../shared/domain/enrollment/state.ts';
import {
  type CampaignId,
  type ContactId,
  type EnrollmentId,
  readEnrollmentId,
} from '../../shared/domain/ids.ts';
import type { Suppression } from '../../shared/domain/suppression.ts';
import type { Documents, EnrollmentView, Kind, Page, PageAsked, Store } from '../../shared/ports.ts';
import {
  attemptsPk,
  CONTACTS,
  campaignList,
  companyPk,
  contactPk,
  INBOX,
  type Item,
  LISTS,
  messagePk,
  noticesPk,
  REPORTS,
  SUPPRESSED,
  sequencePk,
  stateKey,
  UNMATCHED,
  walkKey,
} from './items.ts';
import { listDue } from './list-due.ts';
import { instantOf, readDocument, readState, readWalk } from './read-items.ts';
import {
  type Cut,
  type EntryKey,
  getItems,
  limitOf,
  nameOf,
  queryPage,
  readCursor,
  readEntryKey,
  type Table,
  writeCursor,
} from './table-calls.ts';

export type ListStore = Pick<
  Store,
  | 'listEnrollments'
  | 'listDue'
  | 'listCampaigns'
  | 'listSenders'
  | 'listSequences'
  | 'newestSequence'
  | 'listCompany'
  | 'listContacts'
  | 'listSuppressions'
  | 'listMessages'
  | 'listTasks'
  | 'listAlerts'
  | 'listAttempts'
  | 'listImports'
  | 'listReports'
  | 'listErasures'
  | 'listAudit'
  | 'listNotices'
  | 'listRepeats'
>;

export const listStore = (table: Table): ListStore => ({
  listEnrollments: (campaignId, page) => listEnrollments(table, campaignId, page),
  listDue: (now, page) => listDue(table, now, page),
  listCampaigns: (page) => listIndexed(table, 'campaign', newestFirst(LISTS.campaigns), page),
  listSenders: (page) => listIndexed(table, 'sender', { index: 'list', partition: LISTS.senders }, page),
  listSequences: (page) =>
    listIndexed(table, 'sequence', { index: 'list', partition: LISTS.sequences }, page),
  async newestSequence(id) {
    const cut: Cut = { partition: sequencePk(id), newestFirst: true };
    const newest = (await queryPage(table, cut, 1)).items[0];
    return newest && readDocument('sequence', newest);
  },
  listContacts: (page) => listIndexed(table, 'contact', { index: 'due', partition: CONTACTS }, page),
  listSuppressions: (page) => listSuppressions(table, page),
  listCompany: (domain, page) =>
    listIndexed(table, 'contact', { index: 'list', partition: companyPk(domain) }, page),
  listAlerts: (page) => listIndexed(table, 'alert', newestFirst(LISTS.alerts), page),
  listNotices: (of, page) => listIndexed(table, 'notice', { index: 'list', partition: noticesPk(of) }, page),
  listAttempts: (of, page) => listPartition(table, 'attempt', { partition: attemptsPk(of) }, page),
  listReports: (campaignId, page) =>
    listPartition(table, 'report', { partition: campaignList(campaignId), prefix: REPORTS }, page),
  listImports: (page) => listIndexed(table, 'import', newestFirst(LISTS.imports), page),
  async listErasures(page) {
    const cut = { index: 'list', partition: LISTS.erasures } as const;
    const found = await listIndexed(table, 'erasure', cut, page);
    return { ...found, items: found.items.filter(({ doneAt }) => doneAt === undefined) };
  },
  listRepeats: (page) => listIndexed(table, 'repeat', newestFirst(LISTS.repeats), page),
  listAudit: (page) => listIndexed(table, 'audit', newestFirst(LISTS.audit), page),
  listMessages: (of, page) =>
    of === UNMATCHED || of === INBOX
      ? listIndexed(table, 'message', newestFirst(of), page)
      : listPartition(table, 'message', { partition: messagePk(of), prefix: 'message#' }, page),
  async listTasks(of, page) {
    if ('contactId' in of) {
      return listPartition(table, 'task', { partition: contactPk(of.contactId), prefix: 'task#' }, page);
    }
    const found = await listIndexed(table, 'task', { index: 'list', partition: LISTS.tasks }, page);
    return { ...found, items: found.items.filter((task) => task.status === 'open') };
  },
});

const newestFirst = (partition: string): Cut => ({ index: 'list', partition, newestFirst: true });

async function pageOf(table: Table, cut: Cut, page: PageAsked | undefined) {
  const start = page?.after === undefined ? undefined : readEntryKey(readCursor(page.after), cut);
  const { items, last } = await queryPage(table, cut, limitOf(page), start);
  return { items, start, next: last ? { next: writeCursor(last) } : {} };
}

/** The documents themselves stand in the partition: one consistent query. */
async function listPartition<K extends Kind>(
  table: Table,
  kind: K,
  cut: Cut,
  page: PageAsked | undefined,
): Promise<Page<Documents[K]>> {
  const { items, next } = await pageOf(table, cut, page);
  return { items: items.map((item) => readDocument(kind, item)), ...next };
}

async function listIndexed<K extends Kind>(
  table: Table,
  kind: K,
  cut: Cut,
  page: PageAsked | undefined,
): Promise<Page<Documents[K]>> {
  const { items: entries, next } = await pageOf(table, cut, page);
  const found = await getItems(table, entries);
  const items = entries.map((entry) => found.get(nameOf(entry))).filter((item) => item !== undefined);
  return { items: items.map((item) => readDocument(kind, item)), ...next };
}

/**
 * An enrollment stands in the index under its state item, under its kept copy, or for a moment under both. So only
 * the enrollment ids are taken from it: they lead to the state item, and where that has moved on, to the copy.
 */
async function listEnrollments(
  table: Table,
  campaignId: CampaignId,
  page: PageAsked | undefined,
): Promise<Page<EnrollmentView>> {
  const cut: Cut = { index: 'list', partition: campaignList(campaignId) };
  const { items: entries, start, next } = await pageOf(table, cut, page);
  const walks = distinctWalks(entries, start);
  const states = await getItems(
    table,
    walks.map(({ contactId }) => stateKey(contactId)),
  );
  const current = new Map<EnrollmentId, EnrollmentView['enrollment']>();
  for (const { contactId } of walks) {
    const item = states.get(nameOf(stateKey(contactId)));
    const enrollment: ContactState['enrollment'] = item && readState(item).state.enrollment;
    if (enrollment) current.set(enrollment.id, enrollment);
  }
  const left = walks.filter(({ id }) => !current.has(id));
  const copies = await getItems(
    table,
    left.map(({ contactId, id }) => walkKey(contactId, id)),
  );
  const items = walks.flatMap(({ contactId, id }) => {
    const copy = copies.get(nameOf(walkKey(contactId, id)));
    const enrollment = current.get(id) ?? (copy && readWalk(copy));
    return enrollment ? [{ contactId, enrollment }] : [];
  });
  return { items, ...next };
}

/** What has been let go since the index was written drops out. */
async function listSuppressions(table: Table, page: PageAsked | undefined): Promise<Page<Suppression>> {
  const cut: Cut = { index: 'due', partition: SUPPRESSED, newestFirst: true };
  const { items: entries, next } = await pageOf(table, cut, page);
  const found = await getItems(table, entries);
  const items = entries.flatMap((entry) => suppressionOf(found.get(nameOf(entry))));
  return { items, ...next };
}

export function suppressionOf(item: Item | undefined): readonly Suppression[] {
  if (item === undefined) return [];
  if (item.sk === 'gate') {
    const since = instantOf(item, 'dueAt');
    const domain = item.pk.slice(item.pk.indexOf('#') + 1);
    return item.suppressed === true && since ? [{ kind: 'domain', domain, since }] : [];
  }
  const { contactId, standing } = readState(item).state;
  if (standing.kind === 'open') return [];
  return [{ kind: 'contact', contactId, why: standing.why, since: standing.since }];
}

/** The two entries of one enrollment are neighbours, but a page may end between them: `start` is the one before. */
function distinctWalks(entries: readonly Item[], start: EntryKey | undefined) {
  const ids = new Set(entries.map((entry) => String(entry.listSk)));
  ids.delete(start?.listSk ?? '');
  return [...ids].flatMap((id): { contactId: ContactId; id: EnrollmentId }[] => {
    const read = readEnrollmentId(id);
    return read ? [{ contactId: read.contactId, id: id as EnrollmentId }] : [];
  });
}
