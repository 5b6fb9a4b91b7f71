/** The auditor finds nothing in a faultless run and names every tampering by its rule. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { buildScenario } from '../fixtures/demo/scenario.ts';
import { dayKind } from './audit/days.ts';
import { addDays, instantAt, isoWeekday, wallOf } from './audit/local-time.ts';
import { type Rule, reportText, summaryLine } from './audit/report.ts';
import { audit } from './audit.ts';
import { type IdealRun, idealRun, writeRun } from './ideal-run.ts';
import { DEED_TAMPERINGS, VANISHED } from './tampered-deeds.ts';
import {
  answerOf,
  copyOf,
  firstTo,
  followUpTo,
  forbiddenFollowUp,
  moveTo,
  TAMPERINGS,
} from './tamperings.ts';

const room = mkdtempSync(join(tmpdir(), 'relance-audit-'));
afterAll(() => rmSync(room, { recursive: true, force: true }));

let runs = 0;
const judge = (run: IdealRun) => {
  runs += 1;
  return audit(writeRun(join(room, String(runs)), run));
};

/** A July without Ramadan, Christmas or Lunar New Year: every path plays out within its three weeks. */
const ORDINARY = { seed: 7, start: '2026-07-06' };
const ordinary = (): IdealRun => idealRun(buildScenario(ORDINARY));

/** One tampering needs a long weekend that July does not have. */
const STARTS: Partial<Record<Rule, string>> = { 'follow-up-on-first-day-back': '2026-09-28' };

describe('the auditor', () => {
  it('finds nothing in a faultless run and counts what is in it', () => {
    const report = judge(ordinary());
    expect(reportText(report)).toContain('No violations.');
    expect(report.violations).toEqual([]);
    expect(report.figures).toEqual({
      letters: 31,
      followUps: 14,
      replies: 3,
      absences: 6,
      held: 6,
      bounces: 1,
      unsubscribes: 1,
      tasks: 11,
      alerts: 3,
      unmatched: 0,
      duplicates: 0,
      afterStop: 0,
      onForbiddenDays: 0,
      movedOffHoliday: 0,
      weekStartsAvoided: 7,
      waitedForMorning: 1,
      calledFirst: 1,
      colleaguesHeld: 1,
      movedByWhatsapp: 1,
      stayedHome: 1,
    });
  });

  it('finds nothing in a faultless run of any seed and any start', () => {
    const days = (Date.parse('2028-12-01') - Date.parse('2026-01-01')) / 86_400_000;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: days }), (seed, day) => {
        const report = judge(idealRun(buildScenario({ seed, start: addDays('2026-01-01', day) })));
        expect(report.violations).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it.each([...TAMPERINGS, ...DEED_TAMPERINGS])('reports %s as %s', (_, rule, tamper) => {
    const run = idealRun(buildScenario({ ...ORDINARY, start: STARTS[rule] ?? ORDINARY.start }));
    tamper(run);
    const report = judge(run);
    expect(report.violations.map((violation) => violation.rule)).toContain(rule);
    for (const violation of report.violations) expect(violation.detail).not.toBe('');
  });

  it.each(VANISHED)('counts no %s where it cannot be seen: %s', (figure, _, tamper) => {
    const run = ordinary();
    expect(judge(run).figures[figure]).toBeGreaterThanOrEqual(1);
    tamper(run);
    expect(judge(run).figures[figure]).toBe(0);
  });

  it('counts a letter as moved off a holiday only where the reason names that day', () => {
    // Labour Thanksgiving in Japan is the day of the launch.
    const run = idealRun(buildScenario({ seed: 1, start: '2026-11-23' }));
    expect(judge(run)).toMatchObject({ violations: [], figures: { movedOffHoliday: 1 } });
    const told = run.state.reasons.filter(({ rule }) => rule !== 'public-holiday');
    run.state = { ...run.state, reasons: told };
    const { figures, violations } = judge(run);
    expect(figures.movedOffHoliday).toBe(0);
    expect(violations).toMatchObject([{ rule: 'reason-not-given', prospect: 'osaka' }]);
  });

  it('counts doubled letters, letters after a stop and letters on forbidden days once each', () => {
    const run = ordinary();
    const first = firstTo(run, 'silent');
    run.outbox.push(copyOf(first, Date.parse(first.at) + 20_000));
    run.outbox.push(forbiddenFollowUp(run, 'reply'));
    moveTo(run, 'ticket', followUpTo(run, 'ticket'), (date) => isoWeekday(date) === 5);
    expect(judge(run).figures).toMatchObject({ duplicates: 1, afterStop: 1, onForbiddenDays: 1 });
  });

  it('accepts a letter within eight seconds of the reply that raced it', () => {
    const run = ordinary();
    const letter = followUpTo(run, 'reply-during-follow-up');
    answerOf(run, 'reply-during-follow-up').at = new Date(Date.parse(letter.at) - 3_000).toISOString();
    expect(judge(run).violations).toEqual([]);
  });

  it('accepts that the raced follow-up was never sent', () => {
    const run = ordinary();
    run.outbox.splice(run.outbox.indexOf(followUpTo(run, 'reply-during-follow-up')), 1);
    expect(judge(run).violations).toEqual([]);
  });

  it('accepts the same hour a week later across the change to summer time', () => {
    const run = idealRun(buildScenario({ seed: 3, start: '2026-03-23' }));
    const berlin = (date: string) => new Date(instantAt(date, 9.5 * 3600, 'Europe/Berlin')).toISOString();
    run.inbound = run.inbound.filter((mail) => mail.prospect !== 'munich');
    firstTo(run, 'absence-inclusive').at = berlin('2026-03-24');
    followUpTo(run, 'absence-inclusive').at = berlin('2026-03-31');
    const rules = judge(run).violations.map((violation) => violation.rule);
    expect(rules).not.toContain('follow-up-too-early');
  });

  it('says which figures only the API knows, and prints the summary as one last line of JSON', () => {
    const directory = writeRun(join(room, 'printed'), ordinary());
    const ran = spawnSync(process.execPath, [join(import.meta.dirname, 'audit.ts'), directory, '--json'], {
      encoding: 'utf8',
    });
    expect(ran.status).toBe(0);
    expect(ran.stdout).toMatch(/11 {2}tasks {3}\(reported by the API\)/);
    const last = ran.stdout.trimEnd().split('\n').at(-1) ?? '';
    expect(last).toBe(summaryLine(audit(directory)));
    expect(Object.keys(JSON.parse(last)).join()).toBe(
      'letters,followUps,replies,absences,held,bounces,unsubscribes,tasks,alerts,unmatched,duplicates,afterStop,onForbiddenDays,movedOffHoliday,weekStartsAvoided,waitedForMorning,calledFirst,colleaguesHeld,movedByWhatsapp,stayedHome,violations',
    );
  });

  it('exits with 1 on a violation and with 2 where there is nothing to judge', () => {
    const run = ordinary();
    run.outbox.push(forbiddenFollowUp(run, 'unsubscribe'));
    const exitOf = (directory: string) =>
      spawnSync(process.execPath, [join(import.meta.dirname, 'audit.ts'), directory]).status;
    expect(exitOf(writeRun(join(room, 'tampered'), run))).toBe(1);
    expect(exitOf(join(room, 'nowhere'))).toBe(2);
  });

  it('reports a mail that no index names', () => {
    const directory = writeRun(join(room, 'unlisted'), ordinary());
    rmSync(join(directory, 'outbox', '0.eml'));
    expect(audit(directory).violations.map((violation) => violation.rule)).toContain('index-mismatch');
  });

  it('imports nothing of the product and no package', () => {
    const folders = ['.', 'audit', '../fixtures/demo'].map((folder) => join(import.meta.dirname, folder));
    const files = folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .filter((file) => folder !== folders[0] || file === 'audit.ts')
        .map((file) => join(folder, file)),
    );
    expect(files.length).toBeGreaterThan(12);
    for (const file of files) {
      const source = readFileSync(file, 'utf8');
      expect(source).not.toMatch(/\bimport\(|\brequire\(/);
      const imported = [...source.matchAll(/^(?:import|export|\}) .*from '([^'\n]+)';$/gm)].map(
        (one) => one[1],
      );
      for (const target of imported)
        expect(target).toMatch(
          /^(?:node:|\.\/(?:audit\/)?[a-z-]+\.ts$|\.\.\/\.\.\/fixtures\/demo\/[a-z-]+\.ts$)/,
        );
    }
  });
});

describe('the auditor’s own calendar', () => {
  it.each([
    ['DE', '2026-04-06', 'holiday'],
    ['DE', '2027-05-06', 'holiday'],
    ['US', '2026-07-03', 'holiday'],
    ['GB', '2027-12-28', 'holiday'],
    ['JP', '2026-09-22', 'holiday'],
    ['SA', '2026-07-10', 'weekend'],
    ['SA', '2026-07-12', 'working'],
    ['AE', '2026-07-10', 'doubtful'],
    ['AE', '2026-07-12', 'weekend'],
    ['IN', '2026-11-09', 'doubtful'],
    ['TR', '2027-03-09', 'doubtful'],
    ['DE', '2029-05-02', 'doubtful'],
    ['FR', '2028-07-14', 'holiday'],
    ['KR', '2026-09-25', 'holiday'],
    ['MX', '2026-11-16', 'holiday'],
  ] as const)('takes %s %s as %s', (country, date, kind) => {
    expect(dayKind(country, date)).toBe(kind);
  });

  it('reads the wall clock on both sides of summer time', () => {
    expect(wallOf(Date.parse('2026-03-29T00:59:59Z'), 'Europe/Berlin').second).toBe(2 * 3600 - 1);
    expect(wallOf(Date.parse('2026-03-29T01:00:00Z'), 'Europe/Berlin').second).toBe(3 * 3600);
    expect(instantAt('2026-10-25', 9 * 3600, 'Europe/Berlin')).toBe(Date.parse('2026-10-25T08:00:00Z'));
  });
});
