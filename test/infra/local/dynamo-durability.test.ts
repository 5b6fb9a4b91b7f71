// What must survive: a restart, kill -9 in the middle of writes, clients that vanish, a second process on the directory.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCommand, PutCommand, QueryCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Dynamo, startDynamo } from '../../../infra/local/dynamo.ts';
import { clientsOf, createTable, TABLE } from './dynamo-fixture.ts';

const TableName = TABLE;
const now = () => Date.UTC(2027, 2, 1, 9);
let path: string;
const opened: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'dynamo-'));
});
afterEach(async () => {
  for (const dynamo of opened.splice(0)) await dynamo.close();
  await rm(path, { recursive: true, force: true });
});

async function open(): Promise<Dynamo> {
  const dynamo = await startDynamo({ path, now });
  opened.push(dynamo);
  return dynamo;
}

/** Everything in the table, and everything in the index, by primary key. */
async function tableAndIndex({ endpoint }: { endpoint: string }) {
  const { documents } = clientsOf(endpoint);
  const table = await documents.send(new ScanCommand({ TableName }));
  const index = await documents.send(new ScanCommand({ TableName, IndexName: 'gsi1' }));
  const keyed = (items: Record<string, unknown>[] = []) =>
    new Map(items.map(({ pk, g1s }) => [String(pk), String(g1s)]));
  return { items: keyed(table.Items), entries: keyed(index.Items), entryCount: index.Count };
}

it('keeps items, index entries and tables across a restart', async () => {
  const first = await open();
  const { raw, documents } = clientsOf(first.endpoint);
  await createTable(raw);
  await documents.send(new PutCommand({ TableName, Item: { pk: '1', sk: 'a', g1p: 'due', g1s: '7' } }));
  await first.close();

  const second = await open();
  const reopened = clientsOf(second.endpoint).documents;
  const found = await reopened.send(
    new QueryCommand({
      TableName,
      IndexName: 'gsi1',
      KeyConditionExpression: 'g1p = :p AND g1s = :s',
      ExpressionAttributeValues: { ':p': 'due', ':s': '7' },
    }),
  );
  expect(found.Items).toEqual([{ pk: '1', sk: 'a', g1p: 'due', g1s: '7' }]);
});

it('says so when another process has the directory, and leaves that one unharmed', async () => {
  const first = await open();
  const error = (await startDynamo({ path, now }).catch((caught: unknown) => caught)) as Error;
  expect(error.message).toContain(`${path} is in use by another process`);
  const codes: unknown[] = [];
  for (let cause = error.cause; cause instanceof Error && codes.length < 5; cause = cause.cause) {
    codes.push((cause as { code?: string }).code);
  }
  expect(codes).toContain('LEVEL_LOCKED');
  await createTable(clientsOf(first.endpoint).raw);
});

it('loses no acknowledged write and separates no item from its index entry when killed', async () => {
  const child = fork(join(import.meta.dirname, 'storage-kill-child.ts'), ['dynamo', path]);
  const exited = once(child, 'exit');
  const [endpoint] = (await once(child, 'message')) as [string];
  const { raw, documents } = clientsOf(endpoint);
  await createTable(raw);

  const acknowledged = new Map<string, number>();
  let total = 0;
  // Each writer moves its own item through the index until the process is gone.
  const writer = async (pk: string) => {
    for (let round = 1; round < 1_000; round++) {
      const write = new UpdateCommand({
        TableName,
        Key: { pk, sk: 'a' },
        UpdateExpression: 'SET g1p = :p, g1s = :s',
        ExpressionAttributeValues: { ':p': `p${round % 3}`, ':s': String(round) },
      });
      const answered = await documents.send(write).catch(() => undefined);
      if (!answered) return;
      acknowledged.set(pk, round);
      total += 1;
      if (total === 300) child.kill('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: 16 }, (_, i) => writer(`c${i}`)));
  await exited;
  expect(child.signalCode).toBe('SIGKILL');

  const { items, entries, entryCount } = await tableAndIndex(await open());
  expect(entries).toEqual(items);
  expect(entryCount).toBe(items.size);
  for (const [pk, round] of acknowledged) {
    // At most the one write that was never answered may have gone further.
    expect([round, round + 1]).toContain(Number(items.get(pk)));
  }
});

it('goes on after a client vanished in the middle of a body', async () => {
  const { endpoint } = await open();
  const { raw, documents } = clientsOf(endpoint);
  await createTable(raw);
  for (const ending of ['destroy', 'resetAndDestroy'] as const) {
    const socket = connect(Number(new URL(endpoint).port), '127.0.0.1');
    await once(socket, 'connect');
    await new Promise<void>((written) => {
      const head = 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Amz-Target: DynamoDB_20120810.PutItem\r\n';
      socket.write(`${head}Content-Length: 9999\r\n\r\n{"TableName":`, () => written());
    });
    socket[ending]();
    await once(socket, 'close');
    const Item = { pk: ending, sk: 'a' };
    await documents.send(new PutCommand({ TableName, Item }));
    expect((await documents.send(new GetCommand({ TableName, Key: Item }))).Item).toEqual(Item);
  }
});

const signed = { 'x-amz-target': 'DynamoDB_20120810.ListTables', authorization: 'AWS4-HMAC-SHA256 x' };
it.each([
  ['a page under a foreign name (DNS rebinding)', { ...signed, host: 'evil.test' }, '{}', 421, /Misdirected/],
  ['an unsigned request', { ...signed, authorization: '' }, '{}', 400, /MissingAuthenticationToken/],
  ['a body that is not JSON', signed, '{"TableName":', 400, /SerializationException/],
  ['a body that is no object', signed, '[]', 400, /SerializationException/],
  ['a field of the wrong type', signed, '{"Limit":"x"}', 400, /SerializationException/],
  ['another service', { ...signed, 'x-amz-target': 'Kinesis.ListStreams' }, '{}', 400, /UnknownOperation/],
  [
    'an inherited property',
    { ...signed, 'x-amz-target': 'DynamoDB_20120810.toString' },
    '{}',
    400,
    /UnknownOp/,
  ],
  ['17 MB', signed, ' '.repeat(17 * 1024 * 1024), 413, /exceeds/],
])('refuses %s', async (_name, headers, body, status, text) => {
  const { endpoint } = await open();
  const answer = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const sent = request(endpoint, { method: 'POST', headers }, (response) => {
      response.setEncoding('utf8');
      let received = '';
      response.on('data', (chunk) => {
        received += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, text: received }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
  expect(answer.status).toBe(status);
  expect(answer.text).toMatch(text);
});

it('answers every item of a partition of many kilobytes, to a query and to a scan', async () => {
  const { raw, documents } = clientsOf((await open()).endpoint);
  await createTable(raw);
  const names = Array.from({ length: 40 }, (_, n) => String(n).padStart(2, '0'));
  const text = 'x'.repeat(3_000);
  await Promise.all(
    names.map((sk) => documents.send(new PutCommand({ TableName, Item: { pk: 'large', sk, text } }))),
  );
  const asked = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 'large' } };
  const queried = await documents.send(new QueryCommand({ TableName, ...asked }));
  expect(queried.Items?.map(({ sk }) => sk)).toEqual(names);
  const scanned = await documents.send(new ScanCommand({ TableName }));
  expect(scanned.Items?.map(({ sk }) => sk).sort()).toEqual(names);
});
