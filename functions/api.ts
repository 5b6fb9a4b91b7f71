/**
 * The HTTP API behind API Gateway (payload 2.0), and locally behind a gateway of the same shape. Routes only read,
 * ask `shared/`, and word the answer.
 */

import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { Hono } from 'hono/quick';
import type { Ports } from '../shared/ports.ts';
import { type ApiBindings, withAccess } from './api/access.ts';
import { alertRoutes } from './api/alerts.ts';
import { campaignRoutes } from './api/campaigns.ts';
import { contactRoutes } from './api/contacts.ts';
import { enrollmentRoutes } from './api/enrollments.ts';
import { healthRoutes } from './api/health.ts';
import { messageRoutes } from './api/messages.ts';
import { answerProblem, notFound } from './api/problem.ts';
import { senderRoutes } from './api/senders.ts';
import { sequenceRoutes } from './api/sequences.ts';
import { suppressionRoutes } from './api/suppressions.ts';
import { taskRoutes } from './api/tasks.ts';
import { onAws } from './wire.ts';

/** The app without Lambda: what tests ask in-process. */
export function apiApp(ports: Ports): Hono<ApiBindings> {
  const app = new Hono<ApiBindings>();
  app.use(async (context, next) => {
    context.set('requestId', requestIdOf(ports, context.env?.event));
    context.header('X-Request-Id', context.get('requestId'));
    // Answers are people's data: no cache between here and the console may keep them.
    context.header('Cache-Control', 'no-store');
    await next();
  });
  app.route('/v1/health', healthRoutes(ports));
  app.use('/v1/*', withAccess(ports));
  app.route('/v1/senders', senderRoutes(ports));
  app.route('/v1/sequences', sequenceRoutes(ports));
  app.route('/v1/campaigns', campaignRoutes(ports));
  app.route('/v1/contacts', contactRoutes(ports));
  app.route('/v1/enrollments', enrollmentRoutes(ports));
  app.route('/v1/messages', messageRoutes(ports));
  app.route('/v1/tasks', taskRoutes(ports));
  app.route('/v1/alerts', alertRoutes(ports));
  app.route('/v1/suppressions', suppressionRoutes(ports));
  app.notFound((context) => {
    const error = notFound(`${context.req.method} ${context.req.path}`);
    return answerProblem(error, context, context.get('requestId'));
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
