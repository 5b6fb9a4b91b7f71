// The commands that ask a running Relance: what they print for a person and for a program, and what their exit codes say.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { doctor } from '../../../infra/cli/doctor.ts';
import { launch } from '../../../infra/cli/launch.ts';
import { reply } from '../../../infra/cli/reply.ts';
import { status } from '../../../infra/cli/status.ts';
import { tail } from '../../../infra/cli/tail.ts';
import { contactsNamed, FIRST_LETTERS_MS, letterOf, QUICK_SEQUENCE, START } from '../../end-to-end/scene.ts';
import { aCampaign, answerTo, aWorld, replyToOf, type World } from '../../support/world.ts';

type Command = (args: readonly string[]) => Promise<number>;
let world: World;
let dir: string;
let printed: string[] = [];
let complained: string[] = [];
const { log, error } = console;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'relance-cli-'));
  world = await aWorld(START);
  console.log = (text: unknown) => void printed.push(String(text));
  console.error = (text: unknown) => void complained.push(String(text));
});
afterAll(async () => {
  Object.assign(console, { log, error });
  rmSync(dir, { recursive: true, force: true });
  await world.close();
});
beforeEach(() => {
  printed = [];
  complained = [];
});

const here = () => ['--url', world.runtime.apiUrl, '--token', world.runtime.config.apiToken];
const run = async (command: Command, ...args: string[]) => {
  const code = await command([...args, ...here()]);
  return { code, out: printed.join('\n'), err: complained.join('\n') };
};
const fileOf = (name: string, content: unknown): string => {
  const path = join(dir, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const CAMPAIGN = { ...aCampaign({ sequence: QUICK_SEQUENCE, contacts: contactsNamed('Ana') }), id: 'fair' };

describe('relance launch', () => {
  it('launches what a file describes, and the same file once', async () => {
    const file = fileOf('fair.json', CAMPAIGN);
    const first = await run(launch, file, '--no-wait', '--json');
    expect(first.code).toBe(0);
    expect(JSON.parse(first.out)).toMatchObject({ accepted: 1, campaign: { id: 'fair', status: 'running' } });
    // Pages of a launch wait some seconds for each other.
    await world.pass(30_000);
    printed = [];
    const again = await run(launch, file);
    expect(again).toMatchObject({
      code: 0,
      out: expect.stringContaining('campaign fair: 1 taken, 0 refused'),
    });
    expect((await world.client.campaigns.list()).items).toHaveLength(1);
  });

  it.each<readonly [string, number, () => string, RegExp]>([
    [
      'a campaign that is refused',
      1,
      () => fileOf('bad.json', { ...CAMPAIGN, name: '' }),
      /422: .*\n {2}\/name /,
    ],
    ['a file that is no JSON', 2, () => fileOf('no.json', '{"name": '), /no\.json is not JSON/],
    ['a file that is not there', 2, () => join(dir, 'nowhere.json'), /cannot be read/],
  ])('says what is wrong with %s, and ends with %i', async (_what, code, file, words) => {
    const answer = await run(launch, file());
    expect(answer).toMatchObject({ code, out: '', err: expect.stringMatching(words) });
  });

  it('without a file says how it is used', async () => {
    expect(await run(launch)).toMatchObject({ code: 2, err: expect.stringContaining('launch FILE') });
  });
});

describe('relance reply, tail and status', () => {
  it('tell of an answer and send the salesperson’s own', async () => {
    await world.pass(FIRST_LETTERS_MS);
    const letter = letterOf(world, 'ana@ana.example');
    const text = 'Please send your price list.';
    await world.send({ from: letter.to, to: replyToOf(letter), raw: answerTo(letter, { text }) });

    const happened = (await run(tail, '--once', '--json')).out.split('\n').map((line) => JSON.parse(line));
    expect(happened.map(({ what }) => what).sort()).toEqual(['alert', 'mail']);

    printed = [];
    const standing = await run(status, '--json');
    expect(JSON.parse(standing.out)).toMatchObject({
      health: { inbound: { fence: 'open' } },
      campaigns: [{ id: 'fair' }],
      ringingAlerts: [{ kind: 'reply' }],
    });
    printed = [];
    expect(await run(status)).toMatchObject({ code: 0, out: expect.stringMatching(/alerts {8}1 wait/) });

    printed = [];
    const [waiting] = JSON.parse((await run(reply, '--json')).out) as {
      contactId: string;
      messageId: string;
    }[];
    printed = [];
    const given = [waiting?.contactId ?? '', waiting?.messageId ?? ''];
    expect(await run(reply, ...given, '--text', 'Here it is.')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^sent: Re: /),
    });
    expect(world.lettersTo('ana@ana.example').at(-1)?.mail.text).toContain('Here it is.');
    printed = [];
    expect((await run(reply)).out).toBe('Nobody waits for an answer.');
  });

  it('want a text, and a mail that exists', async () => {
    expect(await run(reply, 'somebody')).toMatchObject({ code: 2 });
    expect(await run(reply, 'somebody', 'mail', '--text', ' ')).toMatchObject({ code: 2 });
    expect(await run(reply, 'somebody', 'mail', '--text', 'x')).toMatchObject({
      code: 1,
      err: expect.stringContaining('404'),
    });
  });
});

describe('every command', () => {
  it('says that nobody answers, and ends with 3', async () => {
    const away = ['--url', 'http://127.0.0.1:1', '--token', 'x'.repeat(40)];
    for (const command of [status, tail, reply]) expect(await command(away)).toBe(3);
    expect(complained.join('\n')).toContain('Is it running?');
  });

  it('names the options that there are, and ends with 2', async () => {
    for (const command of [launch, status, tail, reply]) {
      expect((await run(command, '--jsno')).code).toBe(2);
    }
    expect(complained.join('\n')).toContain('--json');
  });

  it('is refused with a wrong token, and ends with 1', async () => {
    expect(await status(['--url', world.runtime.apiUrl, '--token', 'wrong'])).toBe(1);
    expect(complained.join('\n')).toContain('401');
  });
});

describe('relance doctor', () => {
  it('finds nothing wrong with a running one, for a person and for a program', async () => {
    expect(await run(doctor)).toMatchObject({ code: 0 });
    printed = [];
    const findings = JSON.parse((await run(doctor, '--json')).out) as { state: string }[];
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.filter(({ state }) => state === 'wrong')).toEqual([]);
  });

  it('ends with 1 where something is wrong', async () => {
    expect(await doctor(['--url', 'http://127.0.0.1:1', '--token', 'x'])).toBe(1);
  });
});

describe('relance --help', () => {
  const relance = new URL('../../../infra/cli/relance.mjs', import.meta.url).pathname;

  it('fits one screen and names every command', () => {
    const lines = execFileSync(process.execPath, [relance, '--help']).toString().trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110);
    for (const name of ['start', 'demo', 'launch', 'status', 'doctor', 'tail', 'reply']) {
      expect(lines.some((line) => line.trimStart().startsWith(`${name} `))).toBe(true);
    }
  });

  it('is what an unknown command gets, with exit code 2', () => {
    let code: unknown;
    try {
      execFileSync(process.execPath, [relance, 'lanuch'], { stdio: 'pipe' });
    } catch (failed) {
      code = (failed as { status?: unknown }).status;
    }
    expect(code).toBe(2);
  });
});
