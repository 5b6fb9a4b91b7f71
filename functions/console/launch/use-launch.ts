/** The launch itself: one call for most lists; a long one goes in parts, and only its end lets letters out. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Client } from '../../../shared/client.ts';
import { useWords } from '../lexicon/words.tsx';
import { useTell } from '../parts/notices.tsx';
import { useClient } from '../session/session.tsx';
import { contactsOf, type LaunchPlan } from './launch-plan.ts';

const PER_CALL = 1_000;

export function useLaunch() {
  const t = useWords();
  const client = useClient();
  const tell = useTell();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<number>();
  const [error, setError] = useState<unknown>();
  /** The campaign's id; `undefined` where it was refused, and the page says why. */
  const run = async (plan: LaunchPlan): Promise<string | undefined> => {
    setError(undefined);
    setProgress(0);
    try {
      const { id, accepted } = await launch(client, plan, setProgress);
      tell({ type: 'success', text: t('launch.launched', { n: accepted }) });
      await queries.invalidateQueries();
      return id;
    } catch (failed) {
      setError(failed);
      return undefined;
    } finally {
      setProgress(undefined);
    }
  };
  return { run, progress, error, isBusy: progress !== undefined };
}

async function launch(client: Client, plan: LaunchPlan, onProgress: (percent: number) => void) {
  const contacts = contactsOf(plan);
  const [first = [], ...others] = Array.from({ length: Math.ceil(contacts.length / PER_CALL) }, (_, page) =>
    contacts.slice(page * PER_CALL, (page + 1) * PER_CALL),
  );
  const acceptWarnings = plan.acceptWarnings ? ('all' as const) : [];
  const { skipRefused } = plan;
  const isOne = others.length === 0;
  const { campaign, accepted } = await client.campaigns.create({
    name: plan.name.trim(),
    sender: plan.senderId ?? '',
    ...(plan.sequenceId ? { sequence: plan.sequenceId } : {}),
    approval: plan.approval,
    contacts: [...first],
    launch: isOne,
    skipRefused,
    acceptWarnings,
  });
  let taken = accepted;
  for (const [at, page] of others.entries()) {
    onProgress((100 * (at + 1)) / (others.length + 2));
    const answer = await client.campaigns.addContacts(campaign.id, {
      contacts: [...page],
      skipRefused,
      acceptWarnings,
    });
    taken += answer.accepted;
  }
  if (!isOne) await client.campaigns.launch(campaign.id, { skipRefused, acceptWarnings });
  return { id: campaign.id, accepted: taken };
}
