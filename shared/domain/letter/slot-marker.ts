/**
 * A meeting hour in a letter: `{{ "tuesday 11:00" | slot }}` leaves a marker, because who may be offered which hour is
 * only known when the letter goes. A letter frozen for one contact keeps the marker too.
 */

import { type Instant, instant } from '../instant.ts';
import { parseSlotWish, type SlotWish } from '../slot.ts';
import { wordSlot } from '../slot-words.ts';
import { dayOf } from '../time/days.ts';
import { momentAt } from '../time/wall.ts';

/** Brackets of mathematics: no letter to a customer has them, and no lint rule or Markdown means anything by them. */
const MARKER = /⟦slot ([a-z0-9: ]{4,20})⟧/giu;
/** More hours than this in one letter are a timetable. */
export const SLOTS_PER_LETTER_MAX = 3;
/** A Monday. */
const EXAMPLE_WEEK = '2027-03-01';

/** What is offered for a wish. */
export type SlotsByWish = Pick<ReadonlyMap<string, Instant>, 'get'>;

/** `undefined` for a wish that nobody can read. */
export const slotMarker = (wish: string): string | undefined =>
  parseSlotWish(wish) === undefined ? undefined : `⟦slot ${wish.trim().toLowerCase()}⟧`;

/** What is wished for, each once, in the order of the text. */
export const slotWishesIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(MARKER)].map(([, wish]) => (wish ?? '').toLowerCase())),
];

export const withSlotWords = (text: string, words: (wish: string) => string): string =>
  text.replace(MARKER, (_, wish: string) => words(wish.toLowerCase()));

type Reader = { readonly zone: string; readonly city?: string };

export const slotWords = (at: Instant, { zone, city }: Reader, language: string): string =>
  wordSlot(at, { zone, language, ...(city === undefined ? {} : { city }) });

/** How it will read, where nothing is offered yet: some day of that name. */
export function exampleSlotWords(wish: string, reader: Reader, language: string): string {
  const { weekday = 2, minute }: SlotWish = parseSlotWish(wish) ?? { minute: 0 };
  const at = instant(momentAt(reader.zone, dayOf(EXAMPLE_WEEK) + weekday - 1, minute));
  return slotWords(at, reader, language);
}
