/**
 * The item limits of DynamoDB that dynalite measures in characters or not at all. DynamoDB counts UTF-8 bytes, and
 * a letter in Chinese has three per character.
 */
import type { AttributeValue, Item, KeySchema, Table } from './dynamo-engine.ts';

/** "Service, account, and table quotas in Amazon DynamoDB": item, partition key and sort key sizes. */
const MAX_ITEM_BYTES = 400 * 1024;
const MAX_PARTITION_KEY_BYTES = 2048;
const MAX_SORT_KEY_BYTES = 1024;

/** Why the item may not be written, in AWS's words; undefined when it may. `characters` is dynalite's size of it. */
export function refuseItem(
  operation: string,
  table: Table,
  item: Item,
  characters: number,
): string | undefined {
  const json = JSON.stringify(item);
  // Everything but strings and names is ASCII, so this difference is what the character count misses.
  const bytes = characters + Buffer.byteLength(json) - json.length;
  if (bytes > MAX_ITEM_BYTES) {
    return operation === 'UpdateItem'
      ? 'Item size to update has exceeded the maximum allowed size'
      : 'Item size has exceeded the maximum allowed size';
  }
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  const empty = indexes
    .flatMap(({ IndexName, KeySchema }) => KeySchema.map((key) => ({ IndexName, key: key.AttributeName })))
    .find(({ key }) => keyBytes(item[key]) === 0);
  if (empty) return emptyIndexKey(operation, empty.IndexName, empty.key);
  const schemas = [table.KeySchema, ...indexes.map((index) => index.KeySchema)];
  return schemas.map((schema) => refuseKeySize(schema, item)).find((refusal) => refusal !== undefined);
}

function emptyIndexKey(operation: string, index: string, key: string): string {
  return operation === 'UpdateItem'
    ? 'The update expression attempted to update the secondary index key to a value that is not supported. ' +
        'The AttributeValue for a key attribute cannot contain an empty string value.'
    : 'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
        'The AttributeValue for a key attribute cannot contain an empty string value. ' +
        `IndexName: ${index}, IndexKey: ${key}`;
}

function refuseKeySize(schema: KeySchema, item: Item): string | undefined {
  const [partition, sort] = schema.map(({ AttributeName }) => keyBytes(item[AttributeName]) ?? 0);
  if ((partition ?? 0) > MAX_PARTITION_KEY_BYTES) {
    return (
      'One or more parameter values were invalid: ' +
      `Size of hashkey has exceeded the maximum size limit of${MAX_PARTITION_KEY_BYTES} bytes`
    );
  }
  if ((sort ?? 0) > MAX_SORT_KEY_BYTES) {
    return (
      'One or more parameter values were invalid: ' +
      `Aggregated size of all range keys has exceeded the size limit of ${MAX_SORT_KEY_BYTES} bytes`
    );
  }
  return undefined;
}

/** Bytes of a string or binary key; undefined for a number or a missing attribute, which have no limit. */
function keyBytes(value: AttributeValue | undefined): number | undefined {
  if (typeof value?.S === 'string') return Buffer.byteLength(value.S);
  if (typeof value?.B === 'string') return Buffer.byteLength(value.B, 'base64');
  return undefined;
}
