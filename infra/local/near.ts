/**
 * Requests of this process to its own embedded services, without a socket: the SDK client serialises and parses what
 * it would send to AWS, and the service answers it by the same handler as over HTTP. Two thirds of what a quarter of
 * an hour of a turned clock cost was sockets and signatures that nobody checks.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { type Answering, type Asked, type NearHandler, respond } from './http-server.ts';

/** What an SDK client takes for its `requestHandler` and its `signer`. */
export type Near = {
  readonly requestHandler: {
    readonly metadata: { readonly handlerProtocol: string };
    handle(request: SdkRequest): Promise<{ readonly response: SdkResponse }>;
    updateHttpClientConfig(): void;
    httpHandlerConfigs(): Record<string, never>;
    destroy(): void;
  };
  /** Embedded services know one account and check no signature, only that there is one. */
  readonly signer: { sign<Request>(request: Request): Promise<Request> };
};

type SdkRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
};
type SdkResponse = {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
};

export type NearDoor = {
  readonly near: Near;
  /** Lets running requests finish; whoever asks afterwards is refused as a closed port refuses. */
  close(): Promise<void>;
};

const HOST = '127.0.0.1';

/** `name` as in `listen`: it stands in front of what is logged. */
export function nearDoor(name: string, handler: NearHandler): NearDoor {
  const running = new Set<Promise<unknown>>();
  let closed = false;
  const ask = async (request: SdkRequest): Promise<{ response: SdkResponse }> => {
    // The code that `functions/aws` takes for "nothing was received".
    if (closed)
      throw Object.assign(new Error(`connect ECONNREFUSED: ${name} is closed`), { code: 'ECONNREFUSED' });
    const answer = answering();
    const done = respond(name, handler, askedBy(request), answer).finally(() => running.delete(done));
    running.add(done);
    await done;
    return { response: answer.given() };
  };
  return {
    near: {
      requestHandler: {
        metadata: { handlerProtocol: 'http/1.1' },
        handle: ask,
        updateHttpClientConfig: () => undefined,
        httpHandlerConfigs: () => ({}),
        destroy: () => undefined,
      },
      signer: {
        sign: async (request) => {
          (request as { headers: Record<string, string> }).headers.authorization = 'AWS4-HMAC-SHA256 near';
          return request;
        },
      },
    },
    close: async () => {
      closed = true;
      await Promise.allSettled(running);
    },
  };
}

function askedBy({ method, path, headers, body }: SdkRequest): Asked {
  const bytes =
    body instanceof Uint8Array
      ? Buffer.from(body.buffer, body.byteOffset, body.byteLength)
      : Buffer.from(typeof body === 'string' ? body : '');
  const lower = Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]);
  return {
    method,
    url: path,
    headers: { ...Object.fromEntries(lower), host: HOST } as IncomingHttpHeaders,
    async *[Symbol.asyncIterator]() {
      yield bytes;
    },
  };
}

/** Takes what a handler writes; nobody ever hangs up on this side. */
function answering(): Answering & { given(): SdkResponse } {
  let head: { readonly statusCode: number; readonly headers: Record<string, string> } | undefined;
  let body: Uint8Array = new Uint8Array();
  return {
    destroyed: false,
    get headersSent() {
      return head !== undefined;
    },
    writeHead: (statusCode, headers) => {
      const words = Object.entries(headers).map(([key, value]) => [key, String(value)]);
      head = { statusCode, headers: Object.fromEntries(words) };
    },
    end: (given) => {
      body = typeof given === 'string' ? Buffer.from(given) : given;
    },
    on: () => undefined,
    destroy: () => undefined,
    given: () => {
      if (!head) throw Object.assign(new Error('the service hung up'), { code: 'ECONNRESET' });
      return { ...head, body };
    },
  };
}
