// What AWS refuses, the embedded DynamoDB refuses under the same error name, and changes nothing.
import { BatchWriteCommand, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { createTable, TABLE, tableForEachTest } from './dynamo-fixture.ts';

const TableName = TABLE;
const { raw, documents, put, get, update } = tableForEachTest(() => Date.UTC(2027, 2, 1, 9));

describe('refusals', () => {
  const tooMany = Array.from({ length: 26 }, (_, i) => ({ PutRequest: { Item: { pk: `${i}`, sk: 'a' } } }));
  const twice = [tooMany[0], tooMany[0]];
  const batch = (requests: unknown[]) =>
    documents().send(new BatchWriteCommand({ RequestItems: { [TableName]: requests as typeof tooMany } }));

  it.each<[string, () => Promise<unknown>, string, RegExp]>([
    [
      '409,601 bytes',
      () => put({ pk: '1', sk: 'a', t: 'x'.repeat(409_600) }),
      'ValidationException',
      /Item size/,
    ],
    // 150,000 characters, 450,000 bytes: the limit is in bytes of UTF-8.
    [
      '450 KB of Chinese',
      () => put({ pk: '1', sk: 'a', t: '信'.repeat(150_000) }),
      'ValidationException',
      /Item size/,
    ],
    [
      'an update beyond 400 KB',
      () => update('1', set('信'.repeat(150_000))),
      'ValidationException',
      /to update/,
    ],
    [
      'an empty partition key',
      () => put({ pk: '', sk: 'a' }),
      'ValidationException',
      /empty string value. Key: pk/,
    ],
    [
      'an empty index key',
      () => put({ pk: '1', sk: 'a', g1p: '' }),
      'ValidationException',
      /IndexName: gsi1, IndexKey: g1p/,
    ],
    [
      'a number as index key',
      () => put({ pk: '1', sk: 'a', g1p: 1 }),
      'ValidationException',
      /Type mismatch for Index Key/,
    ],
    ['a missing sort key', () => put({ pk: '1' }), 'ValidationException', /Missing the key sk in the item/],
    [
      'a partition key of 2,049 bytes',
      () => put({ pk: '信'.repeat(683), sk: 'a' }),
      'ValidationException',
      /hashkey/,
    ],
    [
      'a reserved word',
      () => update('1', { UpdateExpression: 'SET status = :x', ...x }),
      'ValidationException',
      /reserved keyword: status/,
    ],
    [
      'a change of the key',
      () => update('1', { UpdateExpression: 'SET pk = :x', ...x }),
      'ValidationException',
      /part of the key/,
    ],
    [
      'an unused value',
      () => update('1', { UpdateExpression: 'REMOVE a', ...x }),
      'ValidationException',
      /unused in expressions/,
    ],
    [
      '26 items in a batch',
      () => batch(tooMany),
      'ValidationException',
      /less than or equal to 25|Too many items/,
    ],
    ['one item twice in a batch', () => batch(twice), 'ValidationException', /duplicates/],
    [
      'a table that is not there',
      () => documents().send(new GetCommand({ TableName: 'none', Key: { pk: '1' } })),
      'ResourceNotFoundException',
      /not found/,
    ],
    [
      'a transaction',
      () => documents().send(new TransactWriteCommand({ TransactItems: [] })),
      'UnknownOperationException',
      /./,
    ],
    ['a second table of the name', () => createTable(raw()), 'ResourceInUseException', /./],
    [
      'an unknown ALL_…',
      () => put({ pk: '1', sk: 'a' }, { ReturnValuesOnConditionCheckFailure: 'ALL_NEW' }),
      'ValidationException',
      /enum value set/,
    ],
  ])('refuses %s as AWS does', async (_name, attempt, name, message) => {
    const error = (await attempt().catch((caught: unknown) => caught)) as Error;
    expect(error).toMatchObject({ name });
    expect(error.message).toMatch(message);
    expect(await get('1')).toBeUndefined();
  });
  const x = { ExpressionAttributeValues: { ':x': 'x' } };
  const set = (t: string) => ({ UpdateExpression: 'SET t = :t', ExpressionAttributeValues: { ':t': t } });

  it('takes an item of exactly 400 KB', async () => {
    await put({ pk: '1', sk: 'a', t: 'x'.repeat(409_600 - 'pk1ska'.length - 't'.length) });
    expect(await get('1')).toBeDefined();
  });
});
