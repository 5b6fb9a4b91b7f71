/** The operations of /v1/sequences. */
import * as z from 'zod';
import { PageQuery } from '../../api.ts';
import { EXAMPLE_SEQUENCE } from '../examples.ts';
import type { OperationsOf } from '../operation.ts';
import { SequenceInput, SequencePage, SequenceView } from '../sequences.ts';

const VERSION_MAX = 999_999;
const Version = z
  .string()
  .regex(/^[1-9][0-9]{0,5}$/, `Write the version as a number from 1 to ${VERSION_MAX}.`)
  .transform(Number);

const { id: _id, ...WITHOUT_ID } = EXAMPLE_SEQUENCE;

export const sequenceOperations = {
  'sequences.save': {
    summary: 'Save a sequence',
    description:
      'Under an `id` that exists this makes the next version; versions never change, and campaigns stay on theirs. The same words again are the same version, answered with 200. With `If-Match` it is only saved if the newest version is still the one you read.',
    scope: 'write',
    body: SequenceInput,
    answers: { 201: SequenceView, 200: SequenceView },
    isVersioned: true,
    example: { body: WITHOUT_ID },
  },
  'sequences.list': {
    summary: 'List sequences',
    description: 'Every version, by id, then by version.',
    scope: 'read',
    query: PageQuery,
    answers: { 200: SequencePage },
    example: {},
  },
  'sequences.get': {
    summary: 'Read the newest version of a sequence',
    scope: 'read',
    answers: { 200: SequenceView },
    isVersioned: true,
    example: { params: { id: EXAMPLE_SEQUENCE.id } },
  },
  'sequences.getVersion': {
    summary: 'Read one version of a sequence',
    scope: 'read',
    params: { version: Version },
    answers: { 200: SequenceView },
    example: { params: { id: EXAMPLE_SEQUENCE.id, version: '1' } },
  },
} satisfies OperationsOf<'sequences'>;
