/** Counts a campaign's walks: who stands where, and what goes out on which day. Pure. */
import type { EnrollmentView } from '../../../shared/api/contacts.ts';

export type FunnelCounts = {
  readonly people: number;
  /** At least one letter has gone. */
  readonly written: number;
  /** Open and on their way to the next step. */
  readonly waiting: number;
  readonly held: number;
  readonly answered: number;
  readonly endedOtherwise: number;
};

const ANSWERED = new Set(['replied', 'answered-elsewhere']);

export function countFunnel(walks: readonly EnrollmentView[]): FunnelCounts {
  const open = walks.filter(({ state }) => state !== 'stopped' && state !== 'finished');
  const answered = walks.filter(({ stopped }) => stopped !== undefined && ANSWERED.has(stopped)).length;
  const held = open.filter(({ holds }) => holds.length > 0).length;
  return {
    people: walks.length,
    written: walks.filter(({ sent }) => sent.length > 0).length,
    waiting: open.length - held,
    held,
    answered,
    endedOtherwise: walks.length - open.length - answered,
  };
}

export type DayCount = { readonly day: string; readonly sent: number; readonly planned: number };

/** Two working weeks are what a screen can show. */
const DAYS_SHOWN = 14;

/** ISO date on the wall of whoever looks: a chart by another clock would contradict the rows below it. */
export const ownDay = (at: string): string => {
  const moment = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
};

/** Letters by ISO date, the days around `today`; days without any are left out. */
export function countByDay(walks: readonly EnrollmentView[], today: string): readonly DayCount[] {
  const days = new Map<string, { sent: number; planned: number }>();
  const count = (at: string, what: 'sent' | 'planned') => {
    const day = ownDay(at);
    const before = days.get(day) ?? { sent: 0, planned: 0 };
    days.set(day, { ...before, [what]: before[what] + 1 });
  };
  for (const { sent, dueAt } of walks) {
    for (const letter of sent) count(letter.at, 'sent');
    if (dueAt !== undefined) count(dueAt, 'planned');
  }
  const sorted = [...days]
    .map(([day, counts]) => ({ day, ...counts }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  const place = sorted.findIndex(({ day }) => day >= today);
  const middle = place < 0 ? sorted.length : place;
  const from = Math.max(0, Math.min(middle - DAYS_SHOWN / 2, sorted.length - DAYS_SHOWN));
  return sorted.slice(from, from + DAYS_SHOWN);
}
