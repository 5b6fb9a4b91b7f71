/** Whose day it is, where more than one person writes. */
import Select from '@cloudscape-design/components/select';
import type { SenderView } from '../../../shared/api/senders.ts';
import { useWords } from '../lexicon/words.tsx';
import { EVERYBODY } from '../session/begin.ts';

export default function SenderChoice(props: {
  readonly senders: readonly Pick<SenderView, 'id' | 'name'>[];
  readonly chosen: string;
  readonly onChoose: (sender: string) => void;
}) {
  const t = useWords();
  const options = [
    { value: EVERYBODY, label: t('today.everybody') },
    ...props.senders.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <Select
      ariaLabel={t('today.whose')}
      options={options}
      selectedOption={options.find(({ value }) => value === props.chosen) ?? options[0] ?? null}
      onChange={({ detail }) => props.onChoose(detail.selectedOption.value ?? EVERYBODY)}
    />
  );
}
