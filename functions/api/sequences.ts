/** /v1/sequences: what is written. POST under an id that exists makes the next version; versions never change. */
import type { sequenceOperations } from '../../shared/api/operations/sequences.ts';
import type { SequenceId } from '../../shared/domain/ids.ts';
import { saveSequence } from '../../shared/sequences.ts';
import { checkVersion, versioned } from './etag.ts';
import { created, type MakeHandlers, ok } from './handler.ts';
import { invalid, notFound } from './problem.ts';

export const sequenceHandlers: MakeHandlers<typeof sequenceOperations> = ({ store, ...ports }) => ({
  'sequences.save': async ({ body, ifMatch, freshId }) => {
    const id = body.id ?? freshId();
    const draft = await saveSequence({ store, ...ports }, { ...body, id }, (newest) =>
      checkVersion(ifMatch, newest ?? {}),
    );
    if (draft.kind === 'invalid') throw invalid(draft.faults);
    const { sequence } = draft;
    return draft.kind === 'new' ? created(sequence, versioned(sequence)) : ok(sequence, versioned(sequence));
  },
  'sequences.list': async ({ query }) => ok(await store.listSequences(query)),
  'sequences.get': async ({ params: { id } }) => {
    const sequence = await store.newestSequence(id as SequenceId);
    if (!sequence) throw notFound(`Sequence ${id}`);
    return ok(sequence, versioned(sequence));
  },
  'sequences.getVersion': async ({ params: { id, version } }) => {
    const sequence = await store.load('sequence', id, version);
    if (!sequence) throw notFound(`Version ${version} of sequence ${id}`);
    return ok(sequence);
  },
});
