/** One sequence being written: its steps on the left, each letter as a person would get it on the right. */
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import FormField from '@cloudscape-design/components/form-field';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TokenGroup from '@cloudscape-design/components/token-group';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { SequenceView } from '../../../shared/api/sequences.ts';
import { useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { Loaded } from '../parts/loaded.tsx';
import { useTell } from '../parts/notices.tsx';
import {
  type Draft,
  draftOf,
  freshDraft,
  givenOf,
  newLetter,
  newTask,
  type Step,
} from '../sequence/draft.ts';
import { LivePreview } from '../sequence/live-preview.tsx';
import { StepEditor } from '../sequence/step-editor.tsx';
import { useClient } from '../session/session.tsx';

const LANGUAGES = [
  'en',
  'zh',
  'es',
  'pt',
  'fr',
  'de',
  'it',
  'nl',
  'ru',
  'pl',
  'tr',
  'ar',
  'ja',
  'ko',
  'vi',
  'sv',
];

export default function Sequence({ id }: { readonly id: string }) {
  const t = useWords();
  const client = useClient();
  const isNew = id === 'new';
  const sequence = useQuery({
    queryKey: ['sequence', id],
    queryFn: () => client.sequences.get(id),
    enabled: !isNew,
  });
  if (isNew) return <Editor start={freshDraft(t('sequence.new-name'))} />;
  return (
    <Loaded query={sequence}>
      {(data) => <Editor key={data.version} start={draftOf(data)} saved={data} />}
    </Loaded>
  );
}

function Editor({ start, saved }: { readonly start: Draft; readonly saved?: SequenceView }) {
  const t = useWords();
  const client = useClient();
  const [, go] = useLocation();
  const [draft, setDraft] = useState(start);
  const save = useAct({
    run: async () => {
      const answer = await client.sequences.save({ ...givenOf(draft), ...(saved ? { id: saved.id } : {}) });
      if (!saved) go(`/sequences/${answer.id}`);
    },
    done: () => t('sequence.saved'),
  });
  const tell = useTell();
  const setStep = (place: number, step: Step | undefined) => {
    setDraft({
      ...draft,
      steps: draft.steps.flatMap((one, at) => (at === place ? (step ? [step] : []) : [one])),
    });
    const gone = draft.steps[place];
    if (step || !gone) return;
    const undo = () => setDraft((now) => ({ ...now, steps: now.steps.toSpliced(place, 0, gone) }));
    tell({ type: 'info', text: t('sequence.step-removed', { n: place + 1 }), undo });
  };
  const add = (step: Step) => setDraft({ ...draft, steps: [...draft.steps, step] });
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={saved ? t('sequence.versions-about', { n: saved.version }) : t('sequence.new-about')}
          actions={
            <Button
              variant="primary"
              // A version that says what the one before it says is worth nothing.
              disabled={saved !== undefined && JSON.stringify(draft) === JSON.stringify(start)}
              loading={save.isPending}
              onClick={() => save.mutate()}
            >
              {saved ? t('sequence.save-version', { n: saved.version + 1 }) : t('do.save')}
            </Button>
          }
        >
          {draft.name}
        </Header>
      }
    >
      <Grid gridDefinition={[{ colspan: { default: 12, s: 7 } }, { colspan: { default: 12, s: 5 } }]}>
        <SpaceBetween size="l">
          <Basics draft={draft} onChange={setDraft} />
          {draft.steps.map((step, place) => (
            <StepEditor
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place; that is what the API calls it.
              key={place}
              place={place}
              step={step}
              isOnly={draft.steps.length === 1}
              onChange={(changed) => setStep(place, changed)}
            />
          ))}
          <SpaceBetween direction="horizontal" size="xs">
            <Button iconName="add-plus" onClick={() => add(newLetter())}>
              {t('sequence.add-letter')}
            </Button>
            <Button iconName="add-plus" onClick={() => add(newTask())}>
              {t('sequence.add-task')}
            </Button>
          </SpaceBetween>
        </SpaceBetween>
        <LivePreview sequence={givenOf(draft)} />
      </Grid>
    </ContentLayout>
  );
}

function Basics({ draft, onChange }: { readonly draft: Draft; readonly onChange: (draft: Draft) => void }) {
  const t = useWords();
  const [word, setWord] = useState('');
  const names = new Intl.DisplayNames(document.documentElement.lang, { type: 'language' });
  const options = LANGUAGES.map((value) => ({ value, label: names.of(value) ?? value }));
  const glossary = draft.glossary ?? [];
  return (
    <Container>
      <SpaceBetween size="s">
        <div className="fields">
          <FormField label={t('sequences.name')}>
            <Input value={draft.name} onChange={({ detail }) => onChange({ ...draft, name: detail.value })} />
          </FormField>
          <FormField label={t('field.language')}>
            <Select
              options={options}
              selectedOption={
                options.find(({ value }) => value === draft.language) ?? {
                  value: draft.language,
                  label: draft.language,
                }
              }
              onChange={({ detail }) => onChange({ ...draft, language: detail.selectedOption.value ?? 'en' })}
            />
          </FormField>
        </div>
        <FormField label={t('sequence.glossary')} description={t('sequence.glossary-about')}>
          <Input
            value={word}
            onChange={({ detail }) => setWord(detail.value)}
            onKeyDown={({ detail }) => {
              if (detail.key !== 'Enter' || !word.trim()) return;
              onChange({ ...draft, glossary: [...glossary, word.trim()] });
              setWord('');
            }}
          />
        </FormField>
        {glossary.length > 0 && (
          <TokenGroup
            items={glossary.map((label) => ({
              label,
              dismissLabel: t('sequence.glossary-remove', { word: label }),
            }))}
            onDismiss={({ detail }) =>
              onChange({ ...draft, glossary: glossary.filter((_, at) => at !== detail.itemIndex) })
            }
          />
        )}
      </SpaceBetween>
    </Container>
  );
}
