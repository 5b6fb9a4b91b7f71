/** All campaigns with how far each is. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import type { CampaignView } from '../../../shared/api/campaigns.ts';
import { CampaignProgress } from '../campaign/campaign-progress.tsx';
import { CampaignStatus } from '../campaign/campaign-status.tsx';
import { useWords } from '../lexicon/words.tsx';
import { Empty, Loaded } from '../parts/loaded.tsx';
import { useTimes } from '../parts/time.ts';
import { useSequenceNames } from '../sequence/names.ts';
import { useClient } from '../session/session.tsx';

export default function Campaigns() {
  const t = useWords();
  const times = useTimes();
  const client = useClient();
  const campaigns = useQuery({
    queryKey: ['campaigns'],
    queryFn: () => client.campaigns.list({ limit: 200 }),
  });
  const senders = useQuery({ queryKey: ['senders'], queryFn: () => client.senders.list({ limit: 200 }) });
  const nameOfSequence = useSequenceNames();
  const nameOfSender = (id: string) => senders.data?.items.find((one) => one.id === id)?.name ?? id;
  const launch = (
    <Button variant="primary" href="#/launch">
      {t('campaigns.new')}
    </Button>
  );
  return (
    <Loaded query={campaigns}>
      {({ items }) => (
        <Table<CampaignView>
          variant="full-page"
          items={[...items]}
          trackBy="id"
          wrapLines
          header={
            <Header variant="h1" counter={`(${items.length})`} actions={launch}>
              {t('nav.campaigns')}
            </Header>
          }
          columnDefinitions={[
            {
              id: 'name',
              header: t('campaigns.name'),
              isRowHeader: true,
              minWidth: 160,
              cell: (one) => <Link href={`#/campaigns/${one.id}`}>{one.name}</Link>,
            },
            {
              id: 'status',
              header: t('campaigns.status'),
              minWidth: 130,
              cell: (one) => <CampaignStatus status={one.status} />,
            },
            {
              id: 'contacts',
              header: t('campaigns.contacts'),
              minWidth: 80,
              cell: (one) => <Box>{one.contactCount}</Box>,
            },
            {
              id: 'progress',
              header: t('campaigns.progress'),
              minWidth: 160,
              cell: (one) => <CampaignProgress campaign={one} />,
            },
            {
              id: 'sender',
              header: t('campaigns.sender'),
              minWidth: 100,
              cell: (one) => nameOfSender(one.senderId),
            },
            {
              id: 'sequence',
              header: t('campaigns.sequence'),
              minWidth: 160,
              cell: (one) => (
                <Link href={`#/sequences/${one.sequenceId}`}>
                  {nameOfSequence(one.sequenceId)} · {t('sequence.version', { n: one.sequenceVersion })}
                </Link>
              ),
            },
            {
              id: 'created',
              header: t('campaigns.created'),
              minWidth: 140,
              cell: (one) => times.day(one.createdAt),
            },
          ]}
          empty={
            <Empty title={t('campaigns.empty')} action={launch}>
              {t('campaigns.empty-why')}
            </Empty>
          }
        />
      )}
    </Loaded>
  );
}
