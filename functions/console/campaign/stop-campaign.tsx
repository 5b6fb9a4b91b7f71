/** Stopping is for good: nobody of the campaign gets another letter, so it is asked once more. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { CampaignView } from '../../../shared/api/campaigns.ts';
import { useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
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
      <Modal
        visible={isAsking}
        onDismiss={() => setAsking(false)}
        header={t('campaign.stop-ask', { name: campaign.name })}
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={() => setAsking(false)}>
                {t('do.cancel')}
              </Button>
              <Button variant="primary" loading={stop.isPending} onClick={() => stop.mutate()}>
                {t('campaign.stop')}
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        {t('campaign.stop-about')}
      </Modal>
    </>
  );
}
