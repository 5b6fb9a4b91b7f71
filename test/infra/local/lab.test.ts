// The laboratory's doors: who has no token, or asks for more than there is, is refused in words.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeClock } from '../../../infra/local/clock.ts';
import { serveLab } from '../../../infra/local/lab.ts';
import { OUTBOX_INDEX } from '../../../infra/local/ses-outbox.ts';

const TOKEN = 'the token of this laboratory';
const START = Date.parse('2026-11-23T12:00:00Z');

let dir: string;
let server: Server;
let url: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'relance-lab-'));
  writeFileSync(join(dir, 'one.eml'), 'To: ana@acme.example\r\nSubject: Tools\r\n\r\nDear Ana');
  const entry = { file: 'one.eml', at: '2026-11-23T11:00:00Z', to: ['ana@acme.example'] };
  writeFileSync(join(dir, OUTBOX_INDEX), `${JSON.stringify(entry)}\n`);
  const clock = makeClock({ mode: 'turned', start: START });
  const lab = serveLab({ clock, outbox: dir, token: TOKEN, canTurn: false, runtime: () => undefined });
  server = createServer((request, response) => {
    void lab(request, response).then((isServed) => isServed || response.writeHead(404).end('elsewhere'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(dir, { recursive: true, force: true });
});

const ask = async (method: string, path: string, body?: string, token = TOKEN) => {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body }) });
  return { status: response.status, text: await response.text() };
};

it('tells the hour and what went out', async () => {
  const clock = await ask('GET', '/local/clock');
  expect(JSON.parse(clock.text)).toEqual({ at: '2026-11-23T12:00:00.000Z', canTurn: false });
  const { items } = JSON.parse((await ask('GET', '/local/outbox')).text);
  expect(items).toEqual([
    { file: 'one.eml', at: '2026-11-23T11:00:00Z', to: 'ana@acme.example', subject: 'Tools' },
  ]);
  expect((await ask('GET', '/local/outbox/one.eml')).text).toContain('Dear Ana');
});

it('leaves every other address to others', async () => {
  expect((await ask('GET', '/v1/contacts')).text).toBe('elsewhere');
});

const answer = (part: object) =>
  JSON.stringify({ file: 'one.eml', kind: 'reply', text: 'Yes, please.', ...part });

it.each([
  ['a wrong token', 'GET', '/local/clock', undefined, 401, /printed at start/, 'another token'],
  ['no such door', 'GET', '/local/nowhere', undefined, 404, /no GET \/nowhere/],
  [
    'a file that the index does not name',
    'GET',
    '/local/outbox/..%2F..%2Fetc%2Fpasswd',
    undefined,
    404,
    /no such mail/,
  ],
  ['turning while letters are really sent', 'POST', '/local/clock', '{"ms":1000}', 409, /really sent/],
  ['a turn of more than a month', 'POST', '/local/clock', '{"ms":9999999999}', 422, /^.*ms: /],
  ['what is no JSON', 'POST', '/local/clock', 'ms=1', 400, /not JSON/],
  ['an unknown kind of answer', 'POST', '/local/answers', answer({ kind: 'song' }), 422, /kind: /],
  ['an empty answer', 'POST', '/local/answers', answer({ text: ' ' }), 422, /text: /],
  ['an answer before the runtime stands', 'POST', '/local/answers', answer({}), 503, /still starting/],
] as const)('refuses %s', async (_what, method, path, body, status, words, token?: string) => {
  const refusal = await ask(method, path, body, token);
  expect(refusal.status).toBe(status);
  expect(JSON.parse(refusal.text).detail).toMatch(words);
});
