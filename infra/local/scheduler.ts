/**
 * EventBridge Scheduler on this machine: one-time schedules that the unchanged `@aws-sdk/client-scheduler` creates,
 * kept on disk and fired to the second (AWS: within the minute) by whichever clock the runtime has.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LOCAL_ACCOUNT, LOCAL_REGION } from './account.ts';
import type { LocalClock } from './clock.ts';
import { listen, readBody, reply } from './http-server.ts';
import { type Deliver, fireDue } from './scheduler-fire.ts';
import {
  checkName,
  invalid,
  type Json,
  notFound,
  readCreateRequest,
  SchedulerError,
} from './scheduler-request.ts';
import { openScheduleStore, type ScheduleStore, type StoredSchedule } from './scheduler-store.ts';
import { makeWaker } from './waker.ts';

export type { Deliver } from './scheduler-fire.ts';

/** The input's 256 KB as JSON may write them, and room for the rest. */
const REQUEST_BYTES_MAX = 2_097_152;
const PAGE_MAX = 100;
/** AWS's quota per region; adjustable there. */
const SCHEDULES_MAX = 10_000_000;

export type LocalScheduler = {
  readonly endpoint: string;
  /** The next try of any schedule; in the past while its delivery is under way. */
  nextDue(): number | undefined;
  /** Fires everything that is due; resolves when it is delivered or planned anew. Turning the clock does so too. */
  sweep(): Promise<void>;
  close(): Promise<void>;
};

export async function startScheduler(options: {
  readonly file: string;
  /** Besides `default`. A schedule in another group is refused, as on AWS. */
  readonly groups: readonly string[];
  readonly port?: number;
  readonly clock: LocalClock;
  readonly deliver: Deliver;
  readonly schedulesMax?: number;
}): Promise<LocalScheduler> {
  const { clock, deliver } = options;
  const store = openScheduleStore(options.file);
  let sweeping: Promise<void> = Promise.resolve();
  let stopped = false;

  /** One sweep at a time, or two would fire the same schedule. */
  const sweep = (): Promise<void> => {
    sweeping = sweeping
      .then(() => fireDue({ store, clock, deliver, arnOf, stopped: () => stopped }))
      .catch((error) => console.error('[scheduler]', error))
      .then(() => waker.plan());
    return sweeping;
  };
  const waker = makeWaker({ clock, nextMoment: store.nextDue, wake: () => void sweep() });

  const api = makeApi({
    store,
    clock,
    groups: new Set(['default', ...options.groups]),
    schedulesMax: options.schedulesMax ?? SCHEDULES_MAX,
    created: (due) => {
      // A moment that has passed fires at once, also while a turned clock stands still.
      if (due <= clock.now()) void sweep();
      else waker.plan();
    },
  });
  const server = await listen('scheduler', options.port ?? 0, (request, response) =>
    answer(request, response, api),
  );
  void sweep();

  return {
    endpoint: server.endpoint,
    nextDue: store.nextDue,
    sweep,
    close: async () => {
      stopped = true;
      waker.close();
      await server.close();
      await sweeping;
      store.close();
    },
  };
}

const arnOf = (group: string, name: string): string =>
  `arn:aws:scheduler:${LOCAL_REGION}:${LOCAL_ACCOUNT}:schedule/${group}/${name}`;

type Api = {
  create(name: string, body: Json): Json;
  get(name: string, group: string): Json;
  remove(name: string, group: string): Json;
  list(query: URLSearchParams): Json;
};

function makeApi(context: {
  readonly store: ScheduleStore;
  readonly clock: LocalClock;
  readonly groups: ReadonlySet<string>;
  readonly schedulesMax: number;
  readonly created: (due: number) => void;
}): Api {
  const { store, clock, groups } = context;
  const existing = (group: string, name: string): StoredSchedule => {
    const schedule = store.find(checkName(group, 'groupName'), checkName(name));
    if (schedule === undefined) throw notFound('Schedule', name);
    return schedule;
  };
  return {
    create: (name, body) => {
      checkName(name);
      const { group, token, definition, due } = readCreateRequest(body);
      if (!groups.has(group)) throw notFound('Schedule group', group);
      const answered = { ScheduleArn: arnOf(group, name) };
      const old = store.find(group, name);
      // The same token is the same request over again (the SDK repeats it), anything else another schedule.
      if (old !== undefined && token !== undefined && old.token === token) return answered;
      if (old !== undefined)
        throw new SchedulerError(409, 'ConflictException', `Schedule ${name} already exists.`);
      if (store.count() >= context.schedulesMax) {
        const message = 'The request would exceed the number of schedules allowed.';
        throw new SchedulerError(402, 'ServiceQuotaExceededException', message);
      }
      const isEnabled = definition.State === 'ENABLED';
      const times = { createdAt: clock.now(), scheduledAt: due, due: isEnabled ? due : undefined };
      store.add({ group, name, definition, token, attempts: 0, ...times });
      if (isEnabled) context.created(due);
      return answered;
    },
    get: (name, group) => {
      const { definition, createdAt } = existing(group, name);
      const dates = { CreationDate: createdAt / 1000, LastModificationDate: createdAt / 1000 };
      return { Arn: arnOf(group, name), Name: name, GroupName: group, ...definition, ...dates };
    },
    remove: (name, group) => {
      existing(group, name);
      store.remove(group, name);
      return {};
    },
    list: (query) => listSchedules(store, query),
  };
}

function listSchedules(store: ScheduleStore, query: URLSearchParams): Json {
  const limit = Number(query.get('MaxResults') ?? PAGE_MAX);
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_MAX)
    throw invalid(`MaxResults must be 1 to ${PAGE_MAX}`);
  const group = query.get('ScheduleGroup') ?? undefined;
  const [afterGroup = '', afterName = ''] = Buffer.from(query.get('NextToken') ?? '', 'base64url')
    .toString('utf8')
    .split('/');
  const found = store.list({
    ...(group === undefined ? {} : { group }),
    prefix: query.get('NamePrefix') ?? '',
    after: [afterGroup, afterName],
    limit: limit + 1,
  });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    Schedules: page.map((schedule) => ({
      Arn: arnOf(schedule.group, schedule.name),
      Name: schedule.name,
      GroupName: schedule.group,
      State: schedule.definition.State,
      CreationDate: schedule.createdAt / 1000,
      LastModificationDate: schedule.createdAt / 1000,
      Target: { Arn: schedule.definition.Target.Arn },
    })),
    ...(found.length > limit && last !== undefined
      ? { NextToken: Buffer.from(`${last.group}/${last.name}`).toString('base64url') }
      : {}),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, api: Api): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() };
  try {
    const url = new URL(request.url ?? '/', 'http://local');
    const [, kind, encodedName = ''] = url.pathname.split('/');
    const body = await readBody(request, REQUEST_BYTES_MAX);
    const result = route(api, `${request.method} ${kind}${encodedName === '' ? '' : '/'}`, {
      name: decodeURIComponent(encodedName),
      query: url.searchParams,
      body: body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Json),
    });
    reply(response, 200, headers, JSON.stringify(result));
  } catch (error) {
    if (!(error instanceof SchedulerError)) throw error;
    const body = JSON.stringify({ Message: error.message });
    reply(response, error.status, { ...headers, 'x-amzn-errortype': error.name }, body);
  }
}

function route(api: Api, path: string, asked: { name: string; query: URLSearchParams; body: Json }): Json {
  const group = asked.query.get('groupName') ?? 'default';
  switch (path) {
    case 'POST schedules/':
      return api.create(asked.name, asked.body);
    case 'GET schedules/':
      return api.get(asked.name, group);
    case 'DELETE schedules/':
      return api.remove(asked.name, group);
    case 'GET schedules':
      return api.list(asked.query);
    default:
      throw new SchedulerError(
        404,
        'UnknownOperationException',
        `${path} is not supported by the local scheduler.`,
      );
  }
}
