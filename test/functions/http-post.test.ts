// Webhooks: where they may lead, and what a hostile receiver can make of a call.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { httpPost } from '../../functions/http-post.ts';
import { isPublicAddress, resolveTarget } from '../../functions/public-address.ts';

const PUBLIC = '93.184.215.14';

describe('an address', () => {
  it.each([PUBLIC, '8.8.8.8', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450:4001::200e'])(
    '%s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.1.2.3',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:93.184.215.14',
    '64:ff9b::a00:1',
    '2001:db8::1',
    '2001::1',
    '2002:a00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '0:0:0:0:0:ffff:10.0.0.1',
    '::ffff:0:10.0.0.1',
    '64:ff9b::169.254.169.254',
    '64:ff9b:1::a00:1',
    '100::1',
    '2001:0:7f00:1::1',
    '2001:10::1',
    '2001:20::1',
    '2002:7f00:1::1',
    '2002:a9fe:a9fe::1',
    '3fff::1',
    '5f00::1',
    '192.0.0.8',
    '192.0.2.1',
    '192.88.99.1',
    '198.19.255.255',
    '198.51.100.7',
    '203.0.113.7',
    '239.1.1.1',
    '240.0.0.1',
    '100.127.255.255',
    '0.1.2.3',
    'not an address',
  ])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('a webhook', () => {
  const lookup =
    (...addresses: string[]) =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const resolve = (url: string, isLocal: boolean, ...addresses: string[]) =>
    resolveTarget(new URL(url), isLocal, lookup(...addresses));

  it('leads to the address that its name has now', async () => {
    const target = await resolve('https://hooks.example.com/x', false, PUBLIC, '8.8.8.8');
    expect(target).toEqual({ address: PUBLIC, family: 4 });
  });

  it.each([
    ['plain http', 'http://hooks.example.com/', [PUBLIC]],
    ['another protocol', 'ftp://hooks.example.com/', [PUBLIC]],
    ['a password', 'https://user:secret@hooks.example.com/', [PUBLIC]],
    ['a name without addresses', 'https://hooks.example.com/', []],
    ['a name that leads inside', 'https://hooks.example.com/', ['10.0.0.7']],
    [
      'a name that leads inside with its second address',
      'https://hooks.example.com/',
      [PUBLIC, '169.254.169.254'],
    ],
    ['the Lambda runtime API', 'https://127.0.0.1:9001/', []],
    ['this machine in one number', 'https://2130706433/', []],
    ['this machine in octal', 'https://0177.0.0.1/', []],
    ['this machine in IPv6', 'https://[::1]/', []],
    ['a private network inside IPv6', 'https://[::ffff:10.0.0.1]/', []],
  ])('is not called on AWS with %s', async (_what, url, addresses) => {
    await expect(resolve(url, false, ...addresses)).rejects.toThrow('not called');
  });

  it('leads locally also to this machine, but into no network beside it', async () => {
    expect(await resolve('http://127.0.0.1:8080/', true)).toEqual({ address: '127.0.0.1', family: 4 });
    expect(await resolve('http://localhost:8080/', true, '::1')).toEqual({ address: '::1', family: 6 });
    expect(await resolve('https://hooks.example.com/', true, PUBLIC)).toEqual({ address: PUBLIC, family: 4 });
    await expect(resolve('http://hooks.example.com/', true, PUBLIC)).rejects.toThrow('not called');
    await expect(resolve('https://router.example.com/', true, '192.168.1.1')).rejects.toThrow('not called');
  });
});

describe('a post', () => {
  let server: Server;
  let seen: { url?: string; headers: IncomingMessage['headers']; body: string }[];
  let answer: (response: ServerResponse) => void;
  const url = (path = '/hook') => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const post = (target = url(), timeoutMs?: number) =>
    httpPost(target, { 'content-type': 'application/json', 'webhook-id': 'm1' }, '{"é":1}', {
      isLocal: true,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });

  beforeEach(async () => {
    seen = [];
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      seen.push({ url: request.url, headers: request.headers, body });
      answer(response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('brings body and headers and answers the status', async () => {
    answer = (response) => response.writeHead(202).end('ok');
    expect(await post()).toEqual({ status: 202, body: 'ok' });
    expect(seen).toMatchObject([
      { url: '/hook', body: '{"é":1}', headers: { 'webhook-id': 'm1', 'content-length': '8' } },
    ]);
  });

  it('follows no redirect', async () => {
    answer = (response) => response.writeHead(307, { location: url('/elsewhere') }).end();
    expect(await post()).toEqual({ status: 307, body: '' });
    expect(seen).toHaveLength(1);
  });

  it('reads no more than 64 KB of an endless answer', async () => {
    answer = (response) => {
      response.writeHead(200);
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384)));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    };
    const { status, body } = await post();
    expect({ status, bytes: body.length }).toEqual({ status: 200, bytes: 64 * 1024 });
  });

  it.each([
    ['7', 7_000],
    ['0', 0],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
    ['-1', undefined],
    ['1e9', undefined],
  ])('understands Retry-After: %s', async (value, ms) => {
    answer = (response) => response.writeHead(429, { 'retry-after': value }).end();
    expect((await post()).retryAfterMs).toBe(ms);
  });

  it('goes to the address that was checked, whatever the name leads to a moment later', async () => {
    const { port } = server.address() as AddressInfo;
    answer = (response) => response.writeHead(200).end();
    let looks = 0;
    // The second look-up, which an unpinned connection would make, leads elsewhere.
    const rebinding = async () => [{ address: looks++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
    const settings = { isLocal: true, lookup: rebinding };
    await httpPost(`http://rebinding.example:${port}/`, {}, '', settings);
    expect({ looks, host: seen[0]?.headers.host }).toEqual({ looks: 1, host: `rebinding.example:${port}` });
  });

  it('takes the status of an answer that breaks off', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half', () => response.destroy());
    };
    await expect(post()).resolves.toEqual({ status: 200, body: 'half' });
  });

  it('gives up on a receiver that does not answer in time', async () => {
    answer = () => {};
    await expect(post(url(), 30)).rejects.toThrow('could not be reached');
  });

  it('gives up on a name that is not resolved in time', async () => {
    const never = () => new Promise<never>(() => {});
    const settings = { isLocal: false, lookup: never, timeoutMs: 30 };
    await expect(httpPost('https://hooks.example.com/', {}, '', settings)).rejects.toThrow(
      'could not be reached',
    );
  });

  it('never shows the URL, whose path may be a secret', async () => {
    for (const target of ['http://10.0.0.1/secret', 'http://[secret', 'http://u:secret@127.0.0.1/']) {
      const failure: Error = await post(target).then(
        () => new Error('called'),
        (error: Error) => error,
      );
      expect(failure.message).toContain('not called');
      expect(failure.message).not.toContain('secret');
    }
  });
});
