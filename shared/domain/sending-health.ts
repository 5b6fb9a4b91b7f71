/**
 * When a sender had better stop: SES reviews an account at 5 % bounces or 0.1 % complaints and pauses it at 10 % or
 * 0.5 %, and one careless list would cost every sender of the company their way out. A floor keeps the one unlucky
 * letter of a small sample from counting as a rate.
 */

/** Of one sender, over the days looked at. */
export type Fates = { readonly sent: number; readonly bounced: number; readonly complained: number };
export type Fate = 'bounced' | 'complained';

export const HEALTH_DAYS = 30;
const LETTERS_MIN = 50;
const BOUNCE_RATE_MAX = 0.05;
const BOUNCES_MIN = 5;
const COMPLAINT_RATE_MAX = 0.001;
const COMPLAINTS_MIN = 2;

/** `undefined`: go on. Complaints first: they weigh more with SES and with the law. */
export function whyUnhealthy({
  sent,
  bounced,
  complained,
}: Fates): 'complaint-rate' | 'bounce-rate' | undefined {
  if (sent < LETTERS_MIN) return undefined;
  if (complained >= COMPLAINTS_MIN && complained / sent >= COMPLAINT_RATE_MAX) return 'complaint-rate';
  return bounced >= BOUNCES_MIN && bounced / sent >= BOUNCE_RATE_MAX ? 'bounce-rate' : undefined;
}
