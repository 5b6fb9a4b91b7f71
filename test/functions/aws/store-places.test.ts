// Places and slots over the real SDK client and the embedded DynamoDB.
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { dynamoClient } from '../../../functions/aws/dynamo-client.ts';
import { placeStore } from '../../../functions/aws/store-places.ts';
import { createTableInput } from '../../../functions/aws/table.ts';
import type { Table } from '../../../functions/aws/table-calls.ts';
import { startDynamo } from '../../../infra/local/dynamo.ts';
import { epochMs } from '../../../shared/domain/instant.ts';
import { placesContract } from '../../support/places.contract.ts';
import { AT, SENDER } from '../../support/store-samples.ts';

const NAME = 'relance-test';
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

async function open() {
  const dynamo = await startDynamo({ now: () => epochMs(AT) });
  const place = {
    region: 'us-east-1',
    connection: { endpoints: { dynamodb: dynamo.endpoint }, credentials },
  };
  const raw = new DynamoDBClient({ region: 'us-east-1', endpoint: dynamo.endpoint, credentials });
  await raw.send(new CreateTableCommand(createTableInput(NAME)));
  const table: Table = { name: NAME, client: () => dynamoClient(place) };
  const close = async () => {
    dynamoClient(place).destroy();
    raw.destroy();
    await dynamo.close();
  };
  return { store: placeStore(table), table, close };
}

describe('places on DynamoDB', () => {
  placesContract(open);

  it('name their holder only until they were looked at, and are deleted two months after their day', async () => {
    const { store, table, close } = await open();
    const place = { day: '2027-03-02', hour: 9 };
    await store.reservePlace(SENDER, place, 'walk-1-0', { perDay: 5, perHour: 5 }, AT);
    const [watched] = await store.listWatched(AT, 1);
    await store.unwatch(watched!, AT);
    const Key = { pk: `places#${SENDER}`, sk: place.day };
    const { Item } = await table.client().send(new GetCommand({ TableName: NAME, Key }));
    expect(JSON.stringify(Item)).not.toContain('walk');
    expect(Item?.expiresAt).toBe(Date.parse('2027-05-01T00:00:00Z') / 1_000);
    await close();
  });

  it('are watched a thousand a day at most, so that no item outgrows DynamoDB', async () => {
    const { store, table, close } = await open();
    const day = '2027-03-02';
    const wide = { perDay: 1_001, perHour: 1_001 };
    expect(await store.reservePlace(SENDER, { day, hour: 9 }, 'walk-1-0', wide, AT)).toBe('reserved');
    expect(await store.listWatched(AT, 9)).toEqual([]);
    const Key = { pk: `places#${SENDER}`, sk: day };
    const seen = new Set(Array.from({ length: 999 }, (_, n) => `${AT} walk${n}-1-0`));
    const full = { UpdateExpression: 'SET seen = :seen', ExpressionAttributeValues: { ':seen': seen } };
    await table.client().send(new UpdateCommand({ TableName: NAME, Key, ...full }));
    for (const one of ['a', 'b', 'c']) await store.watchPlace(SENDER, day, `${one}-1-0`, AT);
    const [watched] = await store.listWatched(AT, 9);
    expect(watched?.kind === 'places' && watched.seen.length).toBe(1_000);
    await close();
  });

  it('throw what is no answer of a condition', async () => {
    const { store, table, close } = await open();
    const mocked = mockClient(table.client());
    mocked.on(UpdateCommand).rejects(new Error('unreachable'));
    const place = { day: '2027-03-02', hour: 9 };
    await expect(store.reservePlace(SENDER, place, 'a', { perDay: 5, perHour: 5 }, AT)).rejects.toThrow(
      'unreachable',
    );
    mocked.restore();
    await close();
  });
});
