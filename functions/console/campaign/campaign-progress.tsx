/** How far a campaign is, in one line of the list. */
import Box from '@cloudscape-design/components/box';
import { useQuery } from '@tanstack/react-query';
import type { CampaignView } from '../../../shared/api/campaigns.ts';
import type { CampaignStats } from '../../../shared/api/stats.ts';
import { useWords } from '../lexicon/words.tsx';
import { useClient } from '../session/session.tsx';

/** It is reckoned from every enrollment: not again for each look at the list. */
const STALE_MS = 60_000;

export function CampaignProgress({ campaign }: { readonly campaign: CampaignView }) {
  const t = useWords();
  const client = useClient();
  const { id, status } = campaign;
  const { data } = useQuery({
    queryKey: ['campaign-stats', id],
    queryFn: () => client.stats.campaign(id),
    staleTime: STALE_MS,
    enabled: status !== 'draft',
  });
  if (!data) return <Box>–</Box>;
  const values = { sent: data.sent, replied: data.replied, ended: endedOf(data), all: data.contacts };
  return (
    <Box>
      {t('campaigns.so-far', values)}
      {data.isCut ? '…' : ''}
    </Box>
  );
}

const endedOf = ({ byState }: CampaignStats): number =>
  Object.values(byState.stopped).reduce((sum, count) => sum + count, byState.finished);
