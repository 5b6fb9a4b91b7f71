/**
 * Kills the whole runtime again and again on one data directory, at moments that a seed chooses, lets it finish, and
 * judges it by the outbox and the API: nothing twice, and nothing lost but what a person is asked about.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dynamoClient } from '../../functions/aws/dynamo-client.ts';
import { awsStore } from '../../functions/aws/store.ts';
import { startDynamo } from '../../infra/local/dynamo.ts';
import type { CampaignId } from '../../shared/domain/ids.ts';
import { auditOutbox } from './audit-outbox.ts';
import {
  CAMPAIGN_ID,
  FIRST_MORNING,
  type FromChild,
  isProspect,
  type LifeOrder,
  nextMorning,
  type Standing,
  type StrikeAmong,
} from './kill-campaign.ts';

/** Kills of one data directory: enough to recover from a recovery, few enough to replay a seed in seconds. */
export const KILLS_PER_DIRECTORY = 5;

const CHILD = join(import.meta.dirname, 'kill-child.ts');
/** Real time between the chosen call and the blow: some calls deep, anywhere between two lines of code. */
const STRIKE_LATER_MS_MAX = 12;
/** A start-up takes about this long once the modules are loaded. */
const STARTUP_MS = 120;
const SIX_MINUTES_MS = 360_000;
/** Lives until everything is settled; a run that needs more has forgotten somebody. */
const QUIET_LIVES_MAX = 4;

export type Round = {
  readonly seed: number;
  /** Kills of a live process. */
  readonly kills: number;
  readonly contacts: number;
  /** Letters in the outbox. */
  readonly letters: number;
  /** Enrollments that got every letter. */
  readonly complete: number;
  readonly needDecision: number;
  /** Enrollments that were `sending` at one of the kills. */
  readonly sendingAtKill: number;
  /** What must not be, one line each; empty is a pass. */
  readonly violations: readonly string[];
};

export async function killRounds(plan: {
  readonly seed: number;
  readonly kills: number;
  readonly contacts: number;
  readonly steps: number;
}): Promise<Round> {
  const dir = mkdtempSync(join(tmpdir(), 'relance-kill-'));
  const random = randomOf(plan.seed);
  try {
    return await killAndJudge(plan, dir, random);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function killAndJudge(
  plan: Parameters<typeof killRounds>[0],
  dir: string,
  random: () => number,
): Promise<Round> {
  const { contacts, steps } = plan;
  const sendingAtKill = new Set<string>();
  let at = FIRST_MORNING;
  let kills = 0;
  let isSpared = false;
  for (let life = 0; kills < plan.kills && life < 2 * plan.kills; life++) {
    // One that was through with its day before its hour came is followed by one that does not get far.
    const strike = isSpared ? strikeAtStart(random) : chooseStrike(random, plan);
    const ended = await live({ dir, at, contacts, steps }, strike);
    isSpared = !ended.isKilled;
    if (ended.isKilled) kills += 1;
    for (const contactId of await sendingIn(dir)) sendingAtKill.add(contactId);
    at = nextStart(ended.at, random());
  }
  let standings: readonly Standing[] | undefined;
  for (let life = 0; life < QUIET_LIVES_MAX + steps; life++) {
    const ended = await live({ dir, at, contacts, steps });
    standings = ended.standings;
    at = nextMorning(ended.at);
    if (standings?.every(({ state }) => state === 'finished' || state === 'unknown')) break;
  }
  const outbox = auditOutbox(join(dir, 'outbox'), isProspect);
  const judged = judge(standings ?? [], outbox, sendingAtKill, plan);
  return {
    seed: plan.seed,
    kills,
    contacts,
    letters: outbox.letters.length,
    complete: (standings ?? []).filter(({ state }) => state === 'finished').length,
    needDecision: (standings ?? []).filter(({ state }) => state === 'unknown').length,
    sendingAtKill: sendingAtKill.size,
    violations: judged,
  };
}

function judge(
  standings: readonly Standing[],
  outbox: ReturnType<typeof auditOutbox>,
  sendingAtKill: ReadonlySet<string>,
  plan: { readonly contacts: number; readonly steps: number },
): readonly string[] {
  const violations = [...outbox.faults, ...outbox.doubles.map(({ file }) => `a second letter: ${file}`)];
  if (standings.length !== plan.contacts) violations.push(`${standings.length} enrollments`);
  for (const { address, contactId, state, sesIds, isAsked } of standings) {
    const got = outbox.letters.filter(({ to }) => to === address).map(({ sesId }) => sesId);
    const wrong = (what: string): void => void violations.push(`${address}: ${what}`);
    // What SES took is marked with SES's id, whoever reported it; and nothing else is.
    if ([...sesIds].sort().join() !== got.sort().join()) wrong('the API knows other letters than the outbox');
    if (state === 'finished' && got.length !== plan.steps) wrong(`finished with ${got.length} letters`);
    if (state === 'unknown') {
      if (!isAsked) wrong('its letter is unknown and nobody was asked');
      if (!sendingAtKill.has(contactId)) wrong('needs a decision, but was not being sent at any kill');
    } else if (state !== 'finished') wrong(`left ${state}`);
  }
  return violations;
}

type Strike = { readonly at?: NonNullable<LifeOrder['strikeAt']>; readonly afterMs: number };

/** Anywhere among the morning's calls, while SES is asked, just after it has said yes; now and then at the start. */
function chooseStrike(
  random: () => number,
  plan: { contacts: number; kills: number; steps: number },
): Strike {
  if (random() < 0.15) return strikeAtStart(random);
  const among = STRIKES[Math.floor(random() * STRIKES.length)] ?? 'all calls';
  const ofAll = plan.contacts * plan.steps * (among === 'all calls' ? CALLS_PER_LETTER : 1);
  const count = 1 + Math.floor((random() * 1.5 * ofAll) / (plan.kills + 1));
  return { at: { among, count }, afterMs: random() * STRIKE_LATER_MS_MAX };
}
const strikeAtStart = (random: () => number): Strike => ({ afterMs: random() * STARTUP_MS });

/** Enrolling, planning, sending and marking together, roughly: spreads the kills over the work. */
const CALLS_PER_LETTER = 40;
const STRIKES: readonly StrikeAmong[] = ['all calls', 'sends', 'acceptances'];

/** At once, after a coffee, or on the next working day. */
function nextStart(at: number, chance: number): number {
  if (chance < 0.6) return at;
  return chance < 0.8 ? at + SIX_MINUTES_MS : nextMorning(at);
}

type Ended = { readonly at: number; readonly isKilled: boolean; readonly standings?: readonly Standing[] };

/** One process from start to its end; `strike` is when it is killed, if it gets that far. */
async function live(order: Omit<LifeOrder, 'strikeAt'>, strike?: Strike): Promise<Ended> {
  const life: LifeOrder = { ...order, ...(strike?.at ? { strikeAt: strike.at } : {}) };
  const child = fork(CHILD, [JSON.stringify(life)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Six starts to a directory: the second one on finds its modules compiled.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'relance-compiled') },
  });
  // Both: what the child said last may still be in the pipe when its end is known.
  const exited = Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-4_000);
  });
  let at = order.at;
  let standings: readonly Standing[] | undefined;
  const kill = (): void => void setTimeout(() => child.kill('SIGKILL'), strike?.afterMs ?? 0);
  child.on('message', (message) => {
    const told = message as FromChild;
    if (told.kind === 'moment') at = told.at;
    if (told.kind === 'done') standings = told.standings;
    if (strike && told.kind === (strike.at ? 'here' : 'starting')) kill();
  });
  const [[code, signal]] = (await exited) as [[number | null, string | null], unknown];
  const isKilled = signal === 'SIGKILL';
  if (!isKilled && (code !== 0 || !standings)) {
    throw new Error(`The runtime ended by itself with ${code ?? signal}:\n${stderr}`);
  }
  return { at, isKilled, ...(standings ? { standings } : {}) };
}

/** The contacts between claim and mark, read from a copy: the next start must find what the kill left, not our repair. */
async function sendingIn(dir: string): Promise<readonly string[]> {
  if (!existsSync(join(dir, 'dynamo'))) return [];
  const copy = mkdtempSync(join(tmpdir(), 'relance-copy-'));
  cpSync(join(dir, 'dynamo'), copy, { recursive: true });
  const dynamo = await startDynamo({ path: copy, now: () => 0 });
  try {
    const connection = {
      endpoints: { dynamodb: dynamo.endpoint },
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    };
    const store = awsStore({
      name: 'relance',
      client: () => dynamoClient({ region: 'us-east-1', connection }),
    });
    const sending: string[] = [];
    let after: string | undefined;
    do {
      const page = await store
        .listEnrollments(CAMPAIGN_ID as CampaignId, after ? { after } : {})
        .catch(unlessNoTable);
      for (const one of page.items) {
        if (one.enrollment.letter?.kind === 'sending') sending.push(one.contactId);
      }
      after = page.next;
    } while (after);
    return sending;
  } finally {
    await dynamo.close();
    rmSync(copy, { recursive: true, force: true });
  }
}

function unlessNoTable(error: unknown): { items: never[]; next?: string } {
  // Killed before its very first table was made.
  if (error instanceof Error && error.name === 'ResourceNotFoundException') return { items: [] };
  throw error;
}

/** mulberry32: small, and the same on every machine. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const roundLine = (round: Round): string =>
  `seed ${round.seed}: ${round.kills} kills, ${round.contacts} contacts, ${round.letters} letters: ` +
  `${round.complete} complete, ${round.needDecision} need a decision ` +
  `(${round.sendingAtKill} were being sent at a kill), ${round.violations.length} violations`;
