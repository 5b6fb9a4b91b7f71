const DAY = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** An ISO date as a reason says it: `Mon, 30 Nov 2026`. */
export const saidDay = (day: string): string => DAY.format(new Date(`${day}T00:00:00Z`));
