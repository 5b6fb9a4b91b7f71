/** Standard Webhooks: id, timestamp and signature in headers, over exactly the bytes of the body. */
import { Webhook } from 'standardwebhooks';
import { epochMs, type Instant, SECOND } from '../domain/instant.ts';
import type { Ports } from '../ports.ts';
import type { Taken } from './chat.ts';

/** `undefined`: taken, which is any 2xx; a redirect is none. */
export async function postSigned(
  ports: Ports,
  to: { readonly url: string; readonly secret: string },
  said: { readonly id: string; readonly at: Instant; readonly body: unknown },
): Promise<Taken> {
  const body = JSON.stringify(said.body);
  const at = new Date(epochMs(said.at));
  const headers = {
    'content-type': 'application/json',
    'webhook-id': said.id,
    'webhook-timestamp': String(Math.floor(at.getTime() / SECOND)),
    'webhook-signature': new Webhook(to.secret).sign(said.id, at, body),
  };
  // Somebody else's server: that it does not answer is no surprise.
  const answer = await ports.alerts.post(to.url, headers, body).catch(() => undefined);
  if (!answer) return { why: 'no answer' };
  const { status, retryAfterMs } = answer;
  if (status >= 200 && status <= 299) return undefined;
  return { why: String(status), ...(retryAfterMs === undefined ? {} : { waitMs: retryAfterMs }) };
}
