/** The last look before letters go out. */
import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useWords } from '../lexicon/words.tsx';
import { useFailureWords } from '../parts/notices.tsx';
import { useTimes } from '../parts/time.ts';
import { hasErrors, type LaunchPlan, type Letters, planByDay } from './launch-plan.ts';

export function ReviewStep(props: {
  readonly plan: LaunchPlan;
  readonly letters: Letters;
  readonly progress: number | undefined;
  readonly error: unknown;
}) {
  const t = useWords();
  const times = useTimes();
  const wordFailure = useFailureWords();
  const { plan, letters, progress, error } = props;
  const days = planByDay(letters.people);
  const wrong = letters.people.filter(hasErrors).length;
  const own = Object.keys(plan.own).length;
  return (
    <SpaceBetween size="l">
      <Container>
        <KeyValuePairs
          columns={3}
          items={[
            { label: t('campaigns.name'), value: plan.name },
            { label: t('campaigns.contacts'), value: plan.contacts.length - wrong },
            { label: t('launch.left-out'), value: wrong + plan.errors.length },
            { label: t('launch.own-letters'), value: own },
            { label: t('launch.first-day'), value: days[0] ? times.date(days[0].day) : '–' },
            {
              label: t('launch.last-day'),
              value: days.length > 0 ? times.date(days.at(-1)?.day ?? '') : '–',
            },
            {
              label: t('launch.approval'),
              value: t(plan.approval === 'each' ? 'launch.approve-each' : 'launch.approve-all'),
            },
          ]}
        />
      </Container>
      {progress !== undefined && <ProgressBar value={progress} label={t('launch.going')} />}
      {error !== undefined && <Alert type="error">{wordFailure(error)}</Alert>}
    </SpaceBetween>
  );
}
