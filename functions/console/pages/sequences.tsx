/** All sequences, each at its newest version. */
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import type { SequenceView } from '../../../shared/api/sequences.ts';
import { useWords } from '../lexicon/words.tsx';
import { Empty, Loaded } from '../parts/loaded.tsx';
import { useTimes } from '../parts/time.ts';
import { useClient } from '../session/session.tsx';

/** The list holds every version, by id and then by version. */
export const newestOf = (all: readonly SequenceView[]): readonly SequenceView[] => [
  ...new Map(all.map((one) => [one.id, one])).values(),
];

export default function Sequences() {
  const t = useWords();
  const times = useTimes();
  const client = useClient();
  const sequences = useQuery({
    queryKey: ['sequences'],
    queryFn: () => client.sequences.list({ limit: 200 }),
  });
  const create = (
    <Button variant="primary" href="#/sequences/new">
      {t('sequences.new')}
    </Button>
  );
  return (
    <Loaded query={sequences}>
      {({ items }) => (
        <Table<SequenceView>
          variant="full-page"
          items={[...newestOf(items)]}
          trackBy="id"
          wrapLines
          header={
            <Header variant="h1" actions={create}>
              {t('nav.sequences')}
            </Header>
          }
          columnDefinitions={[
            {
              id: 'name',
              header: t('sequences.name'),
              isRowHeader: true,
              minWidth: 180,
              cell: (one) => <Link href={`#/sequences/${one.id}`}>{one.name}</Link>,
            },
            { id: 'version', header: t('sequences.version'), minWidth: 90, cell: (one) => one.version },
            {
              id: 'language',
              header: t('field.language'),
              minWidth: 110,
              cell: (one) => times.language(one.language),
            },
            {
              id: 'steps',
              header: t('sequences.steps'),
              minWidth: 220,
              cell: (one) => <StepsInWords sequence={one} />,
            },
          ]}
          empty={
            <Empty title={t('sequences.empty')} action={create}>
              {t('sequences.empty-why')}
            </Empty>
          }
        />
      )}
    </Loaded>
  );
}

function StepsInWords({ sequence }: { readonly sequence: SequenceView }) {
  const t = useWords();
  const words = sequence.steps.map((step) => {
    const days = 'days' in step.delay ? step.delay.days : step.delay.workingDays;
    const wait = days === 0 ? '' : t('days' in step.delay ? 'step.days' : 'step.working-days', { n: days });
    return [wait, step.kind === 'letter' ? t('step.letter') : t(`channel.${step.channel}`)]
      .filter(Boolean)
      .join(' ');
  });
  return <>{words.join(' → ')}</>;
}
