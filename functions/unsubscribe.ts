/**
 * The opt-out link: GET shows a button and changes nothing, because mail scanners follow every link; POST, from the
 * button or from a mail client's one click (RFC 8058), stops and suppresses. Public: the token is the only key.
 */
import type { Context } from 'hono';
import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { html } from 'hono/html';
import { Hono } from 'hono/quick';
import { type EnrollmentId, readEnrollmentId } from '../shared/domain/ids.ts';
import { openToken } from '../shared/domain/token.ts';
import { applyEvent } from '../shared/engine.ts';
import type { Ports } from '../shared/ports.ts';
import { suppressContact } from '../shared/suppress-contact.ts';
import { pageWords } from './unsubscribe-words.ts';
import { onAws } from './wire.ts';

/** Self-contained: nothing is loaded, nothing runs, the form may go nowhere else, no search engine keeps the link. */
const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex, nofollow',
} as const;

export function unsubscribeApp(ports: Ports): Hono {
  const app = new Hono();
  app.get('/u/:token', (context) => {
    return openOptOut(ports, context) ? page(context, 'ask') : page(context, 'unknown');
  });
  app.post('/u/:token', async (context) => {
    const enrollmentId = openOptOut(ports, context);
    if (!enrollmentId) return page(context, 'unknown');
    // Whatever the body says: the button sends an empty one, one click sends `List-Unsubscribe=One-Click`.
    await optOut(ports, enrollmentId);
    // RFC 8058 §3.1: no redirect and no cookie.
    return page(context, 'done');
  });
  app.notFound((context) => page(context, 'unknown'));
  app.onError((error, context) => {
    // Neither the token nor the error's words: both could lead to a person.
    process.stderr.write(
      `${JSON.stringify({ level: 'error', function: 'unsubscribe', error: error.name })}\n`,
    );
    return context.text('Please try again in a minute, or simply answer the letter.', 500, HEADERS);
  });
  return app;
}

export const unsubscribe = (ports: Ports) => {
  const answer = handle(unsubscribeApp(ports));
  return (event: unknown) => answer(event as LambdaEvent);
};

export const handler = onAws(unsubscribe);

const openOptOut = (ports: Ports, context: Context): EnrollmentId | undefined =>
  openToken(ports.ids.tokenKeys, 'unsubscribe', context.req.param('token') ?? '');

/** Idempotent. Holds also where the walk is not known any more: the wish is about the person, not about the walk. */
async function optOut(ports: Ports, enrollmentId: EnrollmentId): Promise<void> {
  const { answer } = await applyEvent(ports, enrollmentId, { kind: 'unsubscribed' });
  const contactId = readEnrollmentId(enrollmentId)?.contactId;
  if (answer === 'unknown-enrollment' && contactId) await suppressContact(ports, contactId, 'unsubscribed');
}

const RIGHT_TO_LEFT = new Set(['ar']);

function page(context: Context, kind: 'ask' | 'done' | 'unknown') {
  const { language, words } = pageWords(context.req.header('accept-language') ?? '');
  const direction = RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr';
  const form = html`<form method="post"><button type="submit">${words.button}</button></form>`;
  const body = html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title>
<style>
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 15vh auto 0; padding: 0 1.5rem; color: #222 }
button { font: inherit; padding: .6em 1.2em; border: 1px solid #222; border-radius: .4em; background: #222; color: #fff }
</style>
</head>
<body>
<h1>${words.title}</h1>
<p>${words[kind]}</p>
${kind === 'ask' ? form : ''}
</body>
</html>
`;
  return context.html(body, kind === 'unknown' ? 404 : 200, HEADERS);
}
