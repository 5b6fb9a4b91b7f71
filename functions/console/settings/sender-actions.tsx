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
  const { id } = sender;
  const pause = useAct({
    run: () => client.senders.pause(id),
    done: () => t('settings.paused', { name: sender.name }),
    undo: () => client.senders.resume(id),
  });
  const resume = useAct({
    run: () => client.senders.resume(id),
    done: () => t('settings.resumed', { name: sender.name }),
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
      <Button loading={pause.isPending} onClick={() => pause.mutate()}>
        {t('campaign.pause')}
      </Button>
      <Button loading={resume.isPending} onClick={() => resume.mutate()}>
        {t('campaign.resume')}
      </Button>
    </SpaceBetween>
  );
}
