/** The listings of the Store port: entries from an index that may lag, documents as they are now. */
import {
  attemptsPk,
  CONTACTS,
  campaignList,
  companyPk,
  contactPk,
  DUE_SHARDS,
  INBOX,
  type Item,
  type Key,
  LISTS,
  messagePk,
  noticesPk,
  REPORTS,
  SUPPRESSED,
  sequencePk,
  stateKey,
  UNMATCHED,
  walkKey,
} from '../../../functions/aws/items.ts';
import { suppressionOf } from '../../../functions/aws/store-lists.ts';
import type { Because } from '../../../shared/domain/because.ts';
import type { ContactState, EndedEnrollment, Enrollment } from '../../../shared/domain/enrollment/state.ts';
import type { Erasure } from '../../../shared/domain/erasure.ts';
import { type ContactId, type EnrollmentId, readEnrollmentId } from '../../../shared/domain/ids.ts';
import type { Sequence } from '../../../shared/domain/sequence.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { Page, PageAsked, Store } from '../../../shared/ports.ts';
import type { Entry, IndexName, Table } from './table.ts';

type ListStore = Pick<
  Store,
  | 'listBecause'
  | 'listWalks'
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
type Read = <Answer>(op: string, key: string, effect: () => Answer) => Promise<Answer>;

const PAGE_DEFAULT = 50;

export function listStore(read: Read, table: Table): ListStore {
  const indexed = (
    list: string,
    page: PageAsked | undefined,
    newestFirst = false,
    index: IndexName = 'list',
  ): Page<never> => {
    const entries = [...table.index(index, list)];
    const cut = cutPage(newestFirst ? entries.reverse() : entries, entryName, list, page);
    const items = cut.items.map(({ item }) => table.get(item)?.document).filter((one) => one !== undefined);
    return { ...cut, items: items as never[] };
  };
  const partitioned = (pk: string, prefix: string, page: PageAsked | undefined): Page<never> => {
    const cut = cutPage(table.partition(pk, prefix), ({ sk }) => sk, `${pk} ${prefix}`, page);
    return { ...cut, items: cut.items.map((item) => item.document) as never[] };
  };
  return {
    listBecause: (contactId) =>
      read('listBecause', contactId, () =>
        table
          .partition(contactPk(contactId), 'because#')
          .map((item) => {
            const [, enrollmentId, number] = item.sk.split('#');
            return {
              enrollmentId: enrollmentId as EnrollmentId,
              number: Number(number),
              because: item.document as Because,
            };
          })
          .sort((a, b) => walkNumber(a.enrollmentId) - walkNumber(b.enrollmentId) || a.number - b.number)
          .map(({ enrollmentId, because }) => ({ enrollmentId, because })),
      ),
    listWalks: (contactId) =>
      read('listWalks', contactId, () =>
        table
          .partition(contactPk(contactId), 'walk#')
          .map((item) => item.document as EndedEnrollment)
          .sort((a, b) => walkNumber(a.id) - walkNumber(b.id)),
      ),
    listEnrollments: (campaignId, page) =>
      read('listEnrollments', campaignId, () => {
        const list = campaignList(campaignId);
        const entries = distinct(table.index('list', list));
        const cut = cutPage(entries, ({ sort }) => sort, list, page);
        return { ...cut, items: cut.items.flatMap(({ sort }) => walkViews(table, sort as EnrollmentId)) };
      }),
    listDue: (now, page) =>
      read('listDue', now, () => {
        const entries = merged(table, 'due', DUE_SHARDS).filter(({ sort }) => sort <= now);
        const cut = cutPage(entries, entryName, 'due', page);
        return { ...cut, items: cut.items.map(({ item }) => item.pk.slice('contact#'.length) as ContactId) };
      }),
    listCampaigns: (page) => read('listCampaigns', '', () => indexed(LISTS.campaigns, page, true)),
    listSenders: (page) => read('listSenders', '', () => indexed(LISTS.senders, page)),
    listSequences: (page) => read('listSequences', '', () => indexed(LISTS.sequences, page)),
    newestSequence: (id) =>
      read('newestSequence', id, () => table.partition(sequencePk(id), 'v').at(-1)?.document as Sequence),
    listContacts: (page) => read('listContacts', '', () => indexed(CONTACTS, page, false, 'due')),
    listSuppressions: (page) =>
      read('listSuppressions', '', () => {
        const entries = [...table.index('due', SUPPRESSED)].reverse();
        const cut = cutPage(entries, entryName, SUPPRESSED, page);
        return { ...cut, items: cut.items.flatMap(({ item }) => suppressionOf(table.get(item))) };
      }),
    listCompany: (domain, page) => read('listCompany', domain, () => indexed(companyPk(domain), page)),
    listAlerts: (page) => read('listAlerts', '', () => indexed(LISTS.alerts, page, true)),
    listNotices: (of, page) => read('listNotices', of, () => indexed(noticesPk(of), page)),
    listAttempts: (of, page) => read('listAttempts', of, () => partitioned(attemptsPk(of), '', page)),
    listReports: (campaignId, page) =>
      read('listReports', campaignId, () => partitioned(campaignList(campaignId), REPORTS, page)),
    listImports: (page) => read('listImports', '', () => indexed(LISTS.imports, page, true)),
    listErasures: (page) =>
      read('listErasures', '', () => {
        const found: Page<Erasure> = indexed(LISTS.erasures, page);
        return { ...found, items: found.items.filter(({ doneAt }) => doneAt === undefined) };
      }),
    listRepeats: (page) => read('listRepeats', '', () => indexed(LISTS.repeats, page, true)),
    listAudit: (page) => read('listAudit', '', () => indexed(LISTS.audit, page, true)),
    listMessages: (of, page) =>
      read('listMessages', of, () =>
        of === UNMATCHED || of === INBOX
          ? indexed(of, page, true)
          : partitioned(messagePk(of), 'message#', page),
      ),
    listTasks: (of, page) =>
      read('listTasks', 'contactId' in of ? of.contactId : 'open', () => {
        if ('contactId' in of) return partitioned(contactPk(of.contactId), 'task#', page);
        const found: Page<Task> = indexed(LISTS.tasks, page);
        return { ...found, items: found.items.filter((task) => task.status === 'open') };
      }),
  };
}

const merged = (table: Table, name: IndexName, partitions: readonly string[]): readonly Entry[] =>
  partitions
    .flatMap((partition) => table.index(name, partition))
    .sort((a, b) => (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0));

/** A walk stands in the list under its state item, under its copy, or for a moment under both. */
function distinct(entries: readonly Entry[]): readonly Entry[] {
  return entries.filter((entry, at) => entry.sort !== entries[at - 1]?.sort);
}

function walkViews(table: Table, id: EnrollmentId) {
  const contactId = readEnrollmentId(id)?.contactId;
  if (!contactId) return [];
  const current = (table.get(stateKey(contactId))?.document as ContactState | undefined)?.enrollment;
  const copy = table.get(walkKey(contactId, id))?.document as EndedEnrollment | undefined;
  const enrollment: Enrollment | undefined = current?.id === id ? current : copy;
  return enrollment ? [{ contactId, enrollment }] : [];
}

const entryName = ({ sort, item }: { sort: string; item: Key }): string => `${sort}\n${item.pk}\n${item.sk}`;

/** A cursor names the entry before the page; one of another listing is refused, as by the real store. */
function cutPage<One extends Entry | Item>(
  entries: readonly One[],
  nameOf: (one: One) => string,
  list: string,
  page: PageAsked | undefined,
): { readonly items: readonly One[]; readonly next?: string } {
  const limit = Math.min(Math.max(Math.trunc(page?.limit ?? PAGE_DEFAULT), 1), 1_000);
  const after = page?.after === undefined ? undefined : readCursor(page.after, list);
  const place = after === undefined ? -1 : entries.findIndex((one) => nameOf(one) === after);
  // The entry may be gone meanwhile: the page begins where it would stand.
  const from =
    place >= 0 ? place + 1 : after === undefined ? 0 : entries.filter((one) => nameOf(one) < after).length;
  const items = entries.slice(from, from + limit);
  const last = items.at(-1);
  const isOver = from + limit >= entries.length || !last;
  return { items, ...(isOver ? {} : { next: writeCursor(list, nameOf(last)) }) };
}

const writeCursor = (list: string, name: string): string =>
  Buffer.from(JSON.stringify([list, name])).toString('base64url');

function readCursor(after: string, list: string): string {
  try {
    const [of, name] = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'));
    if (of === list && typeof name === 'string') return name;
  } catch {
    // Falls through to the refusal: no cursor of ours.
  }
  throw Object.assign(new Error('This is no place in this listing.'), { name: 'BadCursor' });
}

const walkNumber = (id: EnrollmentId): number => readEnrollmentId(id)?.n ?? 0;
