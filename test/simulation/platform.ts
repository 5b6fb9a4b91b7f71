/**
 * AWS around the functions: invocations that time out or are killed, event sources, the quarter-hour rule, and an API
 * client that asks again. Everything that wakes the product up is here.
 */
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/domain/instant.ts';
import type { Ports } from '../../shared/ports.ts';
import { kill, moving, type Run } from './calls.ts';
import type { FaultPlan } from './faults.ts';
import { type FunctionName, type Functions, TIME_OUTS } from './functions.ts';
import type { Consumer, QueueName, Queues } from './queues.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

export type Answer =
  | { readonly kind: 'answered'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'timed-out' };

export type Platform = {
  invoke(name: FunctionName, event: unknown): Promise<Answer>;
  /** Asks until it is answered below 500, with growing pauses; `key`: each time under this Idempotency-Key. */
  ask(method: string, path: string, body?: unknown, key?: string): Promise<ApiAnswer>;
  startReconciling(nextDue: () => number | undefined): void;
  /** Every invocation fails at once meanwhile: a deployment that went wrong. */
  breakDown(name: FunctionName, isBroken: boolean): void;
  /** The machines of that function stand still and then go on, as if nothing had been. */
  freeze(name: FunctionName, ms: number): void;
  invocations(): number;
  onInvoked(listener: (name: FunctionName, run: string, event: unknown) => void): void;
};
export type ApiAnswer = { readonly status: number; readonly body: unknown };

const EVENT_SOURCES: Readonly<Record<QueueName, FunctionName>> = {
  steps: 'send-step',
  enroll: 'enroll-contacts',
  deliveries: 'record-delivery',
  inbound: 'receive-mail',
  alerts: 'send-alert',
  imports: 'import-contacts',
};
const QUARTER = 15 * MINUTE;
/** Nothing moves: the rule is only played again from two quarters before the next thing that could. */
const IDLE_MS = HOUR;
const LEAD_MS = 31 * MINUTE;
/** Until the faults end: in the worst worlds one request in a thousand comes through. */
const ATTEMPTS_MAX = 20_000;

export function makePlatform(
  world: {
    timeline: Timeline;
    faults: FaultPlan;
    random: Random;
    queues: Queues;
    spares?: readonly FunctionName[];
  },
  functions: Functions,
  portsOf: (run: Run) => Ports,
): Platform {
  const { timeline, faults, random, queues } = world;
  const listeners: ((name: FunctionName, run: string, event: unknown) => void)[] = [];
  const skews = new Map<FunctionName, number>();
  const broken = new Set<FunctionName>();
  const living = new Map<FunctionName, Set<Run>>();
  let invocations = 0;

  /** Each function's clock is off by its own amount, always the same. */
  const skewOf = (name: FunctionName): number => {
    const skew = skews.get(name) ?? Math.round(random.between(-faults.skewMs, faults.skewMs));
    skews.set(name, skew);
    return skew;
  };

  const invoke = (name: FunctionName, event: unknown): Promise<Answer> =>
    new Promise((resolve) => {
      invocations += 1;
      const run: Run = {
        id: `${name}#${invocations}`,
        skewMs: skewOf(name),
        isDead: false,
        frozenUntil: 0,
        pending: 0,
        isDone: true,
        isSpared: world.spares?.includes(name) === true,
      };
      for (const listener of listeners) listener(name, run.id, event);
      if (broken.has(name)) return resolve({ kind: 'failed', error: 'broken down' });
      const runs = living.get(name) ?? new Set<Run>();
      living.set(name, runs.add(run));
      let isOver = false;
      const over = (answer: Answer): void => {
        if (isOver) return;
        isOver = true;
        runs.delete(run);
        resolve(answer);
      };
      timeline.after(TIME_OUTS[name], () => {
        if (isOver) return;
        // Lambda kills the process; one that it froze meanwhile may wake up in a later invocation and go on.
        if (random.chance(0.5)) kill(run);
        timeline.trace(`${run.id} times out`);
        over({ kind: 'timed-out' });
      });
      if (faults.disturbs('invocation-killed')) {
        timeline.after(random.int(2 * SECOND), () => {
          if (!isOver) kill(run);
        });
      }
      timeline.trace(`${run.id} begins`);
      moving(run, () => {
        run.isDone = false;
      });
      const done = (): void =>
        moving(run, () => {
          run.isDone = true;
        });
      functions[name](portsOf(run))(JSON.parse(JSON.stringify(event))).then(
        (value) => {
          done();
          timeline.trace(`${run.id} ends`);
          over({ kind: 'answered', value });
        },
        (error: unknown) => {
          done();
          timeline.trace(`${run.id} fails`);
          over({ kind: 'failed', error });
        },
      );
    });

  const consumer =
    (name: FunctionName): Consumer =>
    async (batch) => {
      const Records = batch.map(({ message, receives }) => ({
        messageId: message.id,
        body: message.body,
        attributes: { ApproximateReceiveCount: String(receives) },
      }));
      const answer = await invoke(name, { Records });
      if (answer.kind !== 'answered') return undefined;
      const { batchItemFailures } = answer.value as { batchItemFailures: { itemIdentifier: string }[] };
      return new Set(batchItemFailures.map((one) => one.itemIdentifier));
    };
  for (const [queue, name] of Object.entries(EVENT_SOURCES))
    queues.consume(queue as QueueName, consumer(name));

  const ask: Platform['ask'] = async (method, path, body, key) => {
    const name = path.startsWith('/u/') ? 'unsubscribe' : 'api';
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      const answer = await invoke(name, httpEvent(method, path, body, key));
      if (answer.kind === 'answered') {
        const { statusCode, body: text } = answer.value as { statusCode: number; body?: string };
        timeline.trace(`${method} ${path} ${statusCode}`);
        if (statusCode < 500)
          return { status: statusCode, body: text?.startsWith('{') ? JSON.parse(text) : text };
      }
      await new Promise<void>((resolve) =>
        timeline.after(random.int(Math.min(attempt + 1, 20) * MINUTE), resolve),
      );
    }
    throw new Error(`${method} ${path} was never answered.`);
  };

  const startReconciling = (nextDue: () => number | undefined): void => {
    const tick = (): void => {
      const idleUntil = Math.min(
        timeline.next() ?? Number.POSITIVE_INFINITY,
        nextDue() ?? Number.POSITIVE_INFINITY,
      );
      if (idleUntil - timeline.now() > IDLE_MS) {
        // A day at most: campaigns are finished by this rule alone, and a page may lie among the dead letters then.
        const wakeAt = Math.floor((Math.min(idleUntil, timeline.now() + DAY) - LEAD_MS) / QUARTER) * QUARTER;
        timeline.at(Math.max(wakeAt, timeline.now() + 1), tick);
        return;
      }
      if (!faults.disturbs('reconcile-missed')) invoke('reconcile', {});
      timeline.at((Math.floor(timeline.now() / QUARTER) + 1) * QUARTER, tick);
    };
    tick();
  };

  return {
    invoke,
    ask,
    startReconciling,
    breakDown: (name, isBroken) => {
      if (isBroken) broken.add(name);
      else broken.delete(name);
    },
    freeze: (name, ms) => {
      for (const run of living.get(name) ?? [])
        run.frozenUntil = Math.max(run.frozenUntil, timeline.now() + ms);
    },
    invocations: () => invocations,
    onInvoked: (listener) => {
      listeners.push(listener);
    },
  };
}

/** What API Gateway hands on, after its JWT authorizer let the caller in. */
function httpEvent(method: string, path: string, body: unknown, key: string | undefined) {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: {
      'content-type': 'application/json',
      host: 'relance.example.com',
      ...(key ? { 'idempotency-key': key } : {}),
    },
    requestContext: {
      authorizer: { jwt: { claims: { sub: 'simulator', scope: 'admin' }, scopes: null } },
      domainName: 'relance.example.com',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'simulator' },
      requestId: 'simulated',
      stage: '$default',
    },
    isBase64Encoded: false,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}
