/** One person: what was said, what comes next and why then, how to reach them, and what is known of them. */
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ContactAnswer } from '../../../shared/api/contacts.ts';
import { AnswerBox } from '../contact/answer-box.tsx';
import { ContactActions } from '../contact/contact-actions.tsx';
import { ContactTasks } from '../contact/contact-tasks.tsx';
import { Known } from '../contact/known.tsx';
import { NextLetter } from '../contact/next-letter.tsx';
import { Suggestions } from '../contact/suggestions.tsx';
import { TimelineList } from '../contact/timeline-list.tsx';
import { useCodeWords, useWords } from '../lexicon/words.tsx';
import { Grade } from '../parts/grade.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { useNow } from '../parts/now.ts';
import { useTimes } from '../parts/time.ts';
import { useClient } from '../session/session.tsx';

type Props = { readonly id: string; readonly answering?: string };

export default function Contact({ id, answering }: Props) {
  const client = useClient();
  const contact = useQuery({ queryKey: ['contact', id], queryFn: () => client.contacts.get(id) });
  return (
    <Loaded query={contact}>
      {(data) => <Person answer={data} {...(answering ? { answering } : {})} />}
    </Loaded>
  );
}

export const nameOf = (contact: ContactAnswer['contact']): string =>
  [contact.firstName, contact.lastName].filter(Boolean).join(' ') || contact.address;

function Person({ answer, answering }: { readonly answer: ContactAnswer; readonly answering?: string }) {
  const t = useWords();
  const { contact } = answer;
  const client = useClient();
  const messages = useQuery({
    queryKey: ['messages', contact.id],
    queryFn: () => client.contacts.messages(contact.id, { limit: 100 }),
  });
  const timeline = useQuery({
    queryKey: ['timeline', contact.id],
    queryFn: () => client.contacts.timeline(contact.id),
  });
  const [picked, setPicked] = useState(answering);
  const mails = messages.data?.items ?? [];
  const lastHeard = mails.findLast(({ kind }) => kind === 'in');
  const answered = mails.find((mail) => mail.id === picked) ?? lastHeard;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={<Whereabouts contact={contact} />}
          actions={<ContactActions answer={answer} />}
        >
          <SpaceBetween size="xs" direction="horizontal" alignItems="center">
            <Grade grade={contact.grade} />
            {nameOf(contact)}
            <Standing answer={answer} />
          </SpaceBetween>
        </Header>
      }
    >
      <Grid gridDefinition={[{ colspan: { default: 12, s: 8 } }, { colspan: { default: 12, s: 4 } }]}>
        <SpaceBetween size="l">
          {answered && <AnswerBox message={answered} contact={contact} isAsked={answering !== undefined} />}
          <ContactTasks contactId={contact.id} />
          <Container header={<Header variant="h2">{t('contact.timeline')}</Header>}>
            <Loaded query={timeline}>
              {(data) => (
                <TimelineList timeline={data} messages={mails} zone={contact.zone} onAnswer={setPicked} />
              )}
            </Loaded>
          </Container>
        </SpaceBetween>
        <SpaceBetween size="l">
          <NextLetter answer={answer} />
          <Suggestions contact={contact} />
          <Known contact={contact} />
        </SpaceBetween>
      </Grid>
    </ContentLayout>
  );
}

function Whereabouts({ contact }: { readonly contact: ContactAnswer['contact'] }) {
  const t = useWords();
  const code = useCodeWords();
  const times = useTimes();
  const now = useNow();
  const place = [contact.city, contact.country && times.country(contact.country)].filter(Boolean).join(', ');
  return (
    <>
      {contact.title && `${contact.title}, `}
      {contact.company &&
        (contact.companyDomain ? (
          <Link href={`#/companies/${contact.companyDomain}`}>{contact.company}</Link>
        ) : (
          contact.company
        ))}
      {place && ` · ${place}`}
      {` · ${t('time.there', { time: times.dayTime(now, contact.zone) })} `}
      <Box variant="small" color="text-body-secondary" display="inline">
        ({code('zone', contact.zoneSource)})
      </Box>
    </>
  );
}

function Standing({ answer }: { readonly answer: ContactAnswer }) {
  const t = useWords();
  const code = useCodeWords();
  const { standing, enrollment } = answer;
  if (standing.kind === 'suppressed')
    return <Badge color="red">{t('contact.suppressed', { why: code('why', standing.why) })}</Badge>;
  if (!enrollment) return null;
  if (enrollment.state === 'stopped')
    return <StatusIndicator type="stopped">{code('why', enrollment.stopped)}</StatusIndicator>;
  if (enrollment.state === 'finished') return <StatusIndicator>{t('state.finished')}</StatusIndicator>;
  const hold = enrollment.holds.at(-1);
  if (hold) return <StatusIndicator type="pending">{code('hold', hold.kind)}</StatusIndicator>;
  return <StatusIndicator type="in-progress">{code('state', enrollment.state)}</StatusIndicator>;
}
