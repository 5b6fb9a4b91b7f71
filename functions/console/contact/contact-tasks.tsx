/** The open work with one person, as Today shows it. */
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useQuery } from '@tanstack/react-query';
import { useWords } from '../lexicon/words.tsx';
import { useClient } from '../session/session.tsx';
import { AskOutcome, useTapped } from '../today/ask-outcome.tsx';
import { TaskRow } from '../today/task-row.tsx';

export function ContactTasks({ contactId }: { readonly contactId: string }) {
  const t = useWords();
  const client = useClient();
  const today = useQuery({ queryKey: ['today', 'everybody'], queryFn: () => client.today.get() });
  const [tapped, setTapped] = useTapped();
  const mine = (today.data?.tasks ?? []).filter((task) => task.contactId === contactId);
  if (!today.data || mine.length === 0) return null;
  return (
    <Container header={<Header variant="h2">{t('contact.tasks')}</Header>}>
      {tapped && tapped.contactId === contactId && (
        <AskOutcome task={tapped} onDone={() => setTapped(undefined)} />
      )}
      <ul className="rows">
        {mine.map((task) => (
          <TaskRow
            key={task.id}
            task={task}
            now={today.data.at}
            isTapped={tapped?.id === task.id}
            onTap={() => setTapped(task)}
          />
        ))}
      </ul>
    </Container>
  );
}
