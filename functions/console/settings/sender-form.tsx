/** Who writes: name, addresses and the working week. */
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input, { type InputProps } from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { SenderGiven, SenderView } from '../../../shared/api/senders.ts';
import { ApiRefusal } from '../../../shared/client.ts';
import { localeOf } from '../lexicon/load-words.ts';
import { useLanguage, useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { ownZone } from '../parts/time.ts';
import { useClient } from '../session/session.tsx';
import { type Form, formOf, givenOf, patchOf, TEXT_FIELDS } from './sender-fields.ts';

export function SenderForm({ sender }: { readonly sender: SenderView }) {
  const t = useWords();
  const client = useClient();
  const [form, setForm] = useState(() => formOf(sender));
  const before = formOf(sender);
  const save = useAct({
    run: () => client.senders.change(sender.id, patchOf(form)),
    done: () => t('act.saved'),
    undo: () => () => client.senders.change(sender.id, patchOf(before)).then(() => setForm(before)),
  });
  return (
    <SpaceBetween size="m">
      <Fields form={form} onChange={setForm} error={save.error} />
      <Button variant="primary" loading={save.isPending} onClick={() => save.mutate()}>
        {t('do.save')}
      </Button>
    </SpaceBetween>
  );
}

export function NewSender({ onDone }: { readonly onDone: () => void }) {
  const t = useWords();
  const client = useClient();
  const [form, setForm] = useState<Form>(() => ({ ...formOf(undefined), zone: ownZone() }));
  const save = useAct({
    run: () => client.senders.create(givenOf(form) as SenderGiven),
    done: () => t('act.saved'),
    after: onDone,
  });
  return (
    <Container header={<Header variant="h2">{t('settings.new-sender')}</Header>}>
      <SpaceBetween size="m">
        <Fields form={form} onChange={setForm} error={save.error} />
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="primary" loading={save.isPending} onClick={() => save.mutate()}>
            {t('do.save')}
          </Button>
          <Button variant="link" onClick={onDone}>
            {t('do.cancel')}
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}

/** The API's own sentence beside the field that it is about. */
const faultAt = (error: unknown, field: string): string | undefined =>
  error instanceof ApiRefusal
    ? error.problem.errors?.find(
        ({ pointer }) => pointer === `/${field}` || pointer?.startsWith(`/${field}/`),
      )?.detail
    : undefined;

function Fields(props: {
  readonly form: Form;
  readonly error: unknown;
  readonly onChange: (form: Form) => void;
}) {
  const t = useWords();
  const locale = localeOf(useLanguage());
  const { form, error, onChange } = props;
  // 2024-01-01 was a Monday.
  const days = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
    value: String(day),
    label: new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(
      Date.UTC(2024, 0, day),
    ),
  }));
  return (
    <SpaceBetween size="s">
      <div className="fields">
        {TEXT_FIELDS.map(({ field, type, placeholder }) => (
          <FormField key={field} label={t(`field.${field}`)} errorText={faultAt(error, field)}>
            <Input
              value={form[field]}
              type={(type ?? 'text') as InputProps.Type}
              placeholder={placeholder ?? ''}
              onChange={({ detail }) => onChange({ ...form, [field]: detail.value })}
            />
          </FormField>
        ))}
        <FormField label={t('field.workingDays')} errorText={faultAt(error, 'workingDays')}>
          <Multiselect
            options={days}
            placeholder={t('settings.country-days')}
            selectedOptions={days.filter(({ value }) => form.workingDays.includes(Number(value)))}
            onChange={({ detail }) =>
              onChange({
                ...form,
                workingDays: detail.selectedOptions.map(({ value }) => Number(value)).sort(),
              })
            }
          />
        </FormField>
      </div>
      <FormField label={t('field.postalAddress')} errorText={faultAt(error, 'postalAddress')} stretch>
        <Input
          value={form.postalAddress}
          onChange={({ detail }) => onChange({ ...form, postalAddress: detail.value })}
        />
      </FormField>
      <FormField
        label={t('field.daysOff')}
        description={t('field.daysOff-about')}
        errorText={faultAt(error, 'daysOff')}
        stretch
      >
        <Textarea
          rows={2}
          value={form.daysOff}
          placeholder="2026-12-24, 2026-12-31"
          onChange={({ detail }) => onChange({ ...form, daysOff: detail.value })}
        />
      </FormField>
    </SpaceBetween>
  );
}
