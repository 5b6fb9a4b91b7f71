/** /v1/imports and /v1/exports: files in by a link or a body, files out by a link. */
import type { ImportView, ReadAnswer } from '../../shared/api/imports.ts';
import type { exportOperations, importOperations } from '../../shared/api/operations/imports.ts';
import { CONTACTS_PER_CALL_MAX } from '../../shared/api.ts';
import { UnreadableCsv } from '../../shared/csv/read-rows.ts';
import type { CampaignId } from '../../shared/domain/ids.ts';
import { type Import, reportKey, sourceKey } from '../../shared/domain/import.ts';
import { HOUR, plus } from '../../shared/domain/instant.ts';
import { CSV_TYPE } from '../../shared/import-report.ts';
import type { Ports } from '../../shared/ports.ts';
import { readContacts } from '../../shared/read-contacts.ts';
import { EXPORTED_MAX, writeExport } from '../../shared/write-export.ts';
import { accepted, created, type MakeHandlers, ok } from './handler.ts';
import { conflict, invalid, notFound } from './problem.ts';
import { sentFile } from './request.ts';

const LINK_MS = HOUR;

type Asked = {
  readonly mapping?: Readonly<Record<string, string>> | undefined;
  readonly campaignId?: string | undefined;
  readonly launch: boolean;
  readonly acceptWarnings: 'all' | readonly string[];
};

export const importHandlers: MakeHandlers<typeof importOperations> = (ports) => {
  const announce = async (id: string, asked: Asked): Promise<Import> => {
    const { mapping, campaignId, launch, acceptWarnings } = asked;
    if (campaignId !== undefined) await checkCampaign(ports, campaignId as CampaignId);
    const one: Import = {
      id,
      createdAt: ports.clock.now(),
      status: 'waiting',
      done: 0,
      accepted: 0,
      refused: 0,
      badBatches: [],
      acceptWarnings,
      ...(mapping ? { mapping } : {}),
      ...(campaignId === undefined ? {} : { campaignId: campaignId as CampaignId }),
      ...(launch ? { launch } : {}),
    };
    const isNew = (await ports.store.putNew('import', one)) === 'put';
    return isNew ? one : ((await ports.store.load('import', id)) ?? one);
  };
  return {
    'imports.create': async ({ body, freshId }) => {
      const one = await announce(freshId(), body);
      const file = { bytes: body.bytes, type: 'text/csv', forMs: LINK_MS };
      const { url, headers } = await ports.files.uploadLink(sourceKey(one.id), file);
      const expiresAt = plus(ports.clock.now(), LINK_MS);
      const upload = { method: 'PUT' as const, url, headers: { ...headers }, expiresAt };
      return created({ import: await importView(ports, one), upload }, { Location: `/v1/imports/${one.id}` });
    },
    'imports.small': async ({ body, freshId }) => {
      const one = await announce(freshId(), body);
      if (one.status === 'waiting') await ports.files.write(sourceKey(one.id), sentFile(body), CSV_TYPE);
      return accepted(await importView(ports, one), { Location: `/v1/imports/${one.id}` });
    },
    'imports.read': async ({ body }) => {
      try {
        const read = await readContacts(sentFile(body), body.mapping ?? {}, CONTACTS_PER_CALL_MAX);
        return ok(read as ReadAnswer);
      } catch (error) {
        if (!(error instanceof UnreadableCsv)) throw error;
        throw invalid([{ pointer: body.csv === undefined ? '/base64' : '/csv', detail: error.message }]);
      }
    },
    'imports.list': async ({ query }) => {
      const page = await ports.store.listImports(query);
      const items = await Promise.all(page.items.map((one) => importView(ports, one)));
      return ok({ ...page, items });
    },
    'imports.get': async ({ params }) => {
      const one = await ports.store.load('import', params.id);
      if (!one) throw notFound(`Import ${params.id}`);
      return ok(await importView(ports, one));
    },
  };
};

export const exportHandlers: MakeHandlers<typeof exportOperations> = (ports) => ({
  'exports.create': async ({ body, freshId }) => {
    const campaignId = body.campaignId as CampaignId | undefined;
    if (campaignId && !(await ports.store.load('campaign', campaignId))) throw missingCampaign(campaignId);
    const file = await writeExport(ports, freshId(), { ...body, campaignId });
    if (file.kind === 'written')
      return created({ url: file.url, expiresAt: file.expiresAt, rows: file.rows });
    throw conflict(`There are more than ${EXPORTED_MAX} rows: read them page by page.`);
  },
});

async function checkCampaign(ports: Ports, id: CampaignId): Promise<void> {
  const campaign = await ports.store.load('campaign', id);
  if (!campaign) throw missingCampaign(id);
  if (campaign.status === 'finished') throw conflict(`Campaign ${id} is finished: create another.`);
}

const missingCampaign = (id: string) =>
  invalid([
    { pointer: '/campaignId', detail: `Campaign ${id} does not exist: create it first, as a draft.` },
  ]);

async function importView(ports: Ports, one: Import): Promise<ImportView> {
  const { badBatches: _parts, mapping: _mapping, acceptWarnings: _accepted, launch: _launch, ...rest } = one;
  const { reported = 0, columns, ...shown } = rest;
  const view = { ...shown, ...(columns ? { columns: columns.map((column) => ({ ...column })) } : {}) };
  if (reported === 0) return view;
  const name = `relance-import-${one.id}-errors.csv`;
  const url = await ports.files.downloadLink(reportKey(one.id), { name, forMs: LINK_MS });
  return { ...view, errors: { url, expiresAt: plus(ports.clock.now(), LINK_MS), rows: reported } };
}
