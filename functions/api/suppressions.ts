/** /v1/suppressions: whole companies that are never written to, whatever the campaign. */
import { Hono } from 'hono/quick';
import { type DomainAnswer, DomainInput } from '../../shared/api/contacts.ts';
import { isFreeMail, mailDomainOf } from '../../shared/domain/company.ts';
import { normaliseAddress } from '../../shared/domain/ids.ts';
import type { Ports } from '../../shared/ports.ts';
import { invalid } from './problem.ts';
import { readBody } from './request.ts';

export const suppressionRoutes = (ports: Ports) =>
  new Hono()
    .post('/', async (context) => {
      const { domain: given } = await readBody(context, DomainInput);
      const domain = readDomain(given, { pointer: '/domain' });
      await ports.store.suppressDomain(domain, true);
      return context.json({ domain, suppressed: true } satisfies DomainAnswer);
    })
    .delete('/:domain', async (context) => {
      const domain = readDomain(context.req.param('domain'), {});
      await ports.store.suppressDomain(domain, false);
      return context.json({ domain, suppressed: false } satisfies DomainAnswer);
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
