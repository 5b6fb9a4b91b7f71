/**
 * A disk that refuses and a port that is taken: `npm start` ends with one line that names the file or port and the
 * remedy, and what was confirmed is there at the next start. A full disk is played by a limit on the size of files
 * (`ulimit -f`), which needs no rights and no mount; a read-only directory by its mode, without root's right to pass it.
 */
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiRefusal, type Client } from '../../shared/client.ts';
import { type Ended, start } from '../support/started.ts';
import { aCampaign, aContact } from '../support/world.ts';

const TIMEOUT_MS = 120_000;
/** Blocks of 512 or 1,024 bytes, by shell: room to start, not for many campaigns. */
const FILE_BLOCKS_MAX = 300;
const LIMITED = ['sh', '-c', `ulimit -f ${FILE_BLOCKS_MAX} && exec "$0" "$@"`];
/** Root may write anywhere; without these two capabilities it must keep to modes like everybody. */
const AS_ANYBODY =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-dac_override,-dac_read_search'] : [];
const CAMPAIGNS_MAX = 100;
const CONTACTS = 50;

let scratch: string;
/** A data directory with one sender in it; each test works on a copy. */
let good: string;
let dir: string;
let copies = 0;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'relance-faults-'));
  good = join(scratch, 'good');
  const process = start(good);
  const { client } = await process.ready;
  const { sender } = aCampaign();
  if (typeof sender !== 'string') await client.senders.create(sender);
  expect((await process.stop()).code).toBe(0);
}, TIMEOUT_MS);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
beforeEach(() => {
  copies += 1;
  dir = join(scratch, `copy-${copies}`);
  cpSync(good, dir, { recursive: true });
});

function expectOneLine({ code, stdout, stderr }: Ended, line: RegExp): void {
  expect(code).toBe(1);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(line);
  expect(stdout).not.toContain('Relance is running');
}

async function expectReadable(): Promise<void> {
  const again = start(dir);
  const { client } = await again.ready;
  expect((await client.senders.list()).items).toHaveLength(1);
  await again.stop();
}

describe('npm start ends with one line', () => {
  it(
    'on a directory that it must not write, and reads it when it may again',
    async () => {
      const within = [dir, join(dir, 'dynamo'), join(dir, 'outbox')];
      for (const one of within) chmodSync(one, 0o555);
      const ended = await start(dir, AS_ANYBODY).ended;
      for (const one of within) chmodSync(one, 0o755);
      expectOneLine(ended, /copy-\d+\/dynamo cannot be written: this account may not.*--dir/);
      await expectReadable();
    },
    TIMEOUT_MS,
  );

  it(
    'where no directory can be made',
    async () => {
      const file = join(dir, 'config.json');
      expectOneLine(await start(join(file, 'data')).ended, /config\.json\/data cannot be made: .*--dir/);
    },
    TIMEOUT_MS,
  );

  it.each([
    ['ses.db', /ses\.db cannot be read: it is damaged.*Restore/],
    ['config.json', /config\.json is no Relance configuration: move it away/],
  ])(
    'on a damaged %s',
    async (name, line) => {
      rmSync(join(dir, `${name}-wal`), { force: true });
      writeFileSync(join(dir, name), 'not what it was'.repeat(500));
      expectOneLine(await start(dir).ended, line);
    },
    TIMEOUT_MS,
  );

  it(
    'on a directory and on ports that are taken, and leaves the first one unharmed',
    async () => {
      const first = start(dir);
      const { client, apiPort, smtpPort } = await first.ready;
      expectOneLine(await start(dir).ended, /dynamo is in use by another process\. Stop that one, .*--dir/);
      const other = join(scratch, 'other');
      const onApi = await start(other, [], ['--port', String(apiPort)]).ended;
      expectOneLine(onApi, new RegExp(`api: port ${apiPort} .* is taken.*--port`));
      const onSmtp = await start(other, [], ['--smtp-port', String(smtpPort)]).ended;
      expectOneLine(onSmtp, new RegExp(`smtp: port ${smtpPort} .* is taken.*--smtp-port`));
      expect((await client.senders.list()).items).toHaveLength(1);
      expect((await first.stop()).code).toBe(0);
    },
    TIMEOUT_MS,
  );
});

/** Campaigns that were confirmed before the process went away. */
async function launchUntilItEnds(client: Client): Promise<string[]> {
  const confirmed: string[] = [];
  for (let number = 0; number < CAMPAIGNS_MAX; number++) {
    const contacts = Array.from({ length: CONTACTS }, (_, at) =>
      aContact({ address: `ana${at}@acme${number}.example` }),
    );
    try {
      const { campaign } = await client.campaigns.create(aCampaign({ contacts }));
      confirmed.push(campaign.id);
    } catch (error) {
      // An answer, whatever it says, would mean that it goes on.
      if (error instanceof ApiRefusal) throw error;
      return confirmed;
    }
  }
  throw new Error(`${CAMPAIGNS_MAX} campaigns fitted on the full disk`);
}

describe('a disk that fills up while it runs', () => {
  const STOPPED =
    /^Relance stops: \S+ cannot be (written|used): .*(limit|room).*start again\. Everything that it had confirmed is kept\.\n$/;

  it(
    'stops it at once, and every confirmed campaign is whole at the next start',
    async () => {
      const running = start(dir, LIMITED);
      const { client } = await running.ready;
      const confirmed = await launchUntilItEnds(client);
      const { code, stderr } = await running.ended;
      expect(code).toBe(1);
      expect(stderr).toMatch(STOPPED);
      expect(confirmed.length).toBeGreaterThan(0);

      const again = start(dir);
      const { client: reader } = await again.ready;
      for (const id of confirmed) {
        expect(await reader.campaigns.get(id)).toMatchObject({ status: 'running', contactCount: CONTACTS });
      }
      expect((await reader.campaigns.create(aCampaign())).accepted).toBe(1);
      await again.stop();
    },
    TIMEOUT_MS,
  );

  it(
    'takes no mail that it could not store',
    async () => {
      const running = start(dir, LIMITED);
      const { smtpPort } = await running.ready;
      const smtp = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true });
      const raw = `Subject: long\r\n\r\n${'All about bicycles.\r\n'.repeat(30_000)}`;
      const envelope = { from: 'ana@acme.example', to: ['r+anything@reply.export.example'] };
      await expect(smtp.sendMail({ envelope, raw })).rejects.toThrow();
      const { code, stderr } = await running.ended;
      expect(code).toBe(1);
      expect(stderr).toMatch(STOPPED);
      await expectReadable();
    },
    TIMEOUT_MS,
  );
});
