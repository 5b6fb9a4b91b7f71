/**
 * The auditor: judges a run by its mails alone. It imports nothing of the product, has its own mail reader, its own
 * clock arithmetic and its own holidays, and runs as a process of its own:
 *
 *   node test/support/audit.ts <directory> [--json]
 *
 * Exit code 0: no violations; 1: violations; 2: nothing to judge.
 */
import { pathToFileURL } from 'node:url';
import { checkAlerts } from './audit/check-alerts.ts';
import { checkContent, checkTokens } from './audit/check-content.ts';
import { checkDeeds, deedFigures } from './audit/check-deeds.ts';
import { checkMissing } from './audit/check-missing.ts';
import { checkReasons, reasonFigures } from './audit/check-reasons.ts';
import { checkState } from './audit/check-state.ts';
import { checkStops } from './audit/check-stops.ts';
import { checkTimes } from './audit/check-times.ts';
import { alertsOf, type Conversation, conversationOf, strangers } from './audit/conversation.ts';
import { type Run, readRun } from './audit/input.ts';
import { shown } from './audit/local-time.ts';
import {
  type Figures,
  type Report,
  type Rule,
  reportText,
  summaryLine,
  type Violation,
} from './audit/report.ts';

const AFTER_STOP: ReadonlySet<Rule> = new Set([
  'letter-after-reply',
  'letter-to-unsubscribed',
  'letter-after-bounce',
  'letter-after-left-company',
]);
const FORBIDDEN_DAY: ReadonlySet<Rule> = new Set([
  'letter-on-weekend',
  'letter-on-holiday',
  'follow-up-on-week-edge',
  'follow-up-on-first-day-back',
]);

/** Letters, not violations: one letter after two stops is one letter. */
const mailsBreaking = (violations: readonly Violation[], rules: ReadonlySet<Rule>): number =>
  new Set(violations.filter((one) => rules.has(one.rule)).map((one) => one.file)).size;

const figuresOf = (
  run: Run,
  conversations: readonly Conversation[],
  violations: readonly Violation[],
): Figures => {
  const letters = conversations.flatMap((conversation) => conversation.letters);
  const heard = conversations.flatMap((conversation) => conversation.heard);
  const heardOf = (kind: string): number => heard.filter((mail) => mail.answer.kind === kind).length;
  return {
    letters: letters.length,
    followUps: letters.filter((letter) => letter.role === 'follow-up').length,
    replies: heardOf('reply'),
    absences: heardOf('absence'),
    held: run.state?.holds.length ?? 0,
    bounces: heardOf('bounce'),
    unsubscribes: heardOf('unsubscribe'),
    tasks: run.state?.tasks.length ?? 0,
    alerts: alertsOf(run).length,
    unmatched: run.state?.unmatched ?? 0,
    duplicates: mailsBreaking(violations, new Set<Rule>(['doubled-letter'])),
    afterStop: mailsBreaking(violations, AFTER_STOP),
    onForbiddenDays: mailsBreaking(violations, FORBIDDEN_DAY),
    ...reasonFigures(conversations),
    ...deedFigures(conversations),
  };
};

const storyOf = ({ prospect, letters, heard }: Conversation): string => {
  const moments = [
    ...letters.map((letter) => ({ time: letter.time, words: `${letter.role} letter` })),
    ...heard.map((mail) => ({
      time: mail.time,
      words: mail.returnOn ? `${mail.answer.kind} (back ${mail.returnOn})` : mail.answer.kind,
    })),
  ].sort((one, other) => one.time - other.time);
  const told = moments.map((moment) => `${shown(moment.time, prospect.zone)} ${moment.words}`);
  return `${prospect.country} ${prospect.path.padEnd(27)} ${told.join(' → ') || 'nothing'}`;
};

/** Judges what a run left in `directory` (its layout: audit/input.ts). Pure but for reading the files. */
export const audit = (directory: string): Report => {
  const run = readRun(directory);
  const conversations = run.scenario.prospects.map((prospect) => conversationOf(run, prospect));
  const violations = [
    ...run.faults,
    ...strangers(run),
    ...conversations.flatMap((conversation) => [
      ...checkTimes(conversation),
      ...checkStops(conversation),
      ...checkContent(conversation),
      ...checkMissing(conversation),
      ...checkReasons(conversation),
    ]),
    ...checkTokens(conversations),
    ...checkAlerts(run, conversations),
    ...checkDeeds(conversations),
    ...checkState(run.state, conversations),
  ];
  return {
    figures: figuresOf(run, conversations, violations),
    violations,
    stories: conversations.map(storyOf),
    stateReported: run.state !== undefined,
  };
};

const main = (args: readonly string[]): number => {
  const directory = args.find((argument) => !argument.startsWith('--'));
  if (!directory) {
    console.error('Usage: node test/support/audit.ts <directory> [--json]');
    return 2;
  }
  try {
    const report = audit(directory);
    console.log(reportText(report));
    if (args.includes('--json')) console.log(summaryLine(report));
    return report.violations.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(
      `Nothing to judge in ${directory}: ${error instanceof Error ? error.message : String(error)}`,
    );
    return 2;
  }
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = main(process.argv.slice(2));
