/** Sorts a day's work: who waits, who can be reached when, what needs a decision. Pure. */
import type { TodayAnswer, TodayTask } from '../../../shared/api/today.ts';

export type ReachGroup = {
  readonly key: string;
  readonly kind: 'now' | 'later' | 'unshared' | 'another-day';
  /** The earliest moment of the group. */
  readonly at: string;
  readonly countries: readonly string[];
  readonly tasks: readonly TodayTask[];
};
export type TodayGroups = {
  readonly waiting: readonly TodayTask[];
  readonly reach: readonly ReachGroup[];
  readonly decide: readonly TodayTask[];
  readonly other: readonly TodayTask[];
  readonly letters: TodayAnswer['letters'];
};

const DECISIONS = new Set(['decide', 'check-date', 'confirm-opt-out', 'new-address', 'company-held']);
const DAY_MS = 86_400_000;
const HALF_HOUR_MS = 1_800_000;

/** Whoever has no grade counts as C, as in the calls by grade. */
const rank = (task: Pick<TodayTask, 'grade'>): string => task.grade ?? 'C';
const byGrade = (a: TodayTask, b: TodayTask): number =>
  rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : a.dueAt < b.dueAt ? -1 : 1;

export function groupsOf(today: Pick<TodayAnswer, 'at' | 'tasks' | 'letters'>): TodayGroups {
  const { at, tasks, letters } = today;
  const open = [...tasks].sort(byGrade);
  const phone = open.filter(({ reachAt }) => reachAt !== undefined);
  const rest = open.filter(
    ({ reachAt, dueAt }) => reachAt === undefined && Date.parse(dueAt) < Date.parse(at) + DAY_MS,
  );
  return {
    waiting: rest.filter(({ kind }) => kind === 'answer'),
    reach: reachGroups(phone, at),
    decide: rest.filter(({ kind }) => DECISIONS.has(kind)),
    other: rest.filter(({ kind }) => kind !== 'answer' && !DECISIONS.has(kind)),
    letters,
  };
}

function reachGroups(tasks: readonly TodayTask[], now: string): readonly ReachGroup[] {
  const groups = new Map<string, TodayTask[]>();
  for (const task of tasks) {
    const key = keyOf(task, now);
    groups.set(key, [...(groups.get(key) ?? []), task]);
  }
  return [...groups]
    .map(([key, members]): ReachGroup => {
      const at = members.map(({ reachAt }) => reachAt ?? '').sort()[0] ?? now;
      const countries = [...new Set(members.flatMap(({ country }) => country ?? []))];
      return { key, kind: key.split('|')[0] as ReachGroup['kind'], at, countries, tasks: members };
    })
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** People who open within the same half hour stand together: one sits down once to call them. */
function keyOf(task: TodayTask, now: string): string {
  const at = Date.parse(task.reachAt ?? now);
  if (at <= Date.parse(now)) return 'now';
  if (at > Date.parse(now) + DAY_MS) return `another-day|${new Date(at).toISOString().slice(0, 10)}`;
  return `${task.noSharedHour ? 'unshared' : 'later'}|${Math.floor(at / HALF_HOUR_MS)}`;
}
