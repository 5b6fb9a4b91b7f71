/**
 * The one table as plain data: the local runtime creates it from this, the CDK stack declares it from this.
 * What stands under which key says `items.ts`.
 */
import type { CreateTableCommandInput, UpdateTimeToLiveCommandInput } from '@aws-sdk/client-dynamodb';

/** Every key is a string. Both indexes are sparse (an item without the attributes is absent) and KEYS_ONLY. */
export const tableDefinition = {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: {
    list: { partitionKey: 'listPk', sortKey: 'listSk' },
    due: { partitionKey: 'duePk', sortKey: 'dueAt' },
  },
  /** Epoch seconds. DynamoDB deletes days later, and shows the item until then. */
  timeToLive: 'expiresAt',
} as const;

export type IndexName = keyof typeof tableDefinition.indexes;

export function createTableInput(name: string): CreateTableCommandInput {
  const indexes = Object.entries(tableDefinition.indexes);
  const keys = [tableDefinition, ...Object.values(tableDefinition.indexes)];
  const attributes = keys.flatMap((key) => [key.partitionKey, key.sortKey]);
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributes.map((attribute) => ({ AttributeName: attribute, AttributeType: 'S' })),
    KeySchema: keySchema(tableDefinition),
    GlobalSecondaryIndexes: indexes.map(([index, key]) => ({
      IndexName: index,
      KeySchema: keySchema(key),
      Projection: { ProjectionType: 'KEYS_ONLY' },
    })),
  };
}

export const timeToLiveInput = (name: string): UpdateTimeToLiveCommandInput => ({
  TableName: name,
  TimeToLiveSpecification: { AttributeName: tableDefinition.timeToLive, Enabled: true },
});

const keySchema = (key: { readonly partitionKey: string; readonly sortKey: string }) => [
  { AttributeName: key.partitionKey, KeyType: 'HASH' as const },
  { AttributeName: key.sortKey, KeyType: 'RANGE' as const },
];
