// What is stored and queued says which shape it has, and what the version before wrote is still read: functions of both
// run side by side while a deployment goes through, and a schedule may have been waiting for months.
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dynamoClient } from '../../../functions/aws/dynamo-client.ts';
import { type Item, itemOf, KINDS, SCHEMA, stateItem } from '../../../functions/aws/items.ts';
import { awsStore } from '../../../functions/aws/store.ts';
import { createTableInput } from '../../../functions/aws/table.ts';
import { forEachMessage } from '../../../functions/queue-batch.ts';
import { startDynamo } from '../../../infra/local/dynamo.ts';
import type { SesId } from '../../../shared/domain/ids.ts';
import { epochMs } from '../../../shared/domain/instant.ts';
import type { Documents, Kind, Store } from '../../../shared/ports.ts';
import * as samples from '../../support/store-samples.ts';
import { AT, CAMPAIGN, contactNumber, SENDER } from '../../support/store-samples.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const ada = contactNumber(1);
const walk = samples.openWalk(ada, 1);
const state = {
  ...samples.sampleState(ada, { enrollment: walk }),
  because: [{ at: AT, rule: 'planned', args: { step: 0, due: AT } } as const],
  becauseCount: 1,
};

let dynamo: Awaited<ReturnType<typeof startDynamo>>;
let store: Store;
let put: (item: Item) => Promise<unknown>;
let items: () => Promise<readonly Item[]>;
let runs = 0;

beforeAll(async () => {
  dynamo = await startDynamo({ now: () => epochMs(AT) });
});
afterAll(() => dynamo.close());
beforeEach(async () => {
  const name = `relance-${runs++}`;
  const connection = { endpoints: { dynamodb: dynamo.endpoint }, credentials };
  const place = { region: 'us-east-1', connection };
  const raw = new DynamoDBClient({ region: 'us-east-1', endpoint: dynamo.endpoint, credentials });
  await raw.send(new CreateTableCommand(createTableInput(name)));
  raw.destroy();
  store = awsStore({ name, client: () => dynamoClient(place) });
  put = (item) => dynamoClient(place).send(new PutCommand({ TableName: name, Item: item }));
  items = async () =>
    ((await dynamoClient(place).send(new ScanCommand({ TableName: name }))).Items ?? []) as Item[];
});

/** One of each that the samples have. */
const DOCUMENTS: readonly (readonly [Kind, Documents[Kind]])[] = [
  ['contact', samples.sampleContact()],
  ['sender', samples.sampleSender()],
  ['sequence', samples.sampleSequence()],
  ['campaign', samples.sampleCampaign()],
  ['task', samples.sampleTask()],
];

/** As the version before wrote it: no `v`, reasons as a list. */
const older = ({ v: _v, ...item }: Item): Item => item as Item;

describe('an item', () => {
  it('says which shape it has, whoever made it', async () => {
    for (const [kind, document] of DOCUMENTS) await store.put(kind, document as never);
    await store.saveState(state, undefined, 'w1');
    await store.keepBecause(walk.id, 0, state.because[0] as never);
    await store.linkSesId('0100-x' as SesId, walk.id, 0);
    await store.takeQuota(SENDER, '2026-11-24', 50);
    await store.giveQuota(SENDER, '2026-11-24');
    await store.noteFate(SENDER, '2026-11-24', 'bounced', walk.id);
    await store.pauseSender({ senderId: SENDER, at: AT, why: 'daily-quota' });
    await store.saveInbound({ markAt: AT, deadLetters: 0 });
    await store.reserveSlot(SENDER, AT, 'holder', AT);
    await store.takeTurn('robot', AT, 5);
    const written = await items();
    expect(written.length).toBeGreaterThanOrEqual(DOCUMENTS.length + 8);
    for (const { pk, sk, v } of written) expect({ pk, sk, v }).toEqual({ pk, sk, v: SCHEMA });
  });

  it.each(DOCUMENTS)('of the version before is read: %s', async (kind, document) => {
    await put(older(itemOf(kind, document)));
    const key = KINDS[kind].keyOf(document as never) as never;
    expect(await store.load(kind, ...(key as [never]))).toEqual(document);
  });

  it('of the version before is read: a state, with its reasons as a list, and then written as it is now', async () => {
    await put(older(stateItem(state, 'w1')));
    const loaded = await store.loadState(ada);
    expect(loaded).toEqual({ state, version: 'w1' });
    expect(await store.saveState(state, 'w1', 'w2')).toBe('saved');
    expect(await items()).toMatchObject([{ v: SCHEMA, document: { because: expect.any(Uint8Array) } }]);
    expect((await store.loadState(ada))?.state).toEqual(state);
  });

  it.each([SCHEMA + 1, SCHEMA - 2, 'x'])(
    'of the unknown shape %s is not read by rules that are not its own',
    async (v) => {
      await put({ ...itemOf('campaign', samples.sampleCampaign()), v });
      await expect(store.load('campaign', CAMPAIGN)).rejects.toThrow(`has the shape ${v}`);
    },
  );

  it('whose reasons are no reasons is corrupt, and said to be', async () => {
    const item = stateItem(state, 'w1');
    await put({ ...item, document: { ...state, because: new Uint8Array([1, 2, 3]) } });
    await expect(store.loadState(ada)).rejects.toThrow('is corrupt: document.because');
  });
});

describe('a message', () => {
  const batch = (body: object) => ({ Records: [{ messageId: 'm1', body: JSON.stringify(body) }] });
  const handled = async (body: object) => {
    const seen: unknown[] = [];
    const { batchItemFailures } = await forEachMessage(batch(body), async (message) =>
      seen.push(message.body),
    );
    return { seen: seen.length, failed: batchItemFailures.length };
  };

  it('of an older version, or of this one, is handled', async () => {
    expect(await handled({ enrollmentId: walk.id })).toEqual({ seen: 1, failed: 0 });
    expect(await handled({ v: 1, enrollmentId: walk.id })).toEqual({ seen: 1, failed: 0 });
  });

  it('of a newer version goes back to its queue', async () => {
    expect(await handled({ v: 2, enrollmentId: walk.id })).toEqual({ seen: 0, failed: 1 });
  });
});
