// Whole tables: status, deletion protection, time to live.
import {
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTablesCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { createTable, TABLE, tableForEachTest } from './dynamo-fixture.ts';

const NOW = Date.UTC(2027, 2, 1, 9);
const TableName = TABLE;
let time = NOW;
const { raw, documents, put, get, byIndex, sweepExpired } = tableForEachTest(() => time);

describe('tables', () => {
  it('are active at once and dated by the given clock', async () => {
    const { Table } = await raw().send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      CreationDateTime: new Date(NOW),
      DeletionProtectionEnabled: false,
      GlobalSecondaryIndexes: [{ IndexName: 'gsi1', IndexStatus: 'ACTIVE' }],
    });
    expect((await raw().send(new ListTablesCommand({}))).TableNames).toEqual([TABLE]);
  });

  it('cannot be deleted while protected, and are gone with their items afterwards', async () => {
    await put({ pk: '1', sk: 'a', g1p: 'due', g1s: '1' });
    const protect = (DeletionProtectionEnabled: boolean) =>
      raw().send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled }));
    await protect(true);
    await expect(raw().send(new DeleteTableCommand({ TableName }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('protected against deletion'),
    });
    await protect(false);
    await raw().send(new DeleteTableCommand({ TableName }));
    await expect(get('1')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await createTable(raw());
    expect([await get('1'), await byIndex('due')]).toEqual([undefined, []]);
  });

  it('lose expired items when swept, and only those', async () => {
    time = NOW;
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
    expect(await sweepExpired()).toBe(0);

    const TimeToLiveSpecification = { AttributeName: 'expiresAt', Enabled: true };
    const enable = () => raw().send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
    await enable();
    await expect(enable()).rejects.toThrow('TimeToLive is already enabled');
    expect((await raw().send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription).toEqual({
      TimeToLiveStatus: 'ENABLED',
      AttributeName: 'expiresAt',
    });

    expect(await sweepExpired()).toBe(1);
    time += 120_000;
    expect(await sweepExpired()).toBe(2);
    const left = (await documents().send(new ScanCommand({ TableName }))).Items ?? [];
    expect(left.map(({ pk }) => pk).sort()).toEqual(['forever', 'inMilliseconds', 'text']);
  });
});
