/** The laboratory of the local runtime: turn the clock, answer as a prospect by real SMTP, read what went out. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import Textarea from '@cloudscape-design/components/textarea';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type LabMail, useLab } from '../lab/lab-client.ts';
import { useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { Empty, Loaded } from '../parts/loaded.tsx';
import { useTimes } from '../parts/time.ts';

const HOUR_MS = 3_600_000;
const JUMPS = [
  ['lab.hour', HOUR_MS],
  ['lab.day', 24 * HOUR_MS],
  ['lab.week', 7 * 24 * HOUR_MS],
] as const;
const KINDS = ['reply', 'absence', 'auto-reply', 'refusal', 'opt-out', 'stranger'] as const;

export default function Lab() {
  const t = useWords();
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={t('lab.about')}>
          {t('nav.lab')}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Clock />
        <Outbox />
      </SpaceBetween>
    </ContentLayout>
  );
}

function Clock() {
  const t = useWords();
  const times = useTimes();
  const lab = useLab();
  const clock = useQuery({ queryKey: ['lab', 'clock'], queryFn: lab.clock });
  const turn = useAct<number>({ run: lab.turn, done: () => t('lab.turned') });
  return (
    <Container header={<Header variant="h2">{t('lab.clock')}</Header>}>
      <Loaded query={clock}>
        {({ at, canTurn, nextAt }) => (
          <SpaceBetween size="s">
            <div className="nums">
              <strong>{times.dayTime(at)}</strong> {nextAt && t('lab.next', { when: times.dayTime(nextAt) })}
            </div>
            {canTurn ? (
              <SpaceBetween direction="horizontal" size="xs">
                {nextAt && (
                  <Button
                    disabled={turn.isPending}
                    onClick={() => turn.mutate(Math.max(0, Date.parse(nextAt) - Date.parse(at)) + 1_000)}
                  >
                    {t('lab.to-next')}
                  </Button>
                )}
                {JUMPS.map(([label, ms]) => (
                  <Button key={label} disabled={turn.isPending} onClick={() => turn.mutate(ms)}>
                    {t(label)}
                  </Button>
                ))}
              </SpaceBetween>
            ) : (
              <Alert type="info">{t('lab.real-mail')}</Alert>
            )}
            {turn.isPending && <span role="status">{t('lab.turning')}</span>}
          </SpaceBetween>
        )}
      </Loaded>
    </Container>
  );
}

function Outbox() {
  const t = useWords();
  const times = useTimes();
  const lab = useLab();
  const outbox = useQuery({ queryKey: ['lab', 'outbox'], queryFn: lab.outbox });
  const [chosen, setChosen] = useState<LabMail>();
  return (
    <SpaceBetween size="l">
      {chosen && <AnswerAs mail={chosen} onDone={() => setChosen(undefined)} />}
      <Loaded query={outbox}>
        {({ items }) => (
          <Table<LabMail>
            items={[...items]}
            trackBy="file"
            wrapLines
            header={
              <Header variant="h2" counter={`(${items.length})`}>
                {t('lab.outbox')}
              </Header>
            }
            columnDefinitions={[
              { id: 'to', header: t('lab.to'), isRowHeader: true, minWidth: 170, cell: (mail) => mail.to },
              {
                id: 'answer',
                header: t('do.answer'),
                minWidth: 150,
                cell: (mail) => (
                  <Button
                    variant="inline-link"
                    ariaLabel={`${t('lab.read-answer')}: ${mail.to}`}
                    onClick={() => setChosen(mail)}
                  >
                    {t('lab.read-answer')}
                  </Button>
                ),
              },
              { id: 'subject', header: t('part.subject'), minWidth: 220, cell: (mail) => mail.subject },
              { id: 'at', header: t('lab.at'), minWidth: 165, cell: (mail) => times.dayTime(mail.at) },
            ]}
            empty={<Empty title={t('lab.outbox-empty')} />}
          />
        )}
      </Loaded>
    </SpaceBetween>
  );
}

function AnswerAs({ mail, onDone }: { readonly mail: LabMail; readonly onDone: () => void }) {
  const t = useWords();
  const lab = useLab();
  const [kind, setKind] = useState<(typeof KINDS)[number]>('reply');
  const [text, setText] = useState<string>();
  const whole = useQuery({ queryKey: ['lab', 'mail', mail.file], queryFn: () => lab.mail(mail.file) });
  const options = KINDS.map((value) => ({ value, label: t(`lab.${value}`) }));
  const answer = useAct({
    run: () => lab.answer({ file: mail.file, kind, text: text ?? t(`lab.${kind}-text`) }),
    done: () => t('lab.answered', { to: mail.to }),
    after: onDone,
  });
  return (
    <Container
      header={
        <Header variant="h2" actions={<Button onClick={onDone}>{t('do.cancel')}</Button>}>
          {t('lab.answer-as', { to: mail.to })}
        </Header>
      }
    >
      <SpaceBetween size="s">
        <Loaded query={whole}>
          {(data) => (
            <pre className="mail-text lab-mail" dir="auto">
              {data.text}
            </pre>
          )}
        </Loaded>
        <FormField label={t('lab.kind')}>
          <Select
            options={options}
            selectedOption={options.find(({ value }) => value === kind) ?? null}
            onChange={({ detail }) => {
              setKind(detail.selectedOption.value as (typeof KINDS)[number]);
              setText(undefined);
            }}
          />
        </FormField>
        <FormField label={t('lab.words')} stretch>
          <Textarea
            value={text ?? t(`lab.${kind}-text`)}
            rows={5}
            onChange={({ detail }) => setText(detail.value)}
          />
        </FormField>
        <Button variant="primary" loading={answer.isPending} onClick={() => answer.mutate()}>
          {t('lab.send')}
        </Button>
      </SpaceBetween>
    </Container>
  );
}
