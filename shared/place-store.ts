/** The part of the Store port that knows a sender's places and meeting slots. */
import type { SenderId } from './domain/ids.ts';
import type { Instant } from './domain/instant.ts';
import type { Place, PlaceLimits, PlacesTaken } from './domain/place.ts';

/**
 * A sender's places and meeting slots, exact under any number of workers: each call is one conditional write on one
 * item. A holder is whoever has the place (`<enrollment id>-<step>`); asking twice changes nothing.
 */
export interface PlaceStore {
  /**
   * Takes one place for `holder`, or moves its place within that day. `full` changes nothing: read the places again
   * and plan again. A place on another day is the caller's to release, after the new one is reserved.
   */
  reservePlace(
    senderId: SenderId,
    place: Place,
    holder: string,
    limits: PlaceLimits,
  ): Promise<'reserved' | 'full'>;
  /** Frees what `holder` has on that day; nothing where it has nothing. */
  releasePlace(senderId: SenderId, day: string, holder: string): Promise<void>;
  /** Of each of these ISO dates of the sender's zone; a day on which nothing is taken is missing. Consistent. */
  readPlaces(senderId: SenderId, days: readonly string[]): Promise<Readonly<Record<string, PlacesTaken>>>;
  /** Put-if-absent by sender and instant; `reserved` again for the same holder. */
  reserveSlot(senderId: SenderId, at: Instant, holder: string): Promise<'reserved' | 'taken'>;
  /** Only the holder's own. */
  releaseSlot(senderId: SenderId, at: Instant, holder: string): Promise<void>;
  /** Slots from `from` to `to`, both included, in order. Consistent. */
  listSlots(senderId: SenderId, from: Instant, to: Instant): Promise<readonly Instant[]>;
}
