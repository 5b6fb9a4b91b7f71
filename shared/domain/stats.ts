/** What became of letters and tasks, counted. Pure: the facts of each enrollment come from the store. */
import type { Enrollment } from './enrollment/state.ts';
import { DAY, type Instant, msBetween } from './instant.ts';
import type { Task } from './task.ts';

export const STATS_BY = ['campaign', 'step', 'country', 'source', 'grade', 'week'] as const;
export type StatsBy = (typeof STATS_BY)[number];

/** What one enrollment says. */
export type Facts = {
  readonly walk: Enrollment;
  readonly country?: string;
  readonly source?: string;
  readonly grade?: string;
  /** Mails of theirs in this walk, as they were read. */
  readonly mails: readonly { readonly at: Instant; readonly kind: string; readonly intent?: string }[];
  readonly tasks: readonly Pick<Task, 'kind' | 'status' | 'createdAt' | 'dueAt' | 'closedAt' | 'outcome'>[];
};

export type Figures = {
  readonly letters: number;
  readonly replies: number;
  readonly interested: number;
  readonly absences: number;
  readonly bounces: number;
  readonly toAnswer: number;
  readonly answeredIn24h: number;
};
const NONE: Figures = {
  letters: 0,
  replies: 0,
  interested: 0,
  absences: 0,
  bounces: 0,
  toAnswer: 0,
  answeredIn24h: 0,
};

/** Groups in the order of their keys. A reply, an absence and a bounce count to the letter that was the last before them. */
export function tally(all: readonly Facts[], by: StatsBy): readonly (Figures & { readonly key: string })[] {
  const groups = new Map<string, Figures>();
  const add = (key: string, what: Partial<Figures>): void => {
    const before = groups.get(key) ?? NONE;
    const sums = Object.entries(what).map(([name, count]) => [name, before[name as keyof Figures] + count]);
    groups.set(key, { ...before, ...Object.fromEntries(sums) });
  };
  for (const facts of all) {
    const { walk } = facts;
    for (const { step, at } of walk.sent) add(keyOf(facts, by, { step, at }), { letters: 1 });
    const last = walk.sent.at(-1);
    if (!last) continue;
    const firstReply = facts.mails.find(({ kind }) => kind === 'reply');
    const hasReplied = firstReply !== undefined || (walk.kind === 'ended' && whyOf(walk) === 'replied');
    const of = (at: Instant | undefined) =>
      keyOf(facts, by, walk.sent.findLast((letter) => at !== undefined && letter.at <= at) ?? last);
    if (hasReplied)
      add(of(firstReply?.at), { replies: 1, ...(isInterested(facts) ? { interested: 1 } : {}) });
    const absence = facts.mails.find(({ kind }) => kind === 'absence');
    if (absence) add(of(absence.at), { absences: 1 });
    if (walk.kind === 'ended' && whyOf(walk) === 'bounced') add(of(walk.endedAt), { bounces: 1 });
    for (const task of facts.tasks.filter(({ kind }) => kind === 'answer')) {
      const isInTime = task.closedAt !== undefined && msBetween(task.createdAt, task.closedAt) <= DAY;
      add(of(task.createdAt), { toAnswer: 1, answeredIn24h: isInTime ? 1 : 0 });
    }
  }
  return [...groups]
    .map(([key, figures]) => ({ key, ...figures }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

const whyOf = (walk: Extract<Enrollment, { kind: 'ended' }>): string | undefined =>
  walk.end.kind === 'stopped' ? walk.end.why : undefined;

/** A person's word on the answer, else what the mail was read as. */
function isInterested({ tasks, mails }: Facts): boolean {
  const said = tasks.find(({ kind, outcome }) => kind === 'answer' && outcome !== undefined);
  if (said) return said.outcome === 'interested' || said.outcome === 'won';
  return mails.some(({ intent }) => intent === 'interested' || intent === 'asks');
}

function keyOf(facts: Facts, by: StatsBy, letter: { readonly step: number; readonly at: Instant }): string {
  switch (by) {
    case 'campaign':
      return facts.walk.campaignId;
    case 'step':
      return String(letter.step);
    case 'week':
      return weekOf(letter.at);
    default:
      return facts[by] ?? 'unknown';
  }
}

/** ISO 8601, in UTC: `2027-W09`. */
export function weekOf(at: Instant): string {
  const day = new Date(`${at.slice(0, 10)}T00:00:00Z`);
  // The week belongs to the year of its Thursday.
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  const first = Date.UTC(day.getUTCFullYear(), 0, 1);
  const week = Math.ceil(((day.getTime() - first) / DAY + 1) / 7);
  return `${day.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}

/** Letters and tasks alike: what is to come, what was done, and what should have been. */
export function tallyTouches(all: readonly Facts[], now: Instant) {
  const touches = { planned: 0, done: 0, late: 0 };
  for (const { walk, tasks } of all) {
    touches.done += walk.sent.length;
    if (walk.kind === 'open' && walk.letter.kind === 'planned')
      touches[walk.letter.dueAt < now ? 'late' : 'planned'] += 1;
    for (const task of tasks) {
      if (task.status === 'closed') touches.done += task.outcome === undefined ? 0 : 1;
      else touches[task.dueAt < now ? 'late' : 'planned'] += 1;
    }
  }
  return touches;
}
