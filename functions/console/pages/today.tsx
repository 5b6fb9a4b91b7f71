/** Today: the plan of my day. Who waits for me, whom I can reach now, what goes out by itself. */
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useDeferredValue, useState } from 'react';
import type { LetterToApprove } from '../../../shared/api/approvals.ts';
import { useWords } from '../lexicon/words.tsx';
import { Empty, Loaded, Loading } from '../parts/loaded.tsx';
import { useTimes } from '../parts/time.ts';
import { chosenSender, EVERYBODY } from '../session/begin.ts';
import { useClient } from '../session/session.tsx';
import { store } from '../session/stored.ts';
import { AskOutcome, useTapped } from '../today/ask-outcome.tsx';
import { groupsOf, type ReachGroup, type TodayGroups } from '../today/groups.ts';
import { LetterRow } from '../today/letter-row.tsx';
import { TaskRow } from '../today/task-row.tsx';
import { useApprovals } from '../today/use-approvals.ts';

// Most days have one sender and nothing to approve; the rest waits for neither.
const Approvals = lazy(() => import('../today/approvals.tsx'));
const SenderChoice = lazy(() => import('../today/sender-choice.tsx'));

export default function Today() {
  const t = useWords();
  const client = useClient();
  const [sender, setSender] = useState(chosenSender);
  const today = useQuery({
    queryKey: ['today', sender],
    queryFn: () => client.today.get(sender === EVERYBODY ? {} : { sender }),
  });
  const senders = useQuery({ queryKey: ['senders'], queryFn: () => client.senders.list({ limit: 200 }) });
  const choices = senders.data?.items ?? [];
  const waiting = useApprovals(sender === EVERYBODY ? choices.map(({ id }) => id) : [sender]);
  // A long day is drawn in pieces: what is tapped meanwhile is not kept waiting.
  const data = useDeferredValue(today.data);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={data ? <DayLine at={data.at} /> : '\u00a0'}
          actions={
            choices.length > 1 ? (
              <Suspense>
                <SenderChoice
                  senders={choices}
                  chosen={sender}
                  onChoose={(chosen) => {
                    store('sender', chosen);
                    setSender(chosen);
                  }}
                />
              </Suspense>
            ) : undefined
          }
        >
          {t('nav.today')}
        </Header>
      }
    >
      <Loaded query={{ ...today, data }}>
        {(shown) => <Groups groups={groupsOf(shown)} waiting={waiting} now={shown.at} isCut={shown.isCut} />}
      </Loaded>
    </ContentLayout>
  );
}

function DayLine({ at }: { readonly at: string }) {
  const times = useTimes();
  return (
    <>
      {times.day(at)} · {times.time(at)}
    </>
  );
}

function Groups(props: {
  readonly groups: TodayGroups;
  readonly waiting: readonly LetterToApprove[];
  readonly now: string;
  readonly isCut: boolean;
}) {
  const t = useWords();
  const { groups, waiting, now } = props;
  const [tapped, setTapped] = useTapped();
  // What is first stands first; the rest of a long day follows a moment later, below it.
  const isWhole = useDeferredValue(true, false);
  const isEmpty =
    groups.waiting.length +
      groups.reach.length +
      groups.decide.length +
      groups.other.length +
      groups.letters.length +
      waiting.length ===
    0;
  if (isEmpty)
    return (
      <Container>
        <Empty title={t('today.empty')} action={<Button href="#/launch">{t('today.empty-do')}</Button>}>
          {t('today.empty-why')}
        </Empty>
      </Container>
    );
  const row = (task: TodayGroups['waiting'][number]) => (
    <TaskRow
      key={task.id}
      task={task}
      now={now}
      onTap={() => setTapped(task)}
      isTapped={tapped?.id === task.id}
    />
  );
  return (
    <SpaceBetween size="l">
      {tapped && <AskOutcome task={tapped} onDone={() => setTapped(undefined)} />}
      <Group title={t('today.waiting')} about={t('today.waiting-about')} count={groups.waiting.length}>
        {groups.waiting.map(row)}
      </Group>
      {groups.reach.slice(0, isWhole ? undefined : 1).map((group) => (
        <Group key={group.key} title={<ReachTitle group={group} />} count={group.tasks.length}>
          {group.tasks.map(row)}
        </Group>
      ))}
      {isWhole && (
        <SpaceBetween size="l">
          <Group title={t('today.other')} count={groups.other.length}>
            {groups.other.map(row)}
          </Group>
          {waiting.length > 0 && (
            <Suspense fallback={<Loading />}>
              <Approvals waiting={waiting} />
            </Suspense>
          )}
          <Group title={t('today.letters')} about={t('today.letters-about')} count={groups.letters.length}>
            {groups.letters.map((letter) => (
              <LetterRow key={letter.enrollmentId} letter={letter} />
            ))}
          </Group>
          <Group title={t('today.decide')} about={t('today.decide-about')} count={groups.decide.length}>
            {groups.decide.map(row)}
          </Group>
        </SpaceBetween>
      )}
      {props.isCut && <Empty title={t('today.cut')} />}
    </SpaceBetween>
  );
}

function ReachTitle({ group }: { readonly group: ReachGroup }) {
  const t = useWords();
  const times = useTimes();
  const places = group.countries.map(times.country).join(', ');
  switch (group.kind) {
    case 'now':
      return t('today.reach-now');
    case 'later':
      return t('today.reach-from', { time: times.time(group.at), places });
    case 'unshared':
      return t('today.reach-unshared', { time: times.time(group.at), places });
    case 'another-day':
      return t('today.reach-day', { day: times.day(group.at), places });
    default:
      return group.kind satisfies never;
  }
}

function Group(props: {
  readonly title: ReactNode;
  readonly about?: string;
  readonly count: number;
  readonly children: ReactNode;
}) {
  if (props.count === 0) return null;
  return (
    <Container
      header={
        <Header variant="h2" counter={`(${props.count})`} description={props.about}>
          {props.title}
        </Header>
      }
    >
      <ul className="rows">{props.children}</ul>
    </Container>
  );
}
