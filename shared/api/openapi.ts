/** The OpenAPI 3.1 document of the API, made of its declarations. Only made when asked for: a cold start has no need of it. */
import type { z } from 'zod';
import { BODY_BYTES_MAX, CONTACTS_PER_CALL_MAX, Problem } from '../api.ts';
import { type JsonSchema, schemaWriter } from './openapi-schemas.ts';
import { isFile, type Operation } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import { type OperationId, paramNamesOf, ROUTES, routeOf } from './routes.ts';
import { WEBHOOKS, type WebhookDeclaration } from './webhooks.ts';

type Write = ReturnType<typeof schemaWriter>['write'];

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/** Status → when. Every operation answers with some of these, always as a problem. */
const REFUSALS = {
  400: 'The body is no UTF-8 or no JSON.',
  401: 'No token, or one that is not known.',
  403: 'The token does not reach so far.',
  404: 'There is no such thing.',
  409: 'It does not go with how things stand, or a request with this `Idempotency-Key` is under way.',
  412: 'It has changed since the ETag of `If-Match`; the answer carries the current one.',
  413: `The body has more than ${BODY_BYTES_MAX} bytes.`,
  415: 'The body is not sent as JSON.',
  422: 'Something in the request has to be changed; `errors` names each place. Nothing was saved.',
  429: 'Too many requests; `Retry-After` says after how many seconds to come back.',
  500: 'Something went wrong inside; the request id leads to it.',
} as const;
type Refusal = keyof typeof REFUSALS;

const SUCCESSES: Readonly<Record<string, string>> = {
  200: 'Done, or here it is.',
  201: 'Created.',
  202: 'Taken; the rest follows in the background.',
};

/** `server`: where the API is asked, without `/v1`. */
export function openApiDocument(server: string): JsonSchema {
  const { write, components } = schemaWriter();
  write(Problem, 'output');
  const paths: Record<string, Record<string, unknown>> = {};
  for (const id of Object.keys(ROUTES) as OperationId[]) {
    const { method, path } = routeOf(id);
    paths[`/v1${path}`] = {
      ...paths[`/v1${path}`],
      [method.toLowerCase()]: operationOf(id, OPERATIONS[id], write),
    };
  }
  const webhooks = Object.fromEntries(
    Object.entries<WebhookDeclaration>(WEBHOOKS).map(([kind, { summary, description, payload, example }]) => [
      kind,
      {
        post: {
          operationId: `webhook.${kind}`,
          summary,
          ...(description ? { description } : {}),
          security: [],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: write(payload, 'output'), example } },
          },
          responses: {
            '2XX': { description: 'Taken.' },
            '4XX': { description: 'Tried again, with back-off, for 24 h.' },
          },
        },
      },
    ]),
  );
  return {
    openapi: '3.1.0',
    info: INFO,
    servers: [{ url: server }],
    tags: tagsOf(),
    security: [{ bearer: [] }],
    paths,
    ...(Object.keys(webhooks).length > 0 ? { webhooks } : {}),
    components: {
      schemas: components(),
      responses: responses(),
      parameters: PARAMETERS,
      securitySchemes: SECURITY,
    },
  };
}

const INFO = {
  title: 'Relance',
  version: '1',
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  description: [
    'Email sequences for B2B export sales: a first letter, a follow-up, and a call the moment a human being answers.',
    '',
    '- **Refusals** are RFC 9457 problems. `errors[]` names each place by JSON pointer, and what mends it.',
    '- Every answer carries `Relance-Request-Id`.',
    '- **Idempotency-Key** on a POST, PUT or PATCH: the same key with the same body gets the same answer, refusals included, for 24 h. Another body under it is refused with 422; one that is still under way with 409.',
    '- **ETag / If-Match**: send the ETag that you read, and the change is refused with 412 if somebody was faster. Without it, the last one wins.',
    '- **Lists** come in pages: ask again with `after` = `next` until there is no `next`. What is written meanwhile neither repeats nor hides what was there before.',
    `- **Limits**: bodies up to ${BODY_BYTES_MAX} bytes, ${CONTACTS_PER_CALL_MAX} contacts in one call, 200 items in one page. One caller who asks too fast gets 429 with \`Retry-After\`; where all callers together do, API Gateway answers 429 in its own words and without one: come back after a second.`,
    '- **Moments** are ISO 8601 with an offset; answers are in UTC. `Accept-Language: zh` words reasons in Chinese.',
  ].join('\n'),
};

const PARAMETERS = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'Of your choice, up to 255 printable characters; remembered for 24 h.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The ETag that you read.',
    schema: { type: 'string' },
  },
};

const SECURITY = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'Locally the token that `npm start` prints. On AWS a JWT of the user pool (or your own OIDC issuer) with the scope `relance/read`, `relance/write` or `relance/admin`, or of a person in the group `readers`, `writers` or `admins`. Each includes the ones before it; every operation names the one that it takes as `x-scope`.',
  },
};

function responses(): JsonSchema {
  const headers = { 'Relance-Request-Id': { schema: { type: 'string' } } };
  return Object.fromEntries(
    Object.entries(REFUSALS).map(([status, description]) => [
      `Refusal${status}`,
      {
        description,
        headers: status === '429' ? { ...headers, 'Retry-After': { schema: { type: 'integer' } } } : headers,
        content: PROBLEM,
      },
    ]),
  );
}

const resourceOf = (id: string): string => id.split('.')[0] ?? id;
const tagsOf = () =>
  [...new Set(Object.keys(ROUTES).map(resourceOf))].map((name) => ({
    name,
    description: `The operations of ${name}.`,
  }));

function operationOf(id: OperationId, operation: Operation, write: Write): JsonSchema {
  const { method, path } = routeOf(id);
  const { summary, description, scope, body, isBodyOptional, answers, example } = operation;
  const refusals = refusalsOf(method, path, operation);
  return {
    operationId: id,
    tags: [resourceOf(id)],
    summary,
    ...(description ? { description } : {}),
    'x-scope': scope,
    ...(scope === 'public' ? { security: [] } : {}),
    parameters: [
      ...paramNamesOf(path).map((name) => pathParameter(name, operation, write)),
      ...queryParameters(operation, write),
      ...(method === 'GET' || method === 'DELETE'
        ? []
        : [{ $ref: '#/components/parameters/IdempotencyKey' }]),
      ...(operation.isVersioned && method !== 'GET' ? [{ $ref: '#/components/parameters/IfMatch' }] : []),
    ],
    ...(body
      ? {
          requestBody: {
            required: isBodyOptional !== true,
            content: {
              'application/json': {
                schema: write(body, 'input'),
                ...(example.body === undefined ? {} : { example: example.body }),
              },
            },
          },
        }
      : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [
          status,
          success(status, answer, operation, write),
        ]),
      ),
      ...Object.fromEntries(
        refusals.map((status) => [status, { $ref: `#/components/responses/Refusal${status}` }]),
      ),
    },
  };
}

function success(
  status: string,
  answer: z.ZodType | { mediaType: string; description: string },
  operation: Operation,
  write: Write,
) {
  const headers = {
    'Relance-Request-Id': { schema: { type: 'string' } },
    ...(operation.isVersioned ? { ETag: { schema: { type: 'string' } } } : {}),
  };
  if (isFile(answer)) {
    const { mediaType, description } = answer;
    return { description, headers, content: { [mediaType]: { schema: { type: 'string' } } } };
  }
  return {
    description: SUCCESSES[status] ?? 'Done.',
    headers,
    content: { 'application/json': { schema: write(answer, 'output') } },
  };
}

function refusalsOf(method: string, path: string, operation: Operation): readonly Refusal[] {
  const isWriting = method !== 'GET';
  const readsBody: readonly Refusal[] = operation.body ? [400, 413, 415] : [];
  return [
    ...readsBody,
    ...((operation.scope === 'public' ? [] : [401, 403]) as Refusal[]),
    ...((path.includes('{') ? [404] : []) as Refusal[]),
    ...((isWriting ? [409] : []) as Refusal[]),
    ...((operation.isVersioned && isWriting ? [412] : []) as Refusal[]),
    ...((operation.body || operation.query || isWriting ? [422] : []) as Refusal[]),
    429 as const,
    500 as const,
  ].sort((a, b) => a - b);
}

function pathParameter(name: string, { params, example }: Operation, write: Write): JsonSchema {
  const schema = params?.[name];
  const known = example.params?.[name];
  const written = schema ? write(schema, 'input') : { type: 'string', minLength: 1 };
  return {
    name,
    in: 'path',
    required: true,
    schema: written,
    ...(known === undefined ? {} : { example: exampleOf(known, written) }),
  };
}

function queryParameters({ query, example }: Operation, write: Write): readonly JsonSchema[] {
  if (!query) return [];
  const { properties = {}, required = [] } = write(query, 'input') as {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description ? { description } : {}),
    schema,
    ...(example.query?.[name] === undefined ? {} : { example: exampleOf(example.query[name], schema) }),
  }));
}

/** A number in an example is written as one; in the query it is text. */
const exampleOf = (text: string, schema: JsonSchema): string | number =>
  schema.type === 'integer' || schema.type === 'number' ? Number(text) : text;
