/** Step two: who writes, with which sequence, and whether a person sees each letter before it goes. */

import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import type { SenderView } from '../../../shared/api/senders.ts';
import { useWords } from '../lexicon/words.tsx';
import { newestOf } from '../pages/sequences.tsx';
import { useClient } from '../session/session.tsx';
import type { LaunchPlan } from './launch-plan.ts';

export function WhoStep(props: {
  readonly plan: LaunchPlan;
  readonly senders: readonly SenderView[];
  readonly onChange: (part: Partial<LaunchPlan>) => void;
}) {
  const t = useWords();
  const client = useClient();
  const { plan, onChange } = props;
  const sequences = useQuery({
    queryKey: ['sequences'],
    queryFn: () => client.sequences.list({ limit: 200 }),
  });
  const senders = props.senders.map(({ id, name, address }) => ({
    value: id,
    label: name,
    description: address,
  }));
  const builtIn = { value: '', label: t('launch.built-in') };
  const options = [
    builtIn,
    ...newestOf(sequences.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <Container>
      <SpaceBetween size="l">
        {senders.length === 0 && (
          <Alert type="warning" action={<Link href="#/settings">{t('nav.settings')}</Link>}>
            {t('launch.no-sender-yet')}
          </Alert>
        )}
        <FormField label={t('campaigns.name')}>
          <Input value={plan.name} onChange={({ detail }) => onChange({ name: detail.value })} />
        </FormField>
        <FormField label={t('campaigns.sender')}>
          <Select
            options={senders}
            selectedOption={senders.find(({ value }) => value === plan.senderId) ?? null}
            onChange={({ detail }) => onChange({ senderId: detail.selectedOption.value ?? '' })}
          />
        </FormField>
        <FormField label={t('campaigns.sequence')}>
          <Select
            options={options}
            selectedOption={options.find(({ value }) => value === (plan.sequenceId ?? '')) ?? builtIn}
            onChange={({ detail }) =>
              onChange({ sequenceId: detail.selectedOption.value || (undefined as never) })
            }
          />
        </FormField>
        <FormField label={t('launch.approval')}>
          <RadioGroup
            value={plan.approval}
            items={[
              { value: 'none', label: t('launch.approve-all'), description: t('launch.approve-all-about') },
              { value: 'each', label: t('launch.approve-each'), description: t('launch.approve-each-about') },
            ]}
            onChange={({ detail }) => onChange({ approval: detail.value as LaunchPlan['approval'] })}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}
