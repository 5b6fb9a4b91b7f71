/** Moments in words: on both walls, and how long ago. */
import { useMemo } from 'react';
import { localeOf } from '../lexicon/load-words.ts';
import { useLanguage } from '../lexicon/words.tsx';

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(locale: string, zone: string | undefined, options: Intl.DateTimeFormatOptions) {
  const key = `${locale}|${zone ?? ''}|${JSON.stringify(options)}`;
  const known =
    formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, ...(zone ? { timeZone: zone } : {}) });
  formats.set(key, known);
  return known;
}

const names = new Map<string, Intl.DisplayNames>();
function nameOf(locale: string, type: 'language' | 'region', code: string): string {
  const key = `${locale}|${type}`;
  const known = names.get(key) ?? new Intl.DisplayNames(locale, { type });
  names.set(key, known);
  return known.of(code) ?? code;
}

const DAY_TIME: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
};

export function useTimes() {
  const locale = localeOf(useLanguage());
  return useMemo(() => timesOf(locale), [locale]);
}

function timesOf(locale: string) {
  return {
    dayTime: (at: string, zone?: string) => formatOf(locale, zone, DAY_TIME).format(new Date(at)),
    day: (at: string, zone?: string) =>
      formatOf(locale, zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(
        new Date(at),
      ),
    time: (at: string, zone?: string) =>
      formatOf(locale, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at)),
    /** Of an ISO date, which belongs to no zone. */
    date: (iso: string) =>
      formatOf(locale, 'UTC', { weekday: 'short', day: 'numeric', month: 'short' }).format(
        new Date(`${iso}T12:00:00Z`),
      ),
    /** Of a clock on the wall, `HH:MM` on an ISO date, whatever zone it hangs in. */
    wall: ({ date, time }: { readonly date: string; readonly time: string }) =>
      formatOf(locale, 'UTC', DAY_TIME).format(new Date(`${date}T${time}:00Z`)),
    city: (zone: string) => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' '),
    language: (code: string) => nameOf(locale, 'language', code),
    country: (code: string) => nameOf(locale, 'region', code),
    since: (at: string, now: string) => sinceWords(locale, Date.parse(now) - Date.parse(at)),
  };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function sinceWords(locale: string, ms: number): string {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' });
  if (ms < HOUR) return words.format(-Math.max(0, Math.round(ms / MINUTE)), 'minute');
  if (ms < DAY) return words.format(-Math.round(ms / HOUR), 'hour');
  return words.format(-Math.round(ms / DAY), 'day');
}
