/** /v1/suppressions: whole companies that are never written to, whatever the campaign. */
import type { suppressionOperations } from '../../shared/api/operations/suppressions.ts';
import { isFreeMail, mailDomainOf } from '../../shared/domain/company.ts';
import { normaliseAddress } from '../../shared/domain/ids.ts';
import { type MakeHandlers, ok } from './handler.ts';
import { invalid } from './problem.ts';

export const suppressionHandlers: MakeHandlers<typeof suppressionOperations> = ({ store }) => ({
  'suppressions.add': async ({ body }) => {
    const domain = readDomain(body.domain, { pointer: '/domain' });
    await store.suppressDomain(domain, true);
    return ok({ domain, suppressed: true });
  },
  'suppressions.remove': async ({ params }) => {
    const domain = readDomain(params.domain, {});
    await store.suppressDomain(domain, false);
    return ok({ domain, suppressed: false });
  },
});

/** Normalised as addresses are, or what is suppressed here would not be found there. */
function readDomain(given: string, place: { readonly pointer?: string }): string {
  const address = normaliseAddress(`x@${given.trim().replace(/^@/, '')}`);
  if (!address) {
    throw invalid([{ ...place, detail: 'This is no mail domain. Write it as example.com.' }]);
  }
  const domain = mailDomainOf(address);
  if (isFreeMail(domain)) {
    const detail = `${domain} is no company: suppress its users one by one, POST /v1/contacts/ID/suppress.`;
    throw invalid([{ ...place, detail }]);
  }
  return domain;
}
