/**
 * The HTTP API behind API Gateway (payload 2.0), and locally behind a gateway of the same shape. Routes only read,
 * ask `shared/`, and word the answer.
 */

import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { Hono } from 'hono/quick';
import type { Operations } from '../shared/api/operations.ts';
import type { Ports } from '../shared/ports.ts';
import { alertHandlers } from './api/alerts.ts';
import { approvalHandlers } from './api/approvals.ts';
import { type ApiBindings, callerOf } from './api/caller.ts';
import { campaignHandlers } from './api/campaigns.ts';
import { channelHandlers } from './api/channels.ts';
import { companyHandlers } from './api/companies.ts';
import { contactHandlers } from './api/contacts.ts';
import { enrollmentHandlers } from './api/enrollments.ts';
import type { HandlersOf } from './api/handler.ts';
import { healthHandlers } from './api/health.ts';
import { exportHandlers, importHandlers } from './api/imports.ts';
import { messageHandlers } from './api/messages.ts';
import { mount } from './api/mount.ts';
import { auditHandlers, peopleHandlers } from './api/people.ts';
import { answerProblem, notFound } from './api/problem.ts';
import { mountReference, referenceHandlers } from './api/reference.ts';
import { senderHandlers } from './api/senders.ts';
import { sequenceHandlers } from './api/sequences.ts';
import { statsHandlers } from './api/stats.ts';
import { suppressionHandlers } from './api/suppressions.ts';
import { taskHandlers } from './api/tasks.ts';
import { todayHandlers } from './api/today.ts';
import { webhookHandlers } from './api/webhooks.ts';
import { onAws } from './wire.ts';

/** One per operation: the compiler names the one that is missing. */
const handlersOf = (ports: Ports): HandlersOf<Operations> => ({
  ...healthHandlers(ports),
  ...todayHandlers(ports),
  ...companyHandlers(ports),
  ...referenceHandlers(ports),
  ...senderHandlers(ports),
  ...channelHandlers(ports),
  ...sequenceHandlers(ports),
  ...campaignHandlers(ports),
  ...contactHandlers(ports),
  ...enrollmentHandlers(ports),
  ...approvalHandlers(ports),
  ...messageHandlers(ports),
  ...taskHandlers(ports),
  ...alertHandlers(ports),
  ...webhookHandlers(ports),
  ...suppressionHandlers(ports),
  ...importHandlers(ports),
  ...exportHandlers(ports),
  ...statsHandlers(ports),
  ...peopleHandlers(ports),
  ...auditHandlers(ports),
});

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
  mount(app, ports, handlersOf(ports));
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
