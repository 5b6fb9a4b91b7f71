/** One address, one company, or a whole list of both as a spreadsheet saves it. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type FormEvent, useState } from 'react';
import { useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { base64Of } from '../parts/file-bytes.ts';
import { ListUpload } from '../parts/list-upload.tsx';
import { useClient } from '../session/session.tsx';

const REFUSED_SHOWN = 20;

/** `@acme.example` and `acme.example` are a company, `ana@acme.example` is a person. */
const isAddress = (value: string): boolean => value.indexOf('@') > 0;

export function AddSuppression() {
  const t = useWords();
  const client = useClient();
  const [value, setValue] = useState('');
  const add = useAct<string>({
    run: (given) => client.suppressions.add(isAddress(given) ? { address: given } : { domain: given }),
    done: (given) => t('suppressions.added', { value: given }),
    // A person's own line may have been there before: only a company is let in again by the tap after.
    undo: (given) => (isAddress(given) ? undefined : () => client.suppressions.remove(given)),
    after: () => setValue(''),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value.trim()) add.mutate(value.trim());
  };
  return (
    <Container header={<Header variant="h2">{t('suppressions.add')}</Header>}>
      <SpaceBetween size="l">
        <form onSubmit={submit}>
          <SpaceBetween size="s">
            <FormField label={t('suppressions.label')} description={t('suppressions.label-about')}>
              <Input
                value={value}
                placeholder="acme.example"
                onChange={({ detail }) => setValue(detail.value)}
              />
            </FormField>
            <Button variant="primary" formAction="submit" disabled={!value.trim()} loading={add.isPending}>
              {t('do.suppress')}
            </Button>
          </SpaceBetween>
        </form>
        <ImportList />
      </SpaceBetween>
    </Container>
  );
}

function ImportList() {
  const t = useWords();
  const client = useClient();
  const [refused, setRefused] = useState<readonly string[]>([]);
  const [count, setCount] = useState<number>();
  const take = useAct<File>({
    run: async (file) => {
      const answer = await client.suppressions.addMany({ base64: await base64Of(file) });
      setCount(answer.suppressed);
      setRefused(answer.refused.map(({ detail }) => detail));
    },
  });
  return (
    <SpaceBetween size="s">
      <FormField label={t('suppressions.list')} description={t('suppressions.list-about')}>
        <ListUpload files={[]} onChange={([file]) => file && take.mutate(file)} />
      </FormField>
      {take.isPending && <span role="status">{t('app.loading')}</span>}
      {count !== undefined && !take.isPending && (
        <Alert
          type={refused.length > 0 ? 'warning' : 'success'}
          header={t('suppressions.taken', { n: count })}
        >
          {refused.length > 0 && (
            <>
              <Box>{t('suppressions.refused', { n: refused.length })}</Box>
              <ul className="findings">
                {refused.slice(0, REFUSED_SHOWN).map((detail) => (
                  <li key={detail}>{detail}</li>
                ))}
              </ul>
            </>
          )}
        </Alert>
      )}
    </SpaceBetween>
  );
}
