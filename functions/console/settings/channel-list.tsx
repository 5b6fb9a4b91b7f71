/** Where alerts go, and whether they get there. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { SenderView } from '../../../shared/api/senders.ts';
import { useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { useTell } from '../parts/notices.tsx';
import { useTimes } from '../parts/time.ts';
import { useClient } from '../session/session.tsx';

export function ChannelList({ sender }: { readonly sender: SenderView }) {
  const t = useWords();
  const times = useTimes();
  const client = useClient();
  const tell = useTell();
  const test = useAct<string>({
    run: async (channelId) => {
      const { delivered, detail } = await client.channels.test(sender.id, channelId);
      tell(
        delivered
          ? { type: 'success', text: t('settings.tested', { channel: channelId }) }
          : { type: 'warning', text: t('settings.not-tested', { why: detail }) },
      );
    },
  });
  const { ownMailbox, redirectTo } = sender;
  return (
    <SpaceBetween size="s">
      <ul className="rows">
        {sender.channels.map((channel) => (
          <li key={channel.id} className="hold">
            <span>
              <strong>{channel.id}</strong> · {placeOf(channel)}
            </span>
            <Button
              ariaLabel={t('settings.test-name', { channel: channel.id })}
              loading={test.isPending && test.variables === channel.id}
              onClick={() => test.mutate(channel.id)}
            >
              {t('settings.test-channel')}
            </Button>
          </li>
        ))}
      </ul>
      <Box>
        {t('settings.redirect')}: <Box variant="code">{redirectTo}</Box>
      </Box>
      {ownMailbox?.seenAt ? (
        <StatusIndicator>
          {t('settings.redirect-seen', { day: times.day(ownMailbox.seenAt) })}
        </StatusIndicator>
      ) : (
        <StatusIndicator type="warning">{t('settings.redirect-unseen')}</StatusIndicator>
      )}
    </SpaceBetween>
  );
}

/** A chat's address carries its key, so the API tells only that there is one. */
const placeOf = (channel: SenderView['channels'][number]): string =>
  'address' in channel ? channel.address : 'url' in channel ? channel.url : channel.kind;
