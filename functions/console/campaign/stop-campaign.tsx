/** Stopping is for good: nobody of the campaign gets another letter, so it is asked once more. */
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import type { CampaignView } from '../../../shared/api/campaigns.ts';
import { useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { Question } from '../parts/question.tsx';
import { useClient } from '../session/session.tsx';

export function StopCampaign({ campaign }: { readonly campaign: CampaignView }) {
  const t = useWords();
  const client = useClient();
  const [isAsking, setAsking] = useState(false);
  const stop = useAct({
    run: () => client.campaigns.stop(campaign.id),
    done: () => t('campaign.stopped-now'),
    after: () => setAsking(false),
  });
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('campaign.stop')}</Button>
      <Question
        isOpen={isAsking}
        onCancel={() => setAsking(false)}
        header={t('campaign.stop-ask', { name: campaign.name })}
        yes={t('campaign.stop')}
        act={stop}
      >
        {t('campaign.stop-about')}
      </Question>
    </>
  );
}
