/** What is known of a person: how to reach them, where that is from, and the dossier. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ContactView } from '../../../shared/api/contacts.ts';
import { useCodeWords, useWords } from '../lexicon/words.tsx';
import { useTimes } from '../parts/time.ts';
import { DossierEditor } from './dossier-editor.tsx';

export function Known({ contact }: { readonly contact: ContactView }) {
  const t = useWords();
  const code = useCodeWords();
  const times = useTimes();
  const pairs = [
    { label: t('field.address'), value: contact.address },
    { label: t('field.phones'), value: <Phones phones={contact.phones} /> },
    { label: t('field.language'), value: contact.language ? times.language(contact.language) : '–' },
    { label: t('field.source'), value: contact.source ?? '–' },
    { label: t('field.lawfulBasis'), value: contact.lawfulBasis ?? '–' },
    {
      label: t('field.grade'),
      value: contact.grade
        ? `${contact.grade}${contact.gradeFrom ? ` (${code('grade-from', contact.gradeFrom)})` : ''}`
        : t('grade.none'),
    },
  ];
  const fields = Object.entries(contact.fields);
  return (
    <Container header={<Header variant="h2">{t('contact.known')}</Header>}>
      <SpaceBetween size="m">
        <KeyValuePairs items={pairs} columns={1} />
        <DossierEditor contact={contact} />
        {fields.length > 0 && (
          <ExpandableSection headerText={t('contact.fields')}>
            <KeyValuePairs columns={1} items={fields.map(([label, value]) => ({ label, value }))} />
          </ExpandableSection>
        )}
      </SpaceBetween>
    </Container>
  );
}

const Phones = ({ phones }: { readonly phones: readonly string[] }) =>
  phones.length === 0
    ? '–'
    : phones.map((phone) => (
        <Box key={phone}>
          <Link href={`tel:${phone}`}>{phone}</Link>
        </Box>
      ));
