// The real SDK client against the embedded DynamoDB: what the product's adapters rely on, and what AWS would refuse.
import {
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTablesCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Dynamo, startDynamo } from '../../../infra/local/dynamo.ts';
import { clientsOf, collidingPair, createTable, TABLE } from './dynamo-fixture.ts';

const NOW = Date.UTC(2027, 2, 1, 9);
const TableName = TABLE;
let time = NOW;
let dynamo: Dynamo;
let clients: ReturnType<typeof clientsOf>;

beforeEach(async () => {
  time = NOW;
  dynamo = await startDynamo({ now: () => time });
  clients = clientsOf(dynamo.endpoint);
  await createTable(clients.raw);
});
afterEach(async () => {
  clients.raw.destroy();
  await dynamo.close();
});

const put = (Item: Record<string, unknown>, more: object = {}) =>
  clients.documents.send(new PutCommand({ TableName, Item, ...more }));
const get = async (pk: string, sk = 'a') =>
  (await clients.documents.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }))).Item;
const update = (pk: string, more: object) =>
  clients.documents.send(new UpdateCommand({ TableName, Key: { pk, sk: 'a' }, ...more }));
const byIndex = async (g1p: string) =>
  (
    await clients.documents.send(
      new QueryCommand({
        TableName,
        IndexName: 'gsi1',
        KeyConditionExpression: 'g1p = :p',
        ExpressionAttributeValues: { ':p': g1p },
      }),
    )
  ).Items ?? [];

/** All pages; the bound is far above what any test needs. */
async function allPages(
  query: QueryCommandInput,
): Promise<{ pages: number; items: Record<string, unknown>[] }> {
  const items: Record<string, unknown>[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  for (let pages = 1; pages < 1000; pages++) {
    const page = await clients.documents.send(new QueryCommand({ ...query, ExclusiveStartKey }));
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
    if (!ExclusiveStartKey) return { pages, items };
  }
  throw new Error('the query never ends');
}

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
      () => clients.documents.send(new DeleteCommand({ TableName, Key: { pk: '1', sk: 'a' }, ...never })),
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
      await clients.documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: requests } }));
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
    const filtered = await clients.documents.send(
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
      [0, 1, 2].map((Segment) =>
        clients.documents.send(new ScanCommand({ TableName, Segment, TotalSegments: 3 })),
      ),
    );
    const seen = segments.flatMap(({ Items }) => Items ?? []).map(({ pk }) => pk);
    expect([seen.length, new Set(seen).size]).toEqual([40, 40]);
  });

  it('gets a batch of items and leaves out those that do not exist', async () => {
    await put({ pk: '1', sk: 'a' });
    const Keys = ['1', '2'].map((pk) => ({ pk, sk: 'a' }));
    const { Responses } = await clients.documents.send(
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys } } }),
    );
    expect(Responses?.[TableName]).toEqual([{ pk: '1', sk: 'a' }]);
  });
});

describe('refusals', () => {
  const tooMany = Array.from({ length: 26 }, (_, i) => ({ PutRequest: { Item: { pk: `${i}`, sk: 'a' } } }));
  const twice = [tooMany[0], tooMany[0]];
  const batch = (requests: unknown[]) =>
    clients.documents.send(
      new BatchWriteCommand({ RequestItems: { [TableName]: requests as typeof tooMany } }),
    );

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
      () => clients.documents.send(new GetCommand({ TableName: 'none', Key: { pk: '1' } })),
      'ResourceNotFoundException',
      /not found/,
    ],
    [
      'a transaction',
      () => clients.documents.send(new TransactWriteCommand({ TransactItems: [] })),
      'UnknownOperationException',
      /./,
    ],
    ['a second table of the name', () => createTable(clients.raw), 'ResourceInUseException', /./],
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

describe('tables', () => {
  it('are active at once and dated by the given clock', async () => {
    const { Table } = await clients.raw.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      CreationDateTime: new Date(NOW),
      DeletionProtectionEnabled: false,
      GlobalSecondaryIndexes: [{ IndexName: 'gsi1', IndexStatus: 'ACTIVE' }],
    });
    expect((await clients.raw.send(new ListTablesCommand({}))).TableNames).toEqual([TABLE]);
  });

  it('cannot be deleted while protected, and are gone with their items afterwards', async () => {
    await put({ pk: '1', sk: 'a', g1p: 'due', g1s: '1' });
    const protect = (DeletionProtectionEnabled: boolean) =>
      clients.raw.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled }));
    await protect(true);
    await expect(clients.raw.send(new DeleteTableCommand({ TableName }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('protected against deletion'),
    });
    await protect(false);
    await clients.raw.send(new DeleteTableCommand({ TableName }));
    await expect(get('1')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await createTable(clients.raw);
    expect([await get('1'), await byIndex('due')]).toEqual([undefined, []]);
  });

  it('lose expired items when swept, and only those', async () => {
    const seconds = NOW / 1000;
    const lives = {
      past: seconds - 1,
      now: seconds,
      future: seconds + 60,
      inMilliseconds: 1000,
      text: 'soon',
    };
    for (const [pk, expiresAt] of Object.entries(lives)) await put({ pk, sk: 'a', expiresAt });
    await put({ pk: 'forever', sk: 'a' });
    expect(await dynamo.sweepExpired(TABLE)).toBe(0);

    const TimeToLiveSpecification = { AttributeName: 'expiresAt', Enabled: true };
    const enable = () =>
      clients.raw.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
    await enable();
    await expect(enable()).rejects.toThrow('TimeToLive is already enabled');
    expect(
      (await clients.raw.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription,
    ).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });

    expect(await dynamo.sweepExpired(TABLE)).toBe(1);
    time += 120_000;
    expect(await dynamo.sweepExpired(TABLE)).toBe(2);
    const left = (await clients.documents.send(new ScanCommand({ TableName }))).Items ?? [];
    expect(left.map(({ pk }) => pk).sort()).toEqual(['forever', 'inMilliseconds', 'text']);
  });
});
