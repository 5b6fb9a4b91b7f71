/** Everything that happened to one person, newest first, in both clocks; mails open where they stand. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Icon, { type IconProps } from '@cloudscape-design/components/icon';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useState } from 'react';
import type { MessageView, Timeline, TimelineEntry } from '../../../shared/api/contacts.ts';
import { useCodeWords, useWords } from '../lexicon/words.tsx';
import { Empty } from '../parts/loaded.tsx';
import { ownZone, useTimes } from '../parts/time.ts';
import { MessageCard } from './message-card.tsx';

type Props = {
  readonly timeline: Timeline;
  readonly messages: readonly MessageView[];
  readonly zone: string;
  readonly onAnswer: (messageId: string) => void;
};

export function TimelineList({ timeline, messages, zone, onAnswer }: Props) {
  const t = useWords();
  const [isWhole, setWhole] = useState(false);
  const items = timeline.items.filter((entry) => isWhole || entry.kind !== 'reason').toReversed();
  if (timeline.items.length === 0) return <Empty title={t('contact.nothing-yet')} />;
  const newest = items.find(({ kind }) => kind === 'message');
  return (
    <SpaceBetween size="xs">
      <Toggle checked={isWhole} onChange={({ detail }) => setWhole(detail.checked)}>
        {t('contact.with-reasons')}
      </Toggle>
      <ol className="rows">
        {items.map((entry, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two things of one moment have no other name than their place.
          <li className="event" key={`${entry.at} ${entry.kind} ${items.length - place}`}>
            <Icon name={iconOf(entry)} />
            <div className="row-main">
              <Moment at={entry.at} zone={zone} />
              <Entry entry={entry} messages={messages} isOpen={entry === newest} onAnswer={onAnswer} />
            </div>
          </li>
        ))}
      </ol>
      {timeline.isCut && <Box color="text-body-secondary">{t('contact.cut')}</Box>}
    </SpaceBetween>
  );
}

function Moment({ at, zone }: { readonly at: string; readonly zone: string }) {
  const t = useWords();
  const times = useTimes();
  const theirs = times.dayTime(at, zone);
  const ours = times.dayTime(at);
  return (
    <Box variant="small">
      <span className="nums">{theirs}</span>
      {zone !== ownZone() && theirs !== ours && (
        <span className="nums"> · {t('time.here', { time: ours })}</span>
      )}
    </Box>
  );
}

function Entry(props: {
  readonly entry: TimelineEntry;
  readonly messages: readonly MessageView[];
  readonly isOpen: boolean;
  readonly onAnswer: (messageId: string) => void;
}) {
  const t = useWords();
  const code = useCodeWords();
  const { entry, messages } = props;
  switch (entry.kind) {
    case 'message': {
      const { id, kind, from, step } = entry.message;
      const whole = messages.find((message) => message.id === id);
      const headline = kind === 'in' ? (from ?? '') : t('letter.sent', { step: (step ?? 0) + 1 });
      if (!whole) return <Box>{headline}</Box>;
      return (
        <>
          <MessageCard message={whole} headline={headline} isOpen={props.isOpen} />
          {kind === 'in' && (
            <Button variant="inline-link" onClick={() => props.onAnswer(id)}>
              {t('do.answer')}
            </Button>
          )}
        </>
      );
    }
    case 'reason':
      return <Box>{entry.text}</Box>;
    case 'task':
      return (
        <Box>
          {code('task', entry.task)}:{' '}
          {entry.status === 'open' ? t('task.open') : code('outcome', entry.outcome ?? 'ended')}
        </Box>
      );
    case 'walk':
      return (
        <Box>
          {t('walk.ended', { end: code('why', entry.end) })} ·{' '}
          <Link href={`#/campaigns/${entry.campaignId}`}>{t('nav.campaign')}</Link>
        </Box>
      );
    default:
      return entry satisfies never;
  }
}

const iconOf = (entry: TimelineEntry): IconProps.Name => {
  switch (entry.kind) {
    case 'message':
      return entry.message.kind === 'in' ? 'envelope' : 'send';
    case 'reason':
      return 'status-info';
    case 'task':
      return entry.status === 'open' ? 'status-pending' : 'check';
    case 'walk':
      return 'status-stopped';
    default:
      return entry satisfies never;
  }
};
