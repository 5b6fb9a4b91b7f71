/** One mail of a conversation: what it was read as and on which words, and the way to say that it is something else. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import type { MessageView } from '../../../shared/api/contacts.ts';
import { useCodeWords, useWords } from '../lexicon/words.tsx';
import { MessageBody } from '../mail/message-body.tsx';
import { useTimes } from '../parts/time.ts';
import { CorrectReading } from './correct-reading.tsx';

export function MessageCard(props: {
  readonly message: MessageView;
  readonly headline: string;
  readonly isOpen?: boolean;
}) {
  const t = useWords();
  const code = useCodeWords();
  const { message } = props;
  const [isCorrecting, setCorrecting] = useState(false);
  return (
    <ExpandableSection
      defaultExpanded={props.isOpen ?? false}
      headerText={message.subject ?? t('mail.no-subject')}
      headerDescription={props.headline}
      variant="default"
    >
      <SpaceBetween size="s">
        {message.kind === 'in' && (
          <SpaceBetween size="xxs">
            <Box>
              {t('reading.read-as')} <strong>{code('kind', message.read)}</strong>
              {message.unverified && (
                <>
                  {' '}
                  <StatusIndicator type="warning">{t('reading.unverified')}</StatusIndicator>
                </>
              )}
              {message.matchedBy === 'company' && (
                <>
                  {' '}
                  <StatusIndicator type="info">{t('reading.probable')}</StatusIndicator>
                </>
              )}
            </Box>
            <Findings message={message} />
          </SpaceBetween>
        )}
        <MessageBody message={message} />
        {message.kind === 'in' && message.enrollmentId && (
          <div>
            <Button ariaExpanded={isCorrecting} onClick={() => setCorrecting(!isCorrecting)}>
              {t('reading.correct')}
            </Button>
          </div>
        )}
        {isCorrecting && <CorrectReading message={message} onDone={() => setCorrecting(false)} />}
      </SpaceBetween>
    </ExpandableSection>
  );
}

type Finding = NonNullable<MessageView['findings']>[number];
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A finding's value in the reader's own words: the day as a day, whose number it is, the code by its name. */
function useFoundWords(): (finding: Finding) => string {
  const code = useCodeWords();
  const times = useTimes();
  return ({ what, value }) => {
    if (ISO_DATE.test(value)) return times.date(value);
    const [number = '', owner] = value.split(' ');
    if (what === 'phone' && owner) return `${number} (${code('person', owner)})`;
    return code('found', value);
  };
}

function Findings({ message }: { readonly message: MessageView }) {
  const code = useCodeWords();
  const found = useFoundWords();
  const findings = (message.findings ?? []).filter(({ what }) => what !== 'kind');
  if (findings.length === 0) return null;
  return (
    <ul className="findings">
      {findings.map((finding) => (
        <li key={`${finding.what} ${finding.value}`}>
          {code('finding', finding.what)}: <strong>{found(finding)}</strong>
          {finding.quote && <span className="evidence"> “{finding.quote}”</span>}
        </li>
      ))}
    </ul>
  );
}
