/** Where the functions meet the world: the ports on AWS, and the one shape of a Lambda handler. */
import { instant } from '../shared/domain/instant.ts';
import type { Clock, Ids, Ports, Settings } from '../shared/ports.ts';
import { dynamoClient } from './aws/dynamo-client.ts';
import { type LatePort, onFirstUse } from './aws/on-first-use.ts';
import type { Connection, Place } from './aws/place.ts';
import { awsStore } from './aws/store.ts';
import { type Env, readEnv } from './env.ts';
import { makeIds } from './ids.ts';
import { type Metrics, measured } from './metrics.ts';

export type World = {
  readonly clock: Clock;
  readonly ids?: Ids;
  /** The embedded services of the local runtime; absent: AWS. */
  readonly connection?: Connection;
};

type Adapters = {
  readonly [Name in LatePort]: (env: Env, place: Place, clock: Clock) => Ports[Name];
};

/** Where each adapter is found when it is first called. */
const LATER: { readonly [Name in LatePort]: () => Promise<Adapters[Name]> } = {
  timers: async () => (await import('./aws/timers.ts')).awsTimers,
  mailer: async () => (await import('./aws/mailer.ts')).awsMailer,
  mailbox: async () => (await import('./aws/mailbox.ts')).awsMailbox,
  files: async () => (await import('./aws/files.ts')).awsFiles,
  alerts: async () => (await import('./aws/alerts.ts')).awsAlerts,
};

/**
 * Builds no client yet: each is built when first called. `atStart` are the adapters that this process needs in every
 * run: loading them while Lambda starts it is cheaper than later, because a start has a whole CPU.
 */
export function awsPorts(env: Env, world: World, atStart: Partial<Adapters> = {}): Ports {
  const { clock } = world;
  const place: Place = { region: env.AWS_REGION, connection: world.connection };
  const port = <Name extends LatePort>(name: Name): Ports[Name] =>
    atStart[name]?.(env, place, clock) ??
    onFirstUse(name, async () => (await LATER[name]())(env, place, clock));
  return {
    store: awsStore({ name: env.TABLE_NAME, client: () => dynamoClient(place) }),
    timers: port('timers'),
    mailer: port('mailer'),
    mailbox: port('mailbox'),
    files: port('files'),
    alerts: port('alerts'),
    clock,
    ids: world.ids ?? makeIds(env),
    settings: settingsOf(env),
  };
}

const settingsOf = (env: Env): Settings => ({
  replyDomain: env.REPLY_DOMAIN,
  publicUrl: env.PUBLIC_URL,
  alertAddress: env.ALERT_ADDRESS,
  operatorAddress: env.OPERATOR_ADDRESS,
  region: env.AWS_REGION,
  ...(env.MAIL_DAYS ? { mailDays: env.MAIL_DAYS } : {}),
  ...(env.REQUESTS_PER_SECOND ? { requestsPerSecond: env.REQUESTS_PER_SECOND } : {}),
  ...(env.API_TOKEN ? { apiToken: env.API_TOKEN } : {}),
});

/** The only place where the product reads the time of the machine. */
const systemClock: Clock = { now: () => instant(Date.now()) };

type Handler = (event: unknown) => Promise<unknown>;

/**
 * The Lambda handler of a function. Ports are made on the first invocation, not at import: a missing variable then
 * fails an invocation, with its name in the log, and tests import handlers without an environment.
 */
export function onAws(handler: (ports: Ports) => Handler, atStart: Partial<Adapters> = {}): Handler {
  let ready: Handler | undefined;
  let metrics: Metrics | undefined;
  return async (event) => {
    if (!ready) {
      const env = readEnv(process.env);
      metrics = measured(awsPorts(env, { clock: systemClock }, atStart), env.STAGE);
      ready = handler(metrics.ports);
    }
    try {
      return await ready(event);
    } finally {
      const line = metrics?.flush();
      // Not by the console: Lambda would wrap the line, and CloudWatch would find no metric in it.
      if (line) process.stdout.write(`${line}\n`);
    }
  };
}
