/** A letter written differently for one person. */
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useWords } from '../lexicon/words.tsx';

/** The footer (signature, postal address, opt-out) is put below by the product; what stands above it is written here. */
const FOOTER = /\n-- ?\n[\s\S]*$/;

export function LetterEditor(props: {
  readonly subject: string | undefined;
  readonly body: string;
  readonly isBusy?: boolean;
  readonly onSave: (own: { readonly subject?: string; readonly body: string }) => void;
  readonly onCancel: () => void;
}) {
  const t = useWords();
  const [subject, setSubject] = useState(props.subject ?? '');
  const [body, setBody] = useState(props.body.replace(FOOTER, ''));
  return (
    <SpaceBetween size="s">
      <FormField label={t('part.subject')} stretch>
        <Input value={subject} onChange={({ detail }) => setSubject(detail.value)} />
      </FormField>
      <FormField label={t('part.body')} stretch>
        <Textarea value={body} rows={14} autoFocus onChange={({ detail }) => setBody(detail.value)} />
      </FormField>
      <SpaceBetween direction="horizontal" size="xs">
        <Button
          variant="primary"
          disabled={!body.trim()}
          loading={props.isBusy ?? false}
          onClick={() => props.onSave({ ...(subject.trim() ? { subject: subject.trim() } : {}), body })}
        >
          {t('do.save')}
        </Button>
        <Button variant="link" onClick={props.onCancel}>
          {t('do.cancel')}
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
