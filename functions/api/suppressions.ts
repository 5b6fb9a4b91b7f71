/** /v1/suppressions: who is never written to, whatever the campaign: addresses, and whole companies by their domain. */
import type { suppressionOperations } from '../../shared/api/operations/suppressions.ts';
import { SUPPRESSED_PER_CALL_MAX, type SuppressionView } from '../../shared/api/suppressions.ts';
import { mapAtMost } from '../../shared/at-most.ts';
import { UnreadableCsv } from '../../shared/csv/read-rows.ts';
import { mailDomainOf } from '../../shared/domain/company.ts';
import { displayName } from '../../shared/domain/contact.ts';
import { type ContactId, normaliseAddress } from '../../shared/domain/ids.ts';
import type { Suppression } from '../../shared/domain/suppression.ts';
import type { Ports } from '../../shared/ports.ts';
import {
  readDomain,
  readSheet,
  readSuppressible,
  suppress,
  suppressMany,
} from '../../shared/suppress-many.ts';
import { unsuppressContact } from '../../shared/unsuppress-contact.ts';
import { type MakeHandlers, ok } from './handler.ts';
import { conflict, invalid } from './problem.ts';
import { sentFile } from './request.ts';

const READS_AT_ONCE = 25;

export const suppressionHandlers: MakeHandlers<typeof suppressionOperations> = (ports) => ({
  'suppressions.list': async ({ query }) => {
    const page = await ports.store.listSuppressions(query);
    const items = await mapAtMost(page.items, READS_AT_ONCE, (one) => suppressionView(ports, one));
    return ok({ ...page, items });
  },
  'suppressions.add': async ({ body: { domain, address } }) => {
    const found = domain === undefined ? readSuppressible(ports, address ?? '') : readDomain(domain);
    const pointer = domain === undefined ? '/address' : '/domain';
    if (found.kind === 'neither') throw invalid([{ pointer, detail: found.detail }]);
    if (domain === undefined && found.kind === 'domain') {
      throw invalid([{ pointer, detail: 'This is no mail address. Write it as name@example.com.' }]);
    }
    await suppress(ports, found);
    const { kind: _kind, ...named } = found;
    return ok({ ...named, suppressed: true });
  },
  'suppressions.addMany': async ({ body }) => {
    const { entries } = body;
    const pointer = body.csv === undefined ? '/base64' : '/csv';
    const list = entries ?? (await readList(sentFile(body), pointer));
    const { suppressed, refused } = await suppressMany(ports, list);
    const pointed = refused.map(({ place, detail }) =>
      entries
        ? { pointer: `/entries/${place}`, detail }
        : { pointer, detail: `Entry ${place + 1}: ${detail}` },
    );
    return ok({ suppressed, refused: pointed });
  },
  'suppressions.remove': async ({ params: { entry }, query: { reason } }) => {
    const found = isContactId(entry)
      ? ({ kind: 'contact', contactId: entry } as const)
      : readSuppressible(ports, entry);
    if (found.kind === 'neither') throw invalid([{ parameter: 'entry', detail: found.detail }]);
    if (found.kind === 'domain') {
      await ports.store.suppressDomain(found.domain, undefined);
      return ok({ domain: found.domain, suppressed: false });
    }
    const { contactId } = found;
    const answer = await unsuppressContact(ports, contactId, reason);
    if (answer.kind === 'forgotten') {
      throw conflict('They asked to be forgotten: nobody lets them in again. A new address is a new person.');
    }
    if (answer.kind === 'wants-reason') {
      const detail =
        `They said no themselves (${answer.why}). Say what has changed: ?reason=they-asked, where they have asked for ` +
        'letters since, or ?reason=recorded-by-mistake.';
      throw invalid([{ parameter: 'reason', detail }]);
    }
    const address = normaliseAddress(entry) ?? (await ports.store.load('contact', contactId))?.address;
    const domain = address && mailDomainOf(address);
    const isBarred = domain !== undefined && (await ports.store.isDomainSuppressed(domain));
    const body = { contactId, suppressed: isBarred, ...(isBarred ? { domain } : {}) };
    // The log names nobody: an address in the path stands there as its keyed id.
    return { ...ok(body), deed: { subject: contactId, ...(reason ? { reason } : {}) } };
  },
});

const isContactId = (entry: string): entry is ContactId => CONTACT_ID.test(entry);
const CONTACT_ID = /^[a-z2-7]{26}$/;

async function readList(bytes: Uint8Array, pointer: string): Promise<readonly string[]> {
  try {
    const list = await readSheet(bytes);
    if (list) return list;
  } catch (error) {
    if (!(error instanceof UnreadableCsv)) throw error;
    throw invalid([{ pointer, detail: error.message }]);
  }
  const detail = `Send at most ${SUPPRESSED_PER_CALL_MAX} in one call: cut the list in two.`;
  throw invalid([{ pointer, detail }]);
}

export async function suppressionView(
  ports: Pick<Ports, 'store'>,
  one: Suppression,
): Promise<SuppressionView> {
  if (one.kind === 'domain') return { ...one, why: 'by-person' };
  const contact = await ports.store.load('contact', one.contactId);
  return contact ? { ...one, address: contact.address, name: displayName(contact) } : one;
}
