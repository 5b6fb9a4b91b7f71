// Least privilege, in numbers: what the synthesized policies grant is what the functions were seen doing, no more and
// no less. `npm run permissions` prints the table; `-- --record` looks anew.
import { beforeAll, describe, expect, it } from 'vitest';
import { permissionsOf } from '../../infra/permissions/sdk-actions.ts';
import { FUNCTIONS } from '../../infra/queue-settings.ts';
import { type Exercised, readExercised } from './exercised.ts';
import { type Grant, grantsOf, isPlatform } from './granted.ts';
import { type Templates, templatesOf } from './stack-fixture.ts';
import { productPolicies } from './stack-promises.ts';

let templates: Templates;
let granted: readonly Grant[];
let exercised: Exercised;
beforeAll(() => {
  templates = templatesOf();
  granted = grantsOf(templates.application);
  exercised = readExercised();
});

const lines = (name: string) => ({
  granted: granted
    .filter((one) => one.function === name)
    .map(({ resource, action }) => `${action} ${resource}`)
    .sort(),
  exercised: Object.entries(exercised[name] ?? {})
    .flatMap(([resource, actions]) => Object.keys(actions).map((action) => `${action} ${resource}`))
    .sort(),
});

it.each(FUNCTIONS)('%s may do what it was seen doing, and nothing else', (name) => {
  const of = lines(name);
  expect(of.granted).toEqual(of.exercised);
  expect(of.granted.length).toBeGreaterThan(0);
});

describe('every statement of a product role', () => {
  it('is either a grant of the table or of the platform set', () => {
    const known = new Set(granted.map(({ action }) => action));
    const odd = productPolicies(templates.application).filter(
      ([, one]) => !isPlatform(one) && ![one.Action].flat().every((action) => known.has(action)),
    );
    expect(odd).toEqual([]);
  });
});

describe('an SDK call', () => {
  it('is one permission on one resource, an index being its own', () => {
    const query = (input: object) => permissionsOf('dynamodb', { operation: 'Query', input: { ...input } });
    expect(query({})).toEqual([{ action: 'dynamodb:Query', resource: 'table' }]);
    expect(query({ IndexName: 'due' })).toEqual([{ action: 'dynamodb:Query', resource: 'table/index/due' }]);
  });

  it('that the table does not know is an error, not a gap', () => {
    expect(() => permissionsOf('dynamodb', { operation: 'ExecuteStatement', input: {} })).toThrow(
      /dynamodb ExecuteStatement is missing/,
    );
  });
});
