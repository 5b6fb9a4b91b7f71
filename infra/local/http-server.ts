/**
 * The HTTP front that every embedded service shares: loopback only, no handler error or vanished client can end
 * the process, and closing waits for the answers that are under way.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What a handler needs that can also be asked without a socket (`near.ts`). */
export type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers'> & AsyncIterable<Buffer>;
export type Answering = {
  readonly destroyed: boolean;
  readonly headersSent: boolean;
  writeHead(status: number, headers: Readonly<Record<string, string | number>>): unknown;
  end(body: string | Buffer): unknown;
  on(event: 'close', listener: () => void): unknown;
  destroy(): unknown;
};
export type NearHandler = (request: Asked, response: Answering) => Promise<void>;

export type HttpServer = {
  readonly port: number;
  /** `http://127.0.0.1:PORT`, what goes into AWS_ENDPOINT_URL_*. */
  readonly endpoint: string;
  /** Refuses new connections, lets running handlers finish for up to `CLOSE_GRACE_MS`, then cuts what is left. */
  close(): Promise<void>;
};

/** A client that stalls in the middle of a body must not hold up the shutdown. Real time: this is I/O. */
const CLOSE_GRACE_MS = 2_000;
const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/;

/** What `readBody` throws when the body is longer than the service takes. */
export class BodyTooLarge extends Error {
  readonly limit: number;
  constructor(limit: number) {
    super(`the request body exceeds ${limit} bytes`);
    this.name = 'BodyTooLarge';
    this.limit = limit;
  }
}

/** What `readBody` throws when the client went away before its body was complete; nobody is left to answer. */
export class RequestAborted extends Error {
  override readonly name = 'RequestAborted';
}

/** The whole body, at most `limit` bytes. The rest of a longer one is thrown away unread. */
export async function readBody(request: AsyncIterable<Buffer>, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else if (size > 2 * limit) break;
    }
  } catch (cause) {
    throw new RequestAborted('the client closed the connection', { cause });
  }
  if (size > limit) throw new BodyTooLarge(limit);
  return Buffer.concat(chunks, size);
}

/** Sends a complete answer; silently does nothing when the client is gone. */
export function reply(
  response: Answering,
  status: number,
  headers: Readonly<Record<string, string | number>>,
  body: string | Buffer = '',
): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/**
 * Listens on 127.0.0.1. `port` 0 takes a free one. `name` stands in front of what is logged: the error's name and
 * stack, never the request.
 */
export async function listen(name: string, port: number, handler: Handler): Promise<HttpServer> {
  const running = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    // A socket may fail at any time; without a listener Node would turn that into an uncaught exception.
    response.on('error', () => undefined);
    request.on('error', () => undefined);
    const done = respond(name, handler, request, response).finally(() => running.delete(done));
    running.add(done);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new Error(`${name}: port ${port} on 127.0.0.1 cannot be opened`, { cause }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    port: bound,
    endpoint: `http://127.0.0.1:${bound}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      let timer: NodeJS.Timeout | undefined;
      const grace = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, CLOSE_GRACE_MS);
      });
      await Promise.race([Promise.allSettled(running), grace]);
      clearTimeout(timer);
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Runs a handler: never throws, and answers for it where it did. */
export async function respond<Request extends Asked, Response extends Answering>(
  name: string,
  handler: (request: Request, response: Response) => Promise<void>,
  request: Request,
  response: Response,
): Promise<void> {
  // DNS rebinding: a web page under a foreign name that resolves to 127.0.0.1 would be same-origin with itself and
  // could read people's mail from here. Its requests carry that foreign name as Host.
  if (!LOOPBACK_HOST.test(request.headers.host ?? '')) return reply(response, 421, {}, 'Misdirected Request');
  try {
    await handler(request, response);
  } catch (error) {
    if (error instanceof RequestAborted) return;
    if (error instanceof BodyTooLarge) return reply(response, 413, { connection: 'close' }, error.message);
    console.error(`${name}:`, error);
    if (response.headersSent) response.destroy();
    else reply(response, 500, {}, 'InternalServerError');
  }
}
