// Requests that cannot be right, made of the OpenAPI document itself: every one must be refused, and change nothing.
import fc from 'fast-check';
import { openApiDocument } from '../../../shared/api/openapi.ts';
import { Problem } from '../../../shared/api.ts';
import type { ExampleWorld } from './example-world.ts';

type Json = Readonly<Record<string, unknown>>;
type Malformed = {
  readonly method: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
};
type Described = {
  readonly method: string;
  readonly path: string;
  readonly query: boolean;
  readonly schema: Json | undefined;
  readonly example: Json | undefined;
};

const document = openApiDocument('http://127.0.0.1');
const components = (document.components as { schemas: Record<string, Json> }).schemas;
const resolved = (schema: Json): Json =>
  typeof schema.$ref === 'string' ? (components[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema;

const OPERATIONS: readonly Described[] = Object.entries(
  document.paths as Record<string, Record<string, Json>>,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => {
    const parameters = operation.parameters as readonly { in?: string; name?: string; example?: unknown }[];
    const content = (operation.requestBody as { content: Record<string, Json> } | undefined)?.content;
    const { schema, example } = (content?.['application/json'] ?? {}) as { schema?: Json; example?: Json };
    const named = parameters.filter((one) => one.in === 'path');
    const where = named.reduce((text, one) => text.replace(`{${one.name}}`, String(one.example)), path);
    const query = parameters.some((one) => one.in === 'query');
    return { method: method.toUpperCase(), path: where, query, schema: schema && resolved(schema), example };
  }),
);

/** Values of every other JSON type than the ones named. */
function notOf(types: readonly string[]): fc.Arbitrary<unknown> {
  const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    string: fc.string({ maxLength: 40 }),
    number: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    boolean: fc.boolean(),
    object: fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), fc.integer(), {
      minKeys: 1,
      maxKeys: 2,
    }),
    array: fc.array(fc.dictionary(fc.string(), fc.integer(), { maxKeys: 1 }), { minLength: 1, maxLength: 2 }),
  };
  const banned = new Set(types.map((type) => (type === 'integer' ? 'number' : type)));
  return fc.oneof(
    ...Object.entries(values).flatMap(([type, arbitrary]) => (banned.has(type) ? [] : [arbitrary])),
  );
}

/** A field of the example with a value that its schema has no room for. */
function wrongField({ schema, example }: Described): fc.Arbitrary<Json> | undefined {
  const properties = (schema?.properties ?? {}) as Record<string, Json>;
  const typed = Object.entries(properties).flatMap(([name, given]) => {
    const { type } = resolved(given);
    return typeof type === 'string' && type !== 'null' ? [[name, type] as const] : [];
  });
  if (typed.length === 0) return undefined;
  return fc
    .constantFrom(...typed)
    .chain(([name, type]) => notOf([type]).map((value) => ({ ...example, [name]: value })));
}

const required = ({ schema, example }: Described): readonly Json[] =>
  ((schema?.required ?? []) as readonly string[]).map((name) =>
    Object.fromEntries(Object.entries(example ?? {}).filter(([key]) => key !== name)),
  );

const JSON_TYPE = { 'Content-Type': 'application/json' };

function malformedOf(one: Described): fc.Arbitrary<Malformed> {
  const { method, path, schema, example } = one;
  const withBody = (body: unknown): Malformed => ({
    method,
    path,
    headers: JSON_TYPE,
    body: JSON.stringify(body),
  });
  const field = wrongField(one);
  const missing = required(one);
  const ways: fc.Arbitrary<Malformed>[] = [
    fc.string({ minLength: 1, maxLength: 30 }).map((text) => ({
      method,
      path: `${path.split('?')[0]}/${encodeURIComponent(text)}/nowhere/at/all`,
    })),
    ...(one.query
      ? [fc.stringMatching(/^[a-z]{1,8}$/).map((name) => ({ method, path: `${path}?x-${name}=1` }))]
      : []),
    ...(schema
      ? [
          fc
            .string({ maxLength: 30 })
            .map((text) => ({ method, path, headers: JSON_TYPE, body: `{"a":${text}` })),
          fc.string({ maxLength: 30 }).map((text) => withBody([text])),
          fc.stringMatching(/^[a-z]{1,8}$/).map((name) => withBody({ ...example, [`x-${name}`]: true })),
          fc.constant({ method, path, headers: { 'Content-Type': 'text/xml' }, body: '<a/>' }),
          fc.constant({ ...withBody(example), headers: { ...JSON_TYPE, 'If-Match': 'no etag' } }),
          fc.constant({ ...withBody(example), headers: { ...JSON_TYPE, 'Idempotency-Key': 'two words' } }),
        ]
      : []),
    ...(field ? [field.map(withBody)] : []),
    ...(missing.length > 0 ? [fc.constantFrom(...missing).map(withBody)] : []),
  ];
  return fc.oneof(...ways);
}

export const malformedRequest: fc.Arbitrary<Malformed> = fc.constantFrom(...OPERATIONS).chain(malformedOf);

const COMPARED_EVERY = 100;

/** Throws, with the request, at the first that is not refused with a problem, and where any left a trace. */
export async function refuseAll(world: ExampleWorld, runs: number, seed?: number): Promise<void> {
  // Who was refused what is written down; it is no effect of the request.
  const kept = async () => (await world.items()).filter(({ pk }) => !String(pk).startsWith('audit#'));
  const before = JSON.stringify(await kept());
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(malformedRequest, async ({ method, path, headers, body }) => {
      const response = await world.ask(method, path, body, headers);
      const text = await response.text();
      if (response.status < 400 || response.status >= 500)
        throw new Error(`${response.status}: ${text.slice(0, 300)}`);
      Problem.parse(JSON.parse(text));
      asked += 1;
      if (asked % COMPARED_EVERY === 0 && JSON.stringify(await kept()) !== before)
        throw new Error('It left a trace');
    }),
    { numRuns: runs, ...(seed === undefined ? {} : { seed }) },
  );
  if (JSON.stringify(await kept()) !== before) throw new Error('They left a trace');
}
