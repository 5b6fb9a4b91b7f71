/**
 * The metrics that the functions write into their logs (CloudWatch's embedded metric format): the stack makes its
 * dashboard and its alarms from the same names. The only dimension is the stage: never a person, sender or campaign.
 */
export const METRIC_NAMESPACE = 'Relance';

export const METRICS = {
  LettersSent: 'Count',
  LettersRefused: 'Count',
  LettersUnknown: 'Count',
  Replies: 'Count',
  Absences: 'Count',
  OtherMails: 'Count',
  AlertsRaised: 'Count',
  AlertsDelivered: 'Count',
  AlertsFailed: 'Count',
  /** From the mail's arrival to its alert at the first channel. */
  AlertLatency: 'Milliseconds',
  /** Of the oldest step that reconcile found due and not done. */
  DueStepsAge: 'Seconds',
  /** Once a quarter of an hour; missing means that nothing heals any more. */
  Reconciled: 'Count',
} as const;
export type MetricName = keyof typeof METRICS;
