// The real SDK client against the embedded DynamoDB: what the product's adapters rely on.
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { collidingPair, TABLE, tableForEachTest } from './dynamo-fixture.ts';

const TableName = TABLE;
const { documents, put, get, update, byIndex, allPages } = tableForEachTest(() => Date.UTC(2027, 2, 1, 9));

describe('conditions', () => {
  it('lets a create succeed once and returns the existing item to the loser', async () => {
    await put({ pk: '1', sk: 'a', state: 'first' }, { ConditionExpression: 'attribute_not_exists(pk)' });
    await expect(
      put(
        { pk: '1', sk: 'a', state: 'second' },
        { ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
      ),
    ).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      Item: { state: { S: 'first' } },
    });
    expect(await get('1')).toEqual({ pk: '1', sk: 'a', state: 'first' });
  });

  it.each([
    ['an update', () => update('1', { UpdateExpression: 'SET n = :n', ...never })],
    [
      'a delete',
      () => documents().send(new DeleteCommand({ TableName, Key: { pk: '1', sk: 'a' }, ...never })),
    ],
  ])('returns no item with a failed condition of %s unless asked', async (_name, attempt) => {
    await put({ pk: '1', sk: 'a', state: 'kept' });
    const error = await attempt().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'ConditionalCheckFailedException' });
    expect((error as { Item?: unknown }).Item).toBeUndefined();
    expect(await get('1')).toEqual({ pk: '1', sk: 'a', state: 'kept' });
  });
  const never = { ConditionExpression: 'version = :n', ExpressionAttributeValues: { ':n': 7 } };

  it('has exactly one winner when fifty writers save the same version', async () => {
    await put({ pk: '1', sk: 'a', version: 1 });
    const saves = Array.from({ length: 50 }, (_, writer) =>
      update('1', {
        UpdateExpression: 'SET version = version + :one, writer = :writer',
        ConditionExpression: 'version = :seen',
        ExpressionAttributeValues: { ':one': 1, ':seen': 1, ':writer': writer },
      }).then(
        () => writer,
        (error: Error) => error.name,
      ),
    );
    const results = await Promise.all(saves);
    const winners = results.filter((result) => typeof result === 'number');
    expect(winners).toHaveLength(1);
    expect(results.filter((result) => result === 'ConditionalCheckFailedException')).toHaveLength(49);
    expect(await get('1')).toMatchObject({ version: 2, writer: winners[0] });
  });

  it('loses none of two hundred parallel additions', async () => {
    await Promise.all(
      Array.from({ length: 200 }, () =>
        update('1', { UpdateExpression: 'ADD sent :one', ExpressionAttributeValues: { ':one': 1 } }),
      ),
    );
    expect(await get('1')).toMatchObject({ sent: 200 });
  });
});

describe('updates', () => {
  it('sets, removes, appends and returns what was asked for', async () => {
    await put({ pk: '1', sk: 'a', list: [1], map: { x: 1 }, gone: true });
    const { Attributes } = await update('1', {
      UpdateExpression: 'SET #l = list_append(#l, :more), #m.y = if_not_exists(#m.y, :y) REMOVE gone',
      ExpressionAttributeNames: { '#l': 'list', '#m': 'map' },
      ExpressionAttributeValues: { ':more': [2], ':y': 'new' },
      ReturnValues: 'ALL_NEW',
    });
    expect(Attributes).toEqual({ pk: '1', sk: 'a', list: [1, 2], map: { x: 1, y: 'new' } });
  });

  it('leaves Attributes out when an update had no old values', async () => {
    const fresh = { UpdateExpression: 'SET n = :n', ExpressionAttributeValues: { ':n': 1 } };
    await put({ pk: '1', sk: 'a' });
    expect((await update('1', { ...fresh, ReturnValues: 'UPDATED_OLD' })).Attributes).toBeUndefined();
  });

  it('moves the index entry with the item, and drops it with the key attribute', async () => {
    await put({ pk: '1', sk: 'a', g1p: 'due', g1s: '1', state: 'open', secret: 'not projected' });
    expect(await byIndex('due')).toEqual([{ pk: '1', sk: 'a', g1p: 'due', g1s: '1', state: 'open' }]);
    await update('1', { UpdateExpression: 'SET g1p = :p', ExpressionAttributeValues: { ':p': 'later' } });
    expect([await byIndex('due'), (await byIndex('later')).length]).toEqual([[], 1]);
    await update('1', { UpdateExpression: 'REMOVE g1p' });
    expect(await byIndex('later')).toEqual([]);
  });
});

describe('queries', () => {
  it('walks an index page by page, forwards and backwards, without gaps or repeats', async () => {
    for (let start = 0; start < 50; start += 25) {
      const requests = Array.from({ length: 25 }, (_, i) => String(start + i).padStart(3, '0')).map((id) => ({
        PutRequest: { Item: { pk: `c${id}`, sk: 'a', g1p: 'due', g1s: id.slice(0, 2) } },
      }));
      await documents().send(new BatchWriteCommand({ RequestItems: { [TableName]: requests } }));
    }
    const query = {
      TableName,
      IndexName: 'gsi1',
      KeyConditionExpression: 'g1p = :p',
      ExpressionAttributeValues: { ':p': 'due' },
      Limit: 7,
    };
    const forwards = await allPages(query);
    const backwards = await allPages({ ...query, ScanIndexForward: false });
    expect(forwards.pages).toBe(8);
    expect(new Set(forwards.items.map(({ pk }) => pk)).size).toBe(50);
    expect(forwards.items.map(({ g1s }) => g1s)).toEqual(forwards.items.map(({ g1s }) => g1s).sort());
    expect(backwards.items).toEqual(forwards.items.toReversed());
  });

  // ids whose keys agree in the 24 bits of the hash by which the engine alone would tell them apart.
  it('keeps items apart whose index keys are equal', async () => {
    const ids = Array.from({ length: 9000 }, (_, i) => `c${i}`);
    const [first, second] = collidingPair(ids);
    await put({ pk: first, sk: 'a', g1p: 'due', g1s: 'same' });
    await put({ pk: second, sk: 'a', g1p: 'due', g1s: 'same' });
    expect((await byIndex('due')).map(({ pk }) => pk).sort()).toEqual([first, second].sort());
  });

  it.each([
    ['begins_with(sk, :x)', { ':x': 'b' }, ['b', 'b1', 'b2']],
    ['sk BETWEEN :x AND :y', { ':x': 'a', ':y': 'b1' }, ['a', 'b', 'b1']],
    ['sk > :x', { ':x': 'b1' }, ['b2', 'c', 'é', '中']],
    ['sk <= :x', { ':x': 'b' }, ['a', 'b']],
  ])('selects by sort key: %s', async (range, values, expected) => {
    for (const sk of ['中', 'é', 'c', 'b2', 'b1', 'b', 'a']) await put({ pk: '1', sk });
    await put({ pk: '2', sk: 'b' });
    const { items } = await allPages({
      TableName,
      KeyConditionExpression: `pk = :pk AND ${range}`,
      ExpressionAttributeValues: { ':pk': '1', ...values },
    });
    expect(items.map(({ sk }) => sk)).toEqual(expected);
  });

  it('ends a page at one megabyte and applies Limit before the filter', async () => {
    for (const sk of ['a', 'b', 'c', 'd']) await put({ pk: '1', sk, text: 'x'.repeat(390_000) });
    const whole = {
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': '1' },
    };
    expect((await allPages(whole)).pages).toBe(2);
    const filtered = await documents().send(
      new QueryCommand({
        ...whole,
        Limit: 2,
        FilterExpression: 'attribute_exists(absent)',
      }),
    );
    expect(filtered).toMatchObject({ Count: 0, ScannedCount: 2, LastEvaluatedKey: { pk: '1', sk: 'b' } });
  });

  it('scans in segments that together see each item once', async () => {
    for (let i = 0; i < 40; i++) await put({ pk: `c${i}`, sk: 'a' });
    const segments = await Promise.all(
      [0, 1, 2].map((Segment) => documents().send(new ScanCommand({ TableName, Segment, TotalSegments: 3 }))),
    );
    const seen = segments.flatMap(({ Items }) => Items ?? []).map(({ pk }) => pk);
    expect([seen.length, new Set(seen).size]).toEqual([40, 40]);
  });

  it('gets a batch of items and leaves out those that do not exist', async () => {
    await put({ pk: '1', sk: 'a' });
    const Keys = ['1', '2'].map((pk) => ({ pk, sk: 'a' }));
    const { Responses } = await documents().send(
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys } } }),
    );
    expect(Responses?.[TableName]).toEqual([{ pk: '1', sk: 'a' }]);
  });
});
