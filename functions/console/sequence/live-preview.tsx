/** Every letter as this person would get it, with what the lint says, while it is being written. */
import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { SequenceGiven } from '../../../shared/api/sequences.ts';
import { LetterView } from '../launch/letter-view.tsx';
import { useWords } from '../lexicon/words.tsx';
import { Loading } from '../parts/loaded.tsx';
import { useFailureWords } from '../parts/notices.tsx';
import { useClient } from '../session/session.tsx';

const PAUSE_MS = 400;

/** Somebody who has everything that a template may ask for. */
const SAMPLE = {
  address: 'ana.silva@acme-bikes.example',
  firstName: 'Ana',
  lastName: 'Silva',
  title: 'Head of Purchasing',
  company: 'Acme Bikes',
  country: 'PT',
  city: 'Porto',
  language: 'en',
  lawfulBasis: 'Asked for our catalogue at the trade fair',
  fields: { why: 'Your new shop in Porto repairs bikes while people wait.' },
};

export function LivePreview({ sequence }: { readonly sequence: Omit<SequenceGiven, 'id'> }) {
  const t = useWords();
  const client = useClient();
  const wordFailure = useFailureWords();
  const settled = useSettled(JSON.stringify(sequence));
  const senders = useQuery({ queryKey: ['senders'], queryFn: () => client.senders.list({ limit: 200 }) });
  const [chosen, setChosen] = useState<string>();
  const sender = chosen ?? senders.data?.items[0]?.id;
  const preview = useQuery({
    queryKey: ['preview', sender, settled],
    queryFn: () =>
      client.campaigns.preview({
        sender: sender ?? '',
        sequence: JSON.parse(settled) as SequenceGiven,
        contacts: [SAMPLE],
      }),
    enabled: sender !== undefined,
    placeholderData: keepPreviousData,
  });
  const options = (senders.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Container
      header={
        <Header
          variant="h2"
          info={
            preview.isFetching ? (
              <StatusIndicator type="loading">{t('app.loading')}</StatusIndicator>
            ) : undefined
          }
        >
          {t('preview.title')}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {senders.data && options.length === 0 && <Alert type="info">{t('preview.no-sender')}</Alert>}
        {options.length > 1 && (
          <FormField label={t('campaigns.sender')}>
            <Select
              options={options}
              selectedOption={options.find(({ value }) => value === sender) ?? null}
              onChange={({ detail }) => setChosen(detail.selectedOption.value)}
            />
          </FormField>
        )}
        {preview.error && <Alert type="error">{wordFailure(preview.error)}</Alert>}
        {preview.data?.contacts[0]?.letters.map((letter) => (
          <LetterView key={`${letter.step} ${letter.context}`} letter={letter} />
        ))}
        {!preview.data && !preview.error && options.length > 0 && <Loading />}
      </SpaceBetween>
    </Container>
  );
}

/** The text once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
