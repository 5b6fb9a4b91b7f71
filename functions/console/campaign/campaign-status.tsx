/** Draft, running, paused, finished: in words and with the sign that goes with it. */
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { CampaignView } from '../../../shared/api/campaigns.ts';
import { useWords } from '../lexicon/words.tsx';

const SIGNS: Readonly<Record<CampaignView['status'], StatusIndicatorProps.Type>> = {
  draft: 'pending',
  running: 'in-progress',
  paused: 'stopped',
  finished: 'success',
};

export function CampaignStatus({ status }: Pick<CampaignView, 'status'>) {
  const t = useWords();
  return <StatusIndicator type={SIGNS[status]}>{t(`campaign.${status}`)}</StatusIndicator>;
}
