/**
 * The plan of a day, and what a week or month has brought (每周总结, 每月总结). Which digests are due is decided here,
 * and what one counts; its words are in `digest-text.ts`.
 */
import { type AlertId, derivedId, type SenderId } from './ids.ts';
import { DAY, epochMs, type Instant } from './instant.ts';
import type { DigestPeriod } from './sender.ts';
import type { TaskKind } from './task.ts';

/** ISO dates of the sender's own calendar, both included. */
export type DigestSpan = { readonly period: DigestPeriod; readonly from: string; readonly to: string };

/** Of `today`: the day itself, the last whole week (Monday to Sunday), the last whole month. */
export function spanOf(period: DigestPeriod, today: string): DigestSpan {
  const day = new Date(`${today}T00:00:00Z`);
  if (period === 'daily') return { period, from: today, to: today };
  if (period === 'weekly') {
    const sinceMonday = (day.getUTCDay() + 6) % 7;
    return { period, from: daysFrom(today, -sinceMonday - 7), to: daysFrom(today, -sinceMonday - 1) };
  }
  const to = daysFrom(`${today.slice(0, 8)}01`, -1);
  return { period, from: `${to.slice(0, 8)}01`, to };
}

export const daysFrom = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** Every date of the span, at most a month of them. */
export function datesOf({ from, to }: DigestSpan): readonly string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1;
  return Array.from({ length: count }, (_, day) => daysFrom(from, day));
}

/** One digest, one alert, however often it is asked for. */
export const digestId = (senderId: SenderId, { period, from }: DigestSpan): AlertId =>
  derivedId('alert', 'digest', senderId, period, from) as AlertId;

/** What stands in the alert of a digest, from which its span is read again when it is sent. */
export const digestDetail = ({ period, from }: DigestSpan): string => `${period} ${from}`;

export function readDigestDetail(detail: string | undefined): DigestSpan | undefined {
  const match = /^(daily|weekly|monthly) (\d{4}-\d\d-\d\d)$/.exec(detail ?? '');
  if (!match) return undefined;
  const period = match[1] as DigestPeriod;
  const from = match[2] ?? '';
  if (period === 'daily') return { period, from, to: from };
  if (period === 'weekly') return { period, from, to: daysFrom(from, 6) };
  // The 31st day after the first lies in the next month, of which one day back from its first is the last of this.
  return { period, from, to: daysFrom(`${daysFrom(from, 31).slice(0, 8)}01`, -1) };
}

/** Somebody who waits for an answer. */
export type WaitingAnswer = {
  readonly name: string;
  readonly company?: string;
  readonly since: Instant;
  readonly isRed: boolean;
};

export type DigestFacts = {
  readonly span: DigestSpan;
  readonly senderName: string;
  /** Letters whose place is reserved on the day of a daily digest. */
  readonly lettersPlanned: number;
  /** Of the span. */
  readonly sent: number;
  readonly bounced: number;
  readonly complained: number;
  /** Open tasks by kind: due on the day or before it. */
  readonly due: Readonly<Partial<Record<TaskKind, number>>>;
  readonly overdue: number;
  /** Oldest first. */
  readonly waiting: readonly WaitingAnswer[];
  /** What they wanted → how many, of the span. */
  readonly replies: Readonly<Record<string, number>>;
  /** Of the span's replies, how many were acknowledged, and how many of these within a day. */
  readonly answered: number;
  readonly answeredInADay: number;
  /** Mails of nobody that were only listed, of the span (of a day: since the day before). */
  readonly listed: number;
  /** Alerts that some channel never took. */
  readonly undelivered: number;
};

/** A summary of nothing is not worth a mail; a plan of nothing neither. */
export const isEmpty = (facts: DigestFacts): boolean =>
  facts.lettersPlanned +
    facts.sent +
    facts.bounced +
    facts.complained +
    facts.overdue +
    facts.waiting.length +
    facts.listed +
    facts.undelivered +
    sum(facts.replies) +
    sum(facts.due) ===
  0;

export const sum = (counts: Readonly<Partial<Record<string, number>>>): number =>
  Object.values(counts).reduce<number>((total, count) => total + (count ?? 0), 0);

export const isWithinADay = (from: Instant, to: Instant): boolean => epochMs(to) - epochMs(from) <= DAY;
