/** The part of the Store port that knows a sender's places and meeting slots. */
import type { SenderId } from './domain/ids.ts';
import type { Instant } from './domain/instant.ts';
import type { Place, PlaceLimits, PlacesTaken } from './domain/place.ts';

/**
 * Something that was taken or is about to be left, and by whom: whoever does so may die before it is saved. `reconcile`
 * looks at it at `lookAt`, when nothing that was under way then can still write.
 */
export type Watched =
  | {
      readonly kind: 'places';
      readonly senderId: SenderId;
      readonly day: string;
      readonly seen: readonly { readonly holder: string; readonly lookAt: Instant }[];
    }
  | {
      readonly kind: 'slot';
      readonly senderId: SenderId;
      readonly at: Instant;
      readonly holder: string;
      readonly lookAt: Instant;
      /** Its walk was about to end. */
      readonly isLeft: boolean;
    };

/**
 * A sender's places and meeting slots, exact under any number of workers: each call is one conditional write on one
 * item. A holder is whoever has the place (`<enrollment id>-<step>`); asking twice changes nothing.
 */
export interface PlaceStore {
  /**
   * Takes one place for `holder`, or moves its place within that day. `full` changes nothing: read the places again
   * and plan again. A place on another day is the caller's to release, after the new one is reserved. At `lookAt` it
   * is among the watched.
   */
  reservePlace(
    senderId: SenderId,
    place: Place,
    holder: string,
    limits: PlaceLimits,
    lookAt: Instant,
  ): Promise<'reserved' | 'full'>;
  /** Before a save that leaves a place. */
  watchPlace(senderId: SenderId, day: string, holder: string, lookAt: Instant): Promise<void>;
  /** Frees what `holder` has on that day; nothing where it has nothing. */
  releasePlace(senderId: SenderId, day: string, holder: string): Promise<void>;
  /** Of each of these ISO dates of the sender's zone; a day on which nothing is taken is missing. Consistent. */
  readPlaces(senderId: SenderId, days: readonly string[]): Promise<Readonly<Record<string, PlacesTaken>>>;
  /** Put-if-absent by sender and instant; `reserved` again for the same holder. At `lookAt` it is among the watched. */
  reserveSlot(
    senderId: SenderId,
    at: Instant,
    holder: string,
    lookAt: Instant,
  ): Promise<'reserved' | 'taken'>;
  /** Before a save that leaves a slot; nothing where it is not `holder`'s. */
  watchSlot(senderId: SenderId, at: Instant, holder: string, lookAt: Instant): Promise<void>;
  /** Only the holder's own; with `lookAt`, only if it was not reserved again since it was watched so. */
  releaseSlot(senderId: SenderId, at: Instant, holder: string, lookAt?: Instant): Promise<void>;
  /** Slots from `from` to `to`, both included, in order. Consistent. */
  listSlots(senderId: SenderId, from: Instant, to: Instant): Promise<readonly Instant[]>;
  /** What is to be looked at by `now`, the longest waiting first; the index may lag, the items are read anew. */
  listWatched(now: Instant, most: number): Promise<readonly Watched[]>;
  /** Was looked at: what came to it since stays watched, and so does what is not yet to be looked at by `now`. */
  unwatch(watched: Watched, now: Instant): Promise<void>;
}
