/**
 * The shape of what we put into queues and schedules ourselves, in the field `v` of each body. A schedule may wait for
 * months, so what an older version wrote is read for ever: fields are added, none changes its meaning under one number.
 */

export const MESSAGE_VERSION = 1;

/** Ids and numbers only: what they stand for is read when the message is handled. */
export const messageBody = (content: object): string => JSON.stringify({ v: MESSAGE_VERSION, ...content });

/** Throws on what a newer version wrote: the queue brings it again when that one is deployed. */
export function checkMessageVersion(body: unknown): void {
  const v = typeof body === 'object' && body !== null && 'v' in body ? body.v : MESSAGE_VERSION;
  if (typeof v === 'number' && v > MESSAGE_VERSION) {
    throw new Error(`A message of version ${v}; this one reads up to ${MESSAGE_VERSION}.`);
  }
}
