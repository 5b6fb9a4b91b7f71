/** People's data: one person's zip, forgetting them, and the log of who did what. */
import type {
  auditOperations,
  peopleOperations,
  retentionOperations,
} from '../../shared/api/operations/people.ts';
import type { Erasure } from '../../shared/domain/erasure.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import {
  FILES_KEPT_DAYS,
  MAILS_KEPT_DAYS,
  RETENTION_DEFAULT,
  type Retention,
} from '../../shared/domain/retention.ts';
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

export const auditHandlers: MakeHandlers<typeof auditOperations> = ({ store, clock }) => ({
  'audit.list': async ({ query }) => {
    const page = await store.listAudit(query);
    // DynamoDB deletes days after the term, and shows an item until then.
    const kept = page.items.filter(({ expiresAt }) => expiresAt > clock.now());
    return ok({ ...page, items: kept.map(({ expiresAt: _kept, ...entry }) => entry) });
  },
});

export const retentionHandlers: MakeHandlers<typeof retentionOperations> = (ports) => {
  const view = ({ auditDays }: Retention) => ({
    auditDays,
    mailDays: ports.settings.mailDays ?? MAILS_KEPT_DAYS,
    fileDays: FILES_KEPT_DAYS,
  });
  return {
    'retention.get': async () => ok(view((await ports.store.load('retention', 'all')) ?? RETENTION_DEFAULT)),
    'retention.set': async ({ body }) => {
      await ports.store.put('retention', body);
      return ok(view(body));
    },
  };
};
