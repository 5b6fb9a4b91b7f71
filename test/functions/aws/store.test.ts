// The Store port over the real SDK client and the embedded DynamoDB, in memory, a fresh one for each test.
import { CreateTableCommand, DynamoDBClient, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  GetCommand,
  PutCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { dynamoClient } from '../../../functions/aws/dynamo-client.ts';
import { DUE_SHARDS, SCHEMA } from '../../../functions/aws/items.ts';
import { awsStore } from '../../../functions/aws/store.ts';
import { createTableInput, timeToLiveInput } from '../../../functions/aws/table.ts';
import { getItems, putItems, type Table } from '../../../functions/aws/table-calls.ts';
import { startDynamo } from '../../../infra/local/dynamo.ts';
import type { CampaignId } from '../../../shared/domain/ids.ts';
import { epochMs } from '../../../shared/domain/instant.ts';
import { listingContract, turnsContract } from '../../support/listing.contract.ts';
import { storeContract } from '../../support/store.contract.ts';
import * as samples from '../../support/store-samples.ts';
import { AT, CAMPAIGN, contactNumber, SENDER } from '../../support/store-samples.ts';

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
  await raw.send(new UpdateTimeToLiveCommand(timeToLiveInput(NAME)));
  const table: Table = { name: NAME, client: () => dynamoClient(place) };
  const close = async () => {
    dynamoClient(place).destroy();
    raw.destroy();
    await dynamo.close();
  };
  return { store: awsStore(table), table, dynamo, close };
}

describe('the Store contract', () => {
  storeContract(open);
  listingContract(open);
  turnsContract(open);
});

describe('the store on DynamoDB', () => {
  let close = async () => {};
  afterEach(() => close());
  const opened = async () => {
    const all = await open();
    close = all.close;
    return all;
  };
  const ada = contactNumber(1);
  const STATE_KEY = { pk: `contact#${ada}`, sk: 'state' };

  it('writes the version, the campaign and the wake-up moment beside the state', async () => {
    const { store, table } = await opened();
    const enrollment = samples.openWalk(ada);
    await store.saveState(samples.sampleState(ada, { enrollment }), undefined, 'w1');
    const { Item } = await table.client().send(new GetCommand({ TableName: NAME, Key: STATE_KEY }));
    expect(Item).toEqual({
      ...STATE_KEY,
      v: SCHEMA,
      version: 'w1',
      document: { ...samples.sampleState(ada, { enrollment }), because: expect.any(Uint8Array) },
      listPk: `campaign#${CAMPAIGN}`,
      listSk: enrollment.id,
      duePk: expect.stringMatching(/^due#[0-3]$/),
      dueAt: '2027-03-02T09:19:00.000Z',
    });
  });

  it('spreads due contacts over all shards', async () => {
    const { store, table } = await opened();
    for (let n = 0; n < 40; n++) {
      const id = contactNumber(n);
      await store.saveState(samples.sampleState(id, { enrollment: samples.openWalk(id) }), undefined, 'w');
    }
    const { Items = [] } = await table.client().send(new ScanCommand({ TableName: NAME, IndexName: 'due' }));
    expect([...new Set(Items.map(({ duePk }) => duePk))].sort()).toEqual([...DUE_SHARDS]);
  });

  it.each([
    ['no document', { version: 'w1' }, 'document'],
    [
      'a standing of no kind',
      { version: 'w1', document: { ...samples.sampleState(ada), standing: {} } },
      'standing.kind',
    ],
    [
      'a letter of an unknown kind',
      {
        version: 'w1',
        document: samples.sampleState(ada, {
          enrollment: samples.openWalk(ada, 1, { letter: { kind: 'posted', step: 0 } as never }),
        }),
      },
      'letter.kind',
    ],
    ['no version', { document: samples.sampleState(ada) }, 'version'],
  ])('refuses a state item with %s, and names its key', async (_what, attributes, field) => {
    const { store, table } = await opened();
    await table.client().send(new PutCommand({ TableName: NAME, Item: { ...STATE_KEY, ...attributes } }));
    await expect(store.loadState(ada)).rejects.toThrow(`contact#${ada} / state is corrupt: ${field}`);
  });

  it('names no person in the error about a corrupt profile', async () => {
    const { store, table } = await opened();
    const document = { ...samples.sampleContact(), zone: 7 };
    const Item = { pk: `contact#${ada}`, sk: 'profile', document };
    await table.client().send(new PutCommand({ TableName: NAME, Item }));
    const failure = await store.load('contact', ada).catch((error: Error) => error.message);
    expect(failure).toContain('profile is corrupt: document.zone');
    expect(failure).not.toContain('person1');
  });

  it('lets arrivals and counts expire, and nothing else', async () => {
    const { store, table, dynamo } = await opened();
    await store.put('arrival', samples.sampleArrival({ at: '2026-12-01T00:00:00.000Z' as typeof AT }));
    await store.put('arrival', samples.sampleArrival({ id: 'fresh' }));
    await store.takeQuota(SENDER, '2026-11-01', 5);
    await store.takeQuota(SENDER, '2027-03-02', 5);
    await store.put('campaign', samples.sampleCampaign());
    expect(await dynamo.sweepExpired(NAME)).toBe(2);
    const { Items = [] } = await table.client().send(new ScanCommand({ TableName: NAME }));
    expect(Items.map(({ pk }) => pk).sort()).toEqual([
      'arrival#fresh',
      `campaign#${CAMPAIGN}`,
      `quota#${SENDER}`,
    ]);
  });

  it('drops index entries whose item is gone', async () => {
    const { store, table } = await opened();
    const Item = { pk: 'campaign#ghost', sk: 'other', listPk: 'campaigns', listSk: 'z' };
    await table.client().send(new PutCommand({ TableName: NAME, Item: { ...Item, document: {} } }));
    const walk = { pk: 'x', sk: 'y', listPk: `campaign#${CAMPAIGN}`, listSk: samples.openWalk(ada).id };
    await table.client().send(new PutCommand({ TableName: NAME, Item: walk }));
    expect(await store.listEnrollments(CAMPAIGN)).toEqual({ items: [] });
  });

  it('reads a page of more documents than one batch holds', async () => {
    const { store } = await opened();
    const ids = Array.from({ length: 130 }, (_, n) => `c${n}` as CampaignId);
    await Promise.all(ids.map((id) => store.put('campaign', samples.sampleCampaign({ id }))));
    expect((await store.listCampaigns({ limit: 130 })).items).toHaveLength(130);
  });
});

describe('a batch of keys', () => {
  const place = { region: 'us-east-1', connection: { credentials } };
  const client = () => dynamoClient(place);
  const dynamo = mockClient(client());
  const pauses: number[] = [];
  const table: Table = {
    name: NAME,
    client,
    pause: async (ms) => pauses.push(ms),
  };
  const keys = [
    { pk: 'a', sk: '1' },
    { pk: 'b', sk: '1' },
  ];
  afterEach(() => {
    dynamo.reset();
    pauses.length = 0;
  });

  it('is asked again for what DynamoDB left over, in growing intervals', async () => {
    const left = { [NAME]: { Keys: [keys[1] ?? {}] } };
    dynamo
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: { [NAME]: [keys[0] ?? {}] }, UnprocessedKeys: left })
      .resolvesOnce({ Responses: {}, UnprocessedKeys: left })
      .resolves({ Responses: { [NAME]: [keys[1] ?? {}] } });
    expect((await getItems(table, [...keys, ...keys])).size).toBe(2);
    const asked = dynamo
      .commandCalls(BatchGetCommand)
      .map((call) => call.args[0].input.RequestItems?.[NAME]?.Keys);
    expect(asked).toEqual([keys, [keys[1]], [keys[1]]]);
    expect(pauses).toEqual([50, 100]);
  });

  it('is given again what DynamoDB left over of many puts, and a key that came twice only once', async () => {
    const [first = { pk: '', sk: '' }, second = { pk: '', sk: '' }] = keys;
    const left = { [NAME]: [{ PutRequest: { Item: second } }] };
    dynamo.on(BatchWriteCommand).resolvesOnce({ UnprocessedItems: left }).resolves({});
    await putItems(table, [{ ...first, n: 1 }, second, { ...first, n: 2 }]);
    const put = dynamo
      .commandCalls(BatchWriteCommand)
      .map((call) => call.args[0].input.RequestItems?.[NAME]?.map(({ PutRequest }) => PutRequest?.Item));
    expect(put).toEqual([[{ ...first, n: 2 }, second], [second]]);
    dynamo.on(BatchWriteCommand).resolves({ UnprocessedItems: left });
    await expect(putItems(table, keys)).rejects.toThrow('unprocessed in 8 attempts');
  });

  it('fails rather than answers in part', async () => {
    dynamo.on(BatchGetCommand).resolves({ UnprocessedKeys: { [NAME]: { Keys: keys } } });
    await expect(getItems(table, keys)).rejects.toThrow('2 keys unprocessed in 8 attempts');
    expect(dynamo.commandCalls(BatchGetCommand)).toHaveLength(8);
  });
});
