/** Hand-made calendars, so that a test shows every day off that it depends on. */
import type { Calendar } from '../../../../shared/domain/time/calendar.ts';
import { workingDaysOf } from '../../../../shared/domain/time/week.ts';

export function someCalendar(
  of: { zone?: string; country?: string; off?: readonly string[] } = {},
): Calendar {
  return {
    zone: of.zone ?? 'Europe/Berlin',
    ...(of.country === undefined ? {} : { country: of.country }),
    workingDays: workingDaysOf(of.country),
    holidays: Object.fromEntries((of.off ?? []).map((date) => [date, 'Day off'])),
    coveredYears: [2024, 2031],
  };
}
