/** One prospect's days: everything that the timing rules need to know, loaded before they run. */
export type Calendar = {
  /** IANA name. */
  readonly zone: string;
  /** ISO 3166-1 alpha-2 where known. */
  readonly country?: string;
  /** ISO weekdays, 1 = Monday … 7 = Sunday. */
  readonly workingDays: readonly number[];
  /** ISO date → the holiday's name. Empty where the country is unknown. */
  readonly holidays: Readonly<Record<string, string>>;
  /** Years that `holidays` covers; a date outside is `assumed` a working day and says so. */
  readonly coveredYears: readonly [from: number, to: number];
};
