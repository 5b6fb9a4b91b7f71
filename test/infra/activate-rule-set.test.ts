// The custom resource that makes our receipt rule set the active one: it displaces nobody, and always answers.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  DescribeActiveReceiptRuleSetCommand,
  SESClient,
  SetActiveReceiptRuleSetCommand,
} from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { activate, answer, plan, type Request } from '../../infra/activate-rule-set/handler.ts';

const ses = mockClient(SESClient);
const client = new SESClient({ region: 'eu-west-1' });
const request = (RequestType: Request['RequestType'], ResponseURL = 'http://127.0.0.1:1/'): Request => ({
  RequestType,
  ResponseURL,
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'ActiveRuleSet',
  ResourceProperties: { RuleSetName: 'ours' },
});

beforeEach(() => {
  ses.reset();
  ses.on(SetActiveReceiptRuleSetCommand).resolves({});
});

it.each([
  ['Create', undefined, 'set'],
  ['Create', 'ours', 'nothing'],
  ['Update', undefined, 'set'],
  ['Delete', 'ours', 'clear'],
  ['Delete', 'theirs', 'nothing'],
  ['Delete', undefined, 'nothing'],
] as const)('%s while %s is active: %s', (type, active, todo) => {
  expect(plan(type, 'ours', active)).toBe(todo);
});

describe('the active set', () => {
  it('of another team stays, and the deploy fails with a way out', async () => {
    ses.on(DescribeActiveReceiptRuleSetCommand).resolves({ Metadata: { Name: 'theirs' } });
    await expect(activate(client, request('Create'))).rejects.toThrow(
      /"theirs" is active.*activateRuleSet=false/,
    );
    expect(ses.commandCalls(SetActiveReceiptRuleSetCommand)).toEqual([]);
  });

  it('becomes ours where there is none, and is cleared with us', async () => {
    ses.on(DescribeActiveReceiptRuleSetCommand).resolves({});
    await activate(client, request('Create'));
    ses.on(DescribeActiveReceiptRuleSetCommand).resolves({ Metadata: { Name: 'ours' } });
    await activate(client, request('Delete'));
    const set = ses.commandCalls(SetActiveReceiptRuleSetCommand).map(({ args }) => args[0].input);
    expect(set).toEqual([{ RuleSetName: 'ours' }, {}]);
  });
});

it.each([
  ['SUCCESS', async () => {}],
  [
    'FAILED',
    async () => {
      throw new Error('why');
    },
  ],
])('CloudFormation hears %s', async (status, work) => {
  let heard: unknown;
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      heard = JSON.parse(Buffer.concat(chunks).toString());
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await answer(request('Create', `http://127.0.0.1:${port}/`), work);
  server.close();
  expect(heard).toMatchObject({ Status: status, PhysicalResourceId: 'ours', RequestId: 'request' });
});
