/** Hold, stop, resume, never again: each with the way back where there is one. */
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ContactAnswer } from '../../../shared/api/contacts.ts';
import { useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { useDownload } from '../parts/download.ts';
import { Question } from '../parts/question.tsx';
import { useClient } from '../session/session.tsx';

/** Only a person resumes, and never after these (DESIGN §3). */
const FINAL = new Set(['unsubscribed', 'complained', 'bounced']);

export function ContactActions({ answer }: { readonly answer: ContactAnswer }) {
  const t = useWords();
  const client = useClient();
  const download = useDownload();
  const [isAsking, setAsking] = useState(false);
  const { contact, enrollment, standing } = answer;
  const id = enrollment?.id ?? '';
  const isOpen = enrollment !== undefined && !['stopped', 'finished'].includes(enrollment.state);
  const held = enrollment?.holds.find(({ kind }) => kind === 'person');
  const key = ['contact', contact.id];
  const hold = useAct({
    run: () => client.enrollments.hold(id),
    foresee: () => [{ key, change: (before: ContactAnswer) => withHold(before) }],
    done: () => t('act.held'),
    undo: () => () => client.enrollments.release(id),
  });
  const release = useAct({
    run: () => client.enrollments.release(id, { hold: held?.id ?? 'person' }),
    done: () => t('act.released'),
    undo: () => () => client.enrollments.hold(id),
  });
  const stop = useAct({
    run: () => client.enrollments.stop(id),
    done: () => t('act.stopped'),
    undo: () => () => client.enrollments.resume(id),
  });
  const resume = useAct({ run: () => client.enrollments.resume(id), done: () => t('act.resumed') });
  const suppress = useAct({
    run: () => client.contacts.suppress(contact.id),
    done: () => t('act.suppressed'),
    after: () => setAsking(false),
  });
  const canResume = enrollment?.state === 'stopped' && !FINAL.has(enrollment.stopped ?? '');
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {isOpen && !held && (
        <Button iconName="pause" loading={hold.isPending} onClick={() => hold.mutate()}>
          {t('do.hold')}
        </Button>
      )}
      {isOpen && held && (
        <Button iconName="play" loading={release.isPending} onClick={() => release.mutate()}>
          {t('do.release')}
        </Button>
      )}
      {isOpen && (
        <Button loading={stop.isPending} onClick={() => stop.mutate()}>
          {t('do.stop')}
        </Button>
      )}
      {canResume && (
        <Button loading={resume.isPending} onClick={() => resume.mutate()}>
          {t('do.resume')}
        </Button>
      )}
      <ButtonDropdown
        ariaLabel={t('do.more')}
        variant="icon"
        items={[
          ...(contact.phones.length > 0 ? [{ id: 'card', text: t('reach.card') }] : []),
          { id: 'suppress', text: t('do.suppress'), disabled: standing.kind === 'suppressed' },
        ]}
        onItemClick={({ detail }) => {
          if (detail.id === 'suppress') setAsking(true);
          else void download(`/v1/contacts/${contact.id}/card`, `${contact.lastName ?? 'contact'}.vcf`);
        }}
      />
      <Question
        isOpen={isAsking}
        onCancel={() => setAsking(false)}
        header={t('suppress.ask')}
        yes={t('do.suppress')}
        act={suppress}
      >
        {t('suppress.about', { address: contact.address })}
      </Question>
    </SpaceBetween>
  );
}

function withHold(before: ContactAnswer): ContactAnswer {
  const { enrollment, next: _gone, ...rest } = before;
  if (!enrollment) return before;
  const hold = { id: 'person', kind: 'person' as const, since: new Date().toISOString() };
  return { ...rest, enrollment: { ...enrollment, holds: [...enrollment.holds, hold] } };
}
