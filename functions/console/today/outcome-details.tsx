/** What more there is to say of an outcome: when, what next, whom instead. */
import Button from '@cloudscape-design/components/button';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TimeInput from '@cloudscape-design/components/time-input';
import { useState } from 'react';
import type { OutcomeGiven } from '../../../shared/api/tasks.ts';
import { useWords } from '../lexicon/words.tsx';

export type Asks = 'moment' | 'next' | 'day' | 'person';
export type Details = Omit<OutcomeGiven, 'outcome'>;

const NEXT = ['meeting', 'sample', 'quote'] as const;

export default function OutcomeDetails(props: {
  readonly asks: Asks | undefined;
  readonly isBusy: boolean;
  readonly onSave: (details: Details) => void;
}) {
  const t = useWords();
  const [day, setDay] = useState('');
  const [time, setTime] = useState('10:00');
  const [next, setNext] = useState<(typeof NEXT)[number]>('meeting');
  const [person, setPerson] = useState({ address: '', firstName: '', lastName: '' });
  const [note, setNote] = useState('');
  const { asks } = props;
  const isMissing =
    ((asks === 'moment' || asks === 'day') && !day) ||
    (asks === 'person' && person.address !== '' && !person.address.includes('@'));
  const details = (): Details => ({
    ...(note.trim() ? { note: note.trim() } : {}),
    ...(asks === 'moment' ? { callBackAt: new Date(`${day}T${time}`).toISOString() } : {}),
    ...(asks === 'next' ? { next, ...(day ? { on: day } : {}) } : {}),
    ...(asks === 'day' ? { on: day } : {}),
    ...(asks === 'person' && person.address ? { referred: referredOf(person) } : {}),
  });
  return (
    <SpaceBetween size="s">
      <div className="fields">
        {asks === 'next' && <NextField next={next} onChange={setNext} />}
        {asks !== 'person' && (
          <FormField label={t(asks === 'next' ? 'outcome.on-optional' : 'outcome.on')}>
            <DatePicker
              value={day}
              onChange={({ detail }) => setDay(detail.value)}
              placeholder="YYYY/MM/DD"
            />
          </FormField>
        )}
        {asks === 'moment' && (
          <FormField label={t('outcome.at')} constraintText={t('outcome.our-clock')}>
            <TimeInput format="hh:mm" value={time} onChange={({ detail }) => setTime(detail.value)} />
          </FormField>
        )}
        {asks === 'person' &&
          (['address', 'firstName', 'lastName'] as const).map((field) => (
            <FormField key={field} label={t(`field.${field}`)}>
              <Input
                value={person[field]}
                onChange={({ detail }) => setPerson({ ...person, [field]: detail.value })}
              />
            </FormField>
          ))}
        <FormField label={t('outcome.note')}>
          <Input value={note} onChange={({ detail }) => setNote(detail.value)} />
        </FormField>
      </div>
      <Button
        variant="primary"
        disabled={isMissing}
        loading={props.isBusy}
        onClick={() => props.onSave(details())}
      >
        {t('do.save')}
      </Button>
    </SpaceBetween>
  );
}

const referredOf = (person: {
  readonly address: string;
  readonly firstName: string;
  readonly lastName: string;
}) => ({
  address: person.address.trim(),
  ...(person.firstName.trim() ? { firstName: person.firstName.trim() } : {}),
  ...(person.lastName.trim() ? { lastName: person.lastName.trim() } : {}),
});

function NextField(props: {
  readonly next: (typeof NEXT)[number];
  readonly onChange: (next: (typeof NEXT)[number]) => void;
}) {
  const t = useWords();
  const options = NEXT.map((value) => ({ value, label: t(`next.${value}`) }));
  return (
    <FormField label={t('outcome.next')}>
      <Select
        options={options}
        selectedOption={options.find(({ value }) => value === props.next) ?? null}
        onChange={({ detail }) => props.onChange(detail.selectedOption.value as (typeof NEXT)[number])}
      />
    </FormField>
  );
}
