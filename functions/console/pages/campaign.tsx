/** One campaign: how far it is, what goes out on which day, and everybody in it. */
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { CampaignView } from '../../../shared/api/campaigns.ts';
import { campaignQuery } from '../campaign/campaign-queries.ts';
import { CampaignStatus } from '../campaign/campaign-status.tsx';
import { EnrollmentTable } from '../campaign/enrollment-table.tsx';
import { StopCampaign } from '../campaign/stop-campaign.tsx';
import { type Enrollments, useEnrollments } from '../campaign/use-enrollments.ts';
import { useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { ExportButton } from '../parts/export-button.tsx';
import { Loaded, Loading } from '../parts/loaded.tsx';
import { useSequenceNames } from '../sequence/names.ts';
import { useClient } from '../session/session.tsx';

/** The charts are half of the page's code: the rows need not wait for them. */
const Funnel = lazy(() => import('../campaign/funnel.tsx'));

export default function Campaign({ id }: { readonly id: string }) {
  const client = useClient();
  const campaign = useQuery(campaignQuery(client, id));
  // Asked for at once, beside the campaign itself.
  const walks = useEnrollments(id, expectedIn(campaign.data));
  return <Loaded query={campaign}>{(data) => <One campaign={data} walks={walks} />}</Loaded>;
}

/** A draft enrolls nobody. */
const expectedIn = (campaign: CampaignView | undefined): number =>
  campaign === undefined || campaign.status === 'draft' ? 0 : campaign.contactCount;

function One({ campaign, walks }: { readonly campaign: CampaignView; readonly walks: Enrollments }) {
  const t = useWords();
  const nameOfSequence = useSequenceNames();
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={<CampaignActions campaign={campaign} />}
          description={
            <>
              <CampaignStatus status={campaign.status} /> ·{' '}
              {t('campaign.contacts', { n: campaign.contactCount })} ·{' '}
              <Link href={`#/sequences/${campaign.sequenceId}`}>
                {nameOfSequence(campaign.sequenceId)} ·{' '}
                {t('sequence.version', { n: campaign.sequenceVersion })}
              </Link>
            </>
          }
        >
          {campaign.name}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Suspense fallback={<Loading />}>
          {walks.isLoading ? <Loading /> : <Funnel walks={walks.items} isWhole={walks.isWhole} />}
        </Suspense>
        <EnrollmentTable walks={walks} />
      </SpaceBetween>
    </ContentLayout>
  );
}

function CampaignActions({ campaign }: { readonly campaign: CampaignView }) {
  const t = useWords();
  const client = useClient();
  const { id, status } = campaign;
  const foresee = (next: CampaignView['status']) => () => [
    { key: ['campaign', id], change: (before: CampaignView): CampaignView => ({ ...before, status: next }) },
  ];
  const pause = useAct({
    run: () => client.campaigns.pause(id),
    foresee: foresee('paused'),
    done: () => t('campaign.paused-now'),
    undo: () => () => client.campaigns.resume(id),
  });
  const resume = useAct({
    run: () => client.campaigns.resume(id),
    foresee: foresee('running'),
    done: () => t('campaign.resumed-now'),
    undo: () => () => client.campaigns.pause(id),
  });
  const launch = useAct({
    run: () => client.campaigns.launch(id, { acceptWarnings: 'all' }),
    done: () => t('launch.done'),
  });
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <ExportButton asked={{ what: 'enrollments', campaignId: id }} />
      {status === 'running' && (
        <Button iconName="pause" loading={pause.isPending} onClick={() => pause.mutate()}>
          {t('campaign.pause')}
        </Button>
      )}
      {status === 'paused' && (
        <Button iconName="play" variant="primary" loading={resume.isPending} onClick={() => resume.mutate()}>
          {t('campaign.resume')}
        </Button>
      )}
      {status !== 'finished' && <StopCampaign campaign={campaign} />}
      {status === 'draft' && (
        <Button variant="primary" loading={launch.isPending} onClick={() => launch.mutate()}>
          {t('launch.go')}
        </Button>
      )}
    </SpaceBetween>
  );
}
