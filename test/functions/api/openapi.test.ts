// The OpenAPI document: whole, without loose ends, and the same however it is asked for.
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../../shared/api/openapi.ts';
import { ROUTES } from '../../../shared/api/routes.ts';

type Json = Readonly<Record<string, unknown>>;
const document = openApiDocument('http://127.0.0.1:4000');
const schemas = (document.components as { schemas: Record<string, Json> }).schemas;

function* within(value: unknown, path = '#'): Generator<readonly [path: string, value: Json]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [path, value as Json];
  for (const [key, one] of Object.entries(value)) yield* within(one, `${path}/${key}`);
}
const at = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((value, key) => (value as Json | undefined)?.[key.replaceAll('~1', '/')], document);

describe('the OpenAPI document', () => {
  it('has every route, once', () => {
    const ids = [...within(document.paths)].flatMap(([, one]) =>
      typeof one.operationId === 'string' ? [one.operationId] : [],
    );
    expect(ids.sort()).toEqual(Object.keys(ROUTES).sort());
  });

  it('refers to nothing that is not there', () => {
    const loose = [...within(document)].flatMap(([path, { $ref }]) =>
      typeof $ref === 'string' && at($ref) === undefined ? [`${path} → ${$ref}`] : [],
    );
    expect(loose).toEqual([]);
  });

  it('shows what may be named by id or written out', () => {
    const fields = schemas.CampaignInput?.properties as Record<string, Json> | undefined;
    expect(fields?.sender?.anyOf).toMatchObject([
      { type: 'string' },
      { $ref: '#/components/schemas/SenderInput' },
    ]);
  });

  it('gives every request body an example', () => {
    const bare = [...within(document.paths)].flatMap(([path, one]) => {
      const content = (one.requestBody as { content: Record<string, Json> } | undefined)?.content;
      return content && content['application/json']?.example === undefined ? [path] : [];
    });
    // What takes no body at all may be asked without one.
    expect(bare.map((path) => path.split('/v1')[1])).toEqual(['/alerts/{id}/acknowledge/post']);
  });
});
