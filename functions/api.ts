/**
 * The HTTP API behind API Gateway (payload 2.0), and locally behind a gateway of the same shape. Routes only read,
 * ask `shared/`, and word the answer.
 */

import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { Hono } from 'hono/quick';
import type { Ports } from '../shared/ports.ts';
import { type ApiBindings, callerOf } from './api/caller.ts';
import { mount } from './api/mount.ts';
import { answerProblem, notFound } from './api/problem.ts';
import { mountReference } from './api/reference.ts';
import { onAws } from './wire.ts';

/** The app without Lambda: what tests ask in-process. */
export function apiApp(ports: Ports): Hono<ApiBindings> {
  const app = new Hono<ApiBindings>();
  app.use(async (context, next) => {
    context.set('requestId', requestIdOf(ports, context.env?.event));
    context.header('Relance-Request-Id', context.get('requestId'));
    // Answers are people's data: no cache between here and the console may keep them.
    context.header('Cache-Control', 'no-store');
    await next();
  });
  mount(app, ports);
  mountReference(app);
  app.notFound(async (context) => {
    // A stranger is not told which paths there are.
    await callerOf(ports, context);
    throw notFound(`${context.req.method} ${context.req.path}`);
  });
  app.onError((error, context) => answerProblem(error, context, context.get('requestId')));
  return app;
}

/** Answers every event of API Gateway HTTP API, payload 2.0; a throw of a route is a 500 with a request id. */
export const api = (ports: Ports) => {
  const answer = handle(apiApp(ports));
  return (event: unknown) => answer(event as LambdaEvent);
};

export const handler = onAws(api);

/** API Gateway's own, so that its access log and ours name one request alike. */
function requestIdOf(ports: Ports, event: unknown): string {
  const given = (event as { requestContext?: { requestId?: unknown } } | undefined)?.requestContext
    ?.requestId;
  return typeof given === 'string' && /^[\w=-]{1,64}$/.test(given) ? given : ports.ids.fresh();
}
