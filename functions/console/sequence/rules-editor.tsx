/** When a step may happen in the prospect's own week; what is left alone follows the product's defaults. */
import Checkbox from '@cloudscape-design/components/checkbox';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TimeInput from '@cloudscape-design/components/time-input';
import TokenGroup from '@cloudscape-design/components/token-group';
import { useWords } from '../lexicon/words.tsx';
import { useTimes } from '../parts/time.ts';
import type { Step } from './draft.ts';

type Rules = NonNullable<Step['rules']>;
const FLAGS = ['avoidWeekEdges', 'avoidHolidays', 'onDuty', 'anyDay', 'spread'] as const;
const SEASONS = ['default', 'avoid', 'short-hours', 'ignore'] as const;
/** What the product does by itself. */
const ON_BY_DEFAULT = new Set<string>(['avoidHolidays', 'onDuty', 'spread']);

export function RulesEditor({
  rules,
  onChange,
}: {
  readonly rules: Rules;
  readonly onChange: (rules: Rules) => void;
}) {
  const t = useWords();
  const times = useTimes();
  const window = rules.window ?? { from: '', to: '' };
  const setWindow = (from: string, to: string) => {
    const { window: _before, ...rest } = rules;
    onChange(/^\d\d:\d\d$/.test(from) && /^\d\d:\d\d$/.test(to) ? { ...rest, window: { from, to } } : rest);
  };
  const seasons = SEASONS.map((value) => ({ value, label: t(`seasons.${value}`) }));
  const dates = rules.blackoutDates ?? [];
  return (
    <SpaceBetween size="s">
      <div className="fields">
        <FormField label={t('rules.from')}>
          <TimeInput
            format="hh:mm"
            value={window.from}
            placeholder="09:00"
            onChange={({ detail }) => setWindow(detail.value, window.to || '16:30')}
          />
        </FormField>
        <FormField label={t('rules.to')}>
          <TimeInput
            format="hh:mm"
            value={window.to}
            placeholder="16:30"
            onChange={({ detail }) => setWindow(window.from || '09:00', detail.value)}
          />
        </FormField>
        <FormField label={t('rules.seasons')}>
          <Select
            options={seasons}
            selectedOption={seasons.find(({ value }) => value === (rules.seasons ?? 'default')) ?? null}
            onChange={({ detail }) => {
              const { seasons: _before, ...rest } = rules;
              const chosen = detail.selectedOption.value;
              onChange(
                chosen === 'default' ? rest : { ...rest, seasons: chosen as NonNullable<Rules['seasons']> },
              );
            }}
          />
        </FormField>
        <FormField label={t('rules.blackout')}>
          <DatePicker
            value=""
            placeholder="YYYY/MM/DD"
            onChange={({ detail }) => {
              if (detail.value && !dates.includes(detail.value))
                onChange({ ...rules, blackoutDates: [...dates, detail.value].sort() });
            }}
          />
        </FormField>
      </div>
      {dates.length > 0 && (
        <TokenGroup
          items={dates.map((date) => ({
            label: times.date(date),
            dismissLabel: t('rules.blackout-remove', { date }),
          }))}
          onDismiss={({ detail }) =>
            onChange({ ...rules, blackoutDates: dates.filter((_, at) => at !== detail.itemIndex) })
          }
        />
      )}
      {FLAGS.map((flag) => (
        <Checkbox
          key={flag}
          checked={rules[flag] ?? ON_BY_DEFAULT.has(flag)}
          onChange={({ detail }) => onChange({ ...rules, [flag]: detail.checked })}
        >
          {t(`rules.${flag}`)}
        </Checkbox>
      ))}
    </SpaceBetween>
  );
}
