/** What came of it, in one tap; what more there is to say opens below the tap that needs it. */
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, useState } from 'react';
import type { TodayAnswer } from '../../../shared/api/today.ts';
import type { Outcome } from '../../../shared/domain/task.ts';
import { useCodeWords, useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { Loading } from '../parts/loaded.tsx';
import { useClient } from '../session/session.tsx';
import type { Tapped } from './ask-outcome.tsx';
import type { Asks, Details } from './outcome-details.tsx';

/** Everything else is said by its name alone. */
const ASKS: Readonly<Partial<Record<string, Asks>>> = {
  'call-back-at': 'moment',
  interested: 'next',
  later: 'day',
  'wrong-person': 'person',
};

/** Its date picker is loaded when somebody has a date to say. */
const OutcomeDetails = lazy(() => import('./outcome-details.tsx'));

export function useOutcome(onDone: () => void) {
  const t = useWords();
  const code = useCodeWords();
  const client = useClient();
  return useAct<{ readonly task: Tapped; readonly outcome: string; readonly details?: Details }>({
    run: ({ task, outcome, details }) =>
      client.tasks.close(task.contactId, task.id, { outcome: outcome as Outcome, ...details }),
    foresee: ({ task }) =>
      [
        'everybody',
        ...(localStorage.getItem('relance.sender') ? [localStorage.getItem('relance.sender')] : []),
      ].map((sender) => ({
        key: ['today', sender],
        change: (today: TodayAnswer): TodayAnswer => ({
          ...today,
          tasks: today.tasks.filter(({ id }) => id !== task.id),
        }),
      })),
    done: ({ task, outcome }) =>
      t('outcome.saved', { name: task.name ?? '', outcome: code('outcome', outcome) }),
    after: onDone,
  });
}

export function OutcomeForm({ task, onDone }: { readonly task: Tapped; readonly onDone: () => void }) {
  const code = useCodeWords();
  const [asked, setAsked] = useState<string>();
  const close = useOutcome(onDone);
  return (
    <SpaceBetween size="s">
      <div className="row-acts outcomes">
        {task.outcomes.map((outcome) => (
          <Button
            key={outcome}
            loading={close.isPending && close.variables.outcome === outcome}
            ariaExpanded={ASKS[outcome] ? asked === outcome : undefined}
            onClick={() => (ASKS[outcome] ? setAsked(outcome) : close.mutate({ task, outcome }))}
          >
            {code('outcome', outcome)}
          </Button>
        ))}
      </div>
      {asked && (
        <Suspense fallback={<Loading />}>
          <OutcomeDetails
            key={asked}
            asks={ASKS[asked]}
            isBusy={close.isPending}
            onSave={(details) => close.mutate({ task, outcome: asked, details })}
          />
        </Suspense>
      )}
    </SpaceBetween>
  );
}
