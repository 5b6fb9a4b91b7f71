/** Step one: a list of people. Any spreadsheet's CSV, whatever its alphabet; columns are guessed and can be changed. */
import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { useCodeWords, useWords } from '../lexicon/words.tsx';
import { base64Of } from '../parts/file-bytes.ts';
import { ListUpload } from '../parts/list-upload.tsx';
import { useFailureWords } from '../parts/notices.tsx';
import { useClient } from '../session/session.tsx';
import type { LaunchPlan } from './launch-plan.ts';

const FIELDS = [
  'address',
  'firstName',
  'lastName',
  'title',
  'company',
  'country',
  'region',
  'city',
  'zone',
  'phones',
  'language',
  'grade',
  'source',
  'lawfulBasis',
  'why',
] as const;
const SHOWN = 5;
/** Pixels below which a column becomes a column of letters; a narrow screen scrolls instead. */
const WIDTHS: Readonly<Record<string, number>> = { address: 220, company: 140 };
/** As the API calls a column that is left out. */
const UNUSED = '-';

export function PeopleStep(props: {
  readonly plan: LaunchPlan;
  readonly onChange: (part: Partial<LaunchPlan>) => void;
}) {
  const t = useWords();
  const client = useClient();
  const wordFailure = useFailureWords();
  const { plan, onChange } = props;
  const [files, setFiles] = useState<File[]>([]);
  const [failed, setFailed] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const read = async (
    base64: string,
    part: Partial<LaunchPlan>,
    columns?: Readonly<Record<string, string>>,
  ) => {
    setBusy(true);
    setFailed(undefined);
    try {
      const answer = await client.imports.read({
        base64,
        ...(columns ? { mapping: columns } : {}),
      });
      onChange({
        ...part,
        base64,
        columns: answer.columns,
        contacts: answer.contacts,
        errors: answer.errors,
        own: {},
      });
    } catch (error) {
      setFailed(wordFailure(error));
    } finally {
      setBusy(false);
    }
  };
  const take = async (chosen: File[]) => {
    setFiles(chosen);
    const [file] = chosen;
    if (!file) return onChange({ columns: [], contacts: [], errors: [], base64: undefined as never });
    const name = plan.name || file.name.replace(/\.[a-z]{1,5}$/i, '').replaceAll(/[_-]+/g, ' ');
    await read(await base64Of(file), { fileName: file.name, name });
  };
  const remap = (header: string, field: string) =>
    read(
      plan.base64 ?? '',
      {},
      Object.fromEntries(plan.columns.map((one) => [one.header, one.header === header ? field : one.field])),
    );
  return (
    <SpaceBetween size="l">
      <Container>
        <FormField label={t('launch.file')} description={t('launch.file-about')}>
          <ListUpload files={files} showFileSize onChange={(chosen) => void take(chosen)} />
        </FormField>
      </Container>
      {failed && <Alert type="error">{failed}</Alert>}
      {isBusy && <span role="status">{t('app.loading')}</span>}
      {plan.errors.length > 0 && <RowErrors plan={plan} />}
      {plan.columns.length > 0 && <Mapping plan={plan} onMap={remap} />}
      {plan.contacts.length > 0 && <Sample plan={plan} />}
    </SpaceBetween>
  );
}

function Mapping(props: {
  readonly plan: LaunchPlan;
  readonly onMap: (header: string, field: string) => Promise<void>;
}) {
  const t = useWords();
  const { plan, onMap } = props;
  const none = { value: UNUSED, label: t('launch.column-unused') };
  const options = [
    none,
    ...FIELDS.map((value) => ({ value: value === 'why' ? 'fields.why' : value, label: t(`field.${value}`) })),
  ];
  return (
    <ExpandableSection
      headerText={t('launch.columns')}
      variant="container"
      defaultExpanded={plan.contacts.length === 0 || plan.columns.every(({ field }) => field !== 'address')}
    >
      <div className="fields">
        {plan.columns.map(({ header, field }) => (
          <FormField key={header} label={header}>
            <Select
              options={options}
              selectedOption={
                options.find(({ value }) => value === field) ?? {
                  value: field ?? '',
                  label: field ?? '',
                }
              }
              onChange={({ detail }) => void onMap(header, detail.selectedOption.value ?? UNUSED)}
            />
          </FormField>
        ))}
      </div>
    </ExpandableSection>
  );
}

function RowErrors({ plan }: { readonly plan: LaunchPlan }) {
  const t = useWords();
  return (
    <Alert type="warning" header={t('launch.rows-wrong', { n: plan.errors.length })}>
      <ul className="findings">
        {plan.errors.slice(0, SHOWN * 2).map((error) => (
          <li key={`${error.row} ${error.column} ${error.detail}`}>
            {t('launch.row', { n: error.row })}
            {error.column ? ` · ${error.column}` : ''}: {error.detail}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function Sample({ plan }: { readonly plan: LaunchPlan }) {
  const t = useWords();
  const code = useCodeWords();
  return (
    <Table<LaunchPlan['contacts'][number]>
      items={plan.contacts.slice(0, SHOWN)}
      header={
        <Header variant="h2" counter={`(${plan.contacts.length})`}>
          {t('launch.read')}
        </Header>
      }
      wrapLines
      columnDefinitions={(['address', 'firstName', 'lastName', 'company', 'country', 'grade'] as const).map(
        (field) => ({
          id: field,
          header: code('field', field),
          isRowHeader: field === 'address',
          minWidth: WIDTHS[field] ?? 110,
          cell: (contact) => contact[field] ?? '–',
        }),
      )}
    />
  );
}
