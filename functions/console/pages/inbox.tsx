/** Everything that came in: from contacts, from nobody known, and what a person must settle. */
import Badge from '@cloudscape-design/components/badge';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MessageView } from '../../../shared/api/contacts.ts';
import type { PageQuery } from '../../../shared/api.ts';
import { MessageCard } from '../contact/message-card.tsx';
import { useCodeWords, useWords } from '../lexicon/words.tsx';
import { AssignMessage } from '../mail/assign-message.tsx';
import { Empty, Loaded } from '../parts/loaded.tsx';
import { useTimes } from '../parts/time.ts';
import { useClient } from '../session/session.tsx';
import { groupsOf } from '../today/groups.ts';
import { TaskRow } from '../today/task-row.tsx';

export default function Inbox() {
  const t = useWords();
  const client = useClient();
  return (
    <ContentLayout header={<Header variant="h1">{t('nav.inbox')}</Header>}>
      <Tabs
        ariaLabel={t('nav.inbox')}
        tabs={[
          {
            id: 'all',
            label: t('inbox.all'),
            content: <Mails name="inbox" list={(page) => client.messages.list(page)} />,
          },
          {
            id: 'unmatched',
            label: t('inbox.unmatched'),
            content: (
              <Mails name="unmatched" list={(page) => client.messages.list({ ...page, unmatched: 'true' })} />
            ),
          },
          { id: 'decide', label: t('inbox.decide'), content: <Decisions /> },
        ]}
      />
    </ContentLayout>
  );
}

type Page = { readonly items: readonly MessageView[]; readonly next?: string | undefined };

function Mails(props: {
  readonly name: 'inbox' | 'unmatched';
  readonly list: (page: PageQuery) => Promise<Page>;
}) {
  const t = useWords();
  const query = useInfiniteQuery({
    queryKey: ['mails', props.name],
    initialPageParam: '',
    queryFn: ({ pageParam }) => props.list({ limit: 50, ...(pageParam ? { after: pageParam } : {}) }),
    getNextPageParam: (page) => page.next,
  });
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0)
          return <Empty title={t(`inbox.${props.name}-empty`)}>{t(`inbox.${props.name}-empty-why`)}</Empty>;
        return (
          <Container>
            <ul className="rows">
              {items.map((message) => (
                <MailRow key={message.id} message={message} />
              ))}
            </ul>
            {query.hasNextPage && (
              <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {t('do.show-more')}
              </Button>
            )}
          </Container>
        );
      }}
    </Loaded>
  );
}

function MailRow({ message }: { readonly message: MessageView }) {
  const t = useWords();
  const code = useCodeWords();
  const times = useTimes();
  const [isAssigning, setAssigning] = useState(false);
  return (
    <li className="mail-row" data-mail={message.id}>
      <MessageCard message={message} headline={`${message.from ?? ''} · ${times.dayTime(message.at)}`} />
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        <Badge color={message.read === 'reply' ? 'green' : 'grey'}>{code('kind', message.read)}</Badge>
        {message.contactId ? (
          <Link href={`#/contacts/${message.contactId}`}>{t('inbox.open-contact')}</Link>
        ) : (
          <Button ariaExpanded={isAssigning} onClick={() => setAssigning(!isAssigning)}>
            {t('inbox.assign')}
          </Button>
        )}
      </SpaceBetween>
      {message.text.trim() && (
        <div className="preview" dir="auto">
          {message.text.trim().slice(0, PREVIEW_CHARS)}
        </div>
      )}
      {isAssigning && <AssignMessage message={message} onDone={() => setAssigning(false)} />}
    </li>
  );
}

/** More than any screen shows of it: the style cuts at the screen's own edge, with its dots. */
const PREVIEW_CHARS = 300;

function Decisions() {
  const t = useWords();
  const client = useClient();
  const today = useQuery({ queryKey: ['today', 'everybody'], queryFn: () => client.today.get() });
  return (
    <Loaded query={today}>
      {(data) => {
        const { decide } = groupsOf(data);
        if (decide.length === 0) return <Empty title={t('inbox.decide-empty')} />;
        return (
          <Container>
            <ul className="rows">
              {decide.map((task) => (
                <TaskRow key={task.id} task={task} now={data.at} isTapped={false} onTap={() => undefined} />
              ))}
            </ul>
          </Container>
        );
      }}
    </Loaded>
  );
}
