/** Where the functions meet the world: the ports on AWS, and the one shape of a Lambda handler. */
import { instant } from '../shared/domain/instant.ts';
import type { Clock, Ids, Ports, Settings } from '../shared/ports.ts';
import { awsAlerts } from './aws/alerts.ts';
import { awsClients, type Connection } from './aws/clients.ts';
import { awsFiles } from './aws/files.ts';
import { awsMailbox } from './aws/mailbox.ts';
import { awsMailer } from './aws/mailer.ts';
import { awsStore } from './aws/store.ts';
import { awsTimers } from './aws/timers.ts';
import { type Env, readEnv } from './env.ts';
import { makeIds } from './ids.ts';
import { type Metrics, measured } from './metrics.ts';

export type World = {
  readonly clock: Clock;
  readonly ids?: Ids;
  /** The embedded services of the local runtime; absent: AWS. */
  readonly connection?: Connection;
};

/** Builds no client yet: each is built when first called. */
export function awsPorts(env: Env, world: World): Ports {
  const clients = awsClients(env.AWS_REGION, world.connection);
  return {
    store: awsStore({ name: env.TABLE_NAME, client: clients.dynamo }),
    timers: awsTimers(env, clients, world.clock),
    mailer: awsMailer(env, clients),
    mailbox: awsMailbox(env, clients),
    files: awsFiles(env, clients, world.clock),
    alerts: awsAlerts(env, clients),
    clock: world.clock,
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
  ...(env.API_TOKEN ? { apiToken: env.API_TOKEN } : {}),
});

/** The only place where the product reads the time of the machine. */
const systemClock: Clock = { now: () => instant(Date.now()) };

type Handler = (event: unknown) => Promise<unknown>;

/**
 * The Lambda handler of a function. Ports are made on the first invocation, not at import: a missing variable then
 * fails an invocation, with its name in the log, and tests import handlers without an environment.
 */
export function onAws(handler: (ports: Ports) => Handler): Handler {
  let ready: Handler | undefined;
  let metrics: Metrics | undefined;
  return async (event) => {
    if (!ready) {
      const env = readEnv(process.env);
      metrics = measured(awsPorts(env, { clock: systemClock }), env.STAGE);
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
