/** A touch that the ledger advises against: it can still be done, for a reason that is kept. */
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { TaskAnswer } from '../../../shared/api/tasks.ts';
import { useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { Question } from '../parts/question.tsx';
import { useClient } from '../session/session.tsx';

export default function Cautions({ task }: { readonly task: TaskAnswer }) {
  const t = useWords();
  const client = useClient();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const override = useAct({
    run: () => client.tasks.override(task.contactId, task.id, { reason }),
    after: () => setOpen(false),
  });
  return (
    <>
      <Button iconName="status-warning" onClick={() => setOpen(true)}>
        {t('reach.better-not')}
      </Button>
      <Question
        isOpen={isOpen}
        onCancel={() => setOpen(false)}
        header={t('reach.better-not')}
        yes={t('reach.anyway')}
        act={override}
        isDisabled={!reason.trim()}
      >
        <SpaceBetween size="m">
          <ul>
            {task.cautions?.map((caution) => (
              <li key={caution.rule}>{caution.text}</li>
            ))}
          </ul>
          <FormField label={t('reach.reason')}>
            <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
          </FormField>
        </SpaceBetween>
      </Question>
    </>
  );
}
