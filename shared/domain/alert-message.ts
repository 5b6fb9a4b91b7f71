/** What lies in the queue of alerts, and what a receiver answers. Opaque ids only. */

/** `attempt`: how many have failed before this one. Of copies of one attempt only one leads to the next. */
export type AlertDelivery = {
  readonly alertId: string;
  /** A way, written as in `domain/way.ts`; of a first ring it is the channel's id. */
  readonly channelId: string;
  readonly attempt: number;
};
/** The next ring of an alert that waits: its number, from 0. */
export type RingDue = { readonly alertId: string; readonly ring: number };
/** One notice for one endpoint of somebody's; `attempt` as above. */
export type NoticeDelivery = {
  readonly noticeId: string;
  readonly endpointId: string;
  readonly attempt: number;
};
export type AlertMessage = AlertDelivery | RingDue | NoticeDelivery;

export type PostAnswer = {
  readonly status: number;
  /** At most 64 KB of it. */
  readonly body: string;
  /** What they said in `Retry-After`. */
  readonly retryAfterMs?: number;
};
