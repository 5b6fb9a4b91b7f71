/**
 * `Idempotency-Key`, as Stripe defines it: the same key with the same request gets the first one's answer, refusals
 * included; with another request it is refused; while the first is under way it is told to wait.
 *
 * A run that dies (5xx, a killed function) is taken over by the next try. Ids of what it makes are derived from the
 * key, so the second run finds what the first one made and does not make another.
 */
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Context } from 'hono';
import { derivedId } from '../../shared/domain/ids.ts';
import { type Instant, MINUTE, plus } from '../../shared/domain/instant.ts';
import type { Ports } from '../../shared/ports.ts';
import { REPEAT_KEPT_MS, type Repeat } from '../../shared/repeat.ts';
import type { ApiBindings, Caller } from './caller.ts';
import { ApiProblem, answerProblem, invalid } from './problem.ts';
import { bodyBytes } from './request.ts';

/** API Gateway gives up on a function after half a minute: whatever is older than this has died. */
const RUN_MS_MAX = MINUTE;
const PACKED_FROM_CHARS = 100_000;
/** DynamoDB takes items of 400 KB. */
const KEPT_CHARS_MAX = 350_000;
const KEPT_HEADERS = ['content-type', 'etag', 'location', 'content-disposition'] as const;

type Run = (freshId: () => string) => Promise<Response>;

/** Runs at most once per key; without one, simply runs. */
export async function once(
  ports: Ports,
  context: Context<ApiBindings>,
  caller: Caller,
  run: Run,
): Promise<Response> {
  const key = context.req.header('idempotency-key');
  const isWriting = context.req.method !== 'GET' && context.req.method !== 'DELETE';
  if (key === undefined || !isWriting) return run(ports.ids.fresh);
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw invalid([
      {
        header: 'Idempotency-Key',
        detail: 'Use 1 to 255 printable ASCII characters without blanks, such as a UUID.',
      },
    ]);
  }
  const id = derivedId('repeat', caller.id, key);
  const mine = await begin(ports, id, await fingerprintOf(context));
  if ('answer' in mine && mine.answer) return replay(context, mine.answer);
  let made = 0;
  const response = await run(() => derivedId('made-by', id, String(made++))).catch((error: unknown) =>
    answerProblem(error, context, context.get('requestId')),
  );
  await end(ports, mine, response);
  return response;
}

/** The record of my run, or the finished one that is to be answered again. */
async function begin(ports: Ports, id: string, fingerprint: string): Promise<Repeat> {
  const now = ports.clock.now();
  const mine: Repeat = { id, at: now, fingerprint, startedAt: now, run: ports.ids.fresh() };
  if ((await ports.store.putNew('repeat', mine)) === 'put') return mine;
  const before = await ports.store.load('repeat', id);
  if (!before) throw underWay();
  if (plus(before.at, REPEAT_KEPT_MS) <= now) return takeOver(ports, before, mine);
  if (before.fingerprint !== fingerprint) {
    const detail = 'This key was used for another request within 24 h: send a key of its own.';
    throw invalid([{ header: 'Idempotency-Key', detail }]);
  }
  if (before.answer) return before;
  if (plus(before.startedAt, RUN_MS_MAX) > now) throw underWay();
  return takeOver(ports, before, { ...mine, at: before.at });
}

async function takeOver(ports: Ports, before: Repeat, mine: Repeat): Promise<Repeat> {
  if ((await ports.store.replace('repeat', before, mine, ['run', 'startedAt'])) === 'saved') return mine;
  throw underWay();
}

const underWay = (): ApiProblem =>
  new ApiProblem(409, 'A request with this Idempotency-Key is under way: ask again in a moment.', {
    headers: { 'Retry-After': '2' },
  });

const LONG_AGO = '1970-01-01T00:00:00.000Z' as Instant;

async function end(ports: Ports, mine: Repeat, response: Response): Promise<void> {
  // Nobody knows what a surprise left undone: the next try may run at once.
  const after =
    response.status >= 500 ? { ...mine, startedAt: LONG_AGO } : { ...mine, answer: await keptOf(response) };
  // A conflict means that somebody took this run for dead: their answer counts, and is the same.
  await ports.store.replace('repeat', mine, after, ['run']);
}

async function keptOf(response: Response): Promise<NonNullable<Repeat['answer']>> {
  const text = await response.clone().text();
  const packed = text.length < PACKED_FROM_CHARS ? text : `gz:${gzipSync(text).toString('base64')}`;
  const headers = Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  const body =
    packed.length <= KEPT_CHARS_MAX
      ? packed
      : JSON.stringify({ note: 'Done; this answer was too large to be kept.' });
  return { status: response.status, headers, body };
}

function replay(context: Context, { status, headers, body }: NonNullable<Repeat['answer']>): Response {
  const text = body.startsWith('gz:')
    ? gunzipSync(Buffer.from(body.slice(3), 'base64')).toString('utf8')
    : body;
  return context.body(text, status as 200, { ...headers, 'Idempotency-Replayed': 'true' });
}

async function fingerprintOf(context: Context): Promise<string> {
  const { method, url } = context.req;
  const { pathname, search } = new URL(url);
  const hash = createHash('sha256').update(`${method} ${pathname}${search}\n`);
  return hash.update(await bodyBytes(context)).digest('base64url');
}
