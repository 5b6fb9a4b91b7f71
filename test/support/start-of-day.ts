/** The first moment of an ISO date in the prospect's zone: what a plan is asked from, day by day. */
import { type Instant, instant } from '../../shared/domain/instant.ts';
import type { Calendar } from '../../shared/domain/time/calendar.ts';
import { dayOf } from '../../shared/domain/time/days.ts';
import { startOfDayMs } from '../../shared/domain/time/wall.ts';

export const startOfDay = ({ zone }: Pick<Calendar, 'zone'>, isoDate: string): Instant =>
  instant(startOfDayMs(zone, dayOf(isoDate)));
