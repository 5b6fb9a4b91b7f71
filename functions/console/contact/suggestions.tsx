/** What their mails say of them, each with its sentence: taken over or dismissed in one tap. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ContactAnswer, ContactView, SuggestionInput } from '../../../shared/api/contacts.ts';
import { useCodeWords, useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { useClient } from '../session/session.tsx';

export function Suggestions({ contact }: { readonly contact: ContactView }) {
  const t = useWords();
  const code = useCodeWords();
  const client = useClient();
  const settle = useAct<SuggestionInput>({
    run: (given) => client.contacts.settleSuggestion(contact.id, given),
    foresee: (given) => [
      {
        key: ['contact', contact.id],
        change: (before: ContactAnswer): ContactAnswer => ({
          ...before,
          contact: { ...before.contact, suggestions: settled(before.contact.suggestions, given) },
        }),
      },
    ],
  });
  const open = (contact.suggestions ?? []).filter((one) => !one.settled);
  if (open.length === 0) return null;
  return (
    <Container header={<Header variant="h2">{t('suggest.title')}</Header>}>
      <ul className="rows">
        {open.map(({ field, value, quote }) => (
          <li key={`${field} ${value}`} className="suggestion">
            <Box>
              {t(field === 'title' ? 'suggest.title-field' : `suggest.${field}`)}:{' '}
              <strong>{field === 'authority' ? code('authority', value) : value}</strong>
            </Box>
            {quote && (
              <blockquote className="quote" dir="auto">
                {quote}
              </blockquote>
            )}
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                ariaLabel={t('suggest.accept', { value })}
                onClick={() => settle.mutate({ field, value, accept: true })}
              >
                {t('do.accept')}
              </Button>
              <Button
                variant="link"
                ariaLabel={t('suggest.dismiss', { value })}
                onClick={() => settle.mutate({ field, value, accept: false })}
              >
                {t('do.dismiss')}
              </Button>
            </SpaceBetween>
          </li>
        ))}
      </ul>
    </Container>
  );
}

const settled = (all: ContactView['suggestions'], given: SuggestionInput): ContactView['suggestions'] =>
  all?.map((one) =>
    one.field === given.field && one.value === given.value
      ? { ...one, settled: given.accept ? ('accepted' as const) : ('dismissed' as const) }
      : one,
  );
