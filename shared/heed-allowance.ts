/**
 * Keeps the senders within what SES allows: asked once an hour, remembered, and written onto a sender only where it is less
 * than they ask for, so that planning and sending read it without a look of their own.
 */
import { isDeepStrictEqual } from 'node:util';
import { HOUR, type Instant, msBetween } from './domain/instant.ts';
import type { PlaceLimits } from './domain/place.ts';
import type { Sender } from './domain/sender.ts';
import { shareOut } from './domain/ses-allowance.ts';
import type { Ports } from './ports.ts';

/** Less than an hour, or every second of four runs would come a moment too early. */
const ASKED_AGAIN_MS = HOUR - HOUR / 8;
/** Of 50 each; a company with more salespeople than that has more than one account. */
const SENDER_PAGES_MAX = 20;

/** Answers how many senders have another share now. What SES does not say, it says a quarter of an hour later. */
export async function heedAllowance(ports: Ports, now: Instant): Promise<number> {
  const known = await ports.store.load('allowance', 'ses');
  if (known && msBetween(known.at, now) < ASKED_AGAIN_MS) return 0;
  const allowance = await ports.mailer.allowance();
  if (!allowance) return 0;
  const senders = await everySender(ports);
  const shares = shareOut(allowance, senders);
  let changed = 0;
  for (const sender of senders) if (await allow(ports, sender, shares.get(sender.id))) changed += 1;
  // Last: a run that dies before it is asked again.
  await ports.store.put('allowance', { ...allowance, at: now });
  return changed;
}

async function everySender(ports: Ports): Promise<readonly Sender[]> {
  const senders: Sender[] = [];
  let after: string | undefined;
  for (let page = 0; page < SENDER_PAGES_MAX; page++) {
    const { items, next } = await ports.store.listSenders(after ? { after } : {});
    senders.push(...items);
    if (!next) break;
    after = next;
  }
  return senders;
}

/** A sender whom somebody changes at this moment waits for the next hour. */
async function allow(ports: Ports, sender: Sender, share: PlaceLimits | undefined): Promise<boolean> {
  if (isDeepStrictEqual(sender.sesAllows, share)) return false;
  const { sesAllows: _before, ...rest } = sender;
  const after: Sender = share ? { ...rest, sesAllows: share } : rest;
  const fields = Object.keys({ ...sender, ...after }) as (keyof Sender)[];
  return (await ports.store.replace('sender', sender, after, fields)) === 'saved';
}
