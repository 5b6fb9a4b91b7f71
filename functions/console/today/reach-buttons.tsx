/** WhatsApp (or their country's chat), telephone and address book, with the paragraph rendered for this moment. */
import Button from '@cloudscape-design/components/button';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { TaskAnswer } from '../../../shared/api/tasks.ts';
import type { TodayTask } from '../../../shared/api/today.ts';
import { useCodeWords, useWords } from '../lexicon/words.tsx';
import { useDownload } from '../parts/download.ts';
import { useClient } from '../session/session.tsx';

const Cautions = lazy(() => import('./cautions.tsx'));

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
  if (!data) return <ComingButtons kind={task.kind} />;
  if (data.cautions?.length)
    return (
      <Suspense>
        <Cautions task={data} />
      </Suspense>
    );
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

/** The same buttons, before it is known where they lead: nothing jumps under the thumb when it is. */
function ComingButtons({ kind }: { readonly kind: string }) {
  const t = useWords();
  const code = useCodeWords();
  return (
    <>
      {kind === 'whatsapp' && (
        <Button disabled iconName="contact">
          {code('app', 'whatsapp')}
        </Button>
      )}
      <Button disabled iconName="call">
        {t('reach.call')}
      </Button>
      <Button disabled iconName="user-profile">
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
