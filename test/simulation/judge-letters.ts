/** Judges every letter at the moment when SES takes it: once, in order, never early, in their day, within the quota. */
import { readEnrollmentId } from '../../shared/domain/ids.ts';
import { DAY, MINUTE, SECOND } from '../../shared/domain/instant.ts';
import type { Ledger } from './ledger.ts';
import { type Accepted, letterTags } from './ses.ts';

/** What was asked for: told by the workload, not read from the product. */
export type Asked = {
  /** By campaign. */
  readonly delayDays: ReadonlyMap<string, readonly number[]>;
  /** By sender. */
  readonly quotas: ReadonlyMap<string, { readonly quota: number; readonly zone: string }>;
  readonly wantsApproval: ReadonlySet<string>;
  readonly approvedWords: ReadonlyMap<string, ReadonlySet<string>>;
  zoneOf(contactId: string): string | undefined;
  walkOf(enrollment: string): { readonly campaign: string; readonly sender: string } | undefined;
};

/** A step that waits in its queue past its window still belongs to it for a quarter of an hour (DESIGN §3). */
const WINDOW_GRACE_MIN = 16;
const OPENS = 9 * 60;
const FIRST_CLOSES = 11 * 60 + 30;
const FOLLOW_UP_CLOSES = 16 * 60 + 30;
const NOT_FOR_FOLLOW_UPS: readonly string[] = ['Mon', 'Fri'];
const WEEKEND: readonly string[] = ['Sat', 'Sun'];

export function judgeLetters(ledger: Ledger, asked: Asked, graceMs: number) {
  const byStep = new Map<string, Accepted>();
  const byCampaign = new Map<string, Accepted>();
  const byContact = new Map<string, Accepted[]>();
  const byDay = new Map<string, number>();

  const spacing = (one: Accepted, contact: string, step: number, enrollment: string): void => {
    const campaign = asked.walkOf(enrollment)?.campaign ?? '';
    for (const before of byContact.get(contact) ?? []) {
      const gap = Math.abs(one.callAt - before.callAt);
      if (gap < DAY - 10 * SECOND - graceMs) {
        ledger.violated(
          'cap',
          `${enrollment} step ${step}: ${Math.round(gap / MINUTE)} min after another letter`,
        );
      }
    }
    if (step === 0) return;
    const previous = byStep.get(`${enrollment} ${step - 1}`);
    if (!previous) {
      ledger.violated('I4 in order', `${enrollment} step ${step} without the one before`);
      return;
    }
    const days = asked.delayDays.get(campaign)?.[step] ?? 0;
    if (one.callAt - previous.callAt < days * DAY - MINUTE - graceMs) {
      ledger.violated(
        'I4 never early',
        `${enrollment} step ${step}: ${(one.callAt - previous.callAt) / DAY} days after`,
      );
    }
  };

  const window = (one: Accepted, contact: string, step: number): void => {
    const zone = asked.zoneOf(contact);
    if (!zone) return;
    const { minutes, weekday } = localTime(zone, one.callAt);
    const closes = (step === 0 ? FIRST_CLOSES : FOLLOW_UP_CLOSES) + WINDOW_GRACE_MIN + graceMs / MINUTE;
    const isDay = step === 0 || !NOT_FOR_FOLLOW_UPS.includes(weekday);
    const isOpen = minutes >= OPENS - graceMs / MINUTE - 1 && minutes <= closes;
    if (isOpen && isDay && !WEEKEND.includes(weekday)) return;
    ledger.violated(
      'window',
      `${one.sesId}: ${weekday} ${Math.floor(minutes / 60)}:${minutes % 60} in ${zone}`,
    );
  };

  const quota = (one: Accepted, enrollment: string): void => {
    const sender = asked.walkOf(enrollment)?.sender ?? '';
    const known = asked.quotas.get(sender);
    if (!known) return;
    const slack = 10 * SECOND + graceMs;
    // At the very turn of a day either day may have paid for it.
    const [day, later] = [one.callAt - slack, one.callAt + slack].map((at) => localDay(known.zone, at));
    if (day !== later) return;
    const key = `${sender} ${day}`;
    const used = (byDay.get(key) ?? 0) + 1;
    byDay.set(key, used);
    if (used > known.quota) ledger.violated('I10 quota', `${key}: ${used} of ${known.quota}`);
  };

  /** The very words that somebody let go, not only this step of this walk. */
  const approval = (one: Accepted, name: string, campaign: string | undefined): void => {
    if (!campaign || !asked.wantsApproval.has(campaign)) return;
    const approved = asked.approvedWords.get(name) ?? new Set();
    if (!approved.has(wordsOf(one.raw))) ledger.violated('unapproved stays home', `${name}: ${one.sesId}`);
  };

  return (one: Accepted): void => {
    const tags = letterTags(one.tags);
    if (!tags) {
      ledger.alertMails.push(one);
      return;
    }
    const { enrollment, step } = tags;
    const contact = readEnrollmentId(enrollment)?.contactId ?? '';
    const name = `${enrollment} ${step}`;
    const first = byStep.get(name);
    if (first)
      ledger.violated('I1 never twice', `${name}: ${first.sesId} by ${first.by}, ${one.sesId} by ${one.by}`);
    const walk = asked.walkOf(enrollment);
    const inCampaign = `${walk?.campaign} ${contact} ${step}`;
    const other = byCampaign.get(inCampaign);
    if (other && other.tags.enrollment !== enrollment) {
      ledger.violated('I8 one walk per campaign', `${inCampaign}: ${other.sesId} and ${one.sesId}`);
    }
    if (!first) spacing(one, contact, step, enrollment);
    window(one, contact, step);
    approval(one, name, walk?.campaign);
    quota(one, enrollment);
    byStep.set(name, one);
    byCampaign.set(inCampaign, one);
    byContact.set(contact, [...(byContact.get(contact) ?? []), one]);
  };
}

/** The line by which a simulated letter's wording is told apart: "This is letter 2." or "Edition 3 of letter 2." */
export function wordsOf(text: Uint8Array | string): string {
  const plain =
    typeof text === 'string' ? text : Buffer.from(text).toString('latin1').replaceAll('=\r\n', '');
  return /(?:This is letter|Edition \d+ of letter) \d+\./.exec(plain)?.[0] ?? 'no words of ours';
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function parts(zone: string, at: number): Record<string, string> {
  const known =
    formatters.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hourCycle: 'h23',
    });
  formatters.set(zone, known);
  return Object.fromEntries(known.formatToParts(at).map(({ type, value }) => [type, value]));
}

function localTime(zone: string, at: number): { readonly minutes: number; readonly weekday: string } {
  const { hour, minute, weekday } = parts(zone, at);
  return { minutes: Number(hour) * 60 + Number(minute), weekday: weekday ?? '' };
}

function localDay(zone: string, at: number): string {
  const { year, month, day } = parts(zone, at);
  return `${year}-${month}-${day}`;
}
