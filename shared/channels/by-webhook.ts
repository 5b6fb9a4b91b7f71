/** An alert as JSON, signed by the Standard Webhooks scheme; its id is the alert's, so that receivers deduplicate. */
import type { Known } from '../alert-facts.ts';
import { contactPage, writeAlert } from '../domain/alert-text.ts';
import type { ChannelOf } from '../domain/channel.ts';
import { displayName } from '../domain/contact.ts';
import { answerDueBy } from '../domain/reply-clock.ts';
import { readWay } from '../domain/way.ts';
import type { Ports } from '../ports.ts';
import type { Taken } from './chat.ts';
import { postSigned } from './signed-post.ts';

/** A further ring is news of its own, so its id is too: `<alert>-<ring>`. */
export function byWebhook(
  ports: Ports,
  channel: ChannelOf<'webhook'>,
  way: string,
  known: Known,
): Promise<Taken> {
  const ring = readWay(way)?.ring;
  const id = ring ? `${known.alert.id}-${ring}` : known.alert.id;
  return postSigned(ports, channel, { id, at: known.now, body: webhookBody(known, ring) });
}

function webhookBody(known: Known, ring: number | undefined) {
  const { alert, contact, message, publicUrl } = known;
  const { delivered: _d, tried: _t, triedSince: _s, revision: _r, rung: _n, ...data } = alert;
  return {
    type: `alert.${alert.kind}`,
    timestamp: alert.at,
    data: {
      ...data,
      ...(ring ? { ring } : {}),
      ...(alert.kind === 'reply' ? { dueBy: answerDueBy(alert.at) } : {}),
      summary: writeAlert(known).subject,
      ...(contact
        ? {
            contact: {
              id: contact.id,
              name: displayName(contact),
              address: contact.address,
              company: contact.company,
              country: contact.country,
              grade: contact.grade,
              url: contactPage(publicUrl, contact.id),
            },
          }
        : {}),
      ...(message
        ? {
            message: {
              id: message.id,
              from: message.from,
              subject: message.subject,
              text: message.reading.replyText,
              kind: message.reading.kind.value,
              phones: message.reading.phones.map((phone) => phone.value),
            },
          }
        : {}),
    },
  };
}
