/** Step three: every letter to every person, what is wrong with it, and the chance to write this one differently. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SideNavigation from '@cloudscape-design/components/side-navigation';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { useCodeWords, useWords } from '../lexicon/words.tsx';
import { useFailureWords } from '../parts/notices.tsx';
import { hasErrors, type LaunchPlan, type Letters, type Previewed, warningsOf } from './launch-plan.ts';
import { LetterEditor } from './letter-editor.tsx';
import { LetterView } from './letter-view.tsx';

type Props = {
  readonly plan: LaunchPlan;
  readonly letters: Letters;
  readonly onChange: (part: Partial<LaunchPlan>) => void;
};

export function LettersStep({ plan, letters, onChange }: Props) {
  const t = useWords();
  const wordFailure = useFailureWords();
  const [chosen, setChosen] = useState<string>();
  const { people, total, isLoading, error } = letters;
  const person = people.find(({ address }) => address === chosen) ?? people.find(hasErrors) ?? people[0];
  return (
    <SpaceBetween size="l">
      {isLoading && (
        <ProgressBar
          value={(100 * people.length) / Math.max(1, total)}
          label={t('launch.reading', { n: total })}
        />
      )}
      {error !== undefined && error !== null && <Alert type="error">{wordFailure(error)}</Alert>}
      <Verdict plan={plan} letters={letters} onChange={onChange} />
      {person && (
        <Grid gridDefinition={[{ colspan: { default: 12, s: 4 } }, { colspan: { default: 12, s: 8 } }]}>
          <People people={people} chosen={person.address} onChoose={setChosen} />
          <OnePerson key={person.address} person={person} plan={plan} onChange={onChange} />
        </Grid>
      )}
    </SpaceBetween>
  );
}

function Verdict({ plan, letters, onChange }: Props) {
  const t = useWords();
  const code = useCodeWords();
  const wrong = letters.people.filter(hasErrors).length;
  const warnings = warningsOf(letters.people);
  if (letters.isLoading || letters.people.length === 0) return null;
  return (
    <SpaceBetween size="s">
      {wrong > 0 && <Alert type="error">{t('launch.wrong', { n: wrong })}</Alert>}
      {wrong === 0 && <Alert type="success">{t('launch.all-good', { n: letters.people.length })}</Alert>}
      {warnings.length > 0 && (
        <Alert type="warning" header={t('launch.warnings', { n: warnings.length })}>
          <ul className="findings">
            {warnings.map(({ rule, words, fix, people }) => (
              <li key={`${rule} ${words}`}>
                <strong>{code('lint', rule)}</strong> {words && `“${words}” `}(
                {t('launch.people-count', { n: people })}): {fix}
              </li>
            ))}
          </ul>
          <Checkbox
            checked={plan.acceptWarnings}
            onChange={({ detail }) => onChange({ acceptWarnings: detail.checked })}
          >
            {t('launch.accept')}
          </Checkbox>
        </Alert>
      )}
    </SpaceBetween>
  );
}

function People(props: {
  readonly people: readonly Previewed[];
  readonly chosen: string;
  readonly onChoose: (address: string) => void;
}) {
  const t = useWords();
  const ordered = props.people.toSorted((a, b) => Number(hasErrors(b)) - Number(hasErrors(a)));
  return (
    <Container disableContentPaddings className="people">
      <SideNavigation
        activeHref={`#${props.chosen}`}
        onFollow={(event) => {
          event.preventDefault();
          props.onChoose(event.detail.href.slice(1));
        }}
        items={ordered.map((person) => ({
          type: 'link',
          href: `#${person.address}`,
          text: person.name ?? person.address,
          info: hasErrors(person) ? (
            <StatusIndicator type="error">{t('launch.mend')}</StatusIndicator>
          ) : (
            <StatusIndicator type="success" iconAriaLabel={t('launch.good')} />
          ),
        }))}
      />
    </Container>
  );
}

function OnePerson(props: {
  readonly person: Previewed;
  readonly plan: LaunchPlan;
  readonly onChange: (part: Partial<LaunchPlan>) => void;
}) {
  const t = useWords();
  const { person, plan, onChange } = props;
  const [editing, setEditing] = useState<number>();
  const write = (step: number, letter: { readonly subject?: string; readonly body: string }) => {
    onChange({
      own: { ...plan.own, [person.address]: { ...plan.own[person.address], [String(step)]: letter } },
    });
    setEditing(undefined);
  };
  const shown = person.letters.filter(({ context }) => context === 'no-answer');
  return (
    <Container header={<Header variant="h2">{person.name ?? person.address}</Header>}>
      <SpaceBetween size="m">
        {person.refused.map((fault) => (
          <Alert key={fault.detail} type="error">
            {fault.detail}
          </Alert>
        ))}
        {shown.map((letter) =>
          editing === letter.step ? (
            <LetterEditor
              key={letter.step}
              subject={letter.subject}
              onSave={(own) => write(letter.step, own)}
              onCancel={() => setEditing(undefined)}
              body={letter.text ?? ''}
            />
          ) : (
            <div key={letter.step}>
              <LetterView letter={letter} />
              <Button
                ariaLabel={t('launch.edit-step', { step: letter.step + 1 })}
                onClick={() => setEditing(letter.step)}
              >
                {t('do.edit')}
              </Button>
            </div>
          ),
        )}
      </SpaceBetween>
    </Container>
  );
}
