// One table as the product's: partition and sort key, one sparse global index. And a client that never retries.
import { createHash } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

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
