/** What the auditor hands back, and how it is printed: for people, and as one line of JSON. */

export type Rule =
  | 'index-mismatch'
  | 'answer-not-played'
  | 'unknown-recipient'
  | 'wrong-sender'
  | 'doubled-letter'
  | 'letter-after-reply'
  | 'letter-to-unsubscribed'
  | 'letter-after-bounce'
  | 'letter-after-left-company'
  | 'letter-in-absence'
  | 'letter-on-weekend'
  | 'letter-on-holiday'
  | 'follow-up-on-week-edge'
  | 'follow-up-on-first-day-back'
  | 'wrong-hour'
  | 'follow-up-too-early'
  | 'missing-first-letter'
  | 'late-first-letter'
  | 'missing-follow-up'
  | 'late-follow-up'
  | 'broken-thread'
  | 'missing-quote'
  | 'bad-message-id'
  | 'bad-reply-to'
  | 'bad-return-path'
  | 'missing-list-unsubscribe'
  | 'missing-opt-out'
  | 'missing-postal-address'
  | 'marked-automatic'
  | 'placeholder-left'
  | 'names-someone-else'
  | 'missing-alert'
  | 'alert-for-machine-mail'
  | 'alert-not-marked-automatic'
  | 'reason-not-given'
  | 'deed-not-done'
  | 'touch-at-a-bad-hour'
  | 'wrong-number'
  | 'called-too-early'
  | 'called-out-of-order'
  | 'letter-soon-after-whatsapp'
  | 'letter-to-held-colleague'
  | 'unapproved-letter'
  | 'task-not-reported'
  | 'hold-not-reported';

export type Violation = {
  readonly rule: Rule;
  /** The prospect's key; empty where the fault is nobody's. */
  readonly prospect: string;
  /** ISO instant, or empty. */
  readonly at: string;
  /** The mail it stands in, relative to the run's directory, or empty. */
  readonly file: string;
  readonly detail: string;
};

/** The figures of the summary line. */
export type Figures = {
  /** Every letter that SES accepted for a prospect, follow-ups included. */
  readonly letters: number;
  readonly followUps: number;
  /** What the prospects sent, by the scenario's truth. */
  readonly replies: number;
  readonly absences: number;
  /** Reported by the API. */
  readonly held: number;
  readonly bounces: number;
  readonly unsubscribes: number;
  /** Reported by the API. */
  readonly tasks: number;
  readonly alerts: number;
  /** Reported by the API. */
  readonly unmatched: number;
  readonly duplicates: number;
  readonly afterStop: number;
  readonly onForbiddenDays: number;
  /** Letters whose own day was surely a holiday, that went on another, with that day among the reasons. */
  readonly movedOffHoliday: number;
  /** Follow-ups whose own day was the first of the prospect's week: the same. */
  readonly weekStartsAvoided: number;
  /** WhatsApps that could have been written at night and were not, until it was day there. */
  readonly waitedForMorning: number;
  /** Prospects of grade A who were called, each before anyone of grade B. */
  readonly calledFirst: number;
  /** Colleagues whose letter was surely due while they were held, and who got none. */
  readonly colleaguesHeld: number;
  /** Follow-ups that a WhatsApp moved past the day on which they were surely due. */
  readonly movedByWhatsapp: number;
  /** Prospects whose first letter was surely due, was not approved, and did not go. */
  readonly stayedHome: number;
};

export type Report = {
  readonly figures: Figures;
  readonly violations: readonly Violation[];
  /** One line a prospect: what happened, in order, in their local time. */
  readonly stories: readonly string[];
  /** False where the run exported no state.json: the API's figures are then 0 and mean nothing. */
  readonly stateReported: boolean;
};

const LABELS: readonly (readonly [keyof Figures, string])[] = [
  ['letters', 'letters accepted'],
  ['followUps', 'of them follow-ups'],
  ['replies', 'replies by people'],
  ['absences', 'absence notes'],
  ['bounces', 'bounces'],
  ['unsubscribes', 'unsubscribes'],
  ['alerts', 'alerts to the salesperson'],
  ['duplicates', 'letters sent twice'],
  ['afterStop', 'letters after a stop'],
  ['onForbiddenDays', 'letters on forbidden days'],
  ['movedOffHoliday', 'letters moved off a holiday, and the reason said'],
  ['weekStartsAvoided', 'follow-ups moved off the first day of a week, and the reason said'],
  ['waitedForMorning', 'WhatsApps that waited for morning there'],
  ['calledFirst', 'of grade A called before anyone of grade B'],
  ['colleaguesHeld', 'colleagues held after a reply'],
  ['movedByWhatsapp', 'follow-ups moved by a WhatsApp'],
  ['stayedHome', 'unapproved letters that stayed home'],
  ['tasks', 'tasks'],
  ['held', 'holds'],
  ['unmatched', 'unmatched mails'],
];
const FROM_API: ReadonlySet<keyof Figures> = new Set(['tasks', 'held', 'unmatched']);

const labelOf = (report: Report, key: keyof Figures): string => {
  if (!FROM_API.has(key)) return '';
  return report.stateReported ? '   (reported by the API)' : '   (not reported: no state.json)';
};

const violationLine = (violation: Violation): string =>
  [violation.rule, violation.prospect, violation.at, violation.file, violation.detail]
    .filter((word) => word !== '')
    .join(' · ');

export const reportText = (report: Report): string =>
  [
    ...report.stories,
    '',
    ...LABELS.map(
      ([key, label]) => `${String(report.figures[key]).padStart(4)}  ${label}${labelOf(report, key)}`,
    ),
    '',
    report.violations.length === 0 ? 'No violations.' : `${report.violations.length} violations:`,
    ...report.violations.map((violation) => `  ${violationLine(violation)}`),
  ].join('\n');

/** The figures in their documented order, then the violations; always one line. */
export const summaryLine = (report: Report): string =>
  JSON.stringify({ ...report.figures, violations: report.violations });
