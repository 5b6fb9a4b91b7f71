/** Puts the declared operations on the router: reads and checks what is asked, asks the handler, writes its answer. */
import type { Context, Hono } from 'hono';
import type { z } from 'zod';
import type { Operation } from '../../shared/api/operation.ts';
import { type OperationId, ROUTES, routeOf } from '../../shared/api/routes.ts';
import { wordIssue } from '../../shared/api.ts';
import type { Ports } from '../../shared/ports.ts';
import { noteDeed } from './audit.ts';
import { type ApiBindings, type Caller, callerOf, requireScope } from './caller.ts';
import type { Asked } from './handler.ts';
import { once } from './idempotency.ts';
import { makePace } from './pace.ts';
import { faultsOf, invalid, notFound } from './problem.ts';
import { ifMatchOf, languageOf, readBody } from './request.ts';
import { type AnyAnswer, resourcesOf } from './resources.ts';

/** Whom nobody vouches for may ask what is public, and nothing else. */
const NOBODY: Caller = { id: 'nobody', scopes: new Set() };

export function mount(app: Hono<ApiBindings>, ports: Ports): void {
  const find = resourcesOf(ports);
  const pace = makePace(ports);
  for (const id of Object.keys(ROUTES) as OperationId[]) {
    const { method, path } = routeOf(id);
    app.on(method, `/v1${path.replaceAll(/\{(\w+)\}/g, ':$1')}`, async (context) => {
      const { operation, handler } = await find(id);
      const caller = await admit(ports, context, operation);
      pace(caller.id);
      return once(ports, context, caller, async (freshId) => {
        const asked = await read(context, operation, { caller, freshId });
        const answer = await handler(asked);
        const subject = Object.values(asked.params).join('/');
        const said = 'deed' in answer ? answer.deed : undefined;
        const deed = { id, caller, subject, ...said, status: answer.status };
        await noteDeed(ports, { ...deed, requestId: context.get('requestId') });
        return write(context, answer);
      });
    });
  }
}

async function admit(ports: Ports, context: Context<ApiBindings>, { scope }: Operation): Promise<Caller> {
  if (scope === 'public') return NOBODY;
  const caller = await callerOf(ports, context);
  requireScope(caller, scope);
  return caller;
}

async function read(
  context: Context<ApiBindings>,
  operation: Operation,
  given: Pick<Asked<Operation, OperationId>, 'caller' | 'freshId'>,
): Promise<Asked<Operation, OperationId>> {
  const { query, body, isBodyOptional } = operation;
  return {
    params: readParams(context, operation),
    query: query ? readQuery(context, query) : undefined,
    body: body ? await readBody(context, body, isBodyOptional ? 'optional' : 'required') : undefined,
    language: languageOf(context),
    ifMatch: ifMatchOf(context),
    ...given,
  } as Asked<Operation, OperationId>;
}

function readParams(context: Context, { params = {} }: Operation): Readonly<Record<string, unknown>> {
  const given: Readonly<Record<string, string>> = context.req.param();
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const read = params[name]?.safeParse(value);
      // What cannot be an id of anything is not there.
      if (read && !read.success) throw notFound(`${name} ${value}`);
      return [name, read ? read.data : value];
    }),
  );
}

function readQuery(context: Context, schema: z.ZodType): unknown {
  const read = schema.safeParse(context.req.query(), { error: wordIssue });
  if (read.success) return read.data;
  throw invalid(faultsOf(read.error, 'query'));
}

function write(context: Context, answer: AnyAnswer): Response {
  for (const [name, value] of Object.entries(answer.headers ?? {})) context.header(name, value);
  if ('file' in answer) {
    return context.body(answer.file, answer.status, { 'Content-Type': answer.mediaType });
  }
  return context.json(answer.body, answer.status as 200);
}
