/**
 * The typed client of the API: what the console, the command and tests speak through. Its methods are the routes, its
 * types the declared operations; nothing is written twice. Knows nothing but `fetch`, so it runs in a browser, too.
 */
import type { AnswerBody, BodyGiven, Operations, QueryGiven } from './api/operations.ts';
import { type OperationId, type ParamNames, paramNamesOf, ROUTES, routeOf } from './api/routes.ts';
import type { Problem } from './api.ts';

export type ClientOptions = {
  readonly fetch: (request: Request) => Promise<Response> | Response;
  /** `http://127.0.0.1:4280`; without `/v1`. */
  readonly baseUrl: string;
  /** Asked before each call where it is a function: tokens expire. */
  readonly token: string | (() => string | Promise<string>);
  /** BCP 47; the words of reasons. */
  readonly language?: string;
  /** The same key with the same body is done once, however often it is sent within 24 h. */
  readonly idempotencyKey?: string;
  /** Of `metaOf(answer).etag`: the change is refused with 412 if somebody was faster. */
  readonly ifMatch?: string;
  readonly signal?: AbortSignal;
};

/** The API said no: `problem` says why, in its own words. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly problem: Problem;
  /** Seconds; of 429 and 503. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(`${problem.status} ${problem.title}: ${problem.detail}`);
    this.name = 'ApiRefusal';
    this.status = problem.status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** In the order of the path; a number is written as one. */
type Params<Names extends readonly string[]> = { [At in keyof Names]: string | number };
type Optional<Value> = Record<never, never> extends Value ? [given?: Value] : [given: Value];
/** Behind the parameters: the body where there is one, else the query. */
type GivenTo<Declared> =
  BodyGiven<Declared> extends undefined
    ? QueryGiven<Declared> extends undefined
      ? []
      : Optional<QueryGiven<Declared>>
    : Declared extends { readonly isBodyOptional: true }
      ? [given?: BodyGiven<Declared>]
      : [given: BodyGiven<Declared>];
type Answer<Declared> = AnswerBody<Declared> extends 'file' ? Response : AnswerBody<Declared>;
type Call<Id extends OperationId> = (
  ...given: [...Params<ParamNames<Id>>, ...GivenTo<Operations[Id]>]
) => Promise<Answer<Operations[Id]>>;

type Resource = OperationId extends infer Id ? (Id extends `${infer Name}.${string}` ? Name : never) : never;
type Calls<Name extends string> = {
  readonly [Id in OperationId as Id extends `${Name}.${infer Method}` ? Method : never]: Call<Id>;
};

/** `client.senders.get(id)`: resource and name of the operation. Parameters of the path first, then body or query. */
export type Client = { readonly [Name in Resource]: Calls<Name> } & {
  /** The same client with other options: `client.with({ idempotencyKey }).campaigns.create(…)`. */
  readonly with: (options: Partial<ClientOptions>) => Client;
};

/** Every call throws an `ApiRefusal` on an error answer, and whatever `fetch` throws where there is none. */
export function relanceClient(options: ClientOptions): Client {
  const client: Record<string, Record<string, unknown>> = {};
  for (const id of Object.keys(ROUTES) as OperationId[]) {
    const [resource = '', name = ''] = id.split('.');
    client[resource] = { ...client[resource], [name]: callOf(options, id) };
  }
  const withOptions = (more: Partial<ClientOptions>) => relanceClient({ ...options, ...more });
  return { ...client, with: withOptions } as unknown as Client;
}

export type AnswerMeta = { readonly status: number; readonly requestId: string; readonly etag?: string };
const metas = new WeakMap<object, AnswerMeta>();
/** What came beside an answer of this client; of the very object that was answered, not of a copy. */
export const metaOf = (answer: object): AnswerMeta | undefined => metas.get(answer);

type Query = Readonly<Record<string, unknown>>;

function callOf(options: ClientOptions, id: OperationId) {
  const { method, path } = routeOf(id);
  const names = paramNamesOf(path);
  const takesQuery = method === 'GET' || method === 'DELETE';
  return async (...given: readonly unknown[]): Promise<unknown> => {
    const rest = given[names.length];
    const where = names.reduce(
      // An id with a slash in it must not become another path.
      (text, name, at) => text.replace(`{${name}}`, encodeURIComponent(String(given[at]))),
      path,
    );
    const url = new URL(`/v1${where}`, options.baseUrl);
    for (const [name, value] of Object.entries(takesQuery ? ((rest ?? {}) as Query) : {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const body = takesQuery || rest === undefined ? {} : { body: JSON.stringify(rest) };
    const headers = await headersOf(options, 'body' in body);
    const signal = options.signal ? { signal: options.signal } : {};
    return read(await options.fetch(new Request(url, { method, headers, ...body, ...signal })));
  };
}

async function headersOf(options: ClientOptions, hasBody: boolean): Promise<Record<string, string>> {
  const { token, language, idempotencyKey, ifMatch } = options;
  const bearer = typeof token === 'string' ? token : await token();
  return {
    Accept: 'application/json',
    ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}),
    ...(language ? { 'Accept-Language': language } : {}),
    ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
    ...(idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {}),
    ...(ifMatch ? { 'If-Match': ifMatch } : {}),
  };
}

const isJson = (response: Response): boolean =>
  /^application\/(?:problem\+)?json\b/.test(response.headers.get('content-type') ?? '');

async function read(response: Response): Promise<unknown> {
  if (response.ok && !isJson(response)) return response;
  const text = await response.text();
  if (!response.ok) {
    const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
    throw new ApiRefusal(readProblem(response, text), Number.isFinite(wait) ? wait : undefined);
  }
  const answer: unknown = JSON.parse(text);
  const etag = response.headers.get('etag');
  if (typeof answer === 'object' && answer !== null) {
    metas.set(answer, {
      status: response.status,
      requestId: requestIdOf(response),
      ...(etag ? { etag } : {}),
    });
  }
  return answer;
}

const requestIdOf = (response: Response): string => response.headers.get('relance-request-id') ?? '';

/** A gateway in front of the API answers in its own words, if at all: the status is then all there is to say. */
function readProblem(response: Response, text: string): Problem {
  if (isJson(response) && response.headers.get('content-type')?.includes('problem')) {
    return JSON.parse(text) as Problem;
  }
  return {
    type: 'about:blank',
    title: response.statusText || 'No answer of the API',
    status: response.status,
    detail: 'Something between here and the API answered in its place.',
    requestId: requestIdOf(response),
  };
}
