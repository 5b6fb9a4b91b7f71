/**
 * A moment in UTC, written so that text order is time order: `2026-11-23T09:31:00.000Z`, always 24 characters.
 * It is what the table stores, what JSON carries and what `decide` compares; calendar arithmetic (zones, days,
 * DST) goes through `Temporal` in `domain/time`, which converts at its own edge.
 */
export type Instant = string & { readonly __brand: 'Instant' };

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** From epoch milliseconds or any ISO text with an offset. Throws on what is no moment. */
export const instant = (value: number | string): Instant => new Date(value).toISOString() as Instant;

export const epochMs = (at: Instant): number => Date.parse(at);
export const plus = (at: Instant, ms: number): Instant => instant(epochMs(at) + ms);
export const msBetween = (from: Instant, to: Instant): number => epochMs(to) - epochMs(from);
export const latest = (a: Instant, b: Instant): Instant => (a > b ? a : b);

/** The minute that a timer is named after: minutes since 1970, base 36. */
export const minuteName = (at: Instant): string => Math.floor(epochMs(at) / MINUTE).toString(36);
