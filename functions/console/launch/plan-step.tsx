/** Step four: the calendar, day by day, if nobody answers; and why each minute is what it is. */
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useLanguage, useWords } from '../lexicon/words.tsx';
import { useTimes } from '../parts/time.ts';
import { type Letters, planByDay } from './launch-plan.ts';

export function PlanStep({ letters }: { readonly letters: Letters }) {
  const t = useWords();
  const language = useLanguage();
  const times = useTimes();
  return (
    <SpaceBetween size="s">
      {planByDay(letters.people).map(({ day, items }, place) => (
        <ExpandableSection
          key={day}
          variant="container"
          headerText={times.date(day)}
          headerCounter={`(${items.length})`}
          defaultExpanded={place === 0}
        >
          <Table
            variant="embedded"
            items={items}
            wrapLines
            columnDefinitions={[
              {
                id: 'time',
                header: t('plan.ours'),
                minWidth: 90,
                cell: ({ step }) => <span className="nums">{step.ours.time}</span>,
              },
              {
                id: 'who',
                header: t('field.name'),
                isRowHeader: true,
                minWidth: 120,
                cell: ({ who }) => who.name ?? who.address,
              },
              {
                id: 'what',
                header: t('plan.what'),
                minWidth: 120,
                cell: ({ step }) =>
                  `${t('letter.step', { step: step.step + 1 })} · ${t(step.kind === 'letter' ? 'step.letter' : 'step.task')}`,
              },
              {
                id: 'theirs',
                header: t('plan.theirs'),
                minWidth: 130,
                cell: ({ step }) => (
                  <span className="nums">
                    {step.theirs.time} {times.city(step.theirs.zone)}
                  </span>
                ),
              },
              {
                id: 'why',
                header: t('next.why'),
                minWidth: 220,
                cell: ({ step }) => (
                  <Box variant="small">{step.reasons.map((reason) => reason[language]).join(' · ')}</Box>
                ),
              },
            ]}
          />
        </ExpandableSection>
      ))}
      {letters.people.length < letters.total && <Box>{t('app.loading')}</Box>}
    </SpaceBetween>
  );
}
