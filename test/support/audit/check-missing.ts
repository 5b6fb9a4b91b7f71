/**
 * Is something missing? The auditor derives the latest day on which each letter may still leave from its own rules,
 * and is generous: a day counts only where no reading of the rules, no table and no season forbids it.
 */

import { UNDATED_DAYS, WEEK_MS, WINDOWS, workingReturn } from './check-times.ts';
import { type Conversation, inLetter, inProspect } from './conversation.ts';
import { addWorkingDays, dayKind, firstDate, surelyAllowsFirstLetter, surelyAllowsFollowUp } from './days.ts';
import { addDays, instantAt, wallOf } from './local-time.ts';
import type { Violation } from './report.ts';

/** Longer than any run: a search that ends here ends beyond it. */
const HORIZON_DAYS = 60;
const MINUTE_MS = 60_000;
const AFTER_CALL_DAYS = 2;

/** The end of the window on the first sure day after `date`, in milliseconds; undefined beyond the horizon. */
export const windowEndAfter = (
  date: string,
  role: 'first' | 'follow-up',
  zone: string,
  fits: (date: string) => boolean,
): number | undefined => {
  const day = firstDate(addDays(date, 1), HORIZON_DAYS, fits);
  return day === undefined ? undefined : instantAt(day, WINDOWS[role].to, zone) + MINUTE_MS;
};

/** The end of the last window in which nobody can doubt that the first letter had to go; undefined beyond the run. */
export const firstDeadline = ({ held, prospect, scenario }: Conversation): number | undefined => {
  const from = (at: number): number | undefined =>
    windowEndAfter(wallOf(at, prospect.zone).date, 'first', prospect.zone, (date) =>
      surelyAllowsFirstLetter(prospect.country, scenario.sender.country, date),
    );
  const planned = from(Date.parse(scenario.launchAt));
  const deadline = planned !== undefined && held && held.from < planned ? from(held.to) : planned;
  return deadline === undefined || deadline > Date.parse(scenario.endsAt) ? undefined : deadline;
};

const firstLetterFaults = (conversation: Conversation): Violation[] => {
  const { first, letters } = conversation;
  if (!first && letters.length > 0)
    return [inProspect(conversation, 'missing-first-letter', 'a follow-up was accepted without it')];
  const deadline = firstDeadline(conversation);
  if (deadline === undefined) return [];
  const by = new Date(deadline).toISOString();
  if (!first) return [inProspect(conversation, 'missing-first-letter', `it had to be accepted by ${by}`, by)];
  return first.time > deadline
    ? [inLetter(conversation, 'late-first-letter', first, `it had to be accepted by ${by}`)]
    : [];
};

/**
 * The local day before which nobody can demand the follow-up: a week on, and the working day after each return. What the
 * salesperson did moves it further: a WhatsApp by a week, an unanswered call by two working days.
 */
const earliestFollowUp = (conversation: Conversation, firstTime: number, isByHandToo: boolean): string => {
  const { country, zone } = conversation.prospect;
  const days = [wallOf(firstTime + WEEK_MS, zone).date];
  for (const { kind, outcome, time } of isByHandToo ? conversation.done : []) {
    if (kind === 'whatsapp' && outcome === 'sent') days.push(wallOf(time + WEEK_MS, zone).date);
    if (kind === 'call' && time < (conversation.followUp?.time ?? Number.POSITIVE_INFINITY))
      days.push(addWorkingDays(country, wallOf(time, zone).date, AFTER_CALL_DAYS));
  }
  const { held } = conversation;
  if (isByHandToo && held && wallOf(held.from, zone).date <= [...days].sort().at(-1)!)
    days.push(wallOf(held.to, zone).date);
  for (const mail of conversation.heard.filter((one) => one.answer.kind === 'absence')) {
    const noted = wallOf(mail.time, zone).date;
    const back = workingReturn(country, mail.returnOn ?? addDays(noted, UNDATED_DAYS));
    days.push(
      firstDate(addDays(back, 1), HORIZON_DAYS, (date) => dayKind(country, date) === 'working') ?? back,
    );
  }
  return days.sort().at(-1) as string;
};

/**
 * The end of the last window in which nobody can doubt that the follow-up had to go; undefined beyond the run.
 * `natural`: as if the salesperson had done nothing and no colleague had answered.
 */
export const followUpDeadline = (
  conversation: Conversation,
  way: 'natural' | 'by-hand-too',
): number | undefined => {
  const { first, prospect, scenario } = conversation;
  if (!first) return undefined;
  const earliest = earliestFollowUp(conversation, first.time, way === 'by-hand-too');
  const deadline = windowEndAfter(earliest, 'follow-up', prospect.zone, (date) =>
    surelyAllowsFollowUp(prospect.country, date),
  );
  return deadline === undefined || deadline > Date.parse(scenario.endsAt) ? undefined : deadline;
};

const followUpFaults = (conversation: Conversation): Violation[] => {
  const { followUp, stop } = conversation;
  const deadline = followUpDeadline(conversation, 'by-hand-too');
  if (deadline === undefined) return [];
  // An answer that came before the deadline and before any follow-up makes it needless.
  if (!followUp && stop && stop.time <= deadline) return [];
  const by = new Date(deadline).toISOString();
  if (!followUp) return [inProspect(conversation, 'missing-follow-up', `it had to be accepted by ${by}`, by)];
  return followUp.time > deadline
    ? [inLetter(conversation, 'late-follow-up', followUp, `it had to be accepted by ${by}`)]
    : [];
};

/** A demo that forgets to play an answer would prove nothing and look clean. */
const unplayed = (conversation: Conversation): Violation[] => {
  const { first, followUp, heard, prospect, scenario } = conversation;
  return prospect.answers.flatMap((answer) => {
    if (heard.some((mail) => mail.fixture === answer.fixture)) return [];
    // The planned minute of a follow-up is the product's; the answer is due once the follow-up itself went out.
    const cause = answer.to === 'first' ? first : followUp;
    if (!cause || cause.time + answer.afterSeconds * 1000 > Date.parse(scenario.endsAt)) return [];
    return [inProspect(conversation, 'answer-not-played', `${answer.fixture} answers ${cause.file}`)];
  });
};

const isWithheld = ({ prospect }: Conversation): boolean =>
  prospect.deeds.some((deed) => deed.kind === 'approval' && deed.outcome === 'withheld');

export const checkMissing = (conversation: Conversation): Violation[] => [
  ...(isWithheld(conversation) ? [] : [...firstLetterFaults(conversation), ...followUpFaults(conversation)]),
  ...unplayed(conversation),
];
