/** Whoever comes back from a chat or a call is asked how it went; until then the task stays, on this device too. */

import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useState } from 'react';
import type { TodayTask } from '../../../shared/api/today.ts';
import { useCodeWords, useWords } from '../lexicon/words.tsx';
import { readStored, store } from '../session/stored.ts';
import { OutcomeForm } from './outcome-form.tsx';

export type Tapped = Pick<TodayTask, 'id' | 'contactId' | 'kind' | 'name' | 'outcomes'>;

export function useTapped() {
  const [tapped, set] = useState<Tapped | undefined>(() => {
    const stored = readStored('tapped');
    return stored ? (JSON.parse(stored) as Tapped) : undefined;
  });
  const choose = (task: Tapped | undefined) => {
    const kept = task && {
      id: task.id,
      contactId: task.contactId,
      kind: task.kind,
      outcomes: task.outcomes,
      ...(task.name ? { name: task.name } : {}),
    };
    store('tapped', kept ? JSON.stringify(kept) : '');
    set(kept);
  };
  return [tapped, choose] as const;
}

export function AskOutcome({ task, onDone }: { readonly task: Tapped; readonly onDone: () => void }) {
  const t = useWords();
  const code = useCodeWords();
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={code('task', task.kind)}
          actions={
            <Button variant="link" onClick={onDone}>
              {t('today.not-yet')}
            </Button>
          }
        >
          {t('today.how-did-it-go', { name: task.name ?? '' })}
        </Header>
      }
    >
      <OutcomeForm task={task} onDone={onDone} />
    </Container>
  );
}
