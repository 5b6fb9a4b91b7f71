/** Which seasons concern a prospect, and what they allow on a given day (DESIGN §4). */
import { dayOf, isoDateOf } from './days.ts';
import { nameKey } from './name-key.ts';
import type { Window } from './rules.ts';
import { christmasUntil, SEASONS, type Season, type SeasonDays } from './season-table.ts';

export type SeasonSpan = SeasonDays & { readonly season: Season; readonly shortHours?: Window };

type Place = { readonly country?: string; readonly region?: string; readonly city?: string };

/** By country and region: a few hundred at most, because cities count only where a season looks at them. */
const known = new Map<string, readonly SeasonSpan[]>();

/** In order of their first day; none for a country without. */
export function seasonsOf(place: Place): readonly SeasonSpan[] {
  const { country } = place;
  if (country === undefined) return [];
  const names = Object.keys(SEASONS) as Season[];
  const seasons = names.filter((season) => concerns(season, country, place));
  const key = `${country} ${seasons.join(' ')}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const spans = seasons.flatMap((season) =>
    SEASONS[season].days.map((days) => spanOf(season, country, days)),
  );
  const sorted = spans.sort((a, b) => a.from - b.from);
  known.set(key, sorted);
  return sorted;
}

/** The season that a day lies in; of two the one that began first. */
export const seasonOn = (spans: readonly SeasonSpan[], day: number): SeasonSpan | undefined =>
  spans.find((span) => day >= span.from && day <= span.to);

function concerns(season: Season, country: string, place: Place): boolean {
  const { countries, within } = SEASONS[season];
  if (!countries.split(' ').includes(country)) return false;
  if (within?.country !== country) return true;
  const region = nameKey(place.region ?? '').toUpperCase();
  const code = region.startsWith(`${country} `) ? region.slice(3) : region;
  if (within.regions.split(' ').includes(code)) return true;
  return within.cities.split(',').includes(nameKey(place.city ?? ''));
}

function spanOf(season: Season, country: string, days: SeasonDays): SeasonSpan {
  const { shortHours } = SEASONS[season];
  return { season, ...kept(season, country, days), ...(shortHours === undefined ? {} : { shortHours }) };
}

/** A season's days as this country keeps them. */
function kept(season: Season, country: string, days: SeasonDays): SeasonDays {
  if (season === 'carnival') {
    // Thursday to Wednesday in the table: on the Rhine Ash Wednesday is worked, in Brazil the Thursday before.
    return country === 'DE' ? { ...days, to: days.to - 1 } : { ...days, from: days.from + 1 };
  }
  if (season !== 'christmas') return days;
  return { ...days, to: dayOf(`${isoDateOf(days.to).slice(0, 4)}-${christmasUntil(country)}`) };
}
