/** The operation that tells of all others. */
import type { OperationsOf } from '../operation.ts';

export const referenceOperations = {
  'reference.openapi': {
    summary: 'This document',
    description: 'OpenAPI 3.1. As a page to read: `/docs`.',
    scope: 'public',
    answers: { 200: { mediaType: 'application/json', description: 'The OpenAPI document.' } },
    example: {},
  },
} satisfies OperationsOf<'reference'>;
