/** A mail of nobody known is given to whom it belongs: by their address, found among the contacts. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MessageView } from '../../../shared/api/contacts.ts';
import { useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { useClient } from '../session/session.tsx';

export function AssignMessage(props: { readonly message: MessageView; readonly onDone: () => void }) {
  const t = useWords();
  const client = useClient();
  const [text, setText] = useState('');
  const wanted = text.trim();
  const found = useQuery({
    queryKey: ['contacts', 'search', wanted],
    queryFn: () => client.contacts.list({ search: wanted }),
    enabled: /[^.]\.[a-z]/i.test(wanted),
  });
  const assign = useAct<string>({
    run: (contactId) => client.messages.assign(props.message.id, { contactId }),
    done: () => t('inbox.assigned'),
    after: props.onDone,
  });
  const people = found.data?.items ?? [];
  return (
    <SpaceBetween size="s">
      <FormField label={t('inbox.whose')} description={t('inbox.whose-about')}>
        <Input type="search" value={text} autoFocus onChange={({ detail }) => setText(detail.value)} />
      </FormField>
      {found.data && people.length === 0 && <Alert type="info">{t('inbox.nobody', { text: wanted })}</Alert>}
      <ul className="rows">
        {people.map((person) => (
          <li key={person.id} className="hold">
            <span>
              {[person.firstName, person.lastName].filter(Boolean).join(' ')} · {person.company} ·{' '}
              {person.address}
            </span>
            <Button
              ariaLabel={t('inbox.assign-to', { name: person.address })}
              loading={assign.isPending}
              onClick={() => assign.mutate(person.id)}
            >
              {t('inbox.theirs')}
            </Button>
          </li>
        ))}
      </ul>
    </SpaceBetween>
  );
}
