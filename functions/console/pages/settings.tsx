/** Senders with their hours and channels, and what this device may do. */
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Toggle from '@cloudscape-design/components/toggle';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SenderView } from '../../../shared/api/senders.ts';
import { useWords } from '../lexicon/words.tsx';
import { Empty, Loaded } from '../parts/loaded.tsx';
import { useTimes } from '../parts/time.ts';
import { useClient } from '../session/session.tsx';
import { readStored, store } from '../session/stored.ts';
import { ChannelList } from '../settings/channel-list.tsx';
import { SenderActions } from '../settings/sender-actions.tsx';
import { NewSender, SenderForm } from '../settings/sender-form.tsx';

export default function Settings() {
  const t = useWords();
  const client = useClient();
  const senders = useQuery({ queryKey: ['senders'], queryFn: () => client.senders.list({ limit: 200 }) });
  const health = useQuery({ queryKey: ['health'], queryFn: () => client.health.get() });
  const [isAdding, setAdding] = useState(false);
  const times = useTimes();
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            <Button iconName="add-plus" ariaExpanded={isAdding} onClick={() => setAdding(!isAdding)}>
              {t('settings.new-sender')}
            </Button>
          }
        >
          {t('nav.settings')}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {isAdding && <NewSender onDone={() => setAdding(false)} />}
        <Loaded query={senders}>
          {({ items }) =>
            items.length === 0 && !isAdding ? (
              <Container>
                <Empty title={t('settings.no-sender')}>{t('settings.no-sender-why')}</Empty>
              </Container>
            ) : (
              <SpaceBetween size="l">
                {items.map((sender) => (
                  <Container
                    key={sender.id}
                    header={
                      <Header
                        variant="h2"
                        description={`${sender.company} · ${sender.address} · ${times.city(sender.zone)}`}
                        actions={<SenderActions sender={sender} />}
                      >
                        {sender.name}
                      </Header>
                    }
                  >
                    <SpaceBetween size="s">
                      <Paused sender={sender} />
                      <ExpandableSection headerText={t('settings.person')}>
                        <SenderForm sender={sender} />
                      </ExpandableSection>
                      <ExpandableSection headerText={t('settings.channels')}>
                        <ChannelList sender={sender} />
                      </ExpandableSection>
                    </SpaceBetween>
                  </Container>
                ))}
              </SpaceBetween>
            )
          }
        </Loaded>
        <Device />
        <Container header={<Header variant="h2">{t('settings.health')}</Header>}>
          <Loaded query={health}>
            {({ inbound }) =>
              inbound.fence === 'open' ? (
                <StatusIndicator>{t('settings.fence-open')}</StatusIndicator>
              ) : (
                <StatusIndicator type="error">
                  {t('settings.fence-closed', { n: inbound.deadLetters })}
                </StatusIndicator>
              )
            }
          </Loaded>
        </Container>
      </SpaceBetween>
    </ContentLayout>
  );
}

function Paused({ sender: { name, paused } }: { readonly sender: SenderView }) {
  const t = useWords();
  const times = useTimes();
  if (!paused) return null;
  return (
    <StatusIndicator type="stopped">
      {paused.until
        ? t('settings.paused-until', { name, when: times.dayTime(paused.until) })
        : t('settings.paused', { name })}
    </StatusIndicator>
  );
}

/** The browser asks the person; a refusal is theirs and is only told. */
function Device() {
  const t = useWords();
  const [isOn, setOn] = useState(readStored('notify') === 'on');
  const [isRefused, setRefused] = useState(false);
  const choose = async (wanted: boolean) => {
    const isAllowed =
      wanted && 'Notification' in window && (await Notification.requestPermission()) === 'granted';
    setRefused(wanted && !isAllowed);
    store('notify', isAllowed ? 'on' : 'off');
    setOn(isAllowed);
  };
  return (
    <Container header={<Header variant="h2">{t('settings.device')}</Header>}>
      <Toggle
        checked={isOn}
        onChange={({ detail }) => void choose(detail.checked)}
        description={t('settings.notify-about')}
      >
        {t('settings.notify')}
      </Toggle>
      {isRefused && <StatusIndicator type="warning">{t('settings.notify-refused')}</StatusIndicator>}
    </Container>
  );
}
