/** The embedded SQS, spoken to by the real client as the product's adapters do. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalClock, makeClock } from '../../../infra/local/clock.ts';
import { type LocalSqs, startSqs } from '../../../infra/local/sqs.ts';

const START = Date.UTC(2026, 10, 23, 9, 0, 0);
const DAY = 24 * 3600_000;
const QUEUES = [
  { name: 'steps', visibilitySeconds: 30, deadLetter: { queue: 'steps-dead', maxReceives: 2 } },
  { name: 'steps-dead', visibilitySeconds: 30 },
  { name: 'deliveries', visibilitySeconds: 30, delaySeconds: 60 },
];

let folder: string;
let clock: LocalClock;
let sqs: LocalSqs;
let client: SQSClient;
let steps: string;

const open = async () => {
  sqs = await startSqs({ file: join(folder, 'sqs.db'), queues: QUEUES, clock });
  client = new SQSClient({
    endpoint: sqs.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  steps = sqs.url('steps');
};
const close = async () => {
  client.destroy();
  await sqs.close();
};
const receive = async (QueueUrl = steps, more = {}) =>
  (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ??
  [];
const bodies = (messages: readonly { Body?: string }[]) => messages.map(({ Body }) => Body);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relance-sqs-'));
  clock = makeClock({ mode: 'turned', start: START });
  await open();
});
afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

describe('sending and receiving', () => {
  it('hands a message out with its body, its attributes and its receive count', async () => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: steps,
        MessageBody: 'günstig ✓',
        MessageGroupId: 'sender-1',
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'step' } },
      }),
    );
    const [message] = await receive(steps, {
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    expect(message).toMatchObject({
      Body: 'günstig ✓',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'step' } },
      Attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: String(START),
        MessageGroupId: 'sender-1',
      },
    });
  });

  it('keeps a handed-out message hidden until its visibility ends, and then hands it out again', async () => {
    await sqs.send('steps', 'a');
    expect(bodies(await receive())).toEqual(['a']);
    expect([sqs.visible('steps'), sqs.inFlight(), sqs.nextMoment()]).toEqual([0, 1, START + 30_000]);
    clock.set(START + 29_999);
    expect(await receive()).toEqual([]);
    clock.set(START + 30_000);
    expect(sqs.inFlight()).toBe(0);
    const [again] = await receive(steps, { AttributeNames: ['ApproximateReceiveCount'] });
    expect(again?.Attributes).toEqual({ ApproximateReceiveCount: '2' });
  });

  it('forgets a deleted message, and keeps one whose handle is no longer the latest', async () => {
    await sqs.send('steps', 'a');
    const [first] = await receive();
    clock.set(START + 30_000);
    const [second] = await receive();
    await client.send(new DeleteMessageCommand({ QueueUrl: steps, ReceiptHandle: first?.ReceiptHandle }));
    expect(sqs.inFlight()).toBe(1);
    await client.send(new DeleteMessageCommand({ QueueUrl: steps, ReceiptHandle: second?.ReceiptHandle }));
    expect(sqs.inFlight()).toBe(0);
  });

  it.each([
    ['the message', 'steps', 90],
    ['the queue', 'deliveries', undefined],
  ])('holds a message back for the delay of %s', async (_of, name, DelaySeconds) => {
    const QueueUrl = sqs.url(name);
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds }));
    const due = START + (DelaySeconds ?? 60) * 1000;
    expect(await receive(QueueUrl)).toEqual([]);
    expect(sqs.nextMoment()).toBe(due);
    clock.set(due);
    expect(bodies(await receive(QueueUrl))).toEqual(['later']);
  });

  it('makes a message visible at once when its visibility is changed to 0', async () => {
    await sqs.send('steps', 'a');
    const [message] = await receive();
    const change = { QueueUrl: steps, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 };
    await client.send(new ChangeMessageVisibilityCommand(change));
    expect(bodies(await receive())).toEqual(['a']);
  });

  it('moves a message to the dead letters after it was received too often', async () => {
    await sqs.send('steps', 'poison');
    for (const round of [1, 2]) {
      expect(await receive()).toHaveLength(1);
      clock.set(START + round * 30_000);
    }
    expect(await receive()).toEqual([]);
    expect(sqs.deadLetters('steps')).toMatchObject([{ body: 'poison', deadFrom: 'steps', sentAt: START }]);
    const [dead] = await receive(sqs.url('steps-dead'), { AttributeNames: ['All'] });
    expect(dead?.Attributes?.DeadLetterQueueSourceArn).toBe(sqs.arn('steps'));
  });

  it('drops what is older than 14 days', async () => {
    await sqs.send('steps', 'old');
    clock.set(START + 14 * DAY);
    expect(await receive()).toEqual([]);
  });

  it('counts what is visible, handed out and delayed, and shows the redrive policy', async () => {
    await sqs.send('steps', 'a');
    await receive();
    await sqs.send('steps', 'b');
    await sqs.send('steps', 'c', { delaySeconds: 900 });
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: steps, AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:steps',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: sqs.arn('steps-dead'), maxReceiveCount: 2 }),
    });
  });
});

describe('waiting', () => {
  it('answers a long poll as soon as a message comes, and tells listeners of its queue', async () => {
    const heard: string[] = [];
    sqs.onMessage((name) => heard.push(name));
    const poll = receive(steps, { WaitTimeSeconds: 20 });
    await sqs.send('deliveries', 'not yet');
    await sqs.send('steps', 'now');
    expect(bodies(await poll)).toEqual(['now']);
    expect(heard).toEqual(['steps']);
  });

  it('answers a long poll when the clock is turned to the end of a delay', async () => {
    await sqs.send('steps', 'a', { delaySeconds: 60 });
    const poll = receive(steps, { WaitTimeSeconds: 20 });
    clock.set(START + 60_000);
    expect(bodies(await poll)).toEqual(['a']);
  });

  it('gives nothing to a client that has hung up', async () => {
    const gone = new AbortController();
    const command = new ReceiveMessageCommand({ QueueUrl: steps, WaitTimeSeconds: 20 });
    const poll = client.send(command, { abortSignal: gone.signal });
    // The second poll is answered only after the first one has reached the service.
    await receive();
    gone.abort();
    await expect(poll).rejects.toThrow();
    await receive();
    await sqs.send('steps', 'a');
    expect(bodies(await receive())).toEqual(['a']);
  });
});

describe('batches', () => {
  it('lets each entry succeed or fail for itself', async () => {
    const answer = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: steps,
        Entries: [
          { Id: 'good', MessageBody: 'a' },
          { Id: 'late', MessageBody: 'b', DelaySeconds: 901 },
        ],
      }),
    );
    expect(answer.Successful?.map(({ Id }) => Id)).toEqual(['good']);
    expect(answer.Failed).toMatchObject([{ Id: 'late', SenderFault: true, Code: 'InvalidParameterValue' }]);
    const [message] = await receive();
    const Entries = [{ Id: '1', ReceiptHandle: message?.ReceiptHandle }];
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: steps, Entries }));
    expect(sqs.inFlight()).toBe(0);
  });

  const entry = (Id: string, MessageBody = 'x') => ({ Id, MessageBody });
  it.each([
    ['EmptyBatchRequest', []],
    ['TooManyEntriesInBatchRequest', Array.from({ length: 11 }, (_, index) => entry(`${index}`))],
    ['BatchEntryIdsNotDistinct', [entry('a'), entry('a')]],
    ['InvalidBatchEntryId', [entry('no space')]],
    ['BatchRequestTooLong', [entry('a', 'x'.repeat(600_000)), entry('b', 'x'.repeat(600_000))]],
  ])('answers %s as AWS does', async (name, Entries) => {
    const send = client.send(new SendMessageBatchCommand({ QueueUrl: steps, Entries }));
    await expect(send).rejects.toMatchObject({ name });
  });
});

describe('errors and limits', () => {
  it('finds a queue by name and names a missing one as AWS does', async () => {
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: 'steps' }));
    expect(QueueUrl).toBe(`${sqs.endpoint}/000000000000/steps`);
    const missing = client.send(new GetQueueUrlCommand({ QueueName: 'nowhere' }));
    await expect(missing).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
    await expect(sqs.send('nowhere', 'a')).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  it.each([
    ['more than ten messages', new ReceiveMessageCommand({ QueueUrl: '', MaxNumberOfMessages: 11 })],
    ['a wait over 20 s', new ReceiveMessageCommand({ QueueUrl: '', WaitTimeSeconds: 21 })],
    ['a delay over 15 min', new SendMessageCommand({ QueueUrl: '', MessageBody: 'a', DelaySeconds: 901 })],
    ['a body over 1 MiB', new SendMessageCommand({ QueueUrl: '', MessageBody: 'x'.repeat(1_048_577) })],
  ])('refuses %s', async (_what, command) => {
    command.input.QueueUrl = steps;
    const send = client.send(command as SendMessageCommand);
    await expect(send).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('takes a body of exactly 1 MiB', async () => {
    const MessageBody = 'x'.repeat(1_048_576);
    await client.send(new SendMessageCommand({ QueueUrl: steps, MessageBody }));
    expect(bodies(await receive())).toEqual([MessageBody]);
  });

  it('refuses a character that XML does not know, and a handle that it never gave', async () => {
    const send = client.send(new SendMessageCommand({ QueueUrl: steps, MessageBody: 'a\u0000b' }));
    await expect(send).rejects.toMatchObject({ name: 'InvalidMessageContents' });
    const remove = client.send(new DeleteMessageCommand({ QueueUrl: steps, ReceiptHandle: 'made up' }));
    await expect(remove).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  });

  it('refuses to change the visibility of a message that is not handed out', async () => {
    await sqs.send('steps', 'a');
    const [message] = await receive();
    clock.set(START + 30_000);
    const change = { QueueUrl: steps, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 60 };
    const sent = client.send(new ChangeMessageVisibilityCommand(change));
    await expect(sent).rejects.toMatchObject({ name: 'MessageNotInflight' });
  });
});

describe('durability', () => {
  it('keeps every message, hidden or delayed as it was, over a restart', async () => {
    await sqs.send('steps', 'hidden');
    await receive();
    await sqs.send('steps', 'delayed', { delaySeconds: 60 });
    await sqs.send('steps', 'visible');
    await close();
    await open();
    expect(bodies(await receive())).toEqual(['visible']);
    clock.set(START + 60_000);
    expect(bodies(await receive()).sort()).toEqual(['delayed', 'hidden', 'visible']);
  });

  it('has every acknowledged message after kill -9', async () => {
    const file = join(folder, 'killed.db');
    const local = (path: string) => new URL(`../../../infra/local/${path}`, import.meta.url).href;
    const program = `
      import { startSqs } from '${local('sqs.ts')}';
      import { makeClock } from '${local('clock.ts')}';
      const sqs = await startSqs({ file: ${JSON.stringify(file)}, clock: makeClock({ mode: 'real' }),
        queues: [{ name: 'steps', visibilitySeconds: 30 }] });
      for (let n = 0; ; n++) { await sqs.send('steps', String(n)); process.stdout.write(n + '\\n'); }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
      if (said.length > 500) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const acknowledged = said.slice(0, said.lastIndexOf('\n')).split('\n');
    const revived = await startSqs({
      file,
      clock,
      queues: [
        { name: 'other', visibilitySeconds: 1, deadLetter: { queue: 'steps', maxReceives: 1 } },
        { name: 'steps', visibilitySeconds: 30 },
      ],
    });
    const kept = revived.deadLetters('steps').map(({ body }) => body);
    expect(kept.slice(0, acknowledged.length)).toEqual(acknowledged);
    await revived.close();
  });
});
