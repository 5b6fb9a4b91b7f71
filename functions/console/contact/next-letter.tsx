/** "Next letter: when, and why then", with every hold that stands before it. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import type { ContactAnswer, EnrollmentView, NextStepView } from '../../../shared/api/contacts.ts';
import { useCodeWords, useLanguage, useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { Loaded } from '../parts/loaded.tsx';
import { useTimes } from '../parts/time.ts';
import { useClient } from '../session/session.tsx';

export function NextLetter({ answer }: { readonly answer: ContactAnswer }) {
  const t = useWords();
  const client = useClient();
  const { enrollment } = answer;
  const id = enrollment?.id ?? '';
  const next = useQuery({
    queryKey: ['next', id, enrollment?.dueAt, enrollment?.holds.length, enrollment?.state],
    queryFn: () => client.enrollments.next(id),
    enabled: enrollment !== undefined,
  });
  return (
    <Container header={<Header variant="h2">{t('next.title')}</Header>}>
      {enrollment ? (
        <SpaceBetween size="s">
          <Loaded query={next}>{(data) => <When next={data} walk={enrollment} />}</Loaded>
          <Holds walk={enrollment} />
          {enrollment.claim !== undefined && <Decide id={id} claim={enrollment.claim} />}
        </SpaceBetween>
      ) : (
        <Box color="text-body-secondary">{t('next.none')}</Box>
      )}
    </Container>
  );
}

function When({ next, walk }: { readonly next: NextStepView; readonly walk: EnrollmentView }) {
  const t = useWords();
  const code = useCodeWords();
  const language = useLanguage();
  const times = useTimes();
  if (next.step === undefined) {
    const why = walk.state === 'stopped' ? code('why', walk.stopped) : code('state', walk.state);
    return <Box>{t('next.ended', { why })}</Box>;
  }
  return (
    <SpaceBetween size="xxs">
      {next.at && next.theirs && next.ours ? (
        <div data-testid="next-at">
          <Box variant="h3" padding="n">
            {times.wall(next.theirs)}
          </Box>
          <Box variant="small">
            {t('next.there', { city: times.city(next.theirs.zone) })} ·{' '}
            {t('next.ours', { when: times.wall(next.ours) })}
          </Box>
        </div>
      ) : (
        <Box>{t('next.waits')}</Box>
      )}
      <Box variant="small">{t('letter.step', { step: next.step + 1 })}</Box>
      {next.reasons.length > 0 && (
        <>
          <Box variant="awsui-key-label">{t('next.why')}</Box>
          <ul className="findings">
            {next.reasons.map((reason) => (
              <li key={`${reason.rule} ${reason.en}`}>{reason[language]}</li>
            ))}
          </ul>
        </>
      )}
    </SpaceBetween>
  );
}

type Hold = EnrollmentView['holds'][number];

function Holds({ walk }: { readonly walk: EnrollmentView }) {
  const t = useWords();
  const code = useCodeWords();
  const times = useTimes();
  const client = useClient();
  const release = useAct<Hold>({
    run: (hold) => client.enrollments.release(walk.id, { hold: hold.id }),
    done: () => t('act.released'),
    // What a mail or a rule had held, a person holds now, until the same day.
    undo:
      ({ until }) =>
      () =>
        client.enrollments.hold(walk.id, until ? { until } : {}),
  });
  if (walk.holds.length === 0) return null;
  return (
    <ul className="rows">
      {walk.holds.map((hold) => (
        <li key={hold.id} className="hold">
          <StatusIndicator type="pending">
            {code('hold', hold.kind)}
            {hold.until ? ` · ${t('hold.until', { day: times.day(hold.until) })}` : ''}
          </StatusIndicator>
          {hold.kind !== 'approval' && (
            <Button
              variant="inline-link"
              ariaLabel={t('hold.end', { hold: code('hold', hold.kind) })}
              onClick={() => release.mutate(hold)}
            >
              {t('do.release')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** SES said neither yes nor no, and nothing has been heard since: a person settles it. */
function Decide({ id, claim }: { readonly id: string; readonly claim: string }) {
  const t = useWords();
  const client = useClient();
  const decide = useAct<'it-went' | 'send-again'>({
    run: (decision) => client.enrollments.decide(id, { decision, claim }),
  });
  return (
    <SpaceBetween size="xs">
      <Box>{t('decide.about')}</Box>
      <SpaceBetween direction="horizontal" size="xs">
        <Button onClick={() => decide.mutate('it-went')}>{t('decide.it-went')}</Button>
        <Button onClick={() => decide.mutate('send-again')}>{t('decide.send-again')}</Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
