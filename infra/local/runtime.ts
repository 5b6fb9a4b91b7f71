/**
 * The whole product in one process: the embedded services, the same functions over the same adapters, and what AWS
 * would do between them (event sources, the 15-minute rule, SES receiving). `turned.ts` drives it by a turned clock.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { api } from '../../functions/api.ts';
import { awsMailer } from '../../functions/aws/mailer.ts';
import { createTableInput, timeToLiveInput } from '../../functions/aws/table.ts';
import { awsTimers } from '../../functions/aws/timers.ts';
import { enrollContacts } from '../../functions/enroll-contacts.ts';
import { readEnv } from '../../functions/env.ts';
import { importContacts } from '../../functions/import-contacts.ts';
import { receiveMailFrom } from '../../functions/receive-mail.ts';
import { reconcile } from '../../functions/reconcile.ts';
import { recordDelivery } from '../../functions/record-delivery.ts';
import { sendAlert } from '../../functions/send-alert.ts';
import { sendStep } from '../../functions/send-step.ts';
import { unsubscribe } from '../../functions/unsubscribe.ts';
import { awsPorts } from '../../functions/wire.ts';
import { importOfSource } from '../../shared/domain/import.ts';
import { DAY, instant } from '../../shared/domain/instant.ts';
import { FILES_KEPT_DAYS, MAILS_KEPT_DAYS } from '../../shared/domain/retention.ts';
import type { Ports } from '../../shared/ports.ts';
import { isPublished } from '../published-events.ts';
import { type FunctionName, QUEUE_SETTINGS, type QueueName } from '../queue-settings.ts';
import type { LocalClock } from './clock.ts';
import { serveConsole } from './console.ts';
import { startDynamo } from './dynamo.ts';
import { type EventSource, mapQueue } from './event-source.ts';
import { startGateway } from './gateway.ts';
import { inFunction, type Observed, toFunctions } from './in-function.ts';
import { makeInbound } from './inbound.ts';
import { serveLab } from './lab.ts';
import { type LocalConfig, loadConfig, replyDomainOf } from './local-config.ts';
import { deadLetterOf, startQueues } from './queues.ts';
import { startS3 } from './s3.ts';
import { createdEvent } from './s3-event.ts';
import { startScheduler } from './scheduler.ts';
import { type DeliveredMail, startSes } from './ses.ts';
import { startSmtp } from './smtp.ts';
import { onDisk } from './storage-failure.ts';
import { makeWaker } from './waker.ts';

const REGION = 'us-east-1';
const TABLE = 'relance';
const BUCKET = 'inbound-mail';
const FILES = 'files';
const GROUP = 'steps';
const CONFIGURATION_SET = 'relance';
/** Several times what the console asks in its busiest second, and a script that runs wild hears of it. */
const REQUESTS_PER_SECOND = 100;
export const RECONCILE_EVERY_MS = 15 * 60_000;
/** Never looked up and never sent anywhere but to loopback. */
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

export type RuntimeOptions = {
  readonly dir: string;
  readonly clock: LocalClock;
  /** 0: a free one. */
  readonly apiPort: number;
  readonly smtpPort: number;
  readonly domain?: string;
  /** Really sends, through this mail server, beside writing the outbox. */
  readonly smtpUrl?: string;
  /** Called for every mail that reached its recipient, letters and alerts alike. */
  readonly onDelivered?: (mail: DeliveredMail) => void | Promise<void>;
  /** Addresses that do not exist: SES reports them as permanent bounces. */
  readonly bounces?: (address: string) => boolean;
  /** What the functions see instead of the embedded services' plain ports: tests count and disturb here. */
  readonly around?: (ports: Ports) => Ports;
  /** Told of every invocation and every SDK call: what permissions and costs are reckoned from. */
  readonly observe?: (observed: Observed) => void;
  /** The directory of the built console; served beside the API. */
  readonly consoleDir?: string;
  /** The laboratory may turn the clock. */
  readonly canTurn?: boolean;
};

export type Runtime = {
  readonly apiUrl: string;
  readonly smtpPort: number;
  readonly outbox: string;
  readonly config: LocalConfig;
  readonly ports: Ports;
  /** Where the embedded services listen, for whoever looks at them with the SDK or the AWS command line. */
  readonly endpoints: Readonly<Record<'dynamodb' | 's3' | 'scheduler' | 'ses' | 'sqs', string>>;
  /** No handler runs, no message waits to be taken, no SMTP session is open. */
  isQuiet(): boolean;
  /** When the next thing happens by itself: a timer, a delay's end, a visibility's end, the 15-minute rule. */
  nextMoment(): number;
  /** Lets everything that is due at the clock's moment begin. */
  runDue(): Promise<void>;
  close(): Promise<void>;
};

export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { dir, clock } = options;
  onDisk(dir, () => mkdirSync(dir, { recursive: true, mode: 0o700 }));
  const config = loadConfig(dir, options.domain);
  const replyDomain = replyDomainOf(config.domain);
  const stops: (() => Promise<unknown>)[] = [];
  const stopAll = async (): Promise<void> => {
    for (const stop of stops.reverse()) await stop();
  };
  const started = async <Service extends { close(): Promise<unknown> }>(service: Promise<Service>) => {
    const running = await service;
    stops.push(() => running.close());
    return running;
  };
  try {
    const { now } = clock;
    const dynamo = await started(startDynamo({ path: join(dir, 'dynamo'), now }));
    await makeTable(dynamo.endpoint);
    const sqs = await started(startQueues(join(dir, 'queues.db'), clock));
    const s3 = await started(
      startS3({
        dir: join(dir, 's3'),
        buckets: [BUCKET, FILES],
        cors: [FILES],
        now,
        secret: CREDENTIALS.secretAccessKey,
        onCreated: async (bucket, key, size) => {
          if (bucket !== FILES || importOfSource(key) === undefined) return;
          await sqs.send('imports', createdEvent(bucket, key, size, now()));
        },
      }),
    );
    const scheduler = await started(
      startScheduler({
        file: join(dir, 'scheduler.db'),
        groups: [GROUP],
        clock,
        deliver: (arn, input) => sqs.send(arn.slice(arn.lastIndexOf(':') + 1), input),
      }),
    );
    const inbound = makeInbound({
      s3,
      bucket: BUCKET,
      clock,
      send: (body) => sqs.send('inbound', body),
    });
    const outbox = join(dir, 'outbox');
    const ses = await started(
      startSes({
        dir: outbox,
        file: join(dir, 'ses.db'),
        clock,
        identities: () => [config.domain, replyDomain],
        configurationSets: [CONFIGURATION_SET],
        quota: { max24HourSend: 50_000, maxSendRate: 14 },
        publish: async (event) => {
          if (isPublished(event.eventType)) await sqs.send('deliveries', JSON.stringify(event));
        },
        forward: inbound.forward,
        ...(options.smtpUrl ? { relay: options.smtpUrl } : {}),
        ...(options.onDelivered ? { onDelivered: options.onDelivered } : {}),
        ...(options.bounces ? { bounces: options.bounces } : {}),
      }),
    );
    let running: Runtime | undefined;
    const lab = serveLab({
      clock,
      outbox,
      token: config.apiToken,
      canTurn: options.canTurn === true,
      runtime: () => running,
    });
    const smtp = await started(
      startSmtp({ port: options.smtpPort, clock, domains: () => [replyDomain], accept: inbound.accept }),
    );

    // The gateway's port is part of the links in letters, so its functions get their ports once it is known.
    let ports: Ports | undefined;
    const lazily = (name: FunctionName, make: (ports: Ports) => EventHandler): EventHandler => {
      let ready: EventHandler | undefined;
      const handler: EventHandler = (event) => {
        if (!ports) throw new Error('The runtime is still starting');
        ready ??= make(ports);
        return ready(event);
      };
      return inFunction(name, handler, options.observe);
    };
    const gateway = await started(
      startGateway({
        port: options.apiPort,
        api: lazily('api', api),
        unsubscribe: lazily('unsubscribe', unsubscribe),
        now,
        ...(options.consoleDir ? { fronts: [serveConsole(options.consoleDir), lab] } : {}),
      }),
    );
    const endpoints = {
      dynamodb: dynamo.endpoint,
      s3: s3.endpoint,
      scheduler: scheduler.endpoint,
      ses: ses.endpoint,
      sqs: sqs.endpoint,
    };
    // A turned clock stands still while a thousand requests are made: nobody can be too fast by it.
    const pace = clock.mode === 'real' ? { REQUESTS_PER_SECOND: String(REQUESTS_PER_SECOND) } : {};
    const env = readEnv({ ...envOf(config, gateway.endpoint, sqs), ...pace });
    const connection = {
      endpoints,
      near: { dynamodb: dynamo.near, sqs: sqs.near },
      credentials: CREDENTIALS,
      ...(options.observe ? { observe: toFunctions(options.observe) } : {}),
    };
    // As in `functions/send-step.ts`: between a claim and its letter nothing may have to be loaded.
    const atStart = { mailer: awsMailer, timers: awsTimers };
    const plain = awsPorts(env, { clock: { now: () => instant(now()) }, connection }, atStart);
    ports = options.around?.(plain) ?? plain;

    const client = new SQSClient({
      region: REGION,
      endpoint: sqs.endpoint,
      credentials: CREDENTIALS,
      ...sqs.near,
    });
    stops.push(async () => client.destroy());
    const map = (queue: QueueName, make: (ports: Ports) => EventHandler): EventSource => {
      const { batchSize, function: name } = QUEUE_SETTINGS[queue];
      const handler = inFunction(name, make(ports ?? plain), options.observe);
      const source = mapQueue({ sqs, client, queue, batchSize, handler });
      stops.push(source.close);
      return source;
    };
    const sources = [
      map('enroll', enrollContacts),
      map('steps', sendStep),
      map('deliveries', recordDelivery),
      map('inbound', receiveMailFrom),
      map('alerts', sendAlert),
      map('imports', importContacts),
    ];
    const quarterly = inFunction('reconcile', reconcile(ports ?? plain), options.observe);
    const forget = everyDay(clock, async () => {
      await dynamo.sweepExpired(TABLE);
      await s3.expire(BUCKET, now() - MAILS_KEPT_DAYS * DAY);
      await s3.expire(FILES, now() - FILES_KEPT_DAYS * DAY);
    });
    const rule = everyQuarter(clock, async () => {
      await quarterly(undefined);
      await forget();
    });
    stops.push(rule.close);
    running = {
      apiUrl: gateway.endpoint,
      smtpPort: smtp.port,
      outbox,
      config,
      ports,
      endpoints,
      isQuiet: () =>
        !rule.isBusy() &&
        gateway.inFlight() === 0 &&
        smtp.openSessions() === 0 &&
        !inbound.isBusy() &&
        orNever(ses.nextMoment()) > now() &&
        sources.every((source) => !source.isBusy()),
      nextMoment: () =>
        Math.min(
          rule.next(),
          scheduler.nextDue() ?? Number.POSITIVE_INFINITY,
          sqs.nextMoment() ?? Number.POSITIVE_INFINITY,
        ),
      runDue: () => scheduler.sweep(),
      close: stopAll,
    };
    return running;
  } catch (error) {
    await stopAll();
    throw error;
  }
}

const orNever = (moment: number | undefined): number => moment ?? Number.POSITIVE_INFINITY;

type EventHandler = (event: unknown) => Promise<unknown>;

async function makeTable(endpoint: string): Promise<void> {
  const client = new DynamoDBClient({ region: REGION, endpoint, credentials: CREDENTIALS });
  try {
    await client.send(new CreateTableCommand(createTableInput(TABLE)));
    await client.send(new UpdateTimeToLiveCommand(timeToLiveInput(TABLE)));
  } catch (error) {
    // A second start finds its table; anything else is a surprise.
    if (!(error instanceof Error) || error.name !== 'ResourceInUseException') throw error;
  } finally {
    client.destroy();
  }
}

function envOf(
  config: LocalConfig,
  publicUrl: string,
  sqs: { url(name: string): string; arn(name: string): string },
): Readonly<Record<string, string>> {
  return {
    TABLE_NAME: TABLE,
    MAIL_BUCKET: BUCKET,
    FILES_BUCKET: FILES,
    STEPS_QUEUE_URL: sqs.url('steps'),
    STEPS_QUEUE_ARN: sqs.arn('steps'),
    ENROLL_QUEUE_URL: sqs.url('enroll'),
    IMPORTS_QUEUE_URL: sqs.url('imports'),
    INBOUND_QUEUE_URL: sqs.url('inbound'),
    INBOUND_DEAD_LETTER_URL: sqs.url(deadLetterOf('inbound')),
    ALERTS_QUEUE_URL: sqs.url('alerts'),
    SCHEDULE_GROUP: GROUP,
    SCHEDULE_ROLE_ARN: 'arn:aws:iam::000000000000:role/schedules',
    SCHEDULE_DEAD_LETTER_ARN: sqs.arn(deadLetterOf('steps')),
    CONFIGURATION_SET,
    REPLY_DOMAIN: replyDomainOf(config.domain),
    PUBLIC_URL: publicUrl,
    ALERT_ADDRESS: `alerts@${config.domain}`,
    OPERATOR_ADDRESS: `operator@${config.domain}`,
    CONTACT_SECRET: config.contactSecret,
    TOKEN_KEYS: config.tokenKeys,
    API_TOKEN: config.apiToken,
    AWS_REGION: REGION,
    RUNS_ON: 'local',
  };
}

/** What AWS does by itself: time to live of the table, lifecycle of the buckets. Once a day of the clock, not at start. */
function everyDay(clock: LocalClock, work: () => Promise<void>): () => Promise<void> {
  const today = (): number => Math.floor(clock.now() / DAY);
  let done = today();
  return async () => {
    if (today() === done) return;
    await work();
    done = today();
  };
}

/** EventBridge's rule: at start, so that the fence opens, and then at every quarter of an hour. */
function everyQuarter(clock: LocalClock, run: () => Promise<unknown>) {
  let next = clock.now();
  let running: Promise<unknown> | undefined;
  const wake = (): void => {
    if (running || clock.now() < next) return;
    next = (Math.floor(clock.now() / RECONCILE_EVERY_MS) + 1) * RECONCILE_EVERY_MS;
    running = run()
      .catch((error: unknown) => console.error('reconcile:', error))
      .finally(() => {
        running = undefined;
        waker.plan();
      });
  };
  const waker = makeWaker({ clock, nextMoment: () => next, wake });
  wake();
  return {
    isBusy: () => running !== undefined,
    next: () => next,
    close: async () => {
      waker.close();
      await running;
    },
  };
}
