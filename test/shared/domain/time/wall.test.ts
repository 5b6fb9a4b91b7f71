import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../../../shared/domain/instant.ts';
import { momentAt, wallAt } from '../../../../shared/domain/time/wall.ts';

const ZONES = [
  'Europe/Berlin',
  'Africa/Casablanca',
  'Africa/Cairo',
  'America/Santiago',
  'Asia/Gaza',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
];
const zones = fc.constantFrom(...ZONES);
const minutes = fc.integer({ min: Date.UTC(2024, 0, 1) / MINUTE, max: Date.UTC(2036, 0, 1) / MINUTE });

describe('the wall clock', () => {
  it('shows what Temporal says, remembered offsets or not', () => {
    fc.assert(
      fc.property(zones, minutes, (zone, at) => {
        const ms = at * MINUTE;
        const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
        const { day, minute } = wallAt(zone, ms);
        expect(new Date(day * 1_440 * MINUTE).toISOString().slice(0, 10)).toBe(
          local.toPlainDate().toString(),
        );
        expect(minute).toBe(local.hour * 60 + local.minute);
      }),
      { numRuns: 2_000 },
    );
  });

  it('leads back to its moment, an earlier one where it shows a time twice', () => {
    fc.assert(
      fc.property(zones, minutes, (zone, at) => {
        const ms = at * MINUTE;
        const { day, minute } = wallAt(zone, ms);
        const back = momentAt(zone, day, minute);
        expect(wallAt(zone, back)).toEqual({ day, minute });
        expect(ms - back === 0 || (ms - back > 0 && ms - back <= 60 * MINUTE)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
