/**
 * kill -9 at any moment and start again, twenty times: nothing twice, nobody forgotten. `npm run kill` does more of it;
 * a failed seed is replayed with `npm run kill -- --rounds=5 --contacts=16 --seed=SEED`.
 */
import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditOutbox } from '../support/audit-outbox.ts';
import { isProspect } from '../support/kill-campaign.ts';
import { KILLS_PER_DIRECTORY, killRounds, roundLine } from '../support/kill-rounds.ts';

/** Real processes on real files; the machine may be slow and busy. */
const TIMEOUT_MS = 600_000;
const CONTACTS = 16;

describe('killed five times while it works off a campaign', () => {
  it.each([1, 2, 3, 4])(
    'sends every letter once, or asks about the one it was sending (seed %i)',
    async (seed) => {
      const round = await killRounds({ seed, kills: KILLS_PER_DIRECTORY, contacts: CONTACTS, steps: 1 });
      console.log(roundLine(round));
      expect(round.violations, `seed ${seed}`).toEqual([]);
      expect(round.kills).toBe(KILLS_PER_DIRECTORY);
      expect(round.complete + round.needDecision).toBe(CONTACTS);
      expect(round.needDecision).toBeLessThanOrEqual(round.sendingAtKill);
    },
    TIMEOUT_MS,
  );
});

describe('the audit of the outbox', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'outbox-'));
    for (const number of [1, 2]) {
      const sesId = `0100-${number}-000000`;
      const file = `${number}.eml`;
      const mail = [
        `Message-ID: <${sesId}@email.amazonses.com>`,
        'Content-Type: multipart/alternative; boundary="b"',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'Dear Buyer,',
        '--b--',
        '',
      ];
      writeFileSync(join(folder, file), mail.join('\r\n'));
      const line = { sesId, to: [`buyer${number}@dealer${number}.example`], file };
      appendFileSync(join(folder, 'index.jsonl'), `${JSON.stringify(line)}\n`);
    }
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const change = (file: string, from: string, to: string): void =>
    writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replace(from, to));

  it('passes an outbox of one letter each', () => {
    const report = auditOutbox(folder, isProspect);
    expect(report).toMatchObject({ faults: [], doubles: [] });
    expect(report.letters).toHaveLength(2);
  });

  it.each([
    [
      'a second letter to one person',
      () => change('index.jsonl', 'buyer2@dealer2', 'buyer1@dealer1'),
      1,
      /^$/,
    ],
    [
      'a letter without its line',
      () => copyFileSync(join(folder, '1.eml'), join(folder, '3.eml')),
      0,
      /names 3.eml/,
    ],
    ['a line without its letter', () => rmSync(join(folder, '2.eml')), 0, /2.eml, which is not there/],
    ['a letter that ends in the middle', () => change('1.eml', '--b--', ''), 0, /1.eml is cut off/],
    [
      'a torn line',
      () => appendFileSync(join(folder, 'index.jsonl'), '{"sesId":"0'),
      0,
      /ends within a line/,
    ],
  ])('notices %s', (_, tamper, doubles, fault) => {
    tamper();
    const report = auditOutbox(folder, isProspect);
    expect(report.doubles).toHaveLength(doubles);
    expect(report.faults.join()).toMatch(fault);
  });
});
