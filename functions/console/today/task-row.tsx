/** One piece of work: who, what hour it is there, why, and the taps that do it. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import type { TodayTask } from '../../../shared/api/today.ts';
import { useCodeWords, useWords } from '../lexicon/words.tsx';
import { Grade } from '../parts/grade.tsx';
import { useTimes } from '../parts/time.ts';
import { OutcomeForm } from './outcome-form.tsx';
import { ReachButtons } from './reach-buttons.tsx';

type Props = {
  readonly task: TodayTask;
  readonly now: string;
  readonly isTapped: boolean;
  readonly onTap: () => void;
};

export function TaskRow({ task, now, isTapped, onTap }: Props) {
  const t = useWords();
  const code = useCodeWords();
  const times = useTimes();
  const [isOpen, setOpen] = useState(false);
  const isPhone = task.reachAt !== undefined;
  const name = task.name ?? task.contactId;
  return (
    <li className="row" data-task={task.kind}>
      <Grade grade={task.grade} />
      <div className="row-main">
        <Link href={`#/contacts/${task.contactId}`} fontSize="heading-s">
          {name}
        </Link>
        <Box variant="small" display="block">
          {[task.company, task.country && times.country(task.country)].filter(Boolean).join(' · ')}
          {task.zone && ` · ${t('time.there', { time: times.time(now, task.zone) })}`}
        </Box>
        <Box display="block">
          <strong>{code('task', task.kind)}</strong>
          {task.person ? ` · ${code('person', task.person)}` : ''}
          {task.phone ? ` · ${task.phone}` : ''}
          {aboutOf(task, code)}
          {task.subject ? ` · ${task.subject}` : ''}
        </Box>
        {(task.words ?? task.quote) && (
          <blockquote className="quote" dir="auto">
            {task.words ?? task.quote}
          </blockquote>
        )}
        {task.kind === 'answer' && <Waiting since={task.receivedAt ?? task.createdAt} now={now} />}
        {isTapped && <StatusIndicator type="pending">{t('today.tapped')}</StatusIndicator>}
        {isOpen && <OutcomeForm task={task} onDone={() => setOpen(false)} />}
      </div>
      <div className="row-acts">
        {isPhone && <ReachButtons task={task} onTap={onTap} isNow={(task.reachAt ?? '') <= now} />}
        {task.kind === 'answer' && task.messageId && (
          <Button
            variant="primary"
            href={`#/contacts/${task.contactId}/answer/${task.messageId}`}
            ariaLabel={t('today.answer-name', { name })}
          >
            {t('do.answer')}
          </Button>
        )}
        <Button
          ariaExpanded={isOpen}
          ariaLabel={t('today.outcome-name', { name, task: code('task', task.kind) })}
          onClick={() => setOpen(!isOpen)}
        >
          {t('do.outcome')}
        </Button>
      </div>
    </li>
  );
}

const RED_MS = 24 * 3_600_000;

/** The clock that runs while somebody waits; red after a day (DESIGN §7). */
function Waiting({ since, now }: { readonly since: string; readonly now: string }) {
  const t = useWords();
  const times = useTimes();
  const isRed = Date.parse(now) - Date.parse(since) > RED_MS;
  return (
    <StatusIndicator type={isRed ? 'error' : 'in-progress'}>
      {t('today.waits', { since: times.since(since, now) })}
    </StatusIndicator>
  );
}

/** What the task itself says; a decision's is a code, and a company's repeats in English what its name says already. */
function aboutOf({ kind, text }: TodayTask, code: ReturnType<typeof useCodeWords>): string {
  if (!text || kind === 'company-held') return '';
  return ` · ${kind === 'decide' ? code('lint', text) : text}`;
}
