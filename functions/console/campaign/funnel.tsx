/** Where everybody stands, and the letters of each day: sent, and planned. */
import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useMemo } from 'react';
import type { EnrollmentView } from '../../../shared/api/contacts.ts';
import { useWords } from '../lexicon/words.tsx';
import { useNow } from '../parts/now.ts';
import { useTimes } from '../parts/time.ts';
import { countByDay, countFunnel, ownDay } from './counts.ts';

export default function Funnel({
  walks,
  isWhole,
}: {
  readonly walks: readonly EnrollmentView[];
  readonly isWhole: boolean;
}) {
  const t = useWords();
  const times = useTimes();
  const today = ownDay(useNow());
  const counts = useMemo(() => countFunnel(walks), [walks]);
  const days = useMemo(() => countByDay(walks, today), [walks, today]);
  const figures = [
    ['funnel.people', counts.people],
    ['funnel.written', counts.written],
    ['funnel.waiting', counts.waiting],
    ['funnel.held', counts.held],
    ['funnel.answered', counts.answered],
    ['funnel.ended', counts.endedOtherwise],
  ] as const;
  return (
    <Container
      header={
        <Header
          variant="h2"
          info={
            isWhole ? undefined : <StatusIndicator type="loading">{t('funnel.counting')}</StatusIndicator>
          }
        >
          {t('funnel.title')}
        </Header>
      }
    >
      <ColumnLayout columns={2} variant="text-grid">
        <dl className="figures">
          {figures.map(([label, count]) => (
            <div key={label}>
              <dt>{t(label)}</dt>
              <dd className="nums">{count}</dd>
            </div>
          ))}
        </dl>
        <BarChart
          height={150}
          stackedBars
          hideFilter
          ariaLabel={t('funnel.by-day')}
          xTitle={t('funnel.day')}
          yTitle={t('funnel.letters')}
          xScaleType="categorical"
          series={[
            {
              type: 'bar',
              title: t('funnel.sent'),
              data: days.map(({ day, sent }) => ({ x: times.date(day), y: sent })),
            },
            {
              type: 'bar',
              title: t('funnel.planned'),
              data: days.map(({ day, planned }) => ({ x: times.date(day), y: planned })),
            },
          ]}
          empty={<Box color="text-body-secondary">{t('funnel.no-letters')}</Box>}
        />
      </ColumnLayout>
    </Container>
  );
}
