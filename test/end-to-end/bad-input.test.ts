/** What the world may throw at the two open doors, SMTP and HTTP: refused in their own words, or kept and held. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerTo, aWorld, replyToOf, type World } from '../support/world.ts';
import { addressOf, alertsOf, contactsNamed, launched, letterOf, START, walkOf } from './scene.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld(START);
  await launched(world, { contacts: contactsNamed('Ana', 'Bea', 'Carla', 'Dina', 'Eva') });
});
afterAll(() => world.close());

const walk = (name: string) => walkOf(world, addressOf(name));
const letter = (name: string) => letterOf(world, addressOf(name));
const recordsOf = async (name: string) => {
  const { items } = await world.client.contacts.messages((await walk(name)).contactId);
  return items.filter(({ kind }) => kind === 'in');
};

describe('over SMTP', () => {
  it('50 MB are refused with 552, and nothing of them is stored or held', async () => {
    const head = Buffer.from(`From: ${addressOf('Ana')}\r\nSubject: Photos\r\n\r\n`);
    const line = Buffer.from(`${'x'.repeat(76)}\r\n`);
    const lines = Buffer.alloc(line.length * 1024, line);
    const body = Array.from({ length: Math.ceil((50 * 1024 * 1024) / lines.length) }, () => lines);
    const answer = await rawSession({
      from: addressOf('Ana'),
      to: replyToOf(letter('Ana')),
      parts: [head, ...body],
    });
    expect(answer).toMatch(/^552 /);
    await world.quiet();
    expect(await recordsOf('Ana')).toEqual([]);
    expect(await walk('Ana')).toMatchObject({ state: 'planned', holds: [] });
  });

  it('a mail without any header is kept and put before a person', async () => {
    const answer = await rawSession({
      from: addressOf('Bea'),
      to: replyToOf(letter('Bea')),
      parts: [Buffer.from('\r\njust words, no headers at all\r\n')],
    });
    expect(answer).toMatch(/^250 /);
    await world.quiet();
    expect(await recordsOf('Bea')).toHaveLength(1);
    expect(await walk('Bea')).toMatchObject({ state: 'stopped', stopped: 'replied' });
    expect(await alertsOf(world, await walk('Bea'))).toHaveLength(1);
  });

  it('NUL bytes are no reason to lose an answer, or to fail its alert', async () => {
    const text = 'Please\u0000 call\u0000 me.';
    const raw = answerTo(letter('Carla'), { text, id: 'nul' });
    await world.send({ from: addressOf('Carla'), to: replyToOf(letter('Carla')), raw });
    expect(await walk('Carla')).toMatchObject({ state: 'stopped', stopped: 'replied' });
    const [alert] = await alertsOf(world, await walk('Carla'));
    expect(Object.keys(alert!.delivered)).toEqual(['desk']);
    expect(world.alerts().some(({ mail }) => mail.attachments.length === 1)).toBe(true);
  });

  it('two megabytes of blank lines around a sentence are read like the sentence', async () => {
    const blank = '\r\n'.repeat(512 * 1024);
    const raw = answerTo(letter('Dina'), { text: `${blank}Yes, please send it.${blank}`, id: 'blank' });
    await world.send({ from: addressOf('Dina'), to: replyToOf(letter('Dina')), raw });
    expect(await recordsOf('Dina')).toHaveLength(1);
    expect(await walk('Dina')).toMatchObject({ state: 'stopped', stopped: 'replied' });
  });

  it('a mail for a domain that is not ours is refused at its recipient', async () => {
    const answer = await rawSession({ from: 'x@evil.example', to: 'anybody@bank.example', parts: [] });
    expect(answer).toMatch(/^550 /);
  });
});

describe('over HTTP', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${world.runtime.apiUrl}/v1/campaigns`, {
      method: 'POST',
      body,
      headers: {
        authorization: `Bearer ${world.runtime.config.apiToken}`,
        'content-type': 'application/json',
        ...headers,
      },
    });

  it.each([
    ['no JSON', '{"name": "x",}', {}, 400],
    ['an array', '[]', {}, 422],
    ['a wrong token', '{}', { authorization: `Bearer ${'a'.repeat(40)}` }, 401],
    ['no token', '{}', { authorization: '' }, 401],
    ['a form', 'name=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['six megabytes', `{"name":"${'x'.repeat(6 * 1024 * 1024)}"}`, {}, 413],
    ['eleven megabytes', `{"name":"${'x'.repeat(11 * 1024 * 1024)}"}`, {}, 413],
    ['a NUL in a name', '{"name":"a\\u0000b","sender":"lin","sequence":"two-letters"}', {}, 422],
    ['a prototype', '{"__proto__":{"launch":true},"name":"x"}', {}, 422],
  ] as const)('%s is answered with a problem, and nothing is saved', async (_, body, headers, status) => {
    const before = (await world.client.campaigns.list()).items;
    const answer = await post(body, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ status, title: expect.any(String) });
    expect((await world.client.campaigns.list()).items).toEqual(before);
  });

  it('goes on answering afterwards', async () => {
    expect((await world.client.health.get()).status).toBe('ok');
  });
});

/** One SMTP session as bytes; answers the server's last word on the mail, which no client library softens. */
function rawSession(mail: { from: string; to: string; parts: readonly Buffer[] }): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(world.runtime.smtpPort, '127.0.0.1');
    const said = ['EHLO test.example', `MAIL FROM:<${mail.from}>`, `RCPT TO:<${mail.to}>`, 'DATA'];
    let buffered = '';
    const finish = (line: string): void => {
      socket.end('QUIT\r\n');
      socket.once('close', () => resolve(line));
    };
    const hear = (line: string): void => {
      if (/^\d{3}-/.test(line)) return;
      const next = said.shift();
      const isRefused = /^[45]/.test(line);
      if (isRefused || (next === undefined && !line.startsWith('354'))) {
        finish(line);
        return;
      }
      const words = next === undefined ? [...mail.parts, '\r\n.\r\n'] : [`${next}\r\n`];
      for (const part of words) socket.write(part);
    };
    socket.on('data', (chunk: Buffer) => {
      const lines = `${buffered}${chunk.toString('latin1')}`.split('\r\n');
      buffered = lines.pop() ?? '';
      for (const line of lines) if (!line.startsWith('221')) hear(line);
    });
    socket.once('error', reject);
  });
}
