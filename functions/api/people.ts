/** People's data: one person's zip, forgetting them, and the log of who did what. */
import type { auditOperations, peopleOperations } from '../../shared/api/operations/people.ts';
import type { Erasure } from '../../shared/domain/erasure.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { erasePerson } from '../../shared/erase-person.ts';
import { exportPerson } from '../../shared/export-person.ts';
import { accepted, type MakeHandlers, ok } from './handler.ts';
import { notFound } from './problem.ts';

export const peopleHandlers: MakeHandlers<typeof peopleOperations> = (ports) => ({
  'people.export': async ({ params }) => {
    const zip = await exportPerson(ports, params.id as ContactId);
    if (!zip) throw notFound(`Contact ${params.id}`);
    const headers = { 'Content-Disposition': `attachment; filename="${params.id}.zip"` };
    return { status: 200, file: zip, mediaType: 'application/zip', headers };
  },
  'people.erase': async ({ params }) => {
    const erasure = await erasePerson(ports, params.id as ContactId);
    if (!erasure) throw notFound(`Contact ${params.id}`);
    return accepted(erasureView(erasure));
  },
  'people.erasure': async ({ params }) => {
    const erasure = await ports.store.load('erasure', params.id as ContactId);
    if (!erasure) throw notFound(`A wish of contact ${params.id} to be forgotten`);
    return ok(erasureView(erasure));
  },
});

const erasureView = ({ contactId, askedAt, doneAt }: Erasure) => ({
  contactId,
  askedAt,
  ...(doneAt ? { doneAt } : {}),
});

export const auditHandlers: MakeHandlers<typeof auditOperations> = ({ store }) => ({
  'audit.list': async ({ query }) => {
    const page = await store.listAudit(query);
    return ok({ ...page, items: page.items.map(({ expiresAt: _kept, ...entry }) => entry) });
  },
});
