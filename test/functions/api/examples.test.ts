// Every operation of the reference does what it says: its own example is run, its answer fits its schema, its scope is asked.
import { describe, expect, it } from 'vitest';
import { apiApp } from '../../../functions/api.ts';
import { isFile, type Operation, SCOPES, type Scope } from '../../../shared/api/operation.ts';
import { OPERATIONS } from '../../../shared/api/operations.ts';
import { type OperationId, ROUTES, routeOf } from '../../../shared/api/routes.ts';
import { Problem } from '../../../shared/api.ts';
import { BEFORE, useExampleWorld } from './example-world.ts';

const world = useExampleWorld();
const IDS = Object.keys(ROUTES) as OperationId[];

function requestOf(id: OperationId) {
  const { method, path } = routeOf(id);
  const { params = {}, query, body, headers }: Operation['example'] = OPERATIONS[id].example;
  const where = Object.entries(params).reduce(
    (text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(value)),
    `/v1${path}`,
  );
  const search = query ? `?${new URLSearchParams(query)}` : '';
  return { method, path: `${where}${search}`, body, headers };
}

describe('the example of', () => {
  it.each(IDS)('%s works, and its answer is what is declared', async (id) => {
    const { ask } = world.now();
    await BEFORE[id]?.(world.now());
    const { method, path, body, headers } = requestOf(id);
    expect(path, 'an example for every parameter').not.toMatch(/[{}]/);
    const response = await ask(method, path, body, headers);
    const text = await response.text();
    const operation: Operation = OPERATIONS[id];
    const declared = operation.answers[response.status as 200];
    expect(declared, `${response.status} ${text.slice(0, 500)}`).toBeDefined();
    if (!declared) return;
    expect(response.headers.get('relance-request-id')).toBeTruthy();
    if (operation.isVersioned) expect(response.headers.get('etag')).toMatch(/^"[\w-]{22}"$/);
    if (isFile(declared)) {
      expect(response.headers.get('content-type')).toContain(declared.mediaType);
      return;
    }
    // What is answered beyond the declaration would be a leak or a gap in the reference.
    const given: unknown = JSON.parse(text);
    expect(declared.parse(given)).toEqual(given);
  });
});

const vouchedAs = (scope: Scope | undefined) => ({
  event: {
    requestContext: {
      authorizer: { jwt: { claims: { sub: 'machine', scope: scope ? `relance/${scope}` : '' } } },
    },
  },
});

describe('the scope of', () => {
  const guarded = IDS.filter((id) => (OPERATIONS[id] as Operation).scope !== 'public');
  it.each(guarded)('%s is asked for: without it nothing is done', async (id) => {
    const { ports, app, items } = world.now();
    const { settings } = ports;
    const { apiToken: _local, ...onAws } = settings;
    const deployed = apiApp({ ...ports, settings: onAws });
    const { method, path, body } = requestOf(id);
    const init = {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const before = await items();
    expect((await app.request(path, init)).status).toBe(401);
    expect((await deployed.request(path, init)).status).toBe(401);
    const { scope } = OPERATIONS[id] as Operation;
    const lesser = SCOPES[SCOPES.indexOf(scope as Scope) - 1];
    const refused = await deployed.request(path, init, vouchedAs(lesser));
    expect(refused.status).toBe(403);
    expect(Problem.parse(await refused.json()).detail).toContain(`"${scope}"`);
    expect(await items()).toEqual(before);
  });

  it.each(IDS.filter((id) => !guarded.includes(id)))('%s is nobody’s: it needs no token', async (id) => {
    const { path, method } = requestOf(id);
    expect((await world.now().app.request(path, { method })).status).toBe(200);
  });
});
