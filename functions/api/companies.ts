/** /v1/companies: one company by its mail domain. */
import type { companyOperations } from '../../shared/api/operations/companies.ts';
import { lookAtCompany } from '../../shared/look-at-company.ts';
import { type MakeHandlers, ok } from './handler.ts';
import { notFound } from './problem.ts';

export const companyHandlers: MakeHandlers<typeof companyOperations> = (ports) => ({
  'companies.get': async ({ params }) => {
    const domain = params.domain.toLowerCase();
    const company = await lookAtCompany(ports, domain);
    if (!company) throw notFound(`Company ${domain}`);
    return ok(company);
  },
});
