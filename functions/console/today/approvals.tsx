/** Letters that wait for a person's word: read it, then "send as planned", "edit" or "not this one". */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { LetterToApprove } from '../../../shared/api/approvals.ts';
import { LetterEditor } from '../launch/letter-editor.tsx';
import { LetterView } from '../launch/letter-view.tsx';
import { useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { useTimes } from '../parts/time.ts';
import { useClient } from '../session/session.tsx';

export default function Approvals({ waiting }: { readonly waiting: readonly LetterToApprove[] }) {
  const t = useWords();
  const client = useClient();
  const approveAll = useAct({
    run: () =>
      client.approvals.approve({
        approve: waiting.flatMap(({ enrollmentId, step, print }) =>
          print ? [{ enrollmentId, step, print }] : [],
        ),
      }),
    done: () => t('approve.all-done'),
  });
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${waiting.length})`}
          description={t('today.approve-about')}
          actions={
            waiting.length > 1 ? (
              <Button loading={approveAll.isPending} onClick={() => approveAll.mutate()}>
                {t('approve.all', { n: waiting.length })}
              </Button>
            ) : undefined
          }
        >
          {t('today.approve')}
        </Header>
      }
    >
      <ul className="rows">
        {waiting.map((letter) => (
          <ApprovalRow key={`${letter.enrollmentId} ${letter.step}`} waiting={letter} />
        ))}
      </ul>
    </Container>
  );
}

type Way = 'edit' | 'decline' | undefined;

function ApprovalRow({ waiting }: { readonly waiting: LetterToApprove }) {
  const t = useWords();
  const times = useTimes();
  const client = useClient();
  const [way, setWay] = useState<Way>();
  const { enrollmentId, step, print, letter, theirs } = waiting;
  const name = waiting.name ?? waiting.contactId;
  const approve = useAct({
    run: () => client.enrollments.approve(enrollmentId, { step, print: print ?? '' }),
    done: () => t('approve.done', { name }),
  });
  const edit = useAct<{ readonly subject?: string; readonly body: string }>({
    run: (own) => client.enrollments.editLetter(enrollmentId, step, { ...own, approve: true }),
    done: () => t('approve.done', { name }),
    after: () => setWay(undefined),
  });
  return (
    <li className="mail-row" data-approval={enrollmentId}>
      <SpaceBetween size="xs">
        <Box>
          <Link href={`#/contacts/${waiting.contactId}`} fontSize="heading-s">
            {name}
          </Link>{' '}
          {waiting.company && `· ${waiting.company} `}
          {theirs && `· ${times.date(theirs.date)} ${t('time.there', { time: theirs.time })}`}
        </Box>
        {way === 'edit' ? (
          <LetterEditor
            subject={letter.subject}
            body={letter.text ?? ''}
            isBusy={edit.isPending}
            onSave={(own) => edit.mutate(own)}
            onCancel={() => setWay(undefined)}
          />
        ) : (
          <ExpandableSection headerText={letter.subject ?? t('mail.no-subject')}>
            <LetterView letter={letter} />
          </ExpandableSection>
        )}
        {!print && <Alert type="error">{t('approve.cannot')}</Alert>}
        <SpaceBetween direction="horizontal" size="xs">
          <Button
            variant="primary"
            disabled={!print}
            loading={approve.isPending}
            ariaLabel={t('approve.name', { name })}
            onClick={() => approve.mutate()}
          >
            {t('do.approve')}
          </Button>
          <Button ariaExpanded={way === 'edit'} onClick={() => setWay(way === 'edit' ? undefined : 'edit')}>
            {t('do.edit')}
          </Button>
          <Button
            ariaExpanded={way === 'decline'}
            onClick={() => setWay(way === 'decline' ? undefined : 'decline')}
          >
            {t('do.decline')}
          </Button>
        </SpaceBetween>
        {way === 'decline' && <Decline waiting={waiting} onDone={() => setWay(undefined)} />}
      </SpaceBetween>
    </li>
  );
}

function Decline({ waiting, onDone }: { readonly waiting: LetterToApprove; readonly onDone: () => void }) {
  const t = useWords();
  const client = useClient();
  const [reason, setReason] = useState('');
  const decline = useAct<'stop' | 'skip'>({
    run: (instead) =>
      client.enrollments.decline(waiting.enrollmentId, {
        step: waiting.step,
        instead,
        reason: reason.trim(),
      }),
    done: () => t('approve.declined'),
    after: onDone,
  });
  return (
    <SpaceBetween size="xs">
      <FormField label={t('approve.why-not')}>
        <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
      </FormField>
      <SpaceBetween direction="horizontal" size="xs">
        <Button disabled={!reason.trim()} loading={decline.isPending} onClick={() => decline.mutate('skip')}>
          {t('approve.skip')}
        </Button>
        <Button disabled={!reason.trim()} loading={decline.isPending} onClick={() => decline.mutate('stop')}>
          {t('approve.stop')}
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
