/** Saving sequences: a version never changes, so an edit is the next version, and the same words again are the same one. */
import { isDeepStrictEqual } from 'node:util';
import type { SequenceInput } from './api/sequences.ts';
import type { Fault } from './api.ts';
import { checkTemplates } from './check-templates.ts';
import type { SequenceId } from './domain/ids.ts';
import type { Sequence } from './domain/sequence.ts';
import type { Ports } from './ports.ts';

export type SequenceDraft =
  | { readonly kind: 'new' | 'stored'; readonly sequence: Sequence }
  | { readonly kind: 'invalid'; readonly faults: readonly Fault[] };

const SAVE_TRIES = 5;

/** Throws where the newest version is not the one that the caller knew. */
type Expected = (newest: Sequence | undefined) => void;

/** Saves nothing. */
export async function draftSequence(
  ports: Ports,
  input: SequenceInput,
  expected?: Expected,
): Promise<SequenceDraft> {
  const { id, ...content } = input;
  const faults = checkTemplates(content.steps).map(({ step, pointer, detail }) => ({
    pointer: `/steps/${step}${pointer}`,
    detail,
  }));
  if (faults.length > 0) return { kind: 'invalid', faults };
  const sequenceId = (id ?? ports.ids.fresh()) as SequenceId;
  const newest = id && (await ports.store.newestSequence(sequenceId));
  expected?.(newest || undefined);
  if (!newest) return { kind: 'new', sequence: { ...content, id: sequenceId, version: 1 } };
  const same: Sequence = { ...content, id: sequenceId, version: newest.version };
  if (isDeepStrictEqual(newest, same)) return { kind: 'stored', sequence: newest };
  return { kind: 'new', sequence: { ...same, version: newest.version + 1 } };
}

/** Throws if other edits take the next version five times in a row. */
export async function saveSequence(
  ports: Ports,
  input: SequenceInput,
  expected?: Expected,
): Promise<SequenceDraft> {
  for (let attempt = 0; attempt < SAVE_TRIES; attempt++) {
    const draft = await draftSequence(ports, input, expected);
    if (draft.kind !== 'new') return draft;
    if ((await ports.store.putNew('sequence', draft.sequence)) === 'put') return draft;
  }
  throw new Error(`A sequence is too contended: ${SAVE_TRIES} versions in a row were taken`);
}
