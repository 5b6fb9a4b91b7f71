/**
 * One way of one alert: a channel, of whom where it is not the alert's own sender's, and the how-manieth ring it is.
 * Written `[<sender>.]<channel>[~<ring>]`: it stands in queue messages, in Message-IDs and as the key of what was
 * delivered, so that a second ring is delivered although the first was.
 */
import type { SenderId } from './ids.ts';

export type Way = { readonly channelId: string; readonly senderId?: SenderId; readonly ring?: number };

const WAY = /^(?:([a-z2-7]{3,26})\.)?([a-z0-9-]{1,40})(?:~([0-9]{1,3}))?$/;

/** Channel ids are `[a-z0-9-]{1,40}`, sender ids base32: neither contains a dot or a tilde. */
export const writeWay = ({ channelId, senderId, ring }: Way): string =>
  `${senderId ? `${senderId}.` : ''}${channelId}${ring ? `~${ring}` : ''}`;

/** `undefined`: no way of ours. */
export function readWay(text: string): Way | undefined {
  const match = WAY.exec(text);
  if (!match) return undefined;
  const [, senderId, channelId = '', ring] = match;
  return {
    channelId,
    ...(senderId ? { senderId: senderId as SenderId } : {}),
    ...(ring ? { ring: Number(ring) } : {}),
  };
}
