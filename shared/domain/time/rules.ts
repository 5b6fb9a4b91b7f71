/** When a step may happen, read in the prospect's zone. Practice §002 and §000 behind each default. */

/** Local wall time, `HH:MM`; the end is exclusive. */
export type Window = { readonly from: string; readonly to: string };

export type StepRules = {
  readonly window: Window;
  /** Not on the first or last working day of the prospect's week, nor on the first day back after 3 or more days off. */
  readonly avoidWeekEdges: boolean;
  /** Not on public holidays of the prospect's country. */
  readonly avoidHolidays: boolean;
  /** Days off are days like any other. For trying things out on a Sunday; no prospect will thank for it. */
  readonly anyDay?: boolean;
  /** `false`: the first allowed minute, not one spread over what is left of the window. */
  readonly spread?: boolean;
  /**
   * `avoid`: not in a season of the prospect's country. `short-hours`: in Ramadan 10:00–14:00, the other seasons do
   * not matter. `ignore`, or left out: any day is as good as the next.
   */
  readonly seasons?: 'avoid' | 'short-hours' | 'ignore';
  /** Only when somebody of ours will be there within 24 hours to take up what comes back. */
  readonly onDuty?: boolean;
  /** ISO dates on which nothing happens. */
  readonly blackoutDates: readonly string[];
};

const BASE = { avoidHolidays: true, blackoutDates: [] } as const;

export const FIRST_LETTER: StepRules = {
  ...BASE,
  window: { from: '09:00', to: '11:30' },
  avoidWeekEdges: false,
  seasons: 'avoid',
  onDuty: true,
};
/** "周一和周五：不发跟进邮件给客户" binds follow-up mails only. */
export const FOLLOW_UP: StepRules = {
  ...BASE,
  window: { from: '09:00', to: '16:30' },
  avoidWeekEdges: true,
  seasons: 'short-hours',
};
/** "当地时间白天发，不能太早也不要太晚": calls and WhatsApp in their daytime. */
export const PERSONAL: StepRules = {
  ...BASE,
  window: { from: '10:00', to: '17:00' },
  avoidWeekEdges: false,
};
