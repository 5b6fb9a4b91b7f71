// What AWS would bill, from the calls of a run: units by size and by index entry, and whose CPU it was.
import { expect, it } from 'vitest';
import { makeMeter } from '../../../infra/cost/meter.ts';
import { ownShare } from '../../../infra/cost/own-cpu.ts';
import { costPage } from '../../../infra/cost/page.ts';
import { linesOf, type Run, totalsOf } from '../../../infra/cost/reckon.ts';
import type { FunctionName } from '../../../infra/queue-settings.ts';

const put = (Item: Readonly<Record<string, unknown>>, name: FunctionName = 'send-step') => ({
  kind: 'call' as const,
  function: name,
  service: 'dynamodb',
  operation: 'PutItem',
  input: { Item },
  output: {},
});
const unitsOf = (...items: Readonly<Record<string, unknown>>[]): number => {
  const meter = makeMeter();
  for (const item of items) meter.observe(put(item));
  return meter.usage().units.writeUnit;
};
const key = { pk: 'contact#a', sk: 'state' };
const big = 'x'.repeat(1_100);

it.each([
  ['a small item', [key], 1],
  ['an item of more than a kilobyte', [{ ...key, big }], 2],
  ['an item that shrinks, by its larger image', [{ ...key, big }, key], 4],
  ['an item with an entry in each index', [{ ...key, listPk: 'l', listSk: 's', duePk: 'd', dueAt: '1' }], 3],
  [
    'an entry that stays where it is',
    [
      { ...key, duePk: 'd', dueAt: '1' },
      { ...key, duePk: 'd', dueAt: '1', x: 1 },
    ],
    3,
  ],
  [
    'an entry that moves, once away and once there',
    [
      { ...key, duePk: 'd', dueAt: '1' },
      { ...key, duePk: 'd', dueAt: '2' },
    ],
    5,
  ],
  ['an entry that goes', [{ ...key, duePk: 'd', dueAt: '1' }, key], 4],
])('counts %s', (_what, items, units) => {
  expect(unitsOf(...items)).toBe(units);
});

it('leaves out what runs every quarter of an hour, whoever is written to', () => {
  const meter = makeMeter();
  meter.observe(put(key, 'reconcile'));
  expect(meter.usage().units.writeUnit).toBe(0);
});

it('counts each item of a batch that was written, and the look at whoever took a place', () => {
  const meter = makeMeter();
  const requests = [key, { pk: 'contact#b', sk: 'profile' }, { pk: 'contact#c', sk: 'profile', big }].map(
    (Item) => ({ PutRequest: { Item } }),
  );
  const call = { ...put(key), operation: 'BatchWriteItem', input: { RequestItems: { table: requests } } };
  meter.observe({ ...call, output: { UnprocessedItems: { table: requests.slice(0, 1) } } });
  meter.observe({ ...put(key, 'reconcile'), operation: 'GetItem', input: { Key: key } });
  expect(meter.usage().writes).toEqual({ profile: 3 });
  expect(meter.usage().units.readUnit).toBe(1);
});

it('names what was written by the word of its key', () => {
  const meter = makeMeter();
  for (const item of [key, { pk: 'contact#a', sk: 'message#1' }, { pk: 'quota#s', sk: '2026-11-17' }]) {
    meter.observe(put(item));
  }
  expect(meter.usage().writes).toEqual({ state: 1, message: 1, quota: 1 });
});

const node = (id: number, url: string, hitCount: number, children: number[] = []) => ({
  id,
  hitCount,
  children,
  callFrame: { url, functionName: '', scriptId: '0', lineNumber: 0, columnNumber: 0 },
});

it('tells the functions’ CPU from that of the embedded services, builtins by who called them', () => {
  const nodes = [
    node(1, '', 1_000, [2, 4]),
    node(2, 'file:///r/shared/engine.ts', 10, [3]),
    node(3, 'node:crypto', 20),
    node(4, 'file:///r/infra/local/dynamo.ts', 30, [5]),
    node(5, 'file:///r/node_modules/dynalite/db/index.js', 30),
  ];
  expect(ownShare(nodes)).toBeCloseTo(30 / 90);
  expect(ownShare([])).toBe(0);
});

it('puts SES first, then what costs most, and says by how much each goal is missed', () => {
  const meter = makeMeter();
  for (let n = 0; n < 400; n++)
    meter.observe(put({ pk: `contact#${n}`, sk: 'state', listPk: 'l', listSk: `${n}` }));
  for (let n = 0; n < 20; n++) {
    meter.observe({
      ...put({}),
      service: 'ses',
      operation: 'SendRawEmail',
      input: { Tags: [{ Name: 'enrollment' }] },
      output: { MessageId: '1' },
    });
  }
  const run: Run = { usage: meter.usage(), contacts: 10, mailsIn: 0, events: 20, cpuMs: 0 };
  const lines = linesOf(run);
  const page = costPage({ contacts: 10, silent: lines, answered: lines, writes: run.usage.writes });
  const rows = [...page.matchAll(/^\| (SES letters|DynamoDB writes|SQS|HTTP API) \|/gm)].map(
    (match) => match[1],
  );
  expect(rows).toEqual(['SES letters', 'DynamoDB writes', 'SQS', 'HTTP API']);
  expect(totalsOf(lines).beyond).toBeGreaterThan(0.05);
  expect(page).toContain('state 80.0');
  expect(page).toMatch(/missed by \d/);
});
