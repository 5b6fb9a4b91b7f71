// The examples of docs/examples do what they say: each is run as it stands against a running Relance.
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWorld, type World } from '../support/world.ts';

const run = promisify(execFile);
const file = (name: string): string => new URL(`../../docs/examples/${name}`, import.meta.url).pathname;
const hasPython = spawnSync('python3', ['--version']).status === 0;
const hasCurl = spawnSync('curl', ['--version']).status === 0;
const PYTHON = hasPython ? [['Python', 'python3', 'launch.py'] as const] : [];
const CURL = hasCurl ? [['curl', 'sh', 'launch.sh'] as const] : [];

let world: World;
beforeAll(async () => {
  world = await aWorld('2026-11-23T08:00:00Z');
});
afterAll(() => world?.close());
const env = () => ({
  ...process.env,
  RELANCE_URL: world.runtime.apiUrl,
  RELANCE_TOKEN: world.runtime.config.apiToken,
});

describe('launching', () => {
  // The contact of the first walks already when the next asks: that too is an answer, with its reason.
  it.each([...CURL, ['TypeScript', process.execPath, 'launch.ts'] as const, ...PYTHON])(
    'by %s is answered, and again the same',
    async (_language, command, name) => {
      const ask = () =>
        run(command, [file(name)], { env: env() }).then(
          ({ stdout }) => stdout,
          (failed: { stdout: string; stderr: string }) => `${failed.stdout}${failed.stderr}`,
        );
      const first = await ask();
      expect(first).toMatch(/"status":"running"|in-another-campaign/);
      const again = await ask();
      if (first.includes('"status":"running"')) expect(again).toBe(first);
      else expect(again).toContain('in-another-campaign');
    },
  );

  it('has made one campaign for each at most, however often it was asked', async () => {
    const { items } = await world.client.campaigns.list();
    expect(items.length).toBeLessThanOrEqual(CURL.length + 1 + PYTHON.length);
    expect(items[0]).toMatchObject({ status: 'running', contactCount: 1 });
  });
});

it('runs every request of the HTTP file', async () => {
  const { apiUrl, config } = world.runtime;
  const text = readFileSync(file('relance.http'), 'utf8')
    .replaceAll('{{url}}', apiUrl)
    .replaceAll('{{token}}', config.apiToken);
  const blocks = text.split(/^###.*\n/m).filter((block) => block.trim() !== '');
  expect(blocks.length).toBeGreaterThan(3);
  for (const block of blocks) {
    const [head = '', ...rest] = block.trim().split('\n\n');
    const [request = '', ...lines] = head.split('\n');
    const [method = '', url = ''] = request.split(' ');
    const headers = Object.fromEntries(lines.map((line) => line.split(': ') as [string, string]));
    const body = rest.length > 0 ? { body: rest.join('\n\n') } : {};
    expect((await fetch(url, { method, headers, ...body })).ok, request).toBe(true);
  }
});

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

describe('receiving a webhook', () => {
  it.each([
    ['TypeScript', process.execPath, 'webhook-receiver.ts'] as const,
    ...(hasPython ? [['Python', 'python3', 'webhook_receiver.py'] as const] : []),
  ])('by %s takes what is signed and nothing else', async (_language, command, name) => {
    const child = spawn(command, [file(name)], {
      env: { ...process.env, PORT: '0', WEBHOOK_SECRET: SECRET },
    });
    try {
      const url = `http://127.0.0.1:${await portOf(child)}/`;
      const body = JSON.stringify({ type: 'reply.received' });
      const now = new Date();
      const signed = {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
        'webhook-signature': new Webhook(SECRET).sign('msg_1', now, body),
      };
      const post = (headers: Record<string, string>, sent = body) =>
        fetch(url, { method: 'POST', headers, body: sent });
      expect((await post(signed)).status).toBe(204);
      expect((await post(signed, `${body} `)).status).toBe(400);
      expect((await post({ ...signed, 'webhook-signature': 'v1,AAAA' })).status).toBe(400);
      expect((await post({})).status).toBe(400);
    } finally {
      child.kill();
      await once(child, 'exit');
    }
  });
});

function portOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += String(chunk);
      const port = /listening on (\d+)/.exec(text)?.[1];
      if (port) resolve(port);
    });
    child.once('exit', () => reject(new Error(`The receiver ended: ${text}`)));
  });
}
