/** What a faultless salesperson does by hand in the auditor's ideal run. */
import type { Prospect } from '../fixtures/demo/scenario-file.ts';
import { addWorkingDays } from './audit/days.ts';
import type { Done } from './audit/input.ts';
import { instantAt, wallOf } from './audit/local-time.ts';
import type { IdealRun } from './ideal-run.ts';

const WEEK_MS = 7 * 86_400_000;
export const deed = (run: IdealRun, at: number, done: Omit<Done, 'at'>): void => {
  if (at < Date.parse(run.scenario.endsAt)) run.desk.push({ at: new Date(at).toISOString(), ...done });
};
const HALF_PAST_TEN = 10.5 * 3600;
const at = (prospect: Prospect, date: string): number => instantAt(date, HALF_PAST_TEN, prospect.zone);
const workingDaysAfter = (prospect: Prospect, moment: number, days: number): number =>
  at(prospect, addWorkingDays(prospect.country, wallOf(moment, prospect.zone).date, days));

/** The word on both letters, two hours after the launch and after the first has gone. */
export const isApproved = (run: IdealRun, prospect: Prospect, firstAt: number): boolean => {
  const approval = prospect.deeds.find((one) => one.kind === 'approval');
  if (!approval) return true;
  const seen = { prospect: prospect.key, kind: 'approval', outcome: approval.outcome } as const;
  deed(run, Date.parse(run.scenario.launchAt) + 2 * 3_600_000, seen);
  if (approval.outcome === 'given') deed(run, firstAt + 120_000, seen);
  return approval.outcome === 'given';
};

/** What the salesperson does between the letters; answers the last day on which no follow-up may go because of it. */
export const deedsBefore = (run: IdealRun, prospect: Prospect, firstAt: number): string => {
  const { key, grade, phones, zone } = prospect;
  const day = (moment: number): string => wallOf(moment, zone).date;
  const note = run.inbound.find((mail) => mail.prospect === key);
  const whatsapp = prospect.deeds.find((one) => one.kind === 'whatsapp');
  if (whatsapp && note) {
    const first = workingDaysAfter(prospect, Date.parse(note.at), 1);
    const last = workingDaysAfter(prospect, first, whatsapp.putOffDays);
    deed(run, first, { prospect: key, kind: 'whatsapp', outcome: 'put-off' });
    const link = 'https://wa.me/5511987654321?text=Hello';
    deed(run, last, { prospect: key, kind: 'whatsapp', outcome: 'sent', link });
    return day(last + WEEK_MS);
  }
  if (prospect.deeds.some((one) => one.kind === 'call') && grade === 'A') {
    const link = `tel:${phones[0]}`;
    const called = workingDaysAfter(prospect, firstAt, 2);
    deed(run, called, { prospect: key, kind: 'call', outcome: 'no-answer', link });
    return day(workingDaysAfter(prospect, called, 2));
  }
  const decided = run.desk.find((one) => one.prospect === prospect.heldBy && one.kind === 'colleagues');
  return decided ? day(Date.parse(decided.at)) : '';
};

export const callsAfter = (run: IdealRun, prospect: Prospect, secondAt: number): void => {
  if (!prospect.deeds.some((one) => one.kind === 'call')) return;
  const days = prospect.grade === 'A' ? 2 : 3;
  deed(run, workingDaysAfter(prospect, secondAt, days), {
    prospect: prospect.key,
    kind: 'call',
    outcome: 'no-answer',
    link: `tel:${prospect.phones[0]}`,
  });
};
