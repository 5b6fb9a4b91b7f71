/** "No, this is an absence until the 7th": the person's word is the last one, and the plan follows. */
import Button from '@cloudscape-design/components/button';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import type { CorrectionInput, MessageView } from '../../../shared/api/contacts.ts';
import { useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { useClient } from '../session/session.tsx';

const KINDS = ['reply', 'absence', 'auto-reply', 'left-company', 'bounce', 'unsubscribe', 'list'] as const;
const REASONS = ['other', 'trip', 'leave'] as const;

const absenceOf = (message: MessageView) =>
  message.findings?.find(({ what, value }) => what === 'absence' && value !== 'undated')?.value ?? '';

export function CorrectReading(props: { readonly message: MessageView; readonly onDone: () => void }) {
  const t = useWords();
  const client = useClient();
  const { message, onDone } = props;
  const [kind, setKind] = useState<CorrectionInput['kind']>(
    KINDS.find((one) => one === message.read) ?? 'reply',
  );
  const [returnOn, setReturnOn] = useState(absenceOf(message));
  const [reason, setReason] = useState<(typeof REASONS)[number]>('other');
  const correct = useAct({
    run: () =>
      client.messages.correct(message.contactId ?? 'unmatched', message.id, {
        kind,
        ...(kind === 'absence' && returnOn ? { returnOn } : {}),
        ...(kind === 'absence' && reason !== 'other' ? { reason } : {}),
      }),
    done: () => t('reading.corrected'),
    after: onDone,
  });
  const kinds = KINDS.map((value) => ({ value, label: t(`kind.${value}`) }));
  const reasons = REASONS.map((value) => ({ value, label: t(`absence.${value}`) }));
  return (
    <div className="fields">
      <FormField label={t('reading.it-is')}>
        <Select
          options={kinds}
          selectedOption={kinds.find(({ value }) => value === kind) ?? null}
          onChange={({ detail }) => setKind(detail.selectedOption.value as CorrectionInput['kind'])}
        />
      </FormField>
      {kind === 'absence' && (
        <>
          <FormField label={t('reading.back-on')} description={t('reading.back-on-about')}>
            <DatePicker
              value={returnOn}
              placeholder="YYYY/MM/DD"
              onChange={({ detail }) => setReturnOn(detail.value)}
            />
          </FormField>
          <FormField label={t('reading.why-away')}>
            <Select
              options={reasons}
              selectedOption={reasons.find(({ value }) => value === reason) ?? null}
              onChange={({ detail }) => setReason(detail.selectedOption.value as (typeof REASONS)[number])}
            />
          </FormField>
        </>
      )}
      <div className="fields-end">
        <Button variant="primary" loading={correct.isPending} onClick={() => correct.mutate()}>
          {t('do.save')}
        </Button>
      </div>
    </div>
  );
}
