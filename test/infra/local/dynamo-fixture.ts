// One table as the product's: partition and sort key, one sparse global index. And a client that never retries.
import { createHash } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach } from 'vitest';
import { type Dynamo, startDynamo } from '../../../infra/local/dynamo.ts';

export const TABLE = 'relance';

export function clientsOf(endpoint: string) {
  const raw = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  return { raw, documents: DynamoDBDocumentClient.from(raw) };
}

export async function createTable(
  raw: DynamoDBClient,
  options: { isProtected?: boolean } = {},
): Promise<void> {
  await raw.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: options.isProtected ?? false,
      AttributeDefinitions: ['pk', 'sk', 'g1p', 'g1s'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'gsi1',
          KeySchema: [
            { AttributeName: 'g1p', KeyType: 'HASH' },
            { AttributeName: 'g1s', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['state'] },
        },
      ],
    }),
  );
}

/** Two of the ids whose keys (sort key `a`) agree in the 24 hash bits that dynalite alone puts into an index key. */
export function collidingPair(ids: readonly string[]): readonly [string, string] {
  const seen = new Map<string, string>();
  for (const id of ids) {
    const hash = createHash('md5').update(`Outliers${id}a`).digest('hex').slice(0, 6);
    const earlier = seen.get(hash);
    if (earlier !== undefined) return [earlier, id];
    seen.set(hash, id);
  }
  throw new Error('no two of the ids collide');
}

type Items = Record<string, unknown>[];

/** A fresh, empty table in memory for every test of the file, and short forms of the calls that tests make. */
export function tableForEachTest(now: () => number) {
  let dynamo: Dynamo;
  let clients: ReturnType<typeof clientsOf>;
  beforeEach(async () => {
    dynamo = await startDynamo({ now });
    clients = clientsOf(dynamo.endpoint);
    await createTable(clients.raw);
  });
  afterEach(async () => {
    clients.raw.destroy();
    await dynamo.close();
  });
  const TableName = TABLE;
  return {
    raw: () => clients.raw,
    documents: () => clients.documents,
    sweepExpired: () => dynamo.sweepExpired(TABLE),
    put: (Item: Record<string, unknown>, more: object = {}) =>
      clients.documents.send(new PutCommand({ TableName, Item, ...more })),
    get: async (pk: string, sk = 'a') =>
      (await clients.documents.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true })))
        .Item,
    update: (pk: string, more: object) =>
      clients.documents.send(new UpdateCommand({ TableName, Key: { pk, sk: 'a' }, ...more })),
    byIndex: async (g1p: string): Promise<Items> => {
      const query = {
        TableName,
        IndexName: 'gsi1',
        KeyConditionExpression: 'g1p = :p',
        ExpressionAttributeValues: { ':p': g1p },
      };
      return (await clients.documents.send(new QueryCommand(query))).Items ?? [];
    },
    /** The bound on pages is far above what any test needs. */
    allPages: async (query: QueryCommandInput): Promise<{ pages: number; items: Items }> => {
      const items: Items = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      for (let pages = 1; pages < 1000; pages++) {
        const page = await clients.documents.send(new QueryCommand({ ...query, ExclusiveStartKey }));
        items.push(...(page.Items ?? []));
        ExclusiveStartKey = page.LastEvaluatedKey;
        if (!ExclusiveStartKey) return { pages, items };
      }
      throw new Error('the query never ends');
    },
  };
}
