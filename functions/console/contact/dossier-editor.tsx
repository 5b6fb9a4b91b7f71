/** The customer file in its four parts; what is left empty goes. */

import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { ContactView } from '../../../shared/api/contacts.ts';
import { useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { useClient } from '../session/session.tsx';

const SECTIONS = ['contact', 'company', 'country', 'negotiation'] as const;
type Section = (typeof SECTIONS)[number];

export function DossierEditor({ contact }: { readonly contact: ContactView }) {
  const t = useWords();
  return (
    <>
      {SECTIONS.map((section) => (
        <ExpandableSection
          key={section}
          headerText={t(`dossier.${section}`)}
          headerCounter={`(${Object.keys(contact.dossier?.[section] ?? {}).length})`}
        >
          <SectionOf contact={contact} section={section} />
        </ExpandableSection>
      ))}
    </>
  );
}

function SectionOf({ contact, section }: { readonly contact: ContactView; readonly section: Section }) {
  const t = useWords();
  const client = useClient();
  const known = contact.dossier?.[section] ?? {};
  const [field, setField] = useState('');
  const [value, setValue] = useState('');
  const save = useAct<{ readonly field: string; readonly value: string | null }>({
    run: (given) =>
      client.contacts.edit(contact.id, { dossier: { [section]: { [given.field]: given.value } } }),
    done: () => t('act.saved'),
    undo: (given) => () =>
      client.contacts.edit(contact.id, {
        dossier: { [section]: { [given.field]: known[given.field] ?? null } },
      }),
    after: () => {
      setField('');
      setValue('');
    },
  });
  return (
    <SpaceBetween size="s">
      {Object.keys(known).length === 0 ? (
        <Box color="text-body-secondary">{t(`dossier.${section}-about`)}</Box>
      ) : (
        <KeyValuePairs
          columns={1}
          items={Object.entries(known).map(([label, text]) => ({
            label,
            value: (
              <>
                {text}{' '}
                <Button
                  variant="inline-icon"
                  iconName="remove"
                  ariaLabel={t('dossier.remove', { field: label })}
                  onClick={() => save.mutate({ field: label, value: null })}
                />
              </>
            ),
          }))}
        />
      )}
      <FormField label={t('dossier.field')}>
        <Input value={field} onChange={({ detail }) => setField(detail.value)} />
      </FormField>
      <FormField label={t('dossier.value')}>
        <Textarea rows={2} value={value} onChange={({ detail }) => setValue(detail.value)} />
      </FormField>
      <Button
        disabled={!field.trim() || !value.trim()}
        loading={save.isPending}
        onClick={() => save.mutate({ field: field.trim(), value: value.trim() })}
      >
        {t('do.add')}
      </Button>
    </SpaceBetween>
  );
}
