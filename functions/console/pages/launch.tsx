/** From a list of people to letters on their way: upload, sender and sequence, the letters themselves, the plan, go. */
import Wizard from '@cloudscape-design/components/wizard';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { emptyPlan, isReady, type LaunchPlan, problemsOf } from '../launch/launch-plan.ts';
import { LettersStep } from '../launch/letters-step.tsx';
import { PeopleStep } from '../launch/people-step.tsx';
import { PlanStep } from '../launch/plan-step.tsx';
import { ReviewStep } from '../launch/review-step.tsx';
import { useLaunch } from '../launch/use-launch.ts';
import { useLetters } from '../launch/use-letters.ts';
import { WhoStep } from '../launch/who-step.tsx';
import { useWords } from '../lexicon/words.tsx';
import { useClient } from '../session/session.tsx';

const LETTERS_STEP = 2;

export default function Launch() {
  const t = useWords();
  const client = useClient();
  const [, go] = useLocation();
  const [plan, setPlan] = useState<LaunchPlan>(emptyPlan);
  const [step, setStep] = useState(0);
  const [fault, setFault] = useState<string>();
  const senders = useQuery({ queryKey: ['senders'], queryFn: () => client.senders.list({ limit: 200 }) });
  const only = senders.data?.items[0]?.id;
  useEffect(() => {
    if (only) setPlan((before) => (before.senderId ? before : { ...before, senderId: only }));
  }, [only]);
  const change = (part: Partial<LaunchPlan>) => {
    setFault(undefined);
    setPlan((before) => ({ ...before, ...part }));
  };
  const letters = useLetters(plan, step >= LETTERS_STEP);
  const launch = useLaunch();
  const leaveTo = (wanted: number) => {
    const problem = wanted > step ? problemsOf(plan, letters, step) : undefined;
    setFault(problem && t(problem));
    if (!problem) setStep(wanted);
  };
  const withFault = (at: number) => (at === step && fault ? { errorText: fault } : {});
  return (
    <Wizard
      activeStepIndex={step}
      isLoadingNextStep={launch.isBusy || (step === LETTERS_STEP && letters.isLoading)}
      submitButtonText={t('launch.go')}
      onNavigate={({ detail }) => leaveTo(detail.requestedStepIndex)}
      onCancel={() => go('/campaigns')}
      onSubmit={() => {
        if (!isReady(plan, letters)) return leaveTo(step + 1);
        launch.run(plan).then((id) => id && go(`/campaigns/${id}`));
      }}
      steps={[
        {
          title: t('launch.people'),
          description: t('launch.people-about'),
          content: <PeopleStep plan={plan} onChange={change} />,
          ...withFault(0),
        },
        {
          title: t('launch.who'),
          description: t('launch.who-about'),
          content: <WhoStep plan={plan} senders={senders.data?.items ?? []} onChange={change} />,
          ...withFault(1),
        },
        {
          title: t('launch.letters'),
          description: t('launch.letters-about'),
          content: <LettersStep plan={plan} letters={letters} onChange={change} />,
          ...withFault(2),
        },
        {
          title: t('launch.plan'),
          description: t('launch.plan-about'),
          content: <PlanStep letters={letters} />,
          ...withFault(3),
        },
        {
          title: t('launch.review'),
          content: (
            <ReviewStep plan={plan} letters={letters} progress={launch.progress} error={launch.error} />
          ),
          ...withFault(4),
        },
      ]}
    />
  );
}
