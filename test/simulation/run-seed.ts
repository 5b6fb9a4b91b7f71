/** One seed, one run: faults, healing, rest; judged at every letter and at the end. */
import { WATCHED } from '../../functions/aws/items.ts';
import { DAY, HOUR, instant, MINUTE } from '../../shared/domain/instant.ts';
import { type FaultPlan, swarmFaults } from './faults.ts';
import type { Functions } from './functions.ts';
import { judgeRest } from './judge-rest.ts';
import { unread, type Violation } from './ledger.ts';
import { makeOperator, type Operator } from './operator.ts';
import { SUPPRESSING } from './prospects.ts';
import { makeRandom, type Random } from './random.ts';
import { makeScript, type Script } from './script.ts';
import { WORKLOADS } from './workloads/all.ts';
import type { Workload } from './workloads/workload.ts';
import { makeWorld, nextDueIn, SETTINGS, statesIn, unreadIn, type World } from './world.ts';

export type RunResult = {
  readonly seed: number;
  readonly workload: string;
  readonly violations: readonly Violation[];
  readonly faults: number;
  readonly calls: number;
  readonly letters: number;
  readonly hash: string;
  readonly lines: readonly string[];
};

export type RunOptions = {
  readonly seed: number;
  readonly functions: Functions;
  /** Absent: the seed draws one. */
  readonly workload?: Workload;
  /** Absent: the seed draws them. */
  readonly faults?: FaultPlan & { begin?(): void };
  readonly keepsLines?: boolean;
};

/** A Sunday in spring, the last working days of a year, days around a change of clocks, and two plain weeks. */
const STARTS = [
  '2027-03-07T10:00:00Z',
  '2026-12-17T08:00:00Z',
  '2027-03-24T16:00:00Z',
  '2027-10-27T05:00:00Z',
  '2027-06-08T07:30:00Z',
  '2027-09-03T12:00:00Z',
];
/** After healing, walks of months must still come to their end. */
const REST_DAYS_MAX = 260;
const ROUND_MS = 6 * HOUR;
const VIOLATIONS_MAX = 20;

export async function runSeed(options: RunOptions): Promise<RunResult> {
  const { seed, functions, keepsLines = false } = options;
  const random = makeRandom(seed);
  const workload = options.workload ?? drawWorkload(random);
  const faults = options.faults ?? swarmFaults(random.fork('faults'));
  const startMs = Date.parse(random.pick(STARTS)) + random.int(DAY);
  const world = makeWorld({ startMs, random, faults, functions, keepsLines, ...spared(workload) });
  const { timeline, ledger } = world;
  const script = makeScript(world);
  const operator = makeOperator(script);
  const healMs = startMs + workload.healOnDay * DAY;

  watchInbound(world);
  if (options.faults?.begin) {
    world.platform.onInvoked((name) => {
      if (name === workload.focus) options.faults?.begin?.();
    });
  }
  const surprises: unknown[] = [];
  const play = (part: Promise<void>): void => {
    part.catch((error: unknown) => surprises.push(error));
  };
  timeline.trace(`${workload.name} begins at ${instant(startMs)}`);
  world.platform.startReconciling(() => nextDueIn(world.table, timeline.now()));
  play(workload.play(script));
  play(attend(operator, script, healMs));

  const endMs = healMs + REST_DAYS_MAX * DAY;
  await timeline.play((nextAt) => nextAt >= healMs || surprises.length > 0);
  timeline.trace('everything heals');
  faults.heal();
  const rest = { isOver: false };
  timeline.at(healMs, () => play(comeToRest(world, operator, rest, endMs)));
  await timeline.play((nextAt) => rest.isOver || nextAt > endMs || surprises.length > 0);
  for (const surprise of surprises) ledger.violated('no surprises', shownError(surprise));
  if (surprises.length === 0) {
    judgeRest({
      now: timeline.now(),
      table: world.table,
      stored: new Map([...world.bucket, ...world.files]),
      writtenAt: world.writtenAt,
      ledger,
      accepted: world.ses.accepted,
      launched: script.launched,
      operatorAddress: SETTINGS.operatorAddress,
      decided: operator.decided,
    });
  }
  return {
    seed,
    workload: workload.name,
    violations: ledger.violations.slice(0, VIOLATIONS_MAX),
    faults: faults.counted.faults,
    calls: world.calls.count(),
    letters: world.ses.accepted.length,
    hash: timeline.hash(),
    lines: timeline.lines(),
  };
}

const spared = ({ spares }: Workload) => (spares ? { spares } : {});

function drawWorkload(random: Random): Workload {
  const total = WORKLOADS.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.fork('workload').next() * total;
  const drawn = WORKLOADS.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  return drawn ?? (WORKLOADS[0] as Workload);
}

/** Learns when a mail is done with: from then on it must have had its effect. */
function watchInbound(world: World): void {
  const { ledger, queues, timeline } = world;
  world.platform.onInvoked((name, run, event) => {
    if (name !== 'receive-mail') return;
    const [record] = (event as { Records: readonly { body: string }[] }).Records;
    const body = JSON.parse(record?.body ?? '{}');
    ledger.inHand.set(run, body.mail?.messageId ?? body.arrival?.id ?? '');
  });
  queues.onGone((message, how) => {
    if (message.queue !== 'inbound' || how === 'dead') return;
    const body = JSON.parse(message.body);
    const mail = ledger.mails.get(body.mail?.messageId ?? body.arrival?.id);
    if (!mail || mail.doneAt !== undefined) return;
    mail.doneAt = timeline.now();
    ledger.lift(`enrollment:${mail.enrollment}`, unread(mail));
    if (mail.sort === 'auto-reply' || mail.isOverruled) return;
    const isForGood = mail.sort !== 'absence';
    ledger.raise(`enrollment:${mail.enrollment}`, mail.messageId, isForGood ? undefined : mail.returnMs);
    // What nobody could read holds its walk, no more: a person says what it was.
    const isUnread = unreadIn(world.table).some(({ rawKey }) => rawKey === mail.rawKey);
    if (SUPPRESSING.has(mail.sort) && !isUnread) ledger.raise(`contact:${mail.from.id}`, mail.messageId);
  });
}

/** In some worlds somebody looks in now and then while things still fail. */
async function attend(operator: Operator, script: Script, untilMs: number): Promise<void> {
  const random = script.random.fork('operator');
  if (random.chance(0.4)) return;
  for (;;) {
    await script.wait(random.int(2 * DAY));
    if (script.now() > untilMs - 12 * HOUR) return;
    if (random.chance(0.5)) operator.redrive();
    await operator.round();
  }
}

async function comeToRest(
  world: World,
  operator: Operator,
  rest: { isOver: boolean },
  endMs: number,
): Promise<void> {
  const { timeline, table, queues } = world;
  queues.block('inbound', false);
  while (timeline.now() < endMs - DAY) {
    const redriven = operator.redrive();
    const done = (await operator.round()) + (await operator.closeDrafts());
    // Half an hour for what was just set going, and for the next quarter hours to look at it.
    await new Promise<void>((resolve) => timeline.after(90 * MINUTE, resolve));
    const isOpen = statesIn(table).some(
      ({ enrollment }) => enrollment?.kind === 'open' || enrollment?.letter?.kind === 'sending',
    );
    const isForgetting = table.index('list', 'erasures').length > 0;
    const isWatched = table.index('due', WATCHED).length > 0;
    if (!isOpen && !isForgetting && !isWatched && redriven === 0 && done === 0 && queues.depth() === 0) break;
    // Where nothing falls due for days there is nothing to look at either.
    const restMs = (nextDueIn(table, timeline.now()) ?? 0) - timeline.now();
    await new Promise<void>((resolve) => timeline.after(Math.max(ROUND_MS, restMs), resolve));
  }
  rest.isOver = true;
}

function shownError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.name}: ${error.message} ${error.stack?.split('\n')[1]?.trim() ?? ''}`;
}
