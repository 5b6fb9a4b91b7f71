/** /v1/sequences: what is written. POST under an id that exists makes the next version; versions never change. */
import { Hono } from 'hono/quick';
import { SequenceInput } from '../../shared/api/sequences.ts';
import type { SequenceId } from '../../shared/domain/ids.ts';
import type { Ports } from '../../shared/ports.ts';
import { saveSequence } from '../../shared/sequences.ts';
import { invalid, notFound } from './problem.ts';
import { readBody, readPage } from './request.ts';

export const sequenceRoutes = (ports: Ports) =>
  new Hono()
    .post('/', async (context) => {
      const draft = await saveSequence(ports, await readBody(context, SequenceInput));
      if (draft.kind === 'invalid') throw invalid(draft.faults);
      return context.json(draft.sequence, draft.kind === 'new' ? 201 : 200);
    })
    .get('/', async (context) => context.json(await ports.store.listSequences(readPage(context))))
    .get('/:id', async (context) => {
      const id = context.req.param('id');
      const sequence = await ports.store.newestSequence(id as SequenceId);
      if (!sequence) throw notFound(`Sequence ${id}`);
      return context.json(sequence);
    })
    .get('/:id/versions/:version{[0-9]{1,6}}', async (context) => {
      const { id, version } = context.req.param();
      const sequence = await ports.store.load('sequence', id, Number(version));
      if (!sequence) throw notFound(`Version ${version} of sequence ${id}`);
      return context.json(sequence);
    });
