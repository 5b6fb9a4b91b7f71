/** One step: a letter in its parts, or work for the salesperson, with its delay and its own rules. */
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useWords } from '../lexicon/words.tsx';
import { daysOf, isWorkingDays, type LetterStep, PARTS, type Step, type TaskStep } from './draft.ts';
import { RulesEditor } from './rules-editor.tsx';

export function StepEditor(props: {
  readonly step: Step;
  readonly place: number;
  readonly isOnly: boolean;
  readonly onChange: (step: Step | undefined) => void;
}) {
  const t = useWords();
  const { step, place, isOnly, onChange } = props;
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            isOnly ? undefined : (
              <Button
                iconName="remove"
                variant="icon"
                ariaLabel={t('sequence.remove-step', { n: place + 1 })}
                onClick={() => onChange(undefined)}
              />
            )
          }
        >
          {t('letter.step', { step: place + 1 })} · {t(step.kind === 'letter' ? 'step.letter' : 'step.task')}
        </Header>
      }
    >
      <SpaceBetween size="s">
        {place > 0 && <Delay step={step} onChange={onChange} />}
        {step.kind === 'letter' ? (
          <LetterFields step={step} onChange={onChange} isFirst={place === 0} />
        ) : (
          <TaskFields step={step} onChange={onChange} />
        )}
        <ExpandableSection headerText={t('rules.title')}>
          <RulesEditor rules={step.rules ?? {}} onChange={(rules) => onChange({ ...step, rules })} />
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}

function Delay({ step, onChange }: { readonly step: Step; readonly onChange: (step: Step) => void }) {
  const t = useWords();
  const set = (count: number, working: boolean) =>
    onChange({ ...step, delay: working ? { workingDays: count } : { days: count } });
  return (
    <SpaceBetween direction="horizontal" size="s" alignItems="end">
      <FormField label={t('step.wait')}>
        <Input
          type="number"
          inputMode="numeric"
          value={String(daysOf(step))}
          onChange={({ detail }) =>
            set(Math.max(0, Math.trunc(Number(detail.value) || 0)), isWorkingDays(step))
          }
        />
      </FormField>
      <Checkbox checked={isWorkingDays(step)} onChange={({ detail }) => set(daysOf(step), detail.checked)}>
        {t('step.count-working')}
      </Checkbox>
    </SpaceBetween>
  );
}

function LetterFields(props: {
  readonly step: LetterStep;
  readonly isFirst: boolean;
  readonly onChange: (step: Step) => void;
}) {
  const t = useWords();
  const { step, isFirst, onChange } = props;
  const hasParts = PARTS.some((part) => step[part] !== undefined);
  const area = (field: (typeof PARTS)[number] | 'body' | 'bodyAfterAbsence', rows: number) => (
    <FormField key={field} stretch label={t(`part.${field}`)} description={t(`part.${field}-about`)}>
      <Textarea
        rows={rows}
        value={step[field] ?? ''}
        onChange={({ detail }) => onChange({ ...step, [field]: detail.value })}
      />
    </FormField>
  );
  return (
    <SpaceBetween size="s">
      <FormField
        stretch
        label={t('part.subject')}
        description={isFirst ? undefined : t('part.subject-follow-up')}
      >
        <Input
          value={step.subject ?? ''}
          onChange={({ detail }) => onChange({ ...step, subject: detail.value })}
        />
      </FormField>
      {hasParts ? PARTS.map((part) => area(part, 3)) : area('body', 8)}
      {!isFirst && area('bodyAfterAbsence', 5)}
    </SpaceBetween>
  );
}

const CHANNELS = ['call', 'whatsapp', 'custom'] as const;
const GRADES = ['A', 'B', 'C', 'D'] as const;

function TaskFields({
  step,
  onChange,
}: {
  readonly step: TaskStep;
  readonly onChange: (step: Step) => void;
}) {
  const t = useWords();
  const channels = CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }));
  const grades = GRADES.map((value) => ({ value, label: value }));
  return (
    <SpaceBetween size="s">
      <div className="fields">
        <FormField label={t('step.channel')}>
          <Select
            options={channels}
            selectedOption={channels.find(({ value }) => value === step.channel) ?? null}
            onChange={({ detail }) =>
              onChange({ ...step, channel: detail.selectedOption.value as TaskStep['channel'] })
            }
          />
        </FormField>
        <FormField label={t('step.grades')} description={t('step.grades-about')}>
          <Multiselect
            options={grades}
            selectedOptions={grades.filter(({ value }) => step.grades?.includes(value))}
            onChange={({ detail }) =>
              onChange({
                ...step,
                grades: detail.selectedOptions.map(({ value }) => value as (typeof GRADES)[number]),
              })
            }
          />
        </FormField>
      </div>
      <FormField stretch label={t('step.text')}>
        <Textarea
          rows={2}
          value={step.text}
          onChange={({ detail }) => onChange({ ...step, text: detail.value })}
        />
      </FormField>
    </SpaceBetween>
  );
}
