/** Wall-clock time in a prospect's zone by Intl alone, summer time included. */

export type Wall = {
  /** ISO date. */
  readonly date: string;
  /** Seconds since local midnight by the clock on the wall. */
  readonly second: number;
};

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, made);
  return made;
};

/** @param at milliseconds since the epoch. */
export const wallOf = (at: number, zone: string): Wall => {
  const part: Record<string, string> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) part[type] = value;
  return {
    date: `${part.year}-${part.month}-${part.day}`,
    second: Number(part.hour) * 3600 + Number(part.minute) * 60 + Number(part.second),
  };
};

/** Milliseconds as if the wall clock were UTC: for differences that ignore a change of the offset. */
export const wallMillis = (at: number, zone: string): number => {
  const wall = wallOf(at, zone);
  return Date.parse(`${wall.date}T00:00:00Z`) + wall.second * 1000;
};

/** The instant at which a zone's clock shows `second` on `date`; in a gap of summer time, the moment after it. */
export const instantAt = (date: string, second: number, zone: string): number => {
  const wanted = Date.parse(`${date}T00:00:00Z`) + second * 1000;
  let guess = wanted;
  // Two corrections settle every zone: the first finds the offset, the second crosses a change of it.
  for (let tries = 0; tries < 2; tries += 1) guess += wanted - wallMillis(guess, zone);
  return guess;
};

export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** 1 = Monday … 7 = Sunday. */
export const isoWeekday = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

/** "Tue 2026-07-21 09:14" for the report. */
export const shown = (at: number, zone: string): string =>
  `${new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short' }).format(at)} ${formatOf(zone).format(at).replace(',', '').slice(0, 16)}`;
