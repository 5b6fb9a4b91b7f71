/** A service asked from within its own process answers as it does over HTTP: same bytes, same errors, same end. */
import { DynamoDBClient, GetItemCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startDynamo } from '../../../infra/local/dynamo.ts';
import { nearDoor } from '../../../infra/local/near.ts';

const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };
const opened: DynamoDBClient[] = [];
afterEach(() => {
  for (const client of opened.splice(0)) client.destroy();
  vi.restoreAllMocks();
});

const clientOf = (config: object): DynamoDBClient => {
  const client = new DynamoDBClient({
    region: 'us-east-1',
    credentials: CREDENTIALS,
    maxAttempts: 1,
    ...config,
  });
  opened.push(client);
  return client;
};

describe('a near service', () => {
  it('answers and refuses as over HTTP', async () => {
    const dynamo = await startDynamo({ now: () => 0 });
    const ways = [{}, dynamo.near].map((near) => clientOf({ endpoint: dynamo.endpoint, ...near }));
    const told = await Promise.all(
      ways.map(async (client) => {
        const { $metadata: _, ...tables } = await client.send(new ListTablesCommand({}));
        const refusal = await client
          .send(new GetItemCommand({ TableName: 'nothing', Key: { pk: { S: 'é' } } }))
          .catch((error: Error) => ({ name: error.name, message: error.message }));
        return { tables, refusal };
      }),
    );
    await dynamo.close();
    expect(told[0]).toEqual(told[1]);
    expect(told[0]?.refusal).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('is refused once it is closed, by the code of a closed port', async () => {
    const dynamo = await startDynamo({ now: () => 0 });
    const client = clientOf({ endpoint: dynamo.endpoint, ...dynamo.near });
    await dynamo.close();
    await expect(client.send(new ListTablesCommand({}))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('lets what is under way finish before it is closed', async () => {
    let finish: () => void = () => undefined;
    const door = nearDoor('slow', async (_request, response) => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      response.writeHead(200, {});
      response.end('done');
    });
    const asked = door.near.requestHandler.handle({ method: 'POST', path: '/', headers: {} });
    const closed = door.close();
    finish();
    await closed;
    expect(Buffer.from((await asked).response.body).toString()).toBe('done');
  });

  it('answers 500 for a handler that throws, and says so to the log', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const door = nearDoor('broken', async () => {
      throw new Error('a surprise');
    });
    const { response } = await door.near.requestHandler.handle({ method: 'POST', path: '/', headers: {} });
    expect(response.statusCode).toBe(500);
    expect(log).toHaveBeenCalledWith('broken:', expect.any(Error));
  });
});
