/** Who is never written to again: companies by their domain; people on their own page, or by their own word. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type FormEvent, useState } from 'react';
import { useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { useClient } from '../session/session.tsx';

export default function Suppressions() {
  const t = useWords();
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={t('suppressions.about')}>
          {t('nav.suppressions')}
        </Header>
      }
    >
      <Add />
    </ContentLayout>
  );
}

function Add() {
  const t = useWords();
  const client = useClient();
  const [domain, setDomain] = useState('');
  const add = useAct<string>({
    run: (value) => client.suppressions.add({ domain: value }),
    done: (value) => t('suppressions.added', { value }),
    undo: (value) => client.suppressions.remove(value),
    after: () => setDomain(''),
  });
  const remove = useAct<string>({
    run: (value) => client.suppressions.remove(value),
    done: (value) => t('suppressions.removed', { value }),
    undo: (value) => client.suppressions.add({ domain: value }),
    after: () => setDomain(''),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (domain.trim()) add.mutate(domain.trim());
  };
  return (
    <Container header={<Header variant="h2">{t('suppressions.domain')}</Header>}>
      <form onSubmit={submit}>
        <SpaceBetween size="s">
          <FormField label={t('suppressions.label')} description={t('suppressions.label-about')}>
            <Input
              value={domain}
              placeholder="acme.example"
              onChange={({ detail }) => setDomain(detail.value)}
            />
          </FormField>
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="primary" formAction="submit" disabled={!domain.trim()} loading={add.isPending}>
              {t('do.suppress')}
            </Button>
            <Button
              disabled={!domain.trim()}
              loading={remove.isPending}
              onClick={() => remove.mutate(domain.trim())}
            >
              {t('suppressions.allow')}
            </Button>
          </SpaceBetween>
          <Box variant="small">{t('suppressions.person')}</Box>
        </SpaceBetween>
      </form>
    </Container>
  );
}
