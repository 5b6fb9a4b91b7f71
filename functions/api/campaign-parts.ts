/** The sender and the sequence of a new campaign: named by id, or written out in the same call. */

import type { CampaignInput } from '../../shared/api/campaigns.ts';
import type { Fault } from '../../shared/api.ts';
import { DEFAULT_SEQUENCE } from '../../shared/domain/default-sequence.ts';
import type { SenderId, SequenceId } from '../../shared/domain/ids.ts';
import type { Sender } from '../../shared/domain/sender.ts';
import type { Sequence } from '../../shared/domain/sequence.ts';
import type { Ports } from '../../shared/ports.ts';
import { createSender, draftSender } from '../../shared/senders.ts';
import { draftSequence, saveSequence } from '../../shared/sequences.ts';
import { conflict, invalid } from './problem.ts';

type Parts = Pick<CampaignInput, 'sender' | 'sequence'>;

type Part<Value> =
  | { readonly value: Value; readonly save: () => Promise<void> }
  | { readonly faults: readonly Fault[] };

/** Saves nothing by itself; `saveParts` does. Throws one problem with the faults of both. */
export async function campaignParts(ports: Ports, input: Parts, freshId: () => string = ports.ids.fresh) {
  const [sender, sequence] = await Promise.all([senderOf(ports, input), sequenceOf(ports, input, freshId)]);
  const faults = [sender, sequence].flatMap((part) => ('faults' in part ? part.faults : []));
  if ('faults' in sender || 'faults' in sequence) throw invalid(faults);
  const saveParts = async (): Promise<void> => {
    await sender.save();
    await sequence.save();
  };
  return { sender: sender.value, sequence: sequence.value, saveParts };
}

const nothing = async (): Promise<void> => undefined;

async function senderOf(ports: Ports, { sender }: Parts): Promise<Part<Sender>> {
  if (typeof sender === 'string') {
    const stored = await ports.store.load('sender', sender as SenderId);
    if (stored) return leftOr(stored, { value: stored, save: nothing });
    return {
      faults: [
        { pointer: '/sender', detail: `Sender ${sender} does not exist: create it, or write it out here.` },
      ],
    };
  }
  const draft = await draftSender(ports, sender);
  if (draft.kind === 'invalid') {
    return { faults: draft.faults.map((fault) => ({ ...fault, pointer: `/sender${fault.pointer}` })) };
  }
  if (draft.kind === 'taken') {
    const { id } = draft.sender;
    const detail = `This sender is known with other details: name it as "sender": "${id}", change it by PATCH /v1/senders/${id}, or give this one an id of its own.`;
    return { faults: [{ pointer: '/sender/id', detail }] };
  }
  const save = async (): Promise<void> => {
    const saved = await createSender(ports, { ...sender, id: draft.sender.id });
    if (saved.kind !== 'new' && saved.kind !== 'stored') throw raced('sender', draft.sender.id);
  };
  return leftOr(draft.sender, { value: draft.sender, save });
}

/** Whoever has left writes to nobody new: answers would reach an empty desk. */
const leftOr = (sender: Sender, part: Part<Sender>): Part<Sender> =>
  sender.transferredTo === undefined
    ? part
    : {
        faults: [
          { pointer: '/sender', detail: `${sender.name} has left; launch as ${sender.transferredTo}.` },
        ],
      };

async function sequenceOf(ports: Ports, asked: Parts, freshId: () => string): Promise<Part<Sequence>> {
  // The built-in one is saved like any other, so that a later release's wording changes no running campaign.
  const sequence = asked.sequence ?? DEFAULT_SEQUENCE;
  if (typeof sequence === 'string') {
    const stored = await ports.store.newestSequence(sequence as SequenceId);
    if (stored) return { value: stored, save: nothing };
    const detail = `Sequence ${sequence} does not exist: create it, or write it out here.`;
    return { faults: [{ pointer: '/sequence', detail }] };
  }
  const draft = await draftSequence(ports, { ...sequence, id: sequence.id ?? freshId() });
  if (draft.kind === 'invalid') {
    return { faults: draft.faults.map((fault) => ({ ...fault, pointer: `/sequence${fault.pointer}` })) };
  }
  const save = async (): Promise<void> => {
    const saved = await saveSequence(ports, { ...sequence, id: draft.sequence.id });
    // Two edits of one sequence at once: the campaign must not run on a version that it did not check.
    if (saved.kind === 'invalid' || saved.sequence.version !== draft.sequence.version) {
      throw raced('sequence', draft.sequence.id);
    }
  };
  return { value: draft.sequence, save };
}

const raced = (what: string, id: string) =>
  conflict(`Another call saved ${what} ${id} at the same moment. No campaign was created; try again.`);
