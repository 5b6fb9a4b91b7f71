/** A sender's channels and an alert's deliveries as the API shows them: no secret, and no URL that is one. */
import type { ChannelView, DeliveryView } from '../../shared/api/channels.ts';
import type { AlertView } from '../../shared/api/tasks.ts';
import type { Alert, Delivery } from '../../shared/domain/alert.ts';
import { type Channel, isWaiting } from '../../shared/domain/channel.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { answerDueBy } from '../../shared/domain/reply-clock.ts';
import { readWay } from '../../shared/domain/way.ts';

export function channelView(channel: Channel): ChannelView {
  const { id, only } = channel;
  const about = { id, ...(only ? { only: { ...only } } : {}) };
  if (channel.kind === 'mail') return { kind: channel.kind, ...about, address: channel.address };
  if (channel.kind === 'webhook') return { kind: channel.kind, ...about, url: channel.url };
  const isSigned = channel.secret !== undefined;
  return { kind: channel.kind, ...about, host: new URL(channel.url).host, isSigned };
}

export function alertView(alert: Alert, now: Instant): AlertView {
  const { tried: _t, triedSince: _s, revision: _r, rung: _n, ...shown } = alert;
  const dueBy = isWaiting(alert) ? answerDueBy(alert.at) : undefined;
  return {
    ...shown,
    ...(dueBy ? { dueBy, isRed: alert.acknowledgedAt === undefined && now >= dueBy } : {}),
    deliveries: deliveriesOf(alert),
  };
}

/** One line for each way that has been tried, oldest first. */
export function deliveriesOf({ delivered, tried = {} }: Delivery): DeliveryView[] {
  const ways = [...new Set([...Object.keys(delivered), ...Object.keys(tried)])];
  return ways
    .map((text): DeliveryView => {
      const way = readWay(text);
      const last = tried[text];
      const at = delivered[text];
      const state = at ? 'delivered' : last?.isGivenUp ? 'given-up' : 'retrying';
      return {
        channel: way?.channelId ?? text,
        ...(way?.senderId ? { sender: way.senderId } : {}),
        ...(way?.ring ? { ring: way.ring } : {}),
        state,
        at: at ?? last?.at ?? '',
        attempts: (last?.count ?? 0) + (at ? 1 : 0),
        ...(last && !at ? { why: last.why } : {}),
      };
    })
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
}
