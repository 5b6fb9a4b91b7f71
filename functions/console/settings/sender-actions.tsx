/** Pause a sender, resume, and try whether answers to their own mailbox find their way here. */
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { SenderView } from '../../../shared/api/senders.ts';
import { useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { useClient } from '../session/session.tsx';

export function SenderActions({ sender }: { readonly sender: SenderView }) {
  const t = useWords();
  const client = useClient();
  const { id, paused } = sender;
  const foresee = (after: SenderView['paused']) => () => [
    { key: ['senders'], change: (before: SenderPage) => withPause(before, id, after) },
  ];
  const pause = useAct({
    run: () => client.senders.pause(id),
    foresee: foresee({}),
    done: () => t('settings.paused', { name: sender.name }),
    undo: () => () => client.senders.resume(id),
  });
  const resume = useAct({
    run: () => client.senders.resume(id),
    foresee: foresee(undefined),
    done: () => t('settings.resumed', { name: sender.name }),
    undo: () => () => client.senders.pause(id, paused ?? {}),
  });
  const probe = useAct({
    run: () => client.senders.probe(id),
    done: () => t('settings.probed', { address: sender.address }),
  });
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {!sender.ownMailbox?.seenAt && (
        <Button loading={probe.isPending} onClick={() => probe.mutate()}>
          {t('settings.probe')}
        </Button>
      )}
      {paused ? (
        <Button iconName="play" variant="primary" loading={resume.isPending} onClick={() => resume.mutate()}>
          {t('campaign.resume')}
        </Button>
      ) : (
        <Button iconName="pause" loading={pause.isPending} onClick={() => pause.mutate()}>
          {t('campaign.pause')}
        </Button>
      )}
    </SpaceBetween>
  );
}

type SenderPage = { readonly items: readonly SenderView[] };

const withPause = (before: SenderPage, id: string, after: SenderView['paused']): SenderPage => ({
  ...before,
  items: before.items.map((one) => {
    if (one.id !== id) return one;
    const { paused: _before, ...rest } = one;
    return { ...rest, ...(after ? { paused: after } : {}) };
  }),
});
