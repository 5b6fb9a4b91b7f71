/** One act on many walks: a few at a time, told in one sentence, taken back in one tap. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Client } from '../../../shared/client.ts';
import { useWords } from '../lexicon/words.tsx';
import { useTell } from '../parts/notices.tsx';
import { useClient } from '../session/session.tsx';

export type BulkAct = 'hold' | 'release' | 'stop' | 'resume';
type Walk = { readonly id: string };

const AT_ONCE = 6;
const BACK: Readonly<Record<BulkAct, BulkAct>> = {
  hold: 'release',
  release: 'hold',
  stop: 'resume',
  resume: 'stop',
};

export function useBulk() {
  const t = useWords();
  const client = useClient();
  const queries = useQueryClient();
  const tell = useTell();
  const [isBusy, setBusy] = useState(false);
  const run = async (act: BulkAct, walks: readonly Walk[], isBack = false): Promise<void> => {
    setBusy(true);
    const failed = await forEach(client, act, walks);
    const done = walks.filter((walk) => !failed.includes(walk));
    await queries.invalidateQueries();
    setBusy(false);
    if (done.length > 0)
      tell({
        type: 'success',
        text: t(`bulk.${act}`, { n: done.length }),
        ...(isBack ? {} : { undo: () => run(BACK[act], done, true) }),
      });
    if (failed.length > 0) tell({ type: 'error', text: t('bulk.failed', { n: failed.length }) });
  };
  return { run, isBusy };
}

/** Answers those that the API refused. */
async function forEach(client: Client, act: BulkAct, walks: readonly Walk[]): Promise<readonly Walk[]> {
  const failed: Walk[] = [];
  const waiting = [...walks];
  const worker = async () => {
    for (let walk = waiting.shift(); walk; walk = waiting.shift()) {
      try {
        await client.enrollments[act](walk.id);
      } catch {
        failed.push(walk);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return failed;
}
