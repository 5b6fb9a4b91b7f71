/** Time to live: what AWS does by itself within days, done here when asked. */
import { type Database, type Item, isFailure } from './dynamo-engine.ts';
import { read, write } from './dynamo-requests.ts';
import { loadTable, timeToLiveAttribute } from './dynamo-tables.ts';

/** Runs a job while no other write runs. */
export type Alone = <Result>(job: () => Promise<Result>) => Promise<Result>;

/** AWS leaves items alone whose time to live is further back: taken for a mistake in the unit. */
const MAX_EXPIRY_AGE_SECONDS = 5 * 365 * 24 * 3600;

/** Deletes the items of table `name` that expired before `now` and returns their number; 0 while time to live is off. */
export async function sweepExpired(
  database: Database,
  alone: Alone,
  now: () => number,
  name: string,
): Promise<number> {
  const table = await loadTable(database, name);
  const attribute = await timeToLiveAttribute(database, name);
  if (attribute === undefined) return 0;
  const seconds = Math.floor(now() / 1000);
  const expired = {
    ExpressionAttributeNames: { '#expiry': attribute },
    ExpressionAttributeValues: {
      ':now': { N: String(seconds) },
      ':oldest': { N: String(seconds - MAX_EXPIRY_AGE_SECONDS) },
    },
  };
  const condition = '#expiry < :now AND #expiry > :oldest';
  let swept = 0;
  let start: unknown;
  // Every round starts behind the last page's key, so the number of rounds is bounded by the table's size.
  do {
    const scan = { TableName: name, FilterExpression: condition, ExclusiveStartKey: start, ...expired };
    const page = await read(database, 'Scan', structuredClone(scan));
    for (const item of page.Items as readonly Item[]) {
      const Key = Object.fromEntries(
        table.KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName]]),
      );
      // Checked again: a request may have extended the item's life between the scan and here.
      const removal = { TableName: name, Key, ConditionExpression: condition, ...expired };
      swept += await alone(() => write(database, 'DeleteItem', structuredClone(removal))).then(
        () => 1,
        (error: unknown) => {
          if (isFailure(error)) return 0;
          throw error;
        },
      );
    }
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return swept;
}
