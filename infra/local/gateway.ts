/** API Gateway's part on this machine: HTTP requests become version 2.0 events, and the answers go back. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import type { LambdaHandler } from './event-source.ts';
import { BodyTooLarge, type HttpServer, listen, readBody, reply } from './http-server.ts';

/** API Gateway takes 10 MB; the API itself refuses earlier, and says so itself. */
const BODY_BYTES_MAX = 10 * 1024 * 1024;

const Answer = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  cookies: z.array(z.string()).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().optional(),
});

/** What stands before the functions on one's own machine: the console's files and the laboratory. `true`: answered. */
export type Front = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

/** Routes `/u/…` to the public opt-out function, everything else that no front answers to the API. */
export function startGateway(options: {
  readonly port: number;
  readonly api: LambdaHandler;
  readonly unsubscribe: LambdaHandler;
  readonly now: () => number;
  readonly fronts?: readonly Front[];
}): Promise<HttpServer & { inFlight(): number }> {
  let inFlight = 0;
  let requests = 0;
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const front of options.fronts ?? []) if (await front(request, response)) return;
    inFlight += 1;
    try {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const handler = url.pathname.startsWith('/u/') ? options.unsubscribe : options.api;
      requests += 1;
      const event = await eventOf(request, url, options.now(), requests);
      const answer = Answer.parse(await handler(event));
      const body = Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8');
      const headers = Object.fromEntries(
        Object.entries(answer.headers ?? {}).map(([name, value]) => [name, String(value)]),
      );
      reply(response, answer.statusCode, headers, body);
    } catch (error) {
      if (!(error instanceof BodyTooLarge)) throw error;
      const problem = { type: 'about:blank', title: 'Content Too Large', status: 413, detail: error.message };
      const headers = { 'content-type': 'application/problem+json', connection: 'close' };
      reply(response, 413, headers, JSON.stringify(problem));
    } finally {
      inFlight -= 1;
    }
  };
  return listen('api', options.port, handle).then((server) => ({ ...server, inFlight: () => inFlight }));
}

async function eventOf(request: IncomingMessage, url: URL, now: number, number: number) {
  const body = await readBody(request, BODY_BYTES_MAX);
  const method = request.method ?? 'GET';
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    ]),
  );
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers,
    ...(url.search ? { queryStringParameters: Object.fromEntries(url.searchParams) } : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers.host ?? '127.0.0.1',
      domainPrefix: 'local',
      http: {
        method,
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: `local-${now.toString(36)}-${number}`,
      routeKey: '$default',
      stage: '$default',
      time: new Date(now).toISOString(),
      timeEpoch: now,
    },
    ...(body.length > 0
      ? { body: body.toString('base64'), isBase64Encoded: true }
      : { isBase64Encoded: false }),
  };
}
