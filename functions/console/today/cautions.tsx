/** A touch that the ledger advises against: it can still be done, for a reason that is kept. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { TaskAnswer } from '../../../shared/api/tasks.ts';
import { useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
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
      <Modal
        visible={isOpen}
        onDismiss={() => setOpen(false)}
        header={t('reach.better-not')}
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={() => setOpen(false)}>
                {t('do.cancel')}
              </Button>
              <Button
                variant="primary"
                disabled={!reason.trim()}
                loading={override.isPending}
                onClick={() => override.mutate()}
              >
                {t('reach.anyway')}
              </Button>
            </SpaceBetween>
          </Box>
        }
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
      </Modal>
    </>
  );
}
