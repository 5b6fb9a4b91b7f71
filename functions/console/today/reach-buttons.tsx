/** WhatsApp (or their country's chat), telephone and address book, with the paragraph rendered for this moment. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TaskAnswer } from '../../../shared/api/tasks.ts';
import type { TodayTask } from '../../../shared/api/today.ts';
import { useCodeWords, useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { useDownload } from '../parts/download.ts';
import { useClient } from '../session/session.tsx';

export const useTask = (task: Pick<TodayTask, 'contactId' | 'id'>) => {
  const client = useClient();
  return useQuery({
    queryKey: ['task', task.contactId, task.id],
    queryFn: () => client.tasks.get(task.contactId, task.id),
  });
};

export function ReachButtons(props: {
  readonly task: TodayTask;
  readonly isNow: boolean;
  readonly onTap: () => void;
}) {
  const t = useWords();
  const { task, isNow, onTap } = props;
  const { data } = useTask(task);
  const download = useDownload();
  if (!data) return null;
  if (data.cautions?.length) return <Cautions task={data} />;
  const name = data.name ?? '';
  const variant = isNow ? 'primary' : 'normal';
  return (
    <>
      <ChatButton answer={data} variant={task.kind === 'whatsapp' ? variant : 'normal'} onTap={onTap} />
      {data.telLink && (
        <Button
          href={data.telLink}
          variant={task.kind === 'call' ? variant : 'normal'}
          iconName="call"
          ariaLabel={t('reach.call-name', { name })}
          onClick={onTap}
        >
          {t('reach.call')}
        </Button>
      )}
      <Button
        iconName="user-profile"
        ariaLabel={t('reach.card-name', { name })}
        onClick={() =>
          void download(`/v1/tasks/${task.contactId}/${task.id}/card`, `${name || 'contact'}.vcf`)
        }
      >
        {t('reach.card')}
      </Button>
    </>
  );
}

function ChatButton(props: {
  readonly answer: TaskAnswer;
  readonly variant: 'primary' | 'normal';
  readonly onTap: () => void;
}) {
  const t = useWords();
  const code = useCodeWords();
  const { answer, variant, onTap } = props;
  const link = answer.whatsappLink ?? answer.chatLink;
  const app = code('app', answer.app ?? 'whatsapp');
  if (link)
    return (
      <Button
        href={link}
        target="_blank"
        rel="noopener noreferrer"
        variant={variant}
        iconName="contact"
        ariaLabel={t('reach.chat-name', { app, name: answer.name ?? '' })}
        onClick={onTap}
      >
        {app}
      </Button>
    );
  // WeChat and its like have no links: the paragraph goes by the clipboard.
  if (!answer.paragraph) return null;
  return (
    <Button
      variant={variant}
      iconName="copy"
      onClick={() => {
        void navigator.clipboard.writeText(answer.paragraph ?? '');
        onTap();
      }}
    >
      {t('reach.copy', { app })}
    </Button>
  );
}

/** The ledger advises against it: it can still be done, for a reason that is kept. */
function Cautions({ task }: { readonly task: TaskAnswer }) {
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
