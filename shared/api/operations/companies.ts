/** The operations of /v1/companies. */
import * as z from 'zod';
import { CompanyAnswer } from '../companies.ts';
import type { OperationsOf } from '../operation.ts';

const DOMAIN_CHARS_MAX = 253;

export const companyOperations = {
  'companies.get': {
    summary: 'Look at a company',
    description: 'By its mail domain: whose it is, who works there, and what holds its people.',
    scope: 'read',
    params: { domain: z.string().max(DOMAIN_CHARS_MAX) },
    answers: { 200: CompanyAnswer },
    example: { params: { domain: 'ferragens.example' } },
  },
} satisfies OperationsOf<'companies'>;
